//! One row: fields, name, filling, setting, writing.

use core::cell::Cell;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::manifest::Made;
use super::names::Taken;
use super::{Batch, Begin, Form, Output};
use crate::data::Row;
use crate::diag::{Diagnostic, Place, Position, Problems, Result};
use crate::export::{Common, PdfOptions};
use crate::field::{Fields, Record};
use crate::page::Pages;
use crate::press::{Pool, read_pictures, write_file_as};
use crate::template::{Filled, NamePattern};

/// A row that was read.
pub(super) struct Job {
    /// Its number, from 1.
    pub number: usize,
    /// Where it stands.
    pub place: Place,
    /// The hash of the row and of what all rows have in common.
    pub input: String,
    /// Its file, in the folder.
    pub file: String,
    /// The files that an earlier run made of it.
    pub before: Vec<Made>,
    /// Its fields, with what stands over them.
    fields: Result<Fields>,
}

/// What became of a row.
pub(super) enum Outcome {
    /// It had been made before; these are its files.
    Kept(Vec<Made>),
    /// It was made.
    Made(Vec<Made>),
    /// It was not.
    Failed(Problems),
}

impl Outcome {
    /// Whether the file could not be written: a disk that is full, a folder that is gone.
    pub(super) fn is_unwritable(&self) -> bool {
        match self {
            Self::Failed(problems) => problems.iter().any(|p| p.code == "unwritable"),
            Self::Kept(_) | Self::Made(_) => false,
        }
    }
}

impl Batch<'_> {
    /// Sets the document of a row.
    ///
    /// # Errors
    /// A row that cannot be read, a picture that cannot, and all that filling and setting
    /// run into.
    pub fn typeset(&self, row: Row) -> Result<Pages> {
        let number = row.number;
        let fields = row.fields?;
        let place = place_of(&fields, number);
        let set = self.fields(fields).and_then(|fields| self.set(&fields, number));
        set.map_err(|problems| in_row(problems, number, &place))
    }

    /// The hash of all that the documents depend on beside their rows.
    pub(super) fn job(
        &self,
        header: &[String],
        (names, form, options): (&NamePattern, Form, &PdfOptions),
    ) -> String {
        let mut hash = Sha256::new();
        for (name, text) in self.template.files() {
            hash.update(format!("{name} {} {text}", text.len()));
        }
        let Self { look, langs, over, sheets, .. } = self;
        hash.update(format!("{header:?} {look:?} {langs:?} {over:?} {sheets:?}"));
        if let Some(style) = look.style_name() {
            hash.update(format!("{:?}", self.press.style(style)));
        }
        if let Some(paper) = look.paper_name() {
            hash.update(format!("{:?}", self.press.paper(paper)));
        }
        hash.update(format!("{} {form:?} {options:?}", names.as_str()));
        hex(&hash.finalize())
    }

    /// Sets the document of a row; what could not have been in it.
    ///
    /// # Errors
    /// As [`Batch::typeset`].
    pub fn check(&self, row: Row) -> Result<Vec<Diagnostic>> {
        let number = row.number;
        let fields = row.fields?;
        let place = place_of(&fields, number);
        let found = self.fields(fields).and_then(|fields| {
            self.set(&fields, number)?;
            let filled = self.fill(&fields)?;
            self.press.anachronisms(&filled, self.look)
        });
        found.map_err(|problems| in_row(problems, number, &place))
    }

    /// Reads a row and takes the name of its file.
    pub(super) fn prepare(
        &self,
        row: Row,
        (names, ending): (&NamePattern, &str),
        job: &str,
        taken: &mut Taken,
    ) -> Job {
        let number = row.number;
        let mut place = Place { position: Position::Row(number), ..Place::default() };
        let mut hash = Sha256::new();
        hash.update(format!("{job} {number} "));
        let mut file = String::new();
        let fields = row.fields.and_then(|fields| {
            place = place_of(&fields, number);
            hash.update(told(fields.record()));
            let mut fields = fields;
            for assignment in self.over {
                fields = fields.assign(assignment)?;
            }
            let name = names.name(number, &fields)?;
            file = taken.take(&name, ending, number);
            Ok(fields)
        });
        if let Err(problems) = &fields {
            hash.update(format!("{problems:?}"));
        }
        let fields = fields.map_err(|problems| in_row(problems, number, &place));
        let input = hex(&hash.finalize()[..16]);
        Job { number, place, input, file, before: Vec::new(), fields }
    }

    /// Makes the document of a row and writes it, unless it is there already.
    pub(super) fn make(
        &self,
        job: &mut Job,
        output: &Output<'_>,
        common: &Common,
    ) -> Outcome {
        if !job.before.is_empty()
            && job.before.iter().all(|made| made.is_in(output.folder))
        {
            return Outcome::Kept(core::mem::take(&mut job.before));
        }
        let made = self.document(job, |pages, job| {
            if output.dry_run {
                Ok(Vec::new())
            } else {
                write(pages, job, output, common)
            }
        });
        match made {
            Ok(files) => Outcome::Made(files),
            Err(problems) => Outcome::Failed(problems),
        }
    }

    /// Sets the document of a row and makes something of it.
    pub(super) fn document<T>(
        &self,
        job: &mut Job,
        make: impl FnOnce(&Pages, &Job) -> Result<T>,
    ) -> Result<T> {
        let fields = core::mem::replace(&mut job.fields, Ok(Fields::new()));
        let made = fields.and_then(|fields| {
            let fields = read_pictures(self.template.schema(), fields, self.folder)?;
            make(&self.set(&fields, job.number)?, job)
        });
        made.map_err(|problems| in_row(problems, job.number, &job.place))
    }

    /// The fields of a row with what stands over them, pictures read.
    fn fields(&self, mut fields: Fields) -> Result<Fields> {
        for assignment in self.over {
            fields = fields.assign(assignment)?;
        }
        read_pictures(self.template.schema(), fields, self.folder)
    }

    /// Fills the template.
    fn fill(&self, fields: &Fields) -> Result<Filled> {
        match self.langs {
            [] => self.template.fill(fields),
            langs => self.template.fill_in(fields, langs),
        }
    }

    /// Fills the template and sets it with the seed of its row.
    fn set(&self, fields: &Fields, number: usize) -> Result<Pages> {
        let filled = self.fill(fields)?;
        let seed = self.look.seed_of();
        // The seventh next: letters of several leaves share none with their neighbours.
        let start = (number as u64).wrapping_mul(7);
        let pool = Pool { seed, count: self.sheets, start };
        let look = self.look.clone().seed(seed.nth(number as u64)).pool(pool);
        self.press.typeset(&filled, &look)
    }
}

impl Form {
    /// How the names of its files end.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
        }
    }
}

impl Made {
    /// Whether the file is in a folder as it was made.
    pub(super) fn is_in(&self, folder: &Path) -> bool {
        let bytes = std::fs::read(folder.join(&self.file));
        bytes.is_ok_and(|bytes| sha256(&bytes) == self.sha256)
    }
}

thread_local! {
    /// The bytes of the last document, used again for the next.
    static BYTES: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Writes the files of a document.
fn write(
    pages: &Pages,
    job: &Job,
    output: &Output<'_>,
    common: &Common,
) -> Result<Vec<Made>> {
    match output.form {
        Form::Pdf => {
            // Taken, for a worker of rayon that draws a sheet may begin another batch meanwhile.
            let mut bytes = BYTES.take();
            let written = pages.pdf_rest(output.options, common, &mut bytes);
            let made = written.and_then(|(begun, hash)| {
                write_one(job.file.clone(), (&[begun.bytes(), &bytes], hash), job, output)
            });
            BYTES.set(bytes);
            Ok(vec![made?])
        }
        Form::Png => {
            // Every page has its number: so no two rows have a name in common.
            let stem = job.file.trim_end_matches(".png");
            let page = |page: usize| {
                let picture = pages.png(page, output.options.of_picture(pages, page))?;
                let hash = Sha256::digest(&picture).into();
                let file = format!("{stem}.{}.png", page + 1);
                write_one(file, (&[&picture], hash), job, output)
            };
            (0..pages.pages.len()).map(page).collect()
        }
    }
}

/// Writes a file of these pieces, which have this hash together.
fn write_one(
    file: String,
    (pieces, hash): (&[&[u8]], [u8; 32]),
    job: &Job,
    output: &Output<'_>,
) -> Result<Made> {
    let path = output.folder.join(&file);
    let own = job.before.iter().any(|before| before.file == file);
    let replace = match output.begin {
        Begin::New => false,
        Begin::Anew => true,
        Begin::Resume => own || is_begun(&path, pieces),
    };
    write_file_as(&path, pieces, replace, &output.prefix())?;
    Ok(Made { file, sha256: hex(&hash) })
}

/// Whether a file is one that a run that was killed has written without noting it.
fn is_begun(path: &Path, pieces: &[&[u8]]) -> bool {
    std::fs::read(path).is_ok_and(|found| found.is_empty() || found == pieces.concat())
}

/// The hash of bytes (SHA-256), as hexadecimal figures.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as hexadecimal figures.
pub(super) fn hex(bytes: &[u8]) -> String {
    const FIGURES: &[u8; 16] = b"0123456789abcdef";
    let both = |b: &u8| [FIGURES[usize::from(b >> 4)], FIGURES[usize::from(b & 15)]];
    bytes.iter().flat_map(both).map(char::from).collect()
}

/// Fields as bytes that differ where they do.
fn told(record: &Record) -> Vec<u8> {
    serde_json::to_vec(record).unwrap_or_else(|_| format!("{record:?}").into_bytes())
}

/// The place of a row.
fn place_of(fields: &Fields, number: usize) -> Place {
    let place = fields.origin().cloned().unwrap_or_default();
    Place { position: Position::Row(number), ..place }
}

/// The problems of a row, each of which tells the row.
fn in_row(problems: Problems, number: usize, place: &Place) -> Problems {
    let tell = |problem: Diagnostic| match &problem.place {
        None => problem.at(place.clone()),
        Some(own) if own.source == place.source => problem,
        Some(own) if own.position == place.position => problem,
        // It stands in the template or the style, but this row brought it out.
        Some(_) => {
            let message = format!("row {number}: {}", problem.message);
            Diagnostic { message, ..problem }
        }
    };
    let told = problems.into_iter().map(tell).collect();
    Problems::check((), told).expect_err("a row that failed has problems")
}
