//! What a document is set in and on: styles, papers and age.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::styles::Styled;
use super::{Look, Press};
use crate::diag::{Diagnostic, Problems, Result};
use crate::font::{Book, FontBytes};
use crate::geom::Length;
use crate::lang::Lang;
use crate::layout::baseline;
use crate::paper::{Age, Paper, Ruling};
use crate::style::{Cascade, Ink, Space, Style};
use crate::template::{Filled, Manifest};

/// What a document is set in and on, by language.
#[derive(Debug)]
pub(super) struct Dress {
    /// The styles.
    pub styles: BTreeMap<Lang, Arc<Style>>,
    /// The papers.
    pub papers: BTreeMap<Lang, Arc<Paper>>,
    /// The ages.
    pub ages: BTreeMap<Lang, Age>,
    /// The faces, with those beside the styles.
    pub book: Book,
}

/// All that the choice of styles, papers and age depends on.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Wish {
    /// The languages of the document, and the style the template has for each.
    parts: Vec<(Lang, String)>,
    /// The styles of the template.
    styles: Vec<String>,
    /// The paper of the template and the one asked for.
    papers: [Option<String>; 2],
    /// How the template's documents were folded.
    folds: Option<[u8; 2]>,
    /// The style asked for.
    style: Option<String>,
    /// The year of the document.
    year: Option<i32>,
    /// The age asked for, as its bits.
    age: Option<u32>,
}

impl Wish {
    /// What a document and its look ask for.
    fn new(filled: &Filled, look: &Look) -> Self {
        let manifest = filled.manifest();
        let style = |lang| (lang, manifest.style.of(lang).to_owned());
        Self {
            parts: filled.document().parts.iter().map(|part| style(part.lang)).collect(),
            styles: manifest.styles.clone(),
            papers: [manifest.paper.clone(), look.paper.clone()],
            folds: manifest.folds,
            style: look.style.clone(),
            year: look.year,
            age: look.age.map(|age| age.get().to_bits()),
        }
    }
}

impl Press {
    /// Chooses styles, papers and age for a document.
    pub(super) fn dress(&self, filled: &Filled, look: &Look) -> Result<Arc<Dress>> {
        let wish = Wish::new(filled, look);
        self.0.dresses.try_get(wish, |_| self.new_dress(filled, look).map(Arc::new))
    }

    /// Chooses styles, papers and age for a document of a kind not met before.
    fn new_dress(&self, filled: &Filled, look: &Look) -> Result<Dress> {
        let mut dress = Dress {
            styles: BTreeMap::new(),
            papers: BTreeMap::new(),
            ages: BTreeMap::new(),
            book: self.0.book.clone(),
        };
        let mut problems = Vec::new();
        for part in &filled.document().parts {
            if let Err(found) = self.dress_part(part.lang, filled, look, &mut dress) {
                problems.extend(found);
            }
        }
        Problems::check(dress, problems)
    }

    /// Chooses style, paper and age for one language.
    fn dress_part(
        &self,
        lang: Lang,
        filled: &Filled,
        look: &Look,
        dress: &mut Dress,
    ) -> Result<()> {
        let manifest = filled.manifest();
        let (styled, _) = self.styled_as(manifest, lang, look)?;
        for (name, source, bytes) in styled.fonts {
            dress.book.add(name, source, FontBytes::Shared(bytes));
        }
        let mut style = styled.style;
        let named =
            look.paper.as_ref().or(manifest.paper.as_ref()).or(style.paper.as_ref());
        let mut paper = match named {
            Some(name) => self.paper(name)?,
            None => {
                let message = "neither the template nor the style names a paper";
                return Err(Diagnostic::usage("no-paper", message)
                    .hint("name one with `--paper`, or `paper = …` in the style")
                    .into());
            }
        };
        if let Some(folds) = manifest.folds {
            paper = Arc::new(paper.folded(folds));
        }
        if style.page.width.is_none()
            && let Some(size) = paper.size
        {
            let own = Arc::make_mut(&mut style);
            own.page.width = Some(size.width);
            own.page.height = Some(size.height);
        }
        if style.page.on_lines == Some(true)
            && let Some(ruling) = paper.ruling()
        {
            stand_on_lines(Arc::make_mut(&mut style), lang, ruling);
        }
        let age = match (look.age, style.age) {
            (Some(age), _) => age,
            (None, Some(age)) => Age::new(age).ok_or_else(|| wrong_age(age))?,
            (None, None) => Age::from(super::USUAL_AGE),
        };
        dress.styles.insert(lang, style);
        dress.papers.insert(lang, paper);
        dress.ages.insert(lang, age);
        Ok(())
    }

    /// The style that look and template ask for, and its name.
    pub(super) fn styled_as<'a>(
        &self,
        manifest: &'a Manifest,
        lang: Lang,
        look: &'a Look,
    ) -> Result<(Styled, &'a str)> {
        let own = manifest.style.of(lang);
        let name = match (&look.style, look.year) {
            (Some(name), _) => name,
            (None, Some(year)) => self.style_of_year(manifest, lang, year)?,
            (None, None) => own,
        };
        Ok((self.styled(name)?, name))
    }

    /// The first of a template's styles whose years hold this one, or else its own.
    fn style_of_year<'a>(
        &self,
        manifest: &'a Manifest,
        lang: Lang,
        year: i32,
    ) -> Result<&'a str> {
        let own = manifest.style.of(lang);
        let others = manifest.styles.iter().map(String::as_str);
        for name in core::iter::once(own).chain(others) {
            if self.style(name)?.is_of(year) {
                return Ok(name);
            }
        }
        Ok(own)
    }
}

/// Moves the text of a style onto the lines of a paper.
fn stand_on_lines(style: &mut Style, lang: Lang, ruling: &Ruling) {
    let text = Cascade::new(style, lang).root();
    let leading = Some(Space::Fixed(ruling.spacing));
    style.rules.text.leading = leading;
    for rules in style.lang.values_mut() {
        rules.text.leading = leading;
    }
    // Letters stand a hair above the line, not in it.
    let first = ruling.first - ruling.spacing * 0.04;
    style.page.top =
        Some((first - baseline(ruling.spacing, text.size)).max(Length::ZERO));
}

impl Dress {
    /// The ink of a role; a role that the style does not name has the ink of the body. What
    /// stands behind a slash says who writes with it.
    pub(super) fn ink(&self, lang: Lang, role: &str) -> Ink {
        let role = role.split('/').next().unwrap_or_default();
        let inks = self.styles.get(&lang).map(|style| &style.inks);
        let found = inks.and_then(|inks| inks.get(role).or_else(|| inks.get("body")));
        found.copied().unwrap_or_default()
    }
}

/// The style has an age that is none.
fn wrong_age(age: f32) -> Diagnostic {
    Diagnostic::usage(
        "style-age",
        format!("the style says that its documents are {age} old"),
    )
    .hint("write an age from 0, new, to 100, old")
}
