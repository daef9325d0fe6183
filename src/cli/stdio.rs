//! `engross batch --stdio`: lines of JSON come in, lines of JSON go out, one for one, for
//! programs that deal out rows themselves (pipes of Spark and Ray).

use std::path::Path;
use std::sync::atomic::Ordering;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;

use super::Ending;
use super::args::Batch as BatchArgs;
use super::output::print;
use super::stop::Stop;
use crate::batch::{Batch, sha256};
use crate::data::{Format, Reading, Row, Rows};
use crate::diag::{Diagnostic, Result};
use crate::export::{Common, PdfOptions};
use crate::field::Value;
use crate::press::write_file;

/// Answers each line of standard input. An object that has `row`, a number from 1, gets the
/// document of that row; others are counted.
pub(super) fn stdio(
    batch: &Batch<'_>,
    args: &BatchArgs,
    options: &PdfOptions,
    stop: &Stop,
) -> Result<Ending> {
    let input = Box::new(std::io::stdin());
    let reading = Reading::from(Format::JsonLines);
    let reading =
        Reading { encoding: Some(args.reading.encoding.unwrap_or_default()), ..reading };
    let mut rows = Rows::open("standard input", input, &reading, None)?;
    let common = Common::default();
    let mut worst = None;
    while !stop.asked().load(Ordering::Relaxed)
        && let Some(row) = rows.next()
    {
        let row = numbered(row);
        let number = row.number;
        let pages = batch.typeset(row);
        let made =
            pages.and_then(|pages| pages.pdf_with(options, &common)).and_then(|pdf| {
                let hash = sha256(&pdf);
                let Some(folder) = &args.out else {
                    let pdf = BASE64_STANDARD.encode(&pdf);
                    return Ok(json!({ "row": number, "sha256": hash, "pdf": pdf }));
                };
                let path = file(folder, number);
                write_file(Path::new(&path), &pdf, args.force)?;
                Ok(json!({ "row": number, "sha256": hash, "path": path }))
            });
        let answer = made.unwrap_or_else(|problems| {
            worst = worst.max(Some(problems.kind()));
            let errors: Vec<String> = problems.iter().map(ToString::to_string).collect();
            json!({ "row": number, "error": errors })
        });
        print(&format!("{answer}\n"))?;
    }
    Ok(match (stop.signal(), worst) {
        (Some(signal), _) => Ending::Interrupted(signal),
        (None, Some(kind)) => Ending::Failed(kind),
        (None, None) => Ending::Done,
    })
}

/// The file of a row.
fn file(folder: &Path, number: usize) -> String {
    folder.join(format!("{number}.pdf")).display().to_string()
}

/// A row with the number it gives itself; one that gives itself what is no number of a row
/// is refused, for it would get another's sheet and name.
fn numbered(row: Row) -> Row {
    let own = row.fields.as_ref().ok().and_then(|fields| fields.get("row"));
    match own {
        None => row,
        Some(Value::Number(number))
            if *number >= 1.0 && *number <= 9e15 && number.fract() == 0.0 =>
        {
            Row { number: *number as usize, ..row }
        }
        Some(_) => {
            let problem =
                Diagnostic::invalid("row-number", "`row` is not the number of a row")
                    .hint("write a whole number from 1, counted over the whole table");
            Row { fields: Err(problem.into()), ..row }
        }
    }
}
