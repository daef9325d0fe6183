//! Specimen pictures: `sample.png` in the folder of a template shows the first page of its
//! sample, and says what it was made from.

use crate::diag::{Diagnostic, Place, Result};
use crate::picture::{Picture, png_text};
use crate::seed::Seed;
use crate::template::{Filled, Template};

use super::{Look, Press};

/// The file of a specimen in the folder of its template.
pub const SPECIMEN: &str = "sample.png";

/// The keyword under which a specimen says what it was made from.
const KEYWORD: &str = "engross-made-from";
/// The most colours of a specimen.
const COLOURS: usize = 28;
/// The most bytes of a specimen: a repository holds one for each template.
const MOST: usize = 60_000;
/// The resolutions that are tried, and by what each is less than the one before.
const FIRST: f64 = 60.0;
/// See [`FIRST`].
const STEP: f64 = 0.88;

impl Press {
    /// The specimen of a template: a PNG file of at most 60,000 bytes.
    ///
    /// # Errors
    /// What the sample, filled and set, runs into.
    pub fn specimen(&self, template: &Template) -> Result<Vec<u8>> {
        let filled = template.fill(&template.sample()?)?;
        let mark = self.made_from(&filled)?;
        let pages = self.typeset(&filled, &Look::new())?;
        let mut resolution = FIRST;
        loop {
            // Twice as fine and averaged: thin strokes stay even.
            let picture: Picture = pages.picture(0, resolution * 2.0)?.reduced(2, 2);
            let file = picture.to_small_png(COLOURS, (KEYWORD, &mark));
            if file.len() <= MOST || picture.width < 32 {
                return Ok(file);
            }
            resolution *= STEP;
        }
    }

    /// What is wrong with a specimen file of a template: nothing if the template, its
    /// styles, its paper and the version of the program are those it was made from.
    ///
    /// # Errors
    /// What the sample runs into.
    pub fn check_specimen(
        &self,
        template: &Template,
        file: &[u8],
    ) -> Result<Option<Diagnostic>> {
        let filled = template.fill(&template.sample()?)?;
        let now = self.made_from(&filled)?;
        let message = match png_text(file, KEYWORD) {
            Some(then) if then == now => return Ok(None),
            Some(_) => "the specimen picture shows the document as it was before",
            None => "the specimen picture does not say what it was made from",
        };
        Ok(Some(
            Diagnostic::invalid("specimen", message)
                .warning()
                .at(Place::whole(SPECIMEN))
                .hint("draw it again: cargo run --release --example gallery -- FOLDER"),
        ))
    }

    /// All that a specimen depends on, in a few characters: the files of the template, its
    /// styles and papers as they hold, the version of the program.
    fn made_from(&self, filled: &Filled) -> Result<String> {
        let dress = self.dress(filled, &Look::new())?;
        let mut mark = Seed(0).derive(env!("CARGO_PKG_VERSION"));
        for (name, text) in filled.template().files() {
            mark = mark.derive(name).derive(text);
        }
        for (name, file) in filled.template().pictures() {
            mark = mark.derive(name);
            mark = file.iter().fold(mark, |mark, byte| mark.nth(u64::from(*byte)));
        }
        for (lang, style) in &dress.styles {
            mark = mark.derive(lang.as_str()).derive(&format!("{style:?}"));
        }
        for (lang, paper) in &dress.papers {
            mark = mark.derive(lang.as_str()).derive(&format!("{paper:?}"));
        }
        Ok(format!("{:016x}", mark.0))
    }
}
