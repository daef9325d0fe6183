//! Layout: from a document and a style to pages. Knows neither templates nor formats.
//!
//! The steps, in order: `text` flattens running text, `shape` turns it into glyphs
//! between possible line ends (`word` knows how words are written, `words` how they were set
//! before, `squares` the wide scripts), `linebreak` makes lines of them (`breaks` finds the ends with `hyphenate`
//! and `protrude`, `fit` chooses among them by `demerits`), `line` fills each with
//! `glue`, `block` stacks them into rows (`group` those that stand together, `parallel`
//! those of several texts; `enclosure` puts boxes around rows, `rules` draws their lines),
//! `paginate` fills pages with rows, `vertical` turns those whose lines run downward,
//! `running` sets the blocks that stand in the margins and `furniture` what else does;
//! `tags` notes what is part of what.

mod block;
mod breaks;
mod demerits;
mod enclosure;
mod fit;
mod furniture;
mod glue;
mod group;
mod hyphenate;
mod line;
mod linebreak;
mod opportunities;
mod paginate;
mod parallel;
mod protrude;
mod rules;
mod running;
mod shape;
mod squares;
mod standing;
mod tags;
mod text;
mod vertical;
mod word;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Diagnostic, Place, Problems, Result};
use crate::document::{Arrangement, Attributes, Block, Document, Part};
use crate::font::Book;
use crate::geom::{Length, Point, Size};
use crate::lang::Lang;
use crate::page::{Info, Item, Page, Pages, Placed, Role, Segment};
use crate::paper::Side;
use crate::style::{Cascade, Style};

use block::Setter;
use furniture::Foot;
use running::Margins;
use shape::Types;
use standing::Standing;
pub(crate) use tags::Tags;
pub use words::Words;

/// A seal, stamp or picture that a block asks for by its attributes.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What it shows.
    pub alt: String,
    /// What is painted, from its top left corner.
    pub items: Vec<Item>,
    /// The width that it takes.
    pub width: Length,
    /// The height that it takes from the text.
    pub height: Length,
}

/// Draws the figures that blocks ask for.
pub trait Figures {
    /// A figure of at most this size, or nothing where the attributes ask for none; seals
    /// have the width.
    fn draw(&self, attributes: &Attributes, room: Size) -> Option<Figure>;
}

/// What is set beside the document itself.
pub struct Setting<'a> {
    /// The style of each language.
    pub styles: &'a BTreeMap<Lang, Arc<Style>>,
    /// All faces there are.
    pub book: &'a Book,
    /// Words that were set for other documents.
    pub words: &'a Words,
    /// Draws seals and other figures.
    pub figures: &'a dyn Figures,
    /// The marking line at the foot of each page; none where it is not wanted.
    pub marking: Option<&'a str>,
    /// Finds the field that holds a character, and where it was written.
    pub find: &'a dyn Fn(char) -> Option<(String, Option<Place>)>,
}

/// Sets a document.
///
/// # Errors
/// A style that lacks a face it names, a font that cannot be opened, margins that leave
/// no room, and every character that no face has.
pub fn layout(document: &Document, setting: &Setting<'_>) -> Result<Pages> {
    let mut types = Types::new(setting.book, setting.words);
    let mut tags = Tags::default();
    let mut pages = Vec::new();
    let mut desk =
        Desk { setting, types: &mut types, tags: &mut tags, pages: &mut pages };
    if document.arrangement == Arrangement::Parallel && document.parts.len() > 1 {
        desk.parallel(&document.parts)?;
    } else {
        document.parts.iter().try_for_each(|part| desk.part(part))?;
    }
    let missing: Vec<Diagnostic> = types
        .missing
        .iter()
        .map(|(&c, &lang)| missing_character(c, lang, setting))
        .chain(tags.lost().map(|(name, lang)| lost_link(name, lang)))
        .collect();
    let lang = document.parts.first().map(|part| part.lang).unwrap_or_default();
    let info = Info {
        title: document.title.clone(),
        kind: document.kind.clone(),
        subject: format!("facsimile of a {}", document.kind),
        lang,
        template: document.template.clone(),
        made: None,
    };
    let pages =
        Pages { info, faces: types.faces, tags: tags.nodes, pages, ..Pages::default() };
    Problems::check(pages, missing)
}

/// From the top of a line to its baseline: the leading is shared above and below so that
/// the small letters stand in the middle of it.
pub fn baseline(leading: Length, size: Length) -> Length {
    leading * 0.5 + size * 0.27
}

/// The class of what is written across the pages that are full, as letters were when
/// every sheet cost postage.
const CROSSED: &str = "crossed";

/// Where pages are made.
struct Desk<'a, 'b> {
    /// What is set beside the document itself.
    setting: &'a Setting<'a>,
    /// The faces.
    types: &'b mut Types<'a>,
    /// The structure.
    tags: &'b mut Tags,
    /// The pages made.
    pages: &'b mut Vec<Page>,
}

impl<'a> Desk<'a, '_> {
    /// Sets the text in one language on pages of its own.
    fn part(&mut self, part: &Part) -> Result<()> {
        let style = self.style(part.lang)?;
        let mut area = Area::new(style)?;
        let cascade = Cascade::new(style, part.lang);
        let section = self.tags.add(Role::Section, None, part.lang);
        let (measure, room) = area.room(style, part.lang);
        let mut blocks = part.blocks.clone();
        let standing = Standing::take(&mut blocks);
        let (across, straight): (Vec<Block>, Vec<Block>) =
            blocks.into_iter().partition(|block| block.attributes.has(CROSSED));
        let (mut margins, straight) = running::part(straight, &cascade, measure);
        self.margins(&mut margins, cascade, &mut area)?;
        let place = (Length::ZERO, measure);
        margins.set_first(true, &mut self.setter(cascade, room), (section, measure))?;
        let rows = self.setter(cascade, room).part(&straight, section, place)?;
        margins.set_first(false, &mut self.setter(cascade, room), (section, measure))?;
        let first = self.pages.len();
        self.pages(rows, margins, (style, part.lang, &area))?;
        self.stand(&standing, first, (style, part.lang, &area))?;
        if across.is_empty() {
            return Ok(());
        }
        let mut setter = self.setter(Cascade::new(style, part.lang), measure);
        let rows = setter.part(&across, section, (Length::ZERO, room))?;
        self.cross(rows, first, (style, part.lang, &area))
    }

    /// Writes rows across the pages from `first` on, and across empty ones when these end.
    fn cross(
        &mut self,
        rows: Vec<block::Row>,
        first: usize,
        (style, lang, area): (&'a Style, Lang, &Area),
    ) -> Result<()> {
        let height = area.text.width;
        let (grid, balance) = (style.page.grid, false);
        let filling = paginate::Filling { height, first: height, grid, balance };
        for (index, page) in paginate::paginate(rows, filling).into_iter().enumerate() {
            let mut items = vertical::cross(page.items, area.text);
            let numbers = Numbers::new(index, 0);
            if first + index >= self.pages.len() {
                self.page(items, numbers, None, (style, lang, area))?;
                continue;
            }
            shift(&mut items, area.left_of(numbers.leaf), area.top);
            self.pages[first + index].items.extend(items);
        }
        Ok(())
    }

    /// Sets the texts beside one another, in the style of the first.
    fn parallel(&mut self, parts: &[Part]) -> Result<()> {
        let style = self.style(parts[0].lang)?;
        let area = Area::new(style)?;
        let lang = parts[0].lang;
        let mut parts = parts.to_vec();
        let standing: Vec<Standing> =
            parts.iter_mut().map(|part| Standing::take(&mut part.blocks)).collect();
        let first = self.pages.len();
        let rows = parallel::rows(&parts, style, area.room(style, lang), self)?;
        self.pages(rows, Margins::default(), (style, lang, &area))?;
        match standing.first() {
            Some(standing) => self.stand(standing, first, (style, lang, &area)),
            None => Ok(()),
        }
    }

    /// Sets what stands on every page of a text, from the page `first` on.
    fn stand(
        &mut self,
        standing: &Standing,
        first: usize,
        (style, lang, area): (&'a Style, Lang, &Area),
    ) -> Result<()> {
        let cascade = Cascade::new(style, lang);
        for (index, page) in self.pages.iter_mut().skip(first).enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let verso = page.side == Side::Verso;
            if standing.has_paraphs() && !standing::is_signed(&page.items, self.tags) {
                let foot = area.foot(number, style.page.is_vertical(lang));
                let bottom = area.page.height - area.text.height - area.top;
                let place = (foot, bottom);
                page.items.extend(standing.paraphs(place, verso, &cascade, self.types)?);
            }
            let figures = self.setting.figures;
            page.items.extend(standing.binding(area.page, verso, figures));
        }
        Ok(())
    }

    /// Learns how much room the blocks in the margins take, and makes it.
    fn margins(
        &mut self,
        margins: &mut Margins,
        cascade: Cascade<'a>,
        area: &mut Area,
    ) -> Result<()> {
        if margins.is_empty() {
            return Ok(());
        }
        let mut tags = running::scratch();
        let mut setter = self.aside(cascade, area.text.height, &mut tags);
        margins.measure(&mut setter, area.text.width)?;
        area.make_room([margins.room(0), margins.room(1)])
    }

    /// What sets blocks.
    fn setter<'c>(&'c mut self, cascade: Cascade<'a>, page: Length) -> Setter<'a, 'c> {
        let figures = self.setting.figures;
        Setter { cascade, types: self.types, tags: self.tags, figures, page }
    }

    /// What sets blocks whose structure is not that of the document.
    fn aside<'c>(
        &'c mut self,
        cascade: Cascade<'a>,
        page: Length,
        tags: &'c mut Tags,
    ) -> Setter<'a, 'c> {
        Setter { tags, ..self.setter(cascade, page) }
    }

    /// The style of a language.
    fn style(&self, lang: Lang) -> Result<&'a Style> {
        self.setting.styles.get(&lang).map(Arc::as_ref).ok_or_else(|| {
            let message = format!("there is no style for the language `{lang}`");
            Diagnostic::usage("style-language", message)
                .hint("name a style for it in the template")
                .into()
        })
    }

    /// Divides rows into pages and sets what stands in the margins.
    fn pages(
        &mut self,
        rows: Vec<block::Row>,
        mut margins: Margins,
        (style, lang, area): (&'a Style, Lang, &Area),
    ) -> Result<()> {
        let vertical = style.page.is_vertical(lang);
        let (_, room) = area.room(style, lang);
        let balance = style.page.balance.unwrap_or(false);
        let height = room - area.taken(1);
        let first = room - area.taken(0);
        let filling = paginate::Filling { height, first, grid: style.page.grid, balance };
        let pages = paginate::paginate(rows, filling);
        let catchwords = furniture::catchwords(&pages, style, vertical);
        let mut first = 0;
        for (index, page) in pages.into_iter().enumerate() {
            let mut items = page.items;
            if vertical {
                items = vertical::turn(items, area.text, self.tags);
            }
            if page.is_first {
                first = index;
            }
            let numbers = Numbers::new(index, first);
            self.page(items, numbers, catchwords[index].as_deref(), (style, lang, area))?;
            self.in_margins(&mut margins, index, (style, lang, area))?;
        }
        Ok(())
    }

    /// Adds the blocks in the margins to the last page, which has this index in its text.
    fn in_margins(
        &mut self,
        margins: &mut Margins,
        index: usize,
        (style, lang, area): (&'a Style, Lang, &Area),
    ) -> Result<()> {
        if margins.is_empty() {
            return Ok(());
        }
        let mut tags = running::scratch();
        let cascade = Cascade::new(style, lang);
        let mut setter = self.aside(cascade, area.text.height, &mut tags);
        let (mut items, mut feet) = margins.items(index, &mut setter, area)?;
        let left = area.left_of(u32::try_from(index + 1).unwrap_or(u32::MAX));
        shift(&mut items, left, Length::ZERO);
        shift(&mut feet, left, Length::ZERO);
        if let Some(page) = self.pages.last_mut() {
            items.append(&mut page.items);
            items.append(&mut feet);
            page.items = items;
        }
        Ok(())
    }

    /// Adds a page of a text and sets what stands in its margins.
    fn page(
        &mut self,
        mut items: Vec<Placed>,
        Numbers { index, leaf: number, folio: count }: Numbers,
        catchword: Option<&str>,
        (style, lang, area): (&'a Style, Lang, &Area),
    ) -> Result<()> {
        let cascade = Cascade::new(style, lang);
        let types = &mut *self.types;
        let left = area.left_of(number);
        shift(&mut items, left, area.top_of(index));
        let foot = area.foot(number, style.page.is_vertical(lang));
        if let Some(folio) = &style.folio {
            items.extend(furniture::folio(folio, count, foot, &cascade, types)?);
        }
        if let Some(word) = catchword {
            let below = area.top + area.text.height - area.more(index).1;
            items.extend(furniture::catchword(word, below, foot, &cascade, types)?);
        }
        if let Some(words) = self.setting.marking {
            items.extend(furniture::marking(words, foot, &cascade, types)?);
        }
        let verso = area.two_sided && number.is_multiple_of(2);
        let side = if verso { Side::Verso } else { Side::Recto };
        let (size, label) = (area.page, count.to_string());
        self.pages.push(Page {
            size,
            label,
            lang,
            side,
            sheet: None,
            scan: None,
            inks: BTreeMap::new(),
            items,
        });
        Ok(())
    }
}

/// The numbers of a page.
#[derive(Clone, Copy)]
struct Numbers {
    /// Its place in its text, from 0.
    index: usize,
    /// The side of the leaves that it is, from 1: odd ones are rectos.
    leaf: u32,
    /// The number that it bears.
    folio: u32,
}

impl Numbers {
    /// Those of a page of a text whose pages were last numbered anew at `first`.
    fn new(index: usize, first: usize) -> Self {
        let number = |index: usize| u32::try_from(index + 1).unwrap_or(u32::MAX);
        Self { index, leaf: number(index), folio: number(index - first) }
    }
}

/// The page and where its text stands.
struct Area {
    /// The page.
    page: Size,
    /// The text.
    text: Size,
    /// The margin above.
    top: Length,
    /// The margin at the left of a recto.
    left: Length,
    /// The margin at the right of a recto.
    right: Length,
    /// Whether margins change sides on a verso.
    two_sided: bool,
    /// What blocks in the margins take from the text above and below: on the first page,
    /// and on the others.
    taken: [(Length, Length); 2],
}

impl Area {
    /// Reads the page of a style; margins of an inch where nothing is said.
    fn new(style: &Style) -> Result<Self> {
        let inch = Length::inches(1.0);
        let page = style.page.size();
        let top = style.page.top.unwrap_or(inch);
        let left = style.page.left.unwrap_or(inch);
        let right = style.page.right.unwrap_or(inch);
        let bottom = style.page.bottom.unwrap_or(inch);
        let text = Size::new(page.width - left - right, page.height - top - bottom);
        let least = Length::pt(36.0);
        if text.width < least || text.height < least {
            let message = "the margins of the style leave no room for text";
            return Err(Diagnostic::usage("style-margins", message)
                .hint("make the page larger or its margins smaller")
                .into());
        }
        let two_sided = style.page.two_sided.unwrap_or(false);
        let taken = [(Length::ZERO, Length::ZERO); 2];
        Ok(Self { page, text, top, left, right, two_sided, taken })
    }

    /// Makes room for blocks in the margins: above and below, on the first page and on the
    /// others.
    fn make_room(&mut self, rooms: [(Length, Length); 2]) -> Result<()> {
        let bottom = self.page.height - self.top - self.text.height;
        self.taken = rooms.map(|(head, foot)| {
            ((head - self.top).max(Length::ZERO), (foot - bottom).max(Length::ZERO))
        });
        let most = self.taken(0).max(self.taken(1));
        if self.text.height - most >= Length::pt(36.0) {
            return Ok(());
        }
        let message =
            "what stands at the head and foot of every page leaves no room for text";
        Err(Diagnostic::usage("style-margins", message)
            .hint("make the page larger, or what runs in its margins shorter")
            .into())
    }

    /// What is taken from the text above and below on a page, the first of which has the
    /// index 0.
    fn more(&self, index: usize) -> (Length, Length) {
        self.taken[index.min(1)]
    }

    /// What is taken from the height of the text on a page.
    fn taken(&self, index: usize) -> Length {
        let (above, below) = self.more(index);
        above + below
    }

    /// Where the text of a page begins.
    fn top_of(&self, index: usize) -> Length {
        self.top + self.more(index).0
    }

    /// How long the lines of a language are, and how much room a page has for them.
    fn room(&self, style: &Style, lang: Lang) -> (Length, Length) {
        let Size { width, height } = self.text;
        if style.page.is_vertical(lang) { (height, width) } else { (width, height) }
    }

    /// The margins of a page, in which furniture stands; whether its lines run downward.
    fn foot(&self, number: u32, downward: bool) -> Foot {
        let left = self.left_of(number);
        Foot { left, measure: self.text.width, height: self.page.height, downward }
    }

    /// The margin at the left of a page.
    fn left_of(&self, number: u32) -> Length {
        if self.two_sided && number.is_multiple_of(2) { self.right } else { self.left }
    }
}

/// What is said of a link that leads nowhere.
fn lost_link(name: &str, lang: Lang) -> Diagnostic {
    let message =
        format!("the {lang} text refers to `#{name}`, which is not in the document");
    Diagnostic::usage("lost-link", message)
        .hint(format!("give the heading or paragraph the id: {{id={name}}}"))
}

/// What is said of a character that no face has.
fn missing_character(c: char, lang: Lang, setting: &Setting<'_>) -> Diagnostic {
    let code = u32::from(c);
    let (whose, place) = match (setting.find)(c) {
        Some((field, place)) => (format!("`{field}`"), place),
        None => (format!("the {lang} text"), None),
    };
    let message = format!(
        "{whose} has the character `{c}` (U+{code:04X}), which no font of the style has"
    );
    Diagnostic::invalid("missing-character", message).at(place).hint(
        "replace the character, or name a font that has it under [faces] of the style",
    )
}

/// Moves items.
pub(crate) fn shift(items: &mut [Placed], dx: Length, dy: Length) {
    let moved = |p: &mut Point| {
        p.x += dx;
        p.y += dy;
    };
    for placed in items {
        match &mut placed.item {
            Item::Run(run) => moved(&mut run.origin),
            Item::Image(image) => moved(&mut image.rect.origin),
            Item::Shape(shape) => {
                for segment in &mut shape.path {
                    match segment {
                        Segment::Move(p) | Segment::Line(p) => moved(p),
                        Segment::Curve(a, b, c) => [a, b, c].into_iter().for_each(moved),
                        Segment::Close => {}
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod form_tests;
#[cfg(test)]
mod tests;
