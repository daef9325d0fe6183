//! One row: fields, name, filling, setting, writing.

use std::path::PathBuf;

use super::{Batch, Output, Taken, names};
use crate::data::Row;
use crate::diag::{Diagnostic, Place, Position, Problems, Result};
use crate::export::Sheets;
use crate::field::Fields;
use crate::page::Pages;
use crate::press::{Pool, check_target, read_pictures, write_file};
use crate::template::Filled;

/// A row that was read.
pub(super) struct Job {
    /// Its number, from 1.
    number: usize,
    /// Where it stands.
    place: Place,
    /// Its fields, with what stands over them.
    fields: Fields,
    /// Its file, or why it cannot have one.
    named: Result<PathBuf>,
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
        let set = self.fields(fields).and_then(|fields| {
            let filled = self.fill(&fields)?;
            self.set(&filled, number)
        });
        set.map_err(|problems| in_row(problems, number, &place))
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
            let filled = self.fill(&fields)?;
            self.set(&filled, number)?;
            self.press.anachronisms(&filled, self.look)
        });
        found.map_err(|problems| in_row(problems, number, &place))
    }

    /// Reads a row and takes the name of its file.
    pub(super) fn prepare(
        &self,
        row: Row,
        output: &Output<'_>,
        taken: &mut Taken,
    ) -> Result<Job> {
        let number = row.number;
        let fields = row.fields?;
        let place = place_of(&fields, number);
        let fields =
            self.fields(fields).map_err(|problems| in_row(problems, number, &place))?;
        let named = name(&fields, number, output, taken);
        Ok(Job { number, place, fields, named })
    }

    /// Makes the document of a row and writes it.
    pub(super) fn make(
        &self,
        job: Job,
        output: &Output<'_>,
        sheets: &Sheets,
    ) -> Result<PathBuf> {
        let Job { number, place, fields, named } = job;
        let set = self.fill(&fields).and_then(|filled| self.set(&filled, number));
        // What is wrong with the name and with the fields is told together.
        let made = both(named, set).and_then(|(path, pages)| {
            if !output.dry_run {
                let pdf = pages.pdf_on(output.options, sheets)?;
                write_file(&path, &pdf, output.force)?;
            }
            Ok(path)
        });
        made.map_err(|problems| in_row(problems, number, &place))
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

    /// Sets a filled template with the seed of its row.
    fn set(&self, filled: &Filled, number: usize) -> Result<Pages> {
        let seed = self.look.seed_of();
        let mut look = self.look.clone().seed(seed.nth(number as u64));
        if let Some(count) = self.pool {
            // The seventh next: letters of several leaves share none with their neighbours.
            let start = (number as u64).wrapping_mul(7);
            look = look.pool(Pool { seed, count, start });
        }
        self.press.typeset(filled, &look)
    }
}

/// The file of a row, which no other row has and which may be written.
fn name(
    fields: &Fields,
    number: usize,
    output: &Output<'_>,
    taken: &mut Taken,
) -> Result<PathBuf> {
    let name = names::check(&output.names.name(number, fields)?)?;
    taken.take(&name)?;
    let path = output.folder.join(name);
    // A folder that is yet to be made holds nothing that is in the way.
    if output.folder.is_dir() {
        check_target(&path, output.force)?;
    }
    Ok(path)
}

/// Both, or the problems of both.
fn both<A, B>(one: Result<A>, other: Result<B>) -> Result<(A, B)> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (one, other) => {
            // Problems with values come before those with the name made of them.
            let values = other.err().into_iter().flatten();
            let problems = values.chain(one.err().into_iter().flatten()).collect();
            Err(Problems::check((), problems).expect_err("one of the two failed"))
        }
    }
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
        // It stands in the template or the style, but this row brought it out.
        Some(_) => {
            let message = format!("row {number}: {}", problem.message);
            Diagnostic { message, ..problem }
        }
    };
    let told = problems.into_iter().map(tell).collect();
    Problems::check((), told).expect_err("a row that failed has problems")
}
