//! One treaty, from a file of fields to PDF and a picture of its first page:
//! `cargo run --example treaty`.

use engross::{Fields, Look, PdfOptions, Press};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let press = Press::new();
    let treaty = press.template("armistice")?;
    let fields = Fields::from_toml(include_str!("../templates/armistice/sample.toml"))?
        .set("place", "Panmunjom");
    let pages = press.typeset(&treaty.fill(&fields)?, &Look::period(1953).age(70))?;
    std::fs::write("armistice.pdf", pages.pdf(&PdfOptions::default())?)?;
    std::fs::write("page-1.png", pages.png(0, 300.0)?)?;
    Ok(())
}
