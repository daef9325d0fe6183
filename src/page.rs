//! The display list: what stands where on which page. Layout and ink make it, export
//! reads it; it knows no format and no document.
//!
//! Every item says which node of the tag tree it belongs to, so that a format that has a
//! logical structure (tagged PDF) needs no second source.

use core::ops::Range;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::font::Face;
use crate::geom::{Angle, Lab, Length, Point, Rect, Size};
use crate::lang::Lang;
use crate::paper::{Age, Paper, Rim, Side, Wear};
use crate::picture::Picture;
use crate::seed::Seed;
use crate::style::InkKind;

/// A typeset document.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    /// What the document says of itself.
    pub info: Info,
    /// The faces that the runs name by [`FaceId`].
    pub faces: Vec<Arc<Face>>,
    /// The logical structure, parents before children, siblings in reading order.
    pub tags: Vec<Tag>,
    /// The pages, in order.
    pub pages: Vec<Page>,
    /// A file that goes with the document, in formats that can hold one.
    pub attachment: Option<Attachment>,
    /// Whether it is one of many that have hands, machines and fonts in common: then it
    /// carries fonts with all letters that any of them is likely to need.
    pub shares: bool,
}

/// A file that goes with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, of ASCII characters.
    pub name: String,
    /// Its media type, `application/toml`.
    pub kind: String,
    /// What it is, in words.
    pub about: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What a document says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Info {
    /// Its title.
    pub title: String,
    /// Its kind, as the template says: `letter`, `treaty`; empty for a blank sheet.
    pub kind: String,
    /// What it is: `facsimile of a treaty`.
    pub subject: String,
    /// The language of the whole.
    pub lang: Lang,
    /// The name and version of the template.
    pub template: String,
    /// The true day of making, `2026-11-23`; none when the caller gave none.
    pub made: Option<String>,
}

/// One side of a leaf.
#[derive(Clone, Debug)]
pub struct Page {
    /// The trimmed page.
    pub size: Size,
    /// What a viewer calls the page: `1`, `ii`.
    pub label: String,
    /// The main language of the text on it.
    pub lang: Lang,
    /// Which side of its leaf it is; recto where leaves are written on one side only.
    pub side: Side,
    /// The sheet under the ink; none for a clean page.
    pub sheet: Option<Leaf>,
    /// How it was scanned, for a page that is shown as a picture of itself.
    pub scan: Option<Scan>,
    /// How the inks of its roles were laid, as far as the ink step said.
    pub inks: BTreeMap<Arc<str>, InkKind>,
    /// What is on it, in the order of painting, which is the order of reading.
    pub items: Vec<Placed>,
}

/// Which sheet lies under a page. Recto and verso of a leaf share paper, age and seed.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// The recipe.
    pub paper: Arc<Paper>,
    /// How old it has grown.
    pub age: Age,
    /// The seed of the ream it was taken from: the leaves of a document are alike.
    pub ream: Seed,
    /// The seed of the leaf.
    pub seed: Seed,
    /// Recto or verso.
    pub side: Side,
    /// How it lies.
    pub lie: Lie,
    /// What happened to it.
    pub wear: Arc<[Wear]>,
    /// How it ends, and what lies around it.
    pub rim: Rim,
    /// Whether other documents lie on it as well.
    pub is_shared: bool,
}

/// How a sheet lies under its page: one from a pool looks like another when it lies
/// otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lie {
    /// Left and right are exchanged.
    pub mirrored: bool,
    /// Turned by half a turn.
    pub turned: bool,
}

/// How a page lay on the scanner. The picture and the text beneath it are turned alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scan {
    /// The origin of light, noise and warp.
    pub seed: Seed,
    /// How far the sheet is turned about its middle: −0.7° to 0.7°.
    pub skew: Angle,
}

impl Scan {
    /// The scan of a page that a seed stands for.
    pub fn of(seed: Seed) -> Self {
        let mut rng = seed.derive("skew").rng();
        Self { seed, skew: Angle::degrees(rng.between(-0.7, 0.7)) }
    }
}

impl Pages {
    /// The page on the other side of a leaf, by number from 0; none where leaves are
    /// written on one side only.
    pub fn back_of(&self, page: usize) -> Option<usize> {
        let side = |index: usize| self.pages.get(index).map(|page| page.side);
        let back = match side(page)? {
            Side::Recto => page + 1,
            Side::Verso => page.checked_sub(1)?,
        };
        (side(back)? != side(page)?).then_some(back)
    }

    /// The page that lies upon this one when the leaves are closed.
    pub fn facing(&self, page: usize) -> Option<usize> {
        let side = |index: usize| self.pages.get(index).map(|page| page.side);
        let facing = match side(page)? {
            Side::Recto => page.checked_sub(1)?,
            Side::Verso => page + 1,
        };
        (side(facing)? != side(page)?).then_some(facing)
    }
}

/// An item with its place in the logical structure.
#[derive(Clone, Debug)]
pub struct Placed {
    /// What it is part of.
    pub mark: Mark,
    /// The item.
    pub item: Item,
}

/// Whether an item is part of the text or furniture of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Part of this node of the tag tree.
    Content(TagId),
    /// Not part of the text: page numbers, rules, the marking line, ornaments.
    Artifact,
}

/// A node of [`Pages::tags`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TagId(pub u32);

/// A node of the logical structure.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// What it is.
    pub role: Role,
    /// The node it stands in; none for the top level.
    pub parent: Option<TagId>,
    /// Its language.
    pub lang: Lang,
    /// What a figure shows, or the words of a heading or label.
    pub alt: Option<String>,
    /// The name by which links find it.
    pub id: Option<String>,
    /// The name of what a link leads to.
    pub target: Option<String>,
}

/// What a node of the structure is (the standard types of ISO 32000-1, 14.8.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A part of the document: one language, a signature block.
    Section,
    /// The title of the document.
    Title,
    /// A heading, 1 (highest) to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list.
    List,
    /// An entry of a list.
    ListItem,
    /// The number or bullet of an entry.
    Label,
    /// The text of an entry.
    ListBody,
    /// A stretch of text in another language or hand.
    Span,
    /// A picture, seal or stamp; has alternative text.
    Figure,
    /// Words that lead to another place of the document.
    Link,
}

/// One of the things that can stand on a page.
#[derive(Clone, Debug)]
pub enum Item {
    /// Glyphs on one baseline in one face and size.
    Run(Run),
    /// A vector shape.
    Shape(Shape),
    /// A picture.
    Image(Image),
}

/// A face of [`Pages::faces`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u16);

/// Glyphs on one baseline in one face and size.
#[derive(Clone, Debug)]
pub struct Run {
    /// The face.
    pub face: FaceId,
    /// The size of the em.
    pub size: Length,
    /// Where the baseline starts.
    pub origin: Point,
    /// The slope of the baseline, about `origin`.
    pub turn: Angle,
    /// How far the glyphs lean to the right of how they are drawn.
    pub slant: Angle,
    /// Horizontal scale of the glyphs (1 is as drawn).
    pub stretch: f64,
    /// The cell of a typewriter in which each glyph stands in the middle (a wide one in
    /// two); none for type that has its own widths.
    pub cell: Option<Length>,
    /// Whether the glyphs stand upright below one another, as in vertical writing.
    pub vertical: bool,
    /// How the ink looks on the paper. A glyph's [`Strike`] may differ.
    pub ink: Lab,
    /// The role of the ink, by which the ink step finds its recipe: `body`, `hand`.
    pub role: Arc<str>,
    /// The plain text that the run says, spaces included, for search and copy.
    pub text: String,
    /// The glyphs from left to right.
    pub glyphs: Vec<Glyph>,
}

/// One glyph of a run.
#[derive(Clone, Debug)]
pub struct Glyph {
    /// Its number in the face.
    pub id: u16,
    /// Its origin, along the baseline from the run's origin.
    pub x: Length,
    /// Its origin, downward from the baseline.
    pub y: Length,
    /// The bytes of [`Run::text`] it stands for. Where one glyph stands for several
    /// characters the range holds them all; where several stand for one, the first has
    /// the range and the others an empty one at its end.
    pub text: Range<usize>,
    /// How it was struck or written; none when as the type has it.
    pub strike: Option<Strike>,
}

/// How one impression differs from the perfect glyph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strike {
    /// Moved to the right.
    pub dx: Length,
    /// Moved downward.
    pub dy: Length,
    /// Turned about the glyph's origin.
    pub turn: Angle,
    /// How the ink looks on the paper.
    pub ink: Lab,
}

/// A vector shape.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Its outline, in page coordinates.
    pub path: Vec<Segment>,
    /// The colour inside (non-zero winding), as it looks on the paper.
    pub fill: Option<Lab>,
    /// The line along the outline: width and colour.
    pub stroke: Option<(Length, Lab)>,
    /// The role of the ink, by which the ink step gives it its colour; none when the
    /// colours are what they should be.
    pub role: Option<Arc<str>>,
    /// 0 (not there) to 1.
    pub opacity: f32,
    /// How it meets what lies under it.
    pub blend: Blend,
}

/// A step of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Begins a contour.
    Move(Point),
    /// A straight line.
    Line(Point),
    /// A cubic curve: two control points and the end.
    Curve(Point, Point, Point),
    /// Back to the beginning of the contour.
    Close,
}

/// How an item meets what lies under it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Blend {
    /// Like ink: the paper shows through. Colours are given as they look on the paper.
    #[default]
    Ink,
    /// Like wax or a pasted strip: what lies under it is hidden.
    Cover,
}

/// A picture on the page.
#[derive(Clone, Debug)]
pub struct Image {
    /// The pixels; opacity where it is RGBA.
    pub picture: Arc<Picture>,
    /// Where it stands, before it is turned.
    pub rect: Rect,
    /// Turned about its centre.
    pub turn: Angle,
    /// How it meets what lies under it.
    pub blend: Blend,
}
