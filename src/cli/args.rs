//! What can be said on the command line. The comments are the help.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::lang::Lang;
use crate::paper::Age;
use crate::period::Date;

/// Vintage letters and treaties: your words in the type of their period on aged paper
#[derive(Debug, Parser)]
#[command(name = "engross", version, after_help = EXAMPLES)]
pub(super) struct Args {
    /// What is to be done.
    #[command(subcommand)]
    pub command: Command,
}

/// Shown under the help.
const EXAMPLES: &str = "Examples:
  engross render peace-treaty -o treaty.pdf
  engross new peace-treaty my.toml
  engross render peace-treaty my.toml -o my.pdf --age 70 --seed 7
  engross batch letter guests.csv --out letters --name '{{ row }}-{{ last }}.pdf'

Exit codes: 0 done, 1 something did not validate, 2 wrong usage or unusable input,
3 reading or writing failed, 4 output folder in use.";

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make one document
    Render(Render),
    /// Make a document of every row of a table
    Batch(Batch),
    /// Make a blank sheet that has aged
    Paper(Paper),
    /// Write a commented file of fields to fill in, or begin a template
    New(New),
    /// Show the fields of a template
    Fields(FieldsArgs),
    /// Say all that is wrong with fields, tables or templates; nothing is written
    Check(Check),
    /// List templates, styles, papers or fonts
    List(List),
    /// Write completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// How a document looks.
#[derive(Debug, clap::Args)]
pub(super) struct LookArgs {
    /// Languages of the text, in order
    #[arg(long, value_name = "LANG", value_delimiter = ',')]
    pub lang: Vec<Lang>,
    /// A style: a name (`engross list styles`) or a file
    #[arg(long)]
    pub style: Option<String>,
    /// A paper: a name (`engross list papers`) or a file
    #[arg(long)]
    pub paper: Option<String>,
    /// The style of this year, of those the template offers
    #[arg(long, allow_negative_numbers = true)]
    pub year: Option<i32>,
    /// How old it looks, 0 (new) to 100
    #[arg(long)]
    pub age: Option<Age>,
    /// How far it is finished
    #[arg(long, value_enum, default_value_t = FinishName::Aged)]
    pub finish: FinishName,
    /// The origin of everything random: another number is another sheet
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Pixels to the inch, of the sheets of a PDF and of pictures
    #[arg(long, default_value_t = 150.0, value_name = "N", value_parser = resolution)]
    pub ppi: f64,
    /// The day of making for marking and metadata, instead of today (or SOURCE_DATE_EPOCH)
    #[arg(long, value_name = "DATE")]
    pub made: Option<Date>,
    /// The line at the foot that says what it is; the metadata always do
    #[arg(long, value_enum, default_value_t = Mark::Foot)]
    pub mark: Mark,
}

/// How far a document is finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FinishName {
    /// Even ink on white, for reading
    Clean,
    /// On an aged sheet
    Aged,
    /// The same ink on white, to print on old paper
    Facsimile,
}

/// The line at the foot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Mark {
    /// On each page
    Foot,
    /// Not there
    None,
}

/// The format of what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatName {
    /// One file with all pages
    Pdf,
    /// A picture of each page
    Png,
}

/// `engross render`.
#[derive(Debug, clap::Args)]
pub(super) struct Render {
    /// A template: a name (`engross list templates`) or a folder
    pub template: String,
    /// Fields in TOML or JSON, or the first row of a CSV; `-` reads standard input; without
    /// it, the template's sample
    pub data: Option<PathBuf>,
    /// Where to: a file, or `-` for standard output; `{p}` in it is the number of the page
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Set a field, over what the data say
    #[arg(short, long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// The format; without it, what the name of the output says, else PDF
    #[arg(short, long, value_enum)]
    pub format: Option<FormatName>,
    /// Which row of a table
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub row: usize,
    /// How it looks
    #[command(flatten)]
    pub look: LookArgs,
    /// Replace an existing file
    #[arg(long)]
    pub force: bool,
    /// Show it when it is done
    #[arg(long)]
    pub open: bool,
}

/// `engross batch`.
#[derive(Debug, clap::Args)]
pub(super) struct Batch {
    /// A template: a name or a folder
    pub template: String,
    /// A table (CSV, TSV) or JSON lines; `-` reads standard input
    pub data: PathBuf,
    /// The folder for the documents; it is made if its parent is there
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// The names of the files, with `{{ row }}` and the columns
    #[arg(long, value_name = "NAME", default_value = "{{ row }}.pdf")]
    pub name: String,
    /// Set a field of every row
    #[arg(short, long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// How they look
    #[command(flatten)]
    pub look: LookArgs,
    /// Replace existing files
    #[arg(long)]
    pub force: bool,
    /// Check all rows and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Stop at the first row that fails
    #[arg(long)]
    pub fail_fast: bool,
}

/// `engross paper`.
#[derive(Debug, clap::Args)]
pub(super) struct Paper {
    /// A paper: a name (`engross list papers`) or a file
    pub paper: String,
    /// Where to: a file, or `-` for standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// The size: letter, legal, foolscap, quarto, a4, a5, or WIDTHxHEIGHT as 8inx10.5in
    #[arg(long)]
    pub size: Option<String>,
    /// How old it looks, 0 (new) to 100
    #[arg(long)]
    pub age: Option<Age>,
    /// Another number is another sheet
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Pixels to the inch
    #[arg(long, default_value_t = 150.0, value_name = "N", value_parser = resolution)]
    pub ppi: f64,
    /// The format; without it, what the name of the output says, else PDF
    #[arg(short, long, value_enum)]
    pub format: Option<FormatName>,
    /// The day of making for the metadata
    #[arg(long, value_name = "DATE")]
    pub made: Option<Date>,
    /// Replace an existing file
    #[arg(long)]
    pub force: bool,
}

/// `engross new`.
#[derive(Debug, clap::Args)]
pub(super) struct New {
    /// A template whose fields are wanted; with --template, the folder to begin
    pub name: String,
    /// The file; `-` or nothing is standard output
    pub file: Option<PathBuf>,
    /// Begin the folder of a template of your own
    #[arg(long)]
    pub template: bool,
    /// The language of the comments
    #[arg(long, default_value_t = Lang::EN)]
    pub lang: Lang,
    /// Replace an existing file
    #[arg(long)]
    pub force: bool,
}

/// `engross fields`.
#[derive(Debug, clap::Args)]
pub(super) struct FieldsArgs {
    /// A template: a name or a folder
    pub template: String,
    /// How they are shown; `csv` is the header row for a batch
    #[arg(long, value_enum, default_value_t = Form::Table)]
    pub format: Form,
    /// The language of the help
    #[arg(long, default_value_t = Lang::EN)]
    pub lang: Lang,
}

/// How fields are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// A table to read
    Table,
    /// A commented file to fill in
    Toml,
    /// The header row of a table
    Csv,
    /// JSON Schema
    JsonSchema,
}

/// `engross check`.
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// Files of fields (TOML, JSON), tables (CSV, JSON lines), templates (folders or names)
    #[arg(required = true)]
    pub what: Vec<PathBuf>,
    /// The template that files of fields and tables are for
    #[arg(long)]
    pub template: Option<String>,
}

/// `engross list`.
#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// What
    #[arg(value_enum)]
    pub what: Listed,
    /// One of them, in full
    pub name: Option<String>,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

/// What can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Listed {
    /// What documents there are
    Templates,
    /// How they can look
    Styles,
    /// On what they can stand
    Papers,
    /// What they can be set in
    Fonts,
}

/// Reads a resolution.
fn resolution(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(ppi) if (10.0..=1200.0).contains(&ppi) => Ok(ppi),
        _ => Err("write a number of pixels to the inch, 10 to 1200".to_owned()),
    }
}
