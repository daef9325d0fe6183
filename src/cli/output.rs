//! Where results go: files, complete or not at all, and standard output.

use std::io::{ErrorKind, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use super::args::{Format, TargetArgs};
use super::input::STREAM;
use super::report::Report;
use crate::diag::{Diagnostic, Place, Problems, Result};
use crate::export::PdfOptions;
use crate::geom::{Length, Resolution};
use crate::page::Pages;
use crate::press::{check_target, write_file};

/// What stands for the number of the page in the name of a picture.
const PAGE: &str = "{p}";

/// Where a document goes, and as what.
#[derive(Debug)]
pub(super) struct Target {
    /// The file; none for standard output.
    file: Option<PathBuf>,
    /// As what.
    format: Format,
    /// The resolution of sheets and pictures; none for the usual one.
    resolution: Option<Resolution>,
    /// How far the sheet goes on beyond the page.
    bleed: Length,
    /// Whether a file that is there is replaced.
    force: bool,
    /// Whether it is shown when it is made.
    open: bool,
}

impl Target {
    /// What was asked for; `stem` names the file when nobody named it. Of several copies
    /// each has its `party` before the ending.
    pub(super) fn new(
        args: &TargetArgs,
        stem: &str,
        party: Option<&str>,
    ) -> Result<Self> {
        let resolution = args.ppi.map(Resolution);
        let TargetArgs { force, open, .. } = *args;
        let bleed = args.bleed.unwrap_or(Length::ZERO);
        let target = |file, format| Self { file, format, resolution, bleed, force, open };
        let target = match &args.output {
            Some(path) if path == Path::new(STREAM) && party.is_some() => {
                let message = "several copies do not go into one stream";
                return Err(Diagnostic::usage("many-copies", message)
                    .hint("name a file, such as -o treaty.pdf, or ask for one copy")
                    .into());
            }
            Some(path) if path == Path::new(STREAM) => {
                check_stream(open)?;
                target(None, args.format.unwrap_or(Format::Pdf))
            }
            Some(path) => {
                target(Some(for_party(path, party)), format_of(path, args.format)?)
            }
            None => {
                let format = args.format.unwrap_or(Format::Pdf);
                let name = format!("{stem}.{}", ending(format));
                target(Some(for_party(Path::new(&name), party)), format)
            }
        };
        if target.format == Format::Png && args.bleed.is_some() {
            let message = "a picture has no bleed";
            return Err(Diagnostic::usage("bleed-png", message)
                .hint("write a PDF, or leave --bleed out")
                .into());
        }
        // Pictures have their names checked when it is known how many there are.
        if let Some(first) = target.files(1).first() {
            let numbered = target.format == Format::Png;
            check_target(first, force || numbered)?;
        }
        Ok(target)
    }

    /// The same in a resolution, unless another was asked for.
    pub(super) fn with_resolution(self, resolution: Option<Resolution>) -> Self {
        Self { resolution: self.resolution.or(resolution), ..self }
    }

    /// Whether the format can carry what the document was made from.
    pub(super) fn check_carries(&self) -> Result<()> {
        match self.format {
            Format::Pdf => Ok(()),
            Format::Png => {
                let message = "a picture cannot carry what it was made from";
                Err(Diagnostic::usage("attach-png", message)
                    .hint("write a PDF, or leave --attach-data out")
                    .into())
            }
        }
    }

    /// Writes a document; says on standard output which files it made.
    pub(super) fn write(&self, pages: &Pages, report: &Report) -> Result<()> {
        let files = self.files(pages.pages.len());
        let Some(first) = files.first() else {
            return self.write_stream(pages);
        };
        let checked = files.iter().map(|file| check_target(file, self.force));
        let problems: Vec<Diagnostic> =
            checked.filter_map(Result::err).flatten().collect();
        Problems::check((), problems)?;
        let made = match self.format {
            Format::Pdf => vec![self.pdf(pages)?],
            // All are drawn before the first is written.
            Format::Png => (0..files.len())
                .map(|page| self.png(pages, page))
                .collect::<Result<_>>()?,
        };
        for (file, bytes) in files.iter().zip(made) {
            write_file(file, &bytes, self.force)?;
            print(&format!("{}\n", file.display()))?;
        }
        if self.open {
            show(first, report);
        }
        Ok(())
    }

    /// Writes a document to standard output.
    fn write_stream(&self, pages: &Pages) -> Result<()> {
        let count = pages.pages.len();
        let bytes = match self.format {
            Format::Pdf => self.pdf(pages)?,
            Format::Png if count == 1 => self.png(pages, 0)?,
            Format::Png => {
                let message = format!("{count} pictures do not go into one stream");
                return Err(Diagnostic::usage("many-pages", message)
                    .hint("name files, such as -o page-{p}.png, or write a PDF")
                    .into());
            }
        };
        write_stdout(&bytes)
    }

    /// The document as PDF.
    fn pdf(&self, pages: &Pages) -> Result<Vec<u8>> {
        let options = PdfOptions::default().with_resolution(self.resolution);
        pages.pdf(&PdfOptions { bleed: self.bleed, ..options })
    }

    /// A page as PNG.
    fn png(&self, pages: &Pages, page: usize) -> Result<Vec<u8>> {
        pages.png(page, self.resolution.unwrap_or_else(|| pages.usual_resolution(page)))
    }

    /// The files of a document of so many pages; none for standard output.
    fn files(&self, pages: usize) -> Vec<PathBuf> {
        match (&self.file, self.format) {
            (None, _) => Vec::new(),
            (Some(file), Format::Pdf) => vec![file.clone()],
            (Some(file), Format::Png) => numbered(file, pages),
        }
    }
}

/// The file of one party's copy: `treaty-A.pdf`.
fn for_party(file: &Path, party: Option<&str>) -> PathBuf {
    let (Some(party), Some(stem)) = (party, file.file_stem()) else {
        return file.to_owned();
    };
    let mut name = stem.to_os_string();
    // A choice of a stranger's template may have any letters.
    name.push(format!("-{}", party.replace(['/', '\\'], "-")));
    if let Some(ending) = file.extension() {
        name.push(".");
        name.push(ending);
    }
    file.with_file_name(name)
}

/// The files of pictures: with the number of the page for `{p}`, or before the ending when
/// there are several. Numbers have so many figures that names sort.
fn numbered(file: &Path, pages: usize) -> Vec<PathBuf> {
    let width = pages.to_string().len();
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let pattern = match name.rsplit_once('.') {
        _ if name.contains(PAGE) => name,
        _ if pages <= 1 => return vec![file.to_owned()],
        Some((stem, ending)) => format!("{stem}-{PAGE}.{ending}"),
        None => format!("{name}-{PAGE}"),
    };
    let number = |page: usize| pattern.replace(PAGE, &format!("{page:0width$}"));
    (1..=pages).map(|page| file.with_file_name(number(page))).collect()
}

/// The ending of a format.
fn ending(format: Format) -> &'static str {
    match format {
        Format::Pdf => "pdf",
        Format::Png => "png",
    }
}

/// The format of a file: as asked, or by its ending, which must agree.
fn format_of(path: &Path, asked: Option<Format>) -> Result<Format> {
    let found = path.extension().and_then(|ending| ending.to_str());
    let named = match found.map(str::to_lowercase).as_deref() {
        Some("pdf") => Some(Format::Pdf),
        Some("png") => Some(Format::Png),
        _ => None,
    };
    let shown = path.display();
    let problem = match (named, asked) {
        (Some(named), Some(asked)) if named != asked => {
            let wanted = ending(asked);
            Diagnostic::usage("format", format!("`{shown}` is not named .{wanted}"))
                .hint(format!("let its name end in .{wanted}, or leave --format out"))
        }
        (None, None) => {
            let message = format!("`{shown}` does not say whether it is PDF or PNG");
            Diagnostic::usage("format", message)
                .hint("let its name end in .pdf or .png, or add --format pdf")
        }
        (named, asked) => return Ok(asked.or(named).unwrap_or(Format::Pdf)),
    };
    Err(problem.into())
}

/// Whether a document can go to standard output.
fn check_stream(open: bool) -> Result<()> {
    let problem = if open {
        Diagnostic::usage("open-stream", "what goes to standard output cannot be opened")
            .hint("name a file with -o, or leave --open out")
    } else if std::io::stdout().is_terminal() {
        Diagnostic::usage("terminal", "a document is not for a terminal to show")
            .hint("name a file with -o, or send it on: engross … -o - | lpr")
    } else {
        return Ok(());
    };
    Err(problem.into())
}

/// Shows a file with the program that is for it.
fn show(file: &Path, report: &Report) {
    if let Err(error) = opener::open(file) {
        let message = format!("the document is made but cannot be shown: {error}");
        let warning = Diagnostic::io("viewer", message).warning();
        report.problem(&warning.hint(format!("open `{}`", file.display())));
    }
}

/// Prints a text to standard output.
pub(super) fn print(text: &str) -> Result<()> {
    write_stdout(text.as_bytes())
}

/// Writes to standard output. Somebody who has heard enough has heard all.
fn write_stdout(bytes: &[u8]) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let message = format!("standard output cannot be written: {error}");
            Err(Diagnostic::io("unwritable", message)
                .at(Place::whole("standard output"))
                .hint("look at where it goes")
                .into())
        }
        _ => Ok(()),
    }
}

/// Writes a text to a file or, for `-`, to standard output.
pub(super) fn write_text(path: &Path, text: &str, force: bool) -> Result<()> {
    if path == Path::new(STREAM) {
        return print(text);
    }
    write_file(path, text.as_bytes(), force)?;
    print(&format!("{}\n", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_numbered_when_there_are_several() {
        let names = |file: &str, pages| -> Vec<String> {
            let files = numbered(Path::new(file), pages);
            files.iter().map(|file| file.display().to_string()).collect()
        };
        assert_eq!(names("out/letter.png", 1), ["out/letter.png"]);
        assert_eq!(names("out/letter.png", 2), ["out/letter-1.png", "out/letter-2.png"]);
        assert_eq!(names("{p}/page-{p}.png", 1), ["{p}/page-1.png"]);
        assert_eq!(names("letter", 12)[0], "letter-01");
    }

    #[test]
    fn a_format_is_asked_for_or_named() {
        let format = |file: &str, asked| format_of(Path::new(file), asked);
        assert_eq!(format("a.PDF", None), Ok(Format::Pdf));
        assert_eq!(format("a.png", None), Ok(Format::Png));
        assert_eq!(format("a", Some(Format::Png)), Ok(Format::Png));
        assert!(format("a", None).is_err());
        assert!(format("a.pdf", Some(Format::Png)).is_err());
    }
}
