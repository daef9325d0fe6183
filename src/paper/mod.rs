//! Paper: sheets of a stock that have aged, as pictures.
//!
//! A [`Paper`] is a recipe from `papers/<name>.toml`; a [`Sheet`] is one side of one leaf
//! of it. One file an effect. All amounts were measured on scans of dated documents and
//! are mixed in CIELAB; all places are millimetres, so a sheet is the same at every
//! resolution. An older sheet is never lighter or less yellow than it was.

mod age;
mod band;
mod edges;
mod fibres;
mod fold;
mod follicles;
mod foxing;
mod grain;
mod grid;
mod handling;
mod laid;
mod mesh;
mod noise;
mod pixels;
mod plane;
mod range;
mod recipe;
mod ruling;
mod shape;
mod specks;
mod stock;
mod strokes;
#[cfg(test)]
mod tests;
mod tone;
mod traces;
mod watermark;
mod wear;
mod white;

use std::borrow::Cow;

use crate::geom::{Resolution, Size};
use crate::picture::Ycc;
use crate::raster::Path;
use crate::seed::Seed;

use band::Bands;
use fold::Folded;
use grain::Pulp;
use grid::Grid;
use mesh::{FINEST, Frame};
use shape::Shape;
use wear::Worn;
use wear::tide::Rims;

pub use age::{Age, NotAnAge};
pub use recipe::Paper;
pub use ruling::{Margin, Ruling};
pub use shape::{Bed, Edge, NotARim, Rim};
pub use traces::Traces;
pub use wear::{NotAWear, Wear};

/// Which side of a leaf.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// The front.
    #[default]
    Recto,
    /// The back.
    Verso,
}

impl Side {
    /// The name by which what differs between the sides is drawn.
    const fn name(self) -> &'static str {
        match self {
            Self::Recto => "recto",
            Self::Verso => "verso",
        }
    }
}

/// One side of a blank leaf, to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The recipe.
    pub paper: &'a Paper,
    /// The size of the leaf.
    pub size: Size,
    /// How old it looks.
    pub age: Age,
    /// The seed of the ream it was taken from: leaves of one ream are alike in colour and
    /// grain.
    pub ream: Seed,
    /// The seed of the leaf, the same for both sides.
    pub seed: Seed,
    /// Which side one looks at.
    pub side: Side,
    /// Pixels to the inch.
    pub resolution: Resolution,
    /// What happened to it.
    pub wear: &'a [Wear],
    /// How it ends, and what lies around it.
    pub rim: Rim,
}

/// What every effect needs to know of a leaf.
#[derive(Clone, Copy, Debug)]
struct Leaf {
    /// How old it looks.
    age: Age,
    /// The seed of its ream.
    ream: Seed,
    /// Its seed.
    seed: Seed,
}

impl Leaf {
    /// How strong the traces of an accident are: they deepen as a leaf grows old.
    fn traces(&self) -> f32 {
        0.55 + 0.45 * self.age.wear()
    }
}

/// How a leaf was folded, and what is left of it.
type Form<'a> = (Option<&'a Folded<'a>>, &'a Shape);

/// The level on which both sides of a leaf are the same: cells of 0.7 mm.
const SHARED: i32 = 2;

/// The level on which stains of edges and hands are drawn: cells of 1.4 mm.
const STAINS: i32 = 3;

impl Sheet<'_> {
    /// Draws the sheet.
    pub fn draw(&self) -> Ycc {
        self.draw_outlined().0
    }

    /// Draws the sheet, and gives its outline as [`Sheet::outline`] does.
    pub fn draw_outlined(&self) -> (Ycc, Option<Path>) {
        let leaf = self.leaf();
        let (colour, frame) = (self.paper.stock.colour(&leaf), Frame::of(self.size));
        let pulp = self.paper.grain.of(&leaf, colour, self.finest(), frame);
        let folded = self.folded();
        let shape = Shape::of(self, folded.as_ref());
        let bands = self.bands(&pulp, (folded.as_ref(), &shape));
        let mut sand = pulp.sand(self.side.name(), self.resolution);
        let mut picture = pixels::picture(bands, self.pixels(), |number, pair| {
            sand.strew(number, pair);
        });
        shape.lay(&mut picture, self.side == Side::Verso);
        (picture, self.outline_of(&shape))
    }

    /// How many pixels wide and high its picture is.
    fn pixels(&self) -> [u32; 2] {
        [self.size.width, self.size.height].map(|side| {
            let pixels = side.to_px(self.resolution) + 0.5;
            (pixels as u32).clamp(1, 65_535)
        })
    }

    /// The outline of what is left of the leaf, as one sees it from this side; none where
    /// it fills its page.
    pub fn outline(&self) -> Option<Path> {
        self.outline_of(&Shape::of(self, self.folded().as_ref()))
    }

    /// The outline of a shape, as one sees it from this side.
    fn outline_of(&self, shape: &Shape) -> Option<Path> {
        let mut path = shape.outline()?;
        if self.side == Side::Verso {
            path.mirror(self.size.width);
        }
        Some(path)
    }

    /// The leaf, for its effects.
    fn leaf(&self) -> Leaf {
        Leaf { age: self.age, ream: self.ream, seed: self.seed }
    }

    /// The finished surface, but for the grain of the pixels.
    fn bands<'a>(&'a self, pulp: &Pulp, (folded, shape): Form<'a>) -> Bands<'a> {
        let leaf = self.leaf();
        let mut grid = self.both_sides(&leaf, pulp, folded);
        if self.side == Side::Verso {
            grid.turn_over();
        }
        self.one_side(grid, leaf, pulp, (folded, shape))
    }

    /// What the leaf is like on both sides, seen from the front: its colour, clouds and
    /// stains, and the coarse part of its grain.
    fn both_sides(&self, leaf: &Leaf, pulp: &Pulp, folded: Option<&Folded<'_>>) -> Grid {
        let paper = self.paper;
        let colour = paper.stock.colour(leaf);
        let mut grid = paper.tone.cloud(Frame::of(self.size), colour, leaf);
        while grid.level() > SHARED {
            grid = pulp.refine(&grid, None);
            if grid.level() == STAINS {
                paper.edges.brown(&mut grid, leaf);
                paper.handling.soil(&mut grid, leaf);
                self.wear.iter().for_each(|wear| wear.soften(&mut grid, leaf));
            }
        }
        if let Some(laid) = &paper.laid {
            laid.shade(&mut grid, leaf);
        }
        if let Some(foxing) = &paper.foxing {
            foxing.spot(&mut grid, leaf);
        }
        self.wear.iter().for_each(|wear| wear.stain(&mut grid, leaf));
        if let Some(folded) = folded {
            folded.expose(&mut grid, leaf);
        }
        grid
    }

    /// Puts in what each side has for itself: fine grain, lines, creases, specks.
    fn one_side<'a>(
        &'a self,
        mut grid: Grid,
        leaf: Leaf,
        pulp: &Pulp,
        (folded, shape): Form<'a>,
    ) -> Bands<'a> {
        let (paper, side) = (self.paper, self.side.name());
        let finest = self.finest();
        while grid.level() > finest + 1 {
            grid = pulp.refine(&grid, Some(side));
        }
        let front = self.side == Side::Recto;
        if let Some(folded) = folded {
            folded.bend(&mut grid, front);
        }
        let damp = self.wear.contains(&Wear::Damp);
        let rims = damp.then(|| Rims::of(&grid, &leaf));
        self.wear.iter().for_each(|wear| wear.draw(&mut grid, rims.as_ref()));
        if let Some(watermark) = &paper.watermark {
            watermark.press(&mut grid, &leaf);
        }
        if let Some(follicles) = &paper.follicles {
            follicles.tint(&mut grid, self.side);
        }
        let (size, cell) = (grid.frame.mm(), 0.5 * grid.cell());
        let lines = paper.laid.as_ref().map(|laid| laid.lines(&leaf, size, cell));
        let frame = grid.frame;
        let fibres =
            paper.fibres.as_ref().map(|fibres| (fibres, fibres.of(frame, &leaf, side)));
        let finish = move |band: &mut Grid| {
            if let Some(lines) = &lines {
                lines.draw(band);
            }
            if let Some((fibres, strands)) = &fibres {
                fibres.lay(band, strands);
            }
            self.finish(band, (&leaf, rims.as_ref()), (folded, shape));
        };
        Bands::new(grid, Box::new(finish))
    }

    /// Puts in what is fine on one side, in a band of the sheet.
    fn finish(&self, band: &mut Grid, worn: Worn<'_>, (folded, shape): Form<'_>) {
        let (paper, side, leaf) = (self.paper, self.side.name(), worn.0);
        let front = self.side == Side::Recto;
        if let Some(follicles) = &paper.follicles {
            follicles.prick(band, leaf, self.side);
        }
        paper.specks.strew(band, leaf, side);
        if let Some(ruling) = paper.ruling() {
            ruling.print(band, leaf, paper.stock.new, side);
        }
        if let Some(folded) = folded {
            folded.press(band, leaf, front);
        }
        self.wear.iter().for_each(|wear| wear.sharpen(band, worn, front));
        paper.edges.crack(band, leaf);
        shape.draw(band, leaf);
    }

    /// How it was folded: as what happened to it says, or else as its paper does.
    fn folded(&self) -> Option<Folded<'_>> {
        let leaf = self.leaf();
        let worn = self.wear.iter().find_map(|wear| wear.fold(&leaf)).map(Cow::Owned);
        let fold = worn.or_else(|| self.paper.fold.as_ref().map(Cow::Borrowed))?;
        Some(Folded::new(fold, Frame::of(self.size).mm(), &leaf))
    }

    /// The level whose cells are about as fine as the pixels. Up to 260 pixels to the inch
    /// the finest grain alone is finer than 150 cells to the inch, and that is put on the
    /// pixels.
    fn finest(&self) -> i32 {
        let Resolution(ppi) = self.resolution;
        if ppi > 260.0 {
            return FINEST;
        }
        (0..SHARED).rev().find(|level| density(*level) >= ppi / 1.1).unwrap_or(0)
    }
}

/// Cells to the inch on a level.
fn density(level: i32) -> f64 {
    300.0 / f64::from(1_u32 << (level - FINEST))
}
