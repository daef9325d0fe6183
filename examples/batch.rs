//! A letter for every row of a table: `cargo run --example batch`.

use engross::batch::{Batch, Outcome, Output};
use engross::data::{Format, Rows};
use engross::template::NamePattern;
use engross::{Look, PdfOptions, Press};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let press = Press::new();
    let letter = press.template("letter")?;
    let rows = Rows::new("guests.csv", include_bytes!("guests.csv"), Format::Table)?;
    let names = NamePattern::new("{{ row }}-{{ last }}.pdf")?;
    std::fs::create_dir_all("letters")?;
    let batch = Batch {
        press: &press,
        template: &letter,
        look: &Look::period(1865),
        langs: None,
        over: &[],
        options: &PdfOptions::default(),
    };
    let output = Output {
        folder: "letters".into(),
        names: &names,
        force: true,
        dry_run: false,
        fail_fast: false,
    };
    let summary = batch.run(rows, &output, &mut |row, outcome| match outcome {
        Outcome::Done(path) => println!("row {row}: {}", path.display()),
        Outcome::Failed(problems) => eprintln!("row {row}:\n{problems:#}"),
    });
    println!("{} written, {} failed", summary.done, summary.failed);
    Ok(())
}
