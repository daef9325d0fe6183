//! How long each stage of a letter takes: `cargo bench`. The whole command is measured by
//! `benches/command.sh`.

#![allow(
    clippy::missing_docs_in_private_items,
    reason = "a bench is named after what it measures"
)]

use engross::export::{Common, PdfOptions, Volume};
use engross::geom::Resolution;
use engross::press::Pool;
use engross::template::Filled;
use engross::{Fields, Finish, Look, Pages, Press, Seed, Template};

fn main() {
    divan::main();
}

/// A letter of one page and 300 words.
struct Letter {
    press: Press,
    template: Template,
    fields: Fields,
    look: Look,
}

impl Letter {
    fn new() -> Self {
        let press = Press::new();
        let template = press.template("letter").expect("it is bundled");
        let words =
            "The weather has been all that a traveller could wish, and the roads dry.";
        let part = [words; 4].join(" ");
        let text = [part.as_str(); 5].join("\n\n");
        let fields = Fields::new()
            .set("date", "1865-03-04")
            .set("to", "Mrs. Lyle")
            .set("salutation", "Madam,")
            .set("paragraphs", text.as_str())
            .set("close", "Your obedient servant,")
            .set("signature", "Henry Adeane");
        let look = Look::default().age(60);
        Self { press, template, fields, look }
    }

    /// The look of one letter of a batch.
    fn of_batch(&self) -> Look {
        let pool = Pool { seed: Seed(1), count: Some(1), start: 0 };
        self.look.clone().pool(pool)
    }

    fn filled(&self) -> Filled {
        self.template.fill(&self.fields).expect("the fields are sound")
    }

    fn pages(&self, look: &Look) -> Pages {
        self.press.typeset(&self.filled(), look).expect("it can be set")
    }
}

#[divan::bench]
fn fill(bencher: divan::Bencher<'_, '_>) {
    let letter = Letter::new();
    bencher.bench(|| letter.filled());
}

#[divan::bench]
fn typeset_clean(bencher: divan::Bencher<'_, '_>) {
    let letter = Letter::new();
    let (filled, look) = (letter.filled(), letter.look.clone().finish(Finish::Clean));
    bencher.bench(|| letter.press.typeset(&filled, &look));
}

#[divan::bench]
fn typeset_aged(bencher: divan::Bencher<'_, '_>) {
    let letter = Letter::new();
    let (filled, look) = (letter.filled(), letter.of_batch());
    bencher.bench(|| letter.press.typeset(&filled, &look));
}

#[divan::bench(args = [100, 150, 200, 300], sample_count = 5)]
fn sheet(bencher: divan::Bencher<'_, '_>, ppi: u32) {
    let letter = Letter::new();
    let pages = letter.press.sheet("bond", &letter.look, None).expect("a sheet");
    let options = PdfOptions::default().with_resolution(Some(Resolution(f64::from(ppi))));
    bencher.bench(|| pages.pdf(&options));
}

#[divan::bench]
fn pdf(bencher: divan::Bencher<'_, '_>) {
    let letter = Letter::new();
    let pages = letter.pages(&letter.of_batch());
    let (options, common) = (PdfOptions::default(), Common::default());
    bencher.bench(|| pages.pdf_with(&options, &common));
}

#[divan::bench]
fn part_of_a_volume(bencher: divan::Bencher<'_, '_>) {
    let letter = Letter::new();
    let pages = letter.pages(&letter.of_batch());
    let (options, common) = (PdfOptions::default(), Common::default());
    let mut volume = Volume::new(std::io::sink()).expect("it begins");
    bencher.bench_local(|| {
        let part = pages.pdf_part(&options, &common).expect("it can be written");
        volume.add(part, "Letter")
    });
}
