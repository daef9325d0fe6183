//! The press: templates, styles, papers and fonts by name, and the whole way from a filled
//! template to pages. The only module that reads files.

mod anachronisms;
mod dress;
mod figures;
#[cfg(feature = "fs")]
mod files;
mod look;
#[cfg(feature = "fs")]
mod pictures;
mod recipe;
mod specimen;
mod store;
mod styles;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::anachronism::Catalogue;
use crate::diag::{Diagnostic, Place, Problems, Result};
use crate::font::{Book, Family};
use crate::geom::Size;
use crate::ink;
use crate::lang::Lang;
use crate::layout::{Setting, Words, layout};
use crate::memo::Memo;
use crate::page::{Info, Leaf, Lie, Page, Pages, Scan};
use crate::paper::{Age, Paper, Side, Wear};
use crate::seed::Seed;
use crate::style::{PageStyle, Style};
use crate::template::{Filled, Template};

use dress::{Dress, Wish};
use figures::Drawn;
use store::{Kind, Store};
use styles::Styled;

pub use anachronisms::OWN_YEARS;
#[cfg(feature = "fs")]
pub use files::{NewFile, check_target, read_file, sweep, write_file, write_file_as};
pub use look::{Finish, Look, Pool};
#[cfg(feature = "fs")]
pub use pictures::read_pictures;
pub use recipe::Recipe;
pub use specimen::SPECIMEN;

/// How many styles and ways of dressing a document are kept in mind.
const DRESSES: usize = 64;

/// The age of a document when neither the look nor the style says one.
const USUAL_AGE: i32 = 60;

/// Templates, styles, papers and fonts, ready to set documents. Cloning is cheap, and one
/// press can serve many threads. The files of styles and papers are read when a document
/// first asks for them; who changes one makes a new press.
#[derive(Clone, Debug)]
pub struct Press(Arc<Inner>);

/// What a press is made of.
#[derive(Debug)]
struct Inner {
    /// All files by name.
    store: Store,
    /// All faces by name.
    book: Book,
    /// The families by folder.
    families: BTreeMap<String, Family>,
    /// The styles that were read.
    styles: Memo<String, Styled>,
    /// What documents were set in and on before.
    dresses: Memo<Wish, Arc<Dress>>,
    /// The sorts of hands and machines that documents share.
    case: ink::Case,
    /// Words as they were set in documents before.
    words: Words,
    /// What could not have been, read when it is first asked for.
    catalogue: OnceLock<Result<Arc<Catalogue>>>,
}

impl Default for Press {
    fn default() -> Self {
        Self::new()
    }
}

impl Press {
    /// A press with everything that is bundled with the program.
    ///
    /// Without the feature `bundled` it is empty, and folders or [`Press::with_files`] give
    /// it what it needs.
    pub fn new() -> Self {
        let (press, problems) = Self::open(Store::bundled());
        // The tests hold what is bundled to be sound.
        debug_assert!(problems.is_empty(), "{problems:?}");
        press
    }

    /// A press that also has these files, by names such as `styles/mine.toml`,
    /// `fonts/mine/font.toml`, `templates/mine/body.en.dj`.
    ///
    /// # Errors
    /// A font.toml that cannot be read, or that names a file that is not there.
    pub fn with_files(
        files: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> Result<Self> {
        let mut store = Store::bundled();
        for (name, bytes) in files {
            store.add(name, bytes);
        }
        let (press, problems) = Self::open(store);
        Problems::check(press, problems)
    }

    /// Reads the families of the store; what is wrong with them.
    fn open(store: Store) -> (Self, Vec<Diagnostic>) {
        let mut book = Book::default();
        let mut families = BTreeMap::new();
        let mut problems = Vec::new();
        for name in store.names(Kind::Font) {
            match family(&store, name, &mut book) {
                Ok(family) => drop(families.insert(name.to_owned(), family)),
                Err(problem) => problems.push(problem),
            }
        }
        let (styles, dresses) = (Memo::new(DRESSES), Memo::new(DRESSES));
        let catalogue = OnceLock::new();
        let case = ink::Case::default();
        let words = Words::default();
        let inner =
            Inner { store, book, families, styles, dresses, case, words, catalogue };
        (Self(Arc::new(inner)), problems)
    }

    /// A template by name, or by folder with the feature `fs`.
    ///
    /// # Errors
    /// No such template; a file that cannot be read; everything that is wrong with it.
    pub fn template(&self, name: &str) -> Result<Template> {
        let store = &self.0.store;
        if let Some(files) = store.template(name) {
            let files = files?;
            let source = format!("templates/{name}");
            return Template::with_pictures(&source, &files.texts, files.pictures);
        }
        if let Some(files) = store::read_folder(name)? {
            let source = name.trim_end_matches(['/', '\\']);
            return Template::with_pictures(source, &files.texts, files.pictures);
        }
        Err(store.unknown(Kind::Template, name))
    }

    /// A style by name, or by file with the feature `fs`.
    ///
    /// # Errors
    /// No such style; a file that cannot be read or does not parse; a style that begins
    /// with itself.
    pub fn style(&self, name: &str) -> Result<Arc<Style>> {
        Ok(self.styled(name)?.style)
    }

    /// A style with the fonts beside it, read now if it was not before.
    fn styled(&self, name: &str) -> Result<Styled> {
        let Inner { styles, store, .. } = &*self.0;
        styles.try_get(name.to_owned(), |name| styles::load(store, name))
    }

    /// A paper by name, or by file with the feature `fs`.
    ///
    /// # Errors
    /// No such paper; a file that cannot be read or does not parse.
    pub fn paper(&self, name: &str) -> Result<Arc<Paper>> {
        let (source, text) = self.0.store.text(Kind::Paper, name)?;
        let paper = toml::from_str(&text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            let message = format!("the paper cannot be read: {}", error.message());
            Diagnostic::usage("paper", message)
                .at(Place::in_text(source, &text, offset))
                .hint("mend the line; docs/papers.md tells what a paper holds")
        })?;
        Ok(Arc::new(paper))
    }

    /// The names of the templates, in alphabetical order.
    pub fn template_names(&self) -> impl Iterator<Item = &str> {
        self.0.store.names(Kind::Template)
    }

    /// The names of the styles, in alphabetical order.
    pub fn style_names(&self) -> impl Iterator<Item = &str> {
        self.0.store.names(Kind::Style)
    }

    /// The names of the papers, in alphabetical order.
    pub fn paper_names(&self) -> impl Iterator<Item = &str> {
        self.0.store.names(Kind::Paper)
    }

    /// The names of the font families, in alphabetical order.
    pub fn font_names(&self) -> impl Iterator<Item = &str> {
        self.0.families.keys().map(String::as_str)
    }

    /// All faces by name.
    pub fn book(&self) -> &Book {
        &self.0.book
    }

    /// A font family by name.
    pub fn font_family(&self, name: &str) -> Option<&Family> {
        self.0.families.get(name)
    }

    /// Sets a filled template: layout, ink and sheets.
    ///
    /// # Errors
    /// A style or paper that is not there or not sound; what layout runs into, such as a
    /// character that no font of the style has, with the field that holds it.
    pub fn typeset(&self, filled: &Filled, look: &Look) -> Result<Pages> {
        let dress = self.dress(filled, look)?;
        let age = dress.ages.values().copied().next().unwrap_or_default();
        let drawn = Drawn {
            book: &dress.book,
            seed: look.seed.derive("seals"),
            age,
            fields: filled.fields(),
        };
        let find = |c: char| {
            let (path, place) = filled.find_character(c)?;
            Some((path.to_string(), place))
        };
        let marking = look.marking();
        let setting = Setting {
            styles: &dress.styles,
            book: &dress.book,
            words: &self.0.words,
            figures: &drawn,
            marking: marking.as_deref(),
            find: &find,
        };
        let mut pages = layout(filled.document(), &setting)?;
        pages.info.made = look.made.map(|date| date.to_string());
        pages.shares = look.pool.is_some();
        if look.finish != Finish::Clean {
            // Documents of two kinds or in two languages are not written on the same sheet.
            let seed = look.seed.derive(&filled.manifest().name);
            let first = pages.pages.first().map(|page| page.lang);
            let seed = first.map_or(seed, |lang| seed.derive(lang.as_str()));
            lay_sheets(&mut pages, &dress, (look, seed));
        }
        if look.finish == Finish::Facsimile {
            let scans = look.seed.derive("scan");
            for (index, page) in pages.pages.iter_mut().enumerate() {
                page.scan = Some(Scan::of(scans.nth(index as u64)));
            }
        }
        let ink = |page: &Page, role: &str| dress.ink(page.lang, role);
        // Those who share anything share hands and machines.
        let own = look.pool.map_or(look.seed, |pool| pool.seed).derive("ink");
        let case = look.pool.map(|_| &self.0.case);
        // Nor did a clerk write the same words alike in two of them.
        let seed = look.seed.derive("ink").derive(&filled.manifest().name);
        let tools = ink::Tools { seed, own, case };
        match look.finish {
            Finish::Clean => ink::even(&mut pages, &ink, tools)?,
            Finish::Aged | Finish::Facsimile => ink::impress(&mut pages, &ink, tools)?,
        }
        Ok(pages)
    }

    /// A blank sheet that has aged: one page with nothing on it.
    ///
    /// # Errors
    /// As [`Press::paper`].
    pub fn sheet(&self, paper: &str, look: &Look, size: Option<Size>) -> Result<Pages> {
        let paper = self.paper(paper)?;
        let size = size.or(paper.size).unwrap_or(PageStyle::default().size());
        let age = look.age.unwrap_or(Age::from(USUAL_AGE));
        let (ream, seed, lie) = sheet_of((look, look.seed), 0, true);
        let wear = Arc::clone(&look.wear);
        let rim = look.rim;
        let (side, is_shared) = (Side::Recto, false);
        let leaf = Leaf { paper, age, ream, seed, side, lie, wear, rim, is_shared };
        let page = Page {
            size,
            label: "1".to_owned(),
            lang: Lang::EN,
            side: Side::Recto,
            sheet: Some(leaf),
            scan: None,
            inks: BTreeMap::new(),
            items: Vec::new(),
        };
        let info = Info {
            title: "Blank sheet".to_owned(),
            kind: String::new(),
            subject: "facsimile of a sheet of paper".to_owned(),
            made: look.made.map(|date| date.to_string()),
            ..Info::default()
        };
        Ok(Pages { info, pages: vec![page], ..Pages::default() })
    }
}

/// Reads a family and puts its faces into the book: `eb-garamond`, `eb-garamond/italic`.
fn family(
    store: &Store,
    name: &str,
    book: &mut Book,
) -> core::result::Result<Family, Diagnostic> {
    let manifest = format!("fonts/{name}/font.toml");
    let fault = |message: String, hint: &str| {
        Diagnostic::usage("font", message).at(Place::whole(&*manifest)).hint(hint)
    };
    let Some(bytes) = store.bytes(&manifest) else {
        return Err(fault(format!("the font `{name}` has no font.toml"), "write one"));
    };
    let text = String::from_utf8_lossy(bytes.as_ref());
    let family: Family = toml::from_str(&text).map_err(|error| {
        let message = format!("font.toml cannot be read: {}", error.message());
        fault(message, "mend it; docs/styles.md tells what it holds")
    })?;
    for (face, file) in &family.faces {
        let path = format!("fonts/{name}/{file}");
        let Some(bytes) = store.bytes(&path) else {
            return Err(fault(
                format!("`{path}` is not there"),
                "mend the name of the file",
            ));
        };
        let known =
            if face == "regular" { name.to_owned() } else { format!("{name}/{face}") };
        book.add(known, path, bytes);
    }
    Ok(family)
}

/// Lays a sheet of its own under every leaf; those that come from no pool have this seed.
fn lay_sheets(pages: &mut Pages, dress: &Dress, (look, seed): (&Look, Seed)) {
    let mut leaf: u64 = 0;
    for (index, page) in pages.pages.iter_mut().enumerate() {
        if index > 0 && page.side == Side::Recto {
            leaf += 1;
        }
        let paper = Arc::clone(&dress.papers[&page.lang]);
        let upright = paper.is_upright() || look.wear.contains(&Wear::Archive);
        let (ream, seed, lie) = sheet_of((look, seed), leaf, upright);
        let age = dress.ages[&page.lang];
        let wear = Arc::clone(&look.wear);
        let (side, rim) = (page.side, look.rim);
        let is_shared = look.pool.is_some_and(|pool| pool.count.is_some());
        page.sheet =
            Some(Leaf { paper, age, ream, seed, side, lie, wear, rim, is_shared });
    }
}

/// Leaves of a pool that come from one ream.
const REAM: u64 = 4;

/// The seeds of the ream and of a leaf of a document, and how the leaf lies. One that
/// has an upper end lies in one way only.
fn sheet_of((look, own): (&Look, Seed), leaf: u64, upright: bool) -> (Seed, Seed, Lie) {
    let of = |seed: Seed, ream, number| {
        (seed.derive("reams").nth(ream), seed.derive("sheets").nth(number))
    };
    let shared = look.pool.and_then(|pool| Some((pool, pool.count?)));
    let Some((pool, count)) = shared else {
        let (ream, seed) = of(own, 0, leaf);
        return (ream, seed, Lie::default());
    };
    let number = pool.start.wrapping_add(leaf) % u64::from(count.max(1));
    let mut rng = look.seed.derive("lie").nth(leaf).rng();
    let lie = Lie { mirrored: rng.unit() < 0.5, turned: rng.unit() < 0.5 };
    let lie = if upright { Lie::default() } else { lie };
    let (ream, seed) = of(pool.seed, number / REAM, number);
    (ream, seed, lie)
}
