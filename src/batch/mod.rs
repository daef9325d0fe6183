//! Rows to documents: one file a row. Good rows are written, bad ones are reported.

mod names;

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::data::Row;
use crate::diag::{Diagnostic, Place, Position, Problems, Result};
use crate::export::PdfOptions;
use crate::field::Fields;
use crate::lang::Lang;
use crate::press::{Look, Press, write_file};
use crate::seed::Seed;
use crate::template::{NamePattern, Template};

/// What is done with each row.
#[derive(Clone, Copy)]
pub struct Batch<'a> {
    /// Sets the documents.
    pub press: &'a Press,
    /// What is filled.
    pub template: &'a Template,
    /// How the documents look; each row has a seed of its own, drawn from this one.
    pub look: &'a Look,
    /// The languages; none for those that the fields ask for.
    pub langs: Option<&'a [Lang]>,
    /// What stands over each row, as `-s` of the command line.
    pub over: &'a [String],
    /// How a PDF is made.
    pub options: &'a PdfOptions,
}

/// Where the documents go.
#[derive(Clone, Debug)]
pub struct Output<'a> {
    /// The folder, which must be there.
    pub folder: PathBuf,
    /// The names of the files.
    pub names: &'a NamePattern,
    /// Whether existing files are replaced.
    pub force: bool,
    /// Whether nothing is written and rows are checked only.
    pub dry_run: bool,
    /// Whether the first row that fails is the last.
    pub fail_fast: bool,
}

/// What became of a row.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It was written, or would have been.
    Done(PathBuf),
    /// It failed, and nothing was written for it.
    Failed(Problems),
}

/// How many rows became documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows that were written.
    pub done: usize,
    /// Rows that failed.
    pub failed: usize,
    /// Whether a row failed for want of room or rights rather than for its values.
    pub unwritable: bool,
}

impl Batch<'_> {
    /// Makes a document of each row, in order; `tell` hears what became of each.
    pub fn run(
        &self,
        rows: impl Iterator<Item = Row>,
        output: &Output<'_>,
        tell: &mut dyn FnMut(usize, &Outcome),
    ) -> Summary {
        let mut summary = Summary::default();
        let mut taken = BTreeSet::new();
        for row in rows {
            let number = row.number;
            let outcome = match self.row(row, output, &mut taken) {
                Ok(path) => Outcome::Done(path),
                Err(problems) => Outcome::Failed(problems),
            };
            match &outcome {
                Outcome::Done(_) => summary.done += 1,
                Outcome::Failed(problems) => {
                    summary.failed += 1;
                    summary.unwritable |= problems.kind() == crate::diag::Kind::Io;
                }
            }
            tell(number, &outcome);
            if output.fail_fast && summary.failed > 0 {
                break;
            }
        }
        summary
    }

    /// Makes the document of a row.
    fn row(
        &self,
        row: Row,
        output: &Output<'_>,
        taken: &mut BTreeSet<String>,
    ) -> Result<PathBuf> {
        let number = row.number;
        let mut fields = row.fields?;
        let place = fields.origin().cloned();
        for assignment in self.over {
            fields = fields.assign(assignment)?;
        }
        let named = output.names.name(number, &fields);
        let filled = self.fill(&fields);
        // What is wrong with the name and with the fields is told together.
        let (name, filled) = match (named, filled) {
            (Ok(name), Ok(filled)) => (name, filled),
            (named, filled) => {
                let mut problems = Vec::new();
                problems.extend(filled.err().into_iter().flatten());
                problems.extend(named.err().into_iter().flatten());
                return Err(in_row(problems, place.as_ref()));
            }
        };
        let name = names::safe(&name)
            .map_err(|problem| in_row(vec![problem], place.as_ref()))?;
        if !taken.insert(name.to_lowercase()) {
            let message = format!("an earlier row has the name `{name}` already");
            let problem = Diagnostic::invalid("name-taken", message)
                .hint("put `{{ row }}` into the pattern of `--name`");
            return Err(in_row(vec![problem], place.as_ref()));
        }
        let path = output.folder.join(&name);
        let made = self.make(&filled, number, output, &path);
        made.map_err(|problems| in_row(problems.into_vec(), place.as_ref()))?;
        Ok(path)
    }

    /// Fills the template.
    fn fill(&self, fields: &Fields) -> Result<crate::template::Filled> {
        match self.langs {
            Some(langs) => self.template.fill_in(fields, langs),
            None => self.template.fill(fields),
        }
    }

    /// Sets and writes a document.
    fn make(
        &self,
        filled: &crate::template::Filled,
        number: usize,
        output: &Output<'_>,
        path: &std::path::Path,
    ) -> Result<()> {
        let seed: Seed = self.look.seed_of().nth(number as u64);
        let look = self.look.clone().seed(seed);
        let pages = self.press.typeset(filled, &look)?;
        if output.dry_run {
            return Ok(());
        }
        write_file(path, &pages.pdf(self.options)?, output.force)
    }
}

/// Problems with the place of their row where they have none of their own.
fn in_row(problems: Vec<Diagnostic>, place: Option<&Place>) -> Problems {
    let placed = problems.into_iter().map(|problem| match (&problem.place, place) {
        (None, Some(place)) => problem.at(place.clone()),
        (Some(own), Some(place)) if own.position == Position::Whole => {
            let row = place.clone();
            problem.at(row)
        }
        _ => problem,
    });
    Problems::check((), placed.collect()).err().unwrap_or_else(|| {
        Diagnostic::invalid("row", "the row failed without a reason").into()
    })
}
