//! What can be asked of the program. The comments here are its help.

use std::path::PathBuf;

use clap::{Args as Group, Parser, Subcommand, ValueEnum, ValueHint};

use super::look::{LookArgs, SheetArgs};
use super::share::{Share, share};
use crate::batch::ArchiveKind;
use crate::data::{Encoding, Quoting};
use crate::geom::{Length, Size};
use crate::lang::Lang;

/// Examples under `engross --help`.
const EXAMPLES: &str = "\
Examples:
  engross render peace-treaty -o treaty.pdf
  engross new peace-treaty my.toml
  engross render peace-treaty my.toml -s place=Kaesong -o my.pdf
  engross batch letter guests.csv --out letters --name '{{ row }}-{{ last }}.pdf'
  engross list templates

Exit codes: 0 done, 1 values do not fit (batch: some rows failed), 2 wrong usage or
input that cannot be understood, 3 reading or writing failed, 4 another run is at work in
the folder, 128+n ended by the signal n.";

/// Vintage letters and treaties: your words in the type of a period, on aged paper, as PDF.
#[derive(Debug, Parser)]
#[command(name = "engross", bin_name = "engross", version, about, after_help = EXAMPLES)]
#[command(max_term_width = 96, infer_subcommands = false)]
pub(super) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a document
    Render(Box<Render>),
    /// Make a document of each row of a table
    Batch(Box<Batch>),
    /// Check a folder that batch wrote against its manifests
    Verify(Verify),
    /// Make a blank aged sheet
    Paper(Paper),
    /// Write a commented file of fields, ready to edit
    New(New),
    /// Show what a template wants to know
    Fields(Fields),
    /// Look for problems and write nothing
    Check(Check),
    /// Show which templates, styles, papers and fonts there are
    List(List),
    /// Write a script that completes commands in a shell
    Completions(Completions),
}

/// Examples under `engross render --help`.
const RENDER_EXAMPLES: &str = "\
Examples:
  engross render armistice                        the sample, as armistice.pdf
  engross render letter my.toml -o - | lpr        to the printer
  engross render letter my.toml -s to='Aunt May'  one field given here
  engross render letter guests.csv --row 3        one row of a table
  engross render letter my.toml --style copperplate-1865 --paper laid-rag --age 80
  engross render armistice --copy-for all         each side's own copy
  engross render soldier-letter -f png --ppi 200 -o page-{p}.png

A field is taken from -s; else from DATA (without DATA, from the template's sample);
else it has its default.";

/// `engross render`.
#[derive(Debug, Group)]
#[command(after_help = RENDER_EXAMPLES)]
pub(super) struct Render {
    /// A template: a name (see `engross list templates`) or a folder; or a PDF that was made
    /// with --attach-data, to make it again
    pub template: String,
    /// The fields: a .toml, .json or .csv file, or - for standard input
    ///
    /// Without it the template's sample is used.
    #[arg(value_hint = ValueHint::FilePath)]
    pub data: Option<PathBuf>,
    /// The row of a table that is used, from 1
    #[arg(long, value_name = "N", requires = "data")]
    pub row: Option<usize>,
    /// Values given here.
    #[command(flatten)]
    pub assign: Assign,
    /// Put the fields and the look into the PDF, which is PDF/A-3u then; `engross render
    /// FILE.pdf` makes it again
    #[arg(long)]
    pub attach_data: bool,
    /// Whose copy of a treaty: a party by id, number or name; all for one file a party
    ///
    /// The party is named and signs first in its copy, in its language first, and with its
    /// own words.
    #[arg(long, value_name = "PARTY|all")]
    pub copy_for: Option<String>,
    /// Where it goes.
    #[command(flatten)]
    pub target: TargetArgs,
    /// How it looks.
    #[command(flatten)]
    pub look: LookArgs,
}

/// Values given on the command line.
#[derive(Debug, Group)]
pub(super) struct Assign {
    /// Set a field: -s place=Kaesong, -s parties.1.name=…; may be repeated
    #[arg(short = 's', long = "set", value_name = "FIELD=VALUE")]
    pub set: Vec<String>,
}

/// Where a document goes.
#[derive(Debug, Group)]
pub(super) struct TargetArgs {
    /// The file, or - for standard output; {p} is the number of the page
    ///
    /// Without it, a file with the name of DATA or else of the template, in this folder.
    /// Pictures of several pages get their number before the ending where there is no {p}.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// pdf, or png for pictures of the pages [default: as the ending of FILE, else pdf]
    #[arg(short, long, value_enum, hide_possible_values = true)]
    pub format: Option<Format>,
    /// Pixels to the inch, of a sheet in PDF and of a picture: 10 to 600 [default: 150, of
    /// scans 300]
    #[arg(long, value_name = "N", value_parser = ppi)]
    pub ppi: Option<f64>,
    /// Let the sheet go on beyond the page of a PDF by this much, such as 3mm, and mark where
    /// to cut: for printers
    #[arg(long, value_name = "LENGTH", value_parser = bleed)]
    pub bleed: Option<Length>,
    /// Replace a file that is there
    #[arg(long)]
    pub force: bool,
    /// Show the document when it is made
    #[arg(long)]
    pub open: bool,
}

/// What a document is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One file.
    Pdf,
    /// One picture a page.
    Png,
}

/// Examples under `engross batch --help`.
const BATCH_EXAMPLES: &str = "\
Examples:
  engross fields letter --format csv > guests.csv      the header row, to begin with
  engross batch letter guests.csv --out letters
  engross batch letter guests.csv --out letters --name '{{ row }}-{{ last }}.pdf'
  engross batch letter guests.csv --out letters --dry-run   all problems, no files
  engross batch letter guests.csv --out letters --resume    go on after a break
  engross batch letter guests.csv --merge letters.pdf       all in one file

Good rows are written; those with problems are told with row and column, and the exit code
is 1. Each row has a sheet of its own; the same rows and seed give the same files.";

/// `engross batch`.
#[derive(Debug, Group)]
#[command(after_help = BATCH_EXAMPLES)]
pub(super) struct Batch {
    /// A template: a name (see `engross list templates`) or a folder
    pub template: String,
    /// The rows: a .csv or .jsonl file, or - for standard input
    #[arg(value_hint = ValueHint::FilePath, required_unless_present = "stdio")]
    pub data: Option<PathBuf>,
    /// Answer lines of JSON on standard input with lines of JSON: row, sha256 and pdf (in
    /// base64, or with --out its path), or error
    #[arg(long, conflicts_with_all = ["data", "resume", "shard", "dry_run", "fail_fast", "name"])]
    pub stdio: bool,
    /// The folder for the documents; made if it is not there
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    #[arg(required_unless_present_any = ["dry_run", "stdio", "merge"])]
    pub out: Option<PathBuf>,
    /// Write all documents into one PDF, each an entry of its outline
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    #[arg(conflicts_with_all = ["out", "stdio", "resume", "format"])]
    pub merge: Option<PathBuf>,
    /// Write the documents into one archive in the folder, tar or zip, instead of files
    #[arg(long, value_name = "KIND", value_parser = archive, requires = "out")]
    #[arg(conflicts_with_all = ["merge", "stdio", "resume", "format"])]
    pub pack: Option<ArchiveKind>,
    /// The names of the files: text with {{ row }} and {{ column }} in it [default: {{ row
    /// }}.pdf]; with --merge the entries of the outline [default: the titles]
    #[arg(long, value_name = "PATTERN")]
    pub name: Option<String>,
    /// Values given here.
    #[command(flatten)]
    pub assign: Assign,
    /// Pixels to the inch of the sheets: 10 to 600 [default: 150, of scans 300]
    #[arg(long, value_name = "N", value_parser = ppi)]
    pub ppi: Option<f64>,
    /// How many sheets the documents share, each in its own way, or unique for sheets of
    /// their own
    #[arg(long, value_name = "N|unique", default_value = "16", value_parser = supply)]
    pub sheets: Supply,
    /// pdf, or png for a picture of each page
    #[arg(short, long, value_enum, default_value_t = Format::Pdf)]
    #[arg(hide_possible_values = true)]
    pub format: Format,
    /// Go on with a batch that was broken off: what is there and sound is kept
    #[arg(long, conflicts_with_all = ["force", "dry_run"])]
    pub resume: bool,
    /// Make one share of the rows: 2/8 is the second of eight; /8 the one of this task of a
    /// Slurm array or Kubernetes indexed job, which are understood without it if they say N
    #[arg(long, value_name = "I/N", value_parser = share)]
    pub shard: Option<Share>,
    /// How the rows are written.
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Replace files that are there
    #[arg(long)]
    pub force: bool,
    /// Find all problems, write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Stop at the first row that fails
    #[arg(long)]
    pub fail_fast: bool,
    /// How it looks.
    #[command(flatten)]
    pub look: LookArgs,
}

/// How rows are written.
#[derive(Debug, Default, Group)]
pub(super) struct ReadingArgs {
    /// The encoding of the rows, such as utf-8, windows-1252, euc-kr [default: found out]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<Encoding>,
    /// The sign between cells: a comma, a semicolon, tab … [default: found out]
    #[arg(long, value_name = "SIGN", value_parser = delimiter)]
    pub delimiter: Option<u8>,
    /// The sign around cells that have delimiters in them: a quotation mark, an apostrophe,
    /// or none [default: found out]
    #[arg(long, value_name = "SIGN", value_parser = quoting)]
    pub quote: Option<Quoting>,
    /// The names of the columns, for a table whose first row is not its header:
    /// to,date,paragraphs
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub header: Vec<String>,
}

/// `engross verify`.
#[derive(Debug, Group)]
pub(super) struct Verify {
    /// The folder that `engross batch --out` wrote
    #[arg(value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
}

/// `engross paper`.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  engross paper laid-rag -o sheet.pdf --age 80
  engross paper ledger -o sheet.png --size 210x297mm --ppi 300")]
pub(super) struct Paper {
    /// A paper: a name (see `engross list papers`) or a file
    pub paper: String,
    /// Where it goes.
    #[command(flatten)]
    pub target: TargetArgs,
    /// letter, legal, government, foolscap, quarto, octavo, a3, a4, a5, or like 8.5x11in
    /// [default: the paper's own, else letter]
    #[arg(long, value_parser = size)]
    pub size: Option<PageSize>,
    /// How the sheet looks.
    #[command(flatten)]
    pub sheet: SheetArgs,
}

/// The size of a sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct PageSize(pub Size);

/// `engross new`.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  engross new peace-treaty my.toml
  engross new --template my-letter             a template of your own, to begin with")]
pub(super) struct New {
    /// The template (a name or a folder); with --template, the folder to make
    pub name: String,
    /// The file to write, or - for standard output
    #[arg(default_value = "-", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Begin a template of your own
    #[arg(long, conflicts_with_all = ["file", "force", "lang"])]
    pub template: bool,
    /// The language of the comments
    #[arg(long, default_value_t = Lang::EN)]
    pub lang: Lang,
    /// Replace a file that is there
    #[arg(long)]
    pub force: bool,
}

/// `engross fields`.
#[derive(Debug, Group)]
pub(super) struct Fields {
    /// The template: a name or a folder
    pub template: String,
    /// How to show them
    #[arg(short, long, value_enum, default_value_t = Form::Table)]
    pub format: Form,
    /// The language of the descriptions
    #[arg(long, default_value_t = Lang::EN)]
    pub lang: Lang,
}

/// How fields are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// To read
    Table,
    /// A commented file, to fill in
    Toml,
    /// The header row of a table, for batch
    Csv,
    /// A schema, for editors and programs
    JsonSchema,
}

/// `engross check`.
#[derive(Debug, Group)]
#[command(after_help = "\
Examples:
  engross check guests.csv --template letter
  engross check my.toml --template peace-treaty
  engross check my-letter/                     a template of your own")]
pub(super) struct Check {
    /// Files of fields, tables, or templates (folders or names)
    #[arg(required = true)]
    pub what: Vec<PathBuf>,
    /// The template that files and tables are for
    #[arg(short, long)]
    pub template: Option<String>,
    /// The languages of the document, such as en,ko
    #[arg(long, value_delimiter = ',')]
    pub lang: Vec<Lang>,
    /// Anachronisms that are meant, by name (see `engross list anachronisms`)
    #[arg(long, value_delimiter = ',', value_name = "ID")]
    pub allow: Vec<String>,
}

/// `engross list`.
#[derive(Debug, Group)]
pub(super) struct List {
    /// What to list [default: all]
    pub what: Option<Stock>,
    /// One of them, in detail
    pub name: Option<String>,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

/// What can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Stock {
    /// Documents
    Templates,
    /// How periods set their documents
    Styles,
    /// Sheets that age
    Papers,
    /// Families of type and hands
    Fonts,
    /// What could not have been, and when
    Anachronisms,
}

/// `engross completions`.
#[derive(Debug, Group)]
pub(super) struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// Reads a resolution.
fn ppi(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.parse().ok();
    number
        .filter(|ppi| (10.0..=600.0).contains(ppi))
        .ok_or_else(|| "write a number from 10 to 600".to_owned())
}

/// Reads the name of an encoding.
fn encoding(text: &str) -> Result<Encoding, String> {
    Encoding::named(text).ok_or_else(|| {
        "write utf-8, utf-16le, windows-1252, euc-kr, shift_jis, gb18030, big5, or another \
         name of the Encoding Standard"
            .to_owned()
    })
}

/// Reads the sign between cells.
fn delimiter(text: &str) -> Result<u8, String> {
    match (text, text.as_bytes()) {
        ("tab" | "\\t", _) => Ok(b'\t'),
        (_, [sign]) if !sign.is_ascii_alphanumeric() && !b"\"\r\n".contains(sign) => {
            Ok(*sign)
        }
        _ => Err("write one sign, such as a comma or a semicolon, or tab".to_owned()),
    }
}

/// Reads the sign around cells.
fn quoting(text: &str) -> Result<Quoting, String> {
    match (text, text.as_bytes()) {
        ("none", _) => Ok(Quoting::Off),
        (_, [sign]) if sign.is_ascii_punctuation() => Ok(Quoting::Sign(*sign)),
        _ => Err("write one sign, such as a quotation mark, or none".to_owned()),
    }
}

/// Reads a bleed.
fn bleed(text: &str) -> Result<Length, String> {
    let length: Option<Length> = text.parse().ok();
    let most = Length::mm(25.0);
    length
        .filter(|length| (Length::ZERO..=most).contains(length))
        .ok_or_else(|| "write a length such as 3mm or 0.125in, up to 25 mm".to_owned())
}

/// Reads the size of a sheet.
fn size(text: &str) -> Result<PageSize, String> {
    let inches = |w, h| Ok(PageSize(Size::new(Length::inches(w), Length::inches(h))));
    let mm = |w, h| Ok(PageSize(Size::new(Length::mm(w), Length::mm(h))));
    match text.to_lowercase().as_str() {
        "letter" => inches(8.5, 11.0),
        "legal" => inches(8.5, 14.0),
        // Of the United States from 1921 to the 1980s.
        "government" => inches(8.0, 10.5),
        // As writing papers were cut in Britain.
        "foolscap" => inches(8.0, 13.0),
        "quarto" => inches(8.0, 10.0),
        "octavo" => inches(5.0, 8.0),
        "a3" => mm(297.0, 420.0),
        "a4" => mm(210.0, 297.0),
        "a5" => mm(148.0, 210.0),
        other => measured(other).map(PageSize).ok_or_else(|| {
            "write letter, legal, government, foolscap, quarto, octavo, a3, a4, a5, or like \
             8.5x11in or 210x297mm (25 mm to 1 m)"
                .to_owned()
        }),
    }
}

/// Reads `8.5x11in`: a unit once or twice.
fn measured(text: &str) -> Option<Size> {
    let (width, height) = text.split_once(['x', '×'])?;
    let unit: String = height.chars().filter(char::is_ascii_alphabetic).collect();
    let height: Length = height.parse().ok()?;
    let width: Length =
        width.parse().ok().or_else(|| format!("{width}{unit}").parse().ok())?;
    let sound = |side: Length| (25.0..=1000.0).contains(&side.to_mm());
    (sound(width) && sound(height)).then_some(Size::new(width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_sound() {
        use clap::CommandFactory as _;
        Args::command().debug_assert();
    }

    #[test]
    fn sizes_are_read() {
        let mm = |text| size(text).map(|s| (s.0.width.to_mm(), s.0.height.to_mm()));
        assert_eq!(mm("a4").unwrap(), (210.0, 297.0));
        let (width, height) = mm("210x297mm").unwrap();
        assert!((width - 210.0).abs() < 1e-9 && (height - 297.0).abs() < 1e-9);
        assert!((mm("8.5inx11in").unwrap().1 - 279.4).abs() < 1e-9);
        for wrong in ["b9", "8x", "x", "8x11", "0x0mm", "1x100000mm", ""] {
            assert!(mm(wrong).is_err(), "{wrong}");
        }
    }
}

/// How many sheets documents share; none when each has its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Supply(pub Option<u32>);

/// Reads a kind of archive.
fn archive(text: &str) -> Result<ArchiveKind, String> {
    match text.to_ascii_lowercase().as_str() {
        "tar" => Ok(ArchiveKind::Tar),
        "zip" => Ok(ArchiveKind::Zip),
        _ => Err("write tar or zip".to_owned()),
    }
}

/// Reads a number of sheets, or `unique`.
fn supply(text: &str) -> Result<Supply, String> {
    if text == "unique" {
        return Ok(Supply(None));
    }
    let count = text.parse().ok().filter(|count| (1..=4096).contains(count));
    count.map(|count| Supply(Some(count))).ok_or_else(|| {
        format!("`{text}` is no number of sheets; write 1 to 4096, or unique")
    })
}
