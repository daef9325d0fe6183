//! A letter for every row of a table: `cargo run --example batch`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "says what it does")]

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use engross::batch::{Batch, Begin, Form, Output, Shard};
use engross::data::{Format, Rows};
use engross::template::NamePattern;
use engross::{Look, PdfOptions, Press};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let press = Press::new();
    let letter = press.template("letter")?;
    let mut rows = Rows::new("guests.csv", include_bytes!("guests.csv"), Format::Table)?;
    rows.fit(letter.schema())?;
    let header: Vec<String> = rows.columns().map(str::to_owned).collect();
    let names = NamePattern::new("{{ row }}-{{ last }}.pdf")?;
    std::fs::create_dir_all("letters")?;
    let batch = Batch {
        press: &press,
        template: &letter,
        look: &Look::period(1865),
        langs: &[],
        over: &[],
        folder: Path::new("."),
        sheets: Some(16),
    };
    let output = Output {
        folder: Path::new("letters"),
        names: &names,
        options: &PdfOptions::default(),
        form: Form::Pdf,
        begin: Begin::Anew,
        shard: Shard::ALL,
        stop: &AtomicBool::new(false),
        dry_run: false,
        fail_fast: false,
    };
    let summary = batch.run(&header, rows, &output, &mut |event| {
        match event.outcome {
            Ok(file) => println!("row {}: {}", event.row, file.display()),
            Err(problems) => eprintln!("{problems:#}"),
        }
        ControlFlow::Continue(())
    })?;
    println!("{} written, {} failed", summary.done, summary.failed);
    Ok(())
}
