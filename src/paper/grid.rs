//! The surface of a sheet while it is made: three planes of CIELAB on square cells.
//!
//! A sheet grows from coarse cells to fine ones. A cell of level 0 is 1/150 inch wide
//! whatever the resolution of the picture, one of level 1 twice as wide, and so on; each
//! effect works on the level that is just fine enough for it. Refining halves the cells
//! after Chaikin (quadratic B-splines), so what was put in early comes out smooth.

use core::array;
use core::ops::Range;

use super::mesh::{COARSEST, Frame, Halves, Mesh, UNIT, cell_units};
use super::plane::Plane;
use crate::geom::Lab;
use crate::lanes::widest;

/// Lightness, a* and b* of a sheet. While it grows all three lie on the same cells; in the
/// end lightness has cells half as wide as those of colour, which the eye sees, and JPEG
/// keeps, half as finely.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// The sheet.
    pub(super) frame: Frame,
    /// The cells of lightness.
    pub(super) light: Mesh,
    /// The cells of a* and b*.
    pub(super) colour: Mesh,
    /// Whether this is the back of the leaf, on which x runs from right to left.
    mirrored: bool,
    /// L*, a* and b*, row after row.
    pub(super) planes: [Plane; 3],
}

/// One row of the three planes.
pub(super) type Row<'a> = [&'a mut [f32]; 3];

/// A run of cells in a row, and what is to be added to each.
pub(super) struct Run<'a> {
    /// The middles of the cells, in millimetres on the leaf's front.
    pub(super) xs: &'a [f32],
    /// How far from the top they lie.
    pub(super) y: f32,
    /// What is added to L*, a* and b*: whoever gets a run sets it for every cell.
    pub(super) shift: Row<'a>,
}

impl<'a> Run<'a> {
    /// The places of the cells.
    pub(super) fn places(&self) -> (&'a [f32], f32) {
        (self.xs, self.y)
    }

    /// Shifts every cell by as much of a stain as `shares` gives.
    #[inline(always)]
    pub(super) fn stain(self, stain: Lab, shares: impl IntoIterator<Item = f32>) {
        let [ls, as_, bs] = self.shift;
        for (((l, a), b), share) in ls.iter_mut().zip(as_).zip(bs).zip(shares) {
            [*l, *a, *b] = [stain.l * share, stain.a * share, stain.b * share];
        }
    }
}

/// A change of colour: first the old colour goes by a share (0 to 1), then this is added.
type Change = (Lab, f32);

impl Grid {
    /// A sheet of one colour on the coarsest level.
    pub(super) fn plain(frame: Frame, colour: Lab) -> Self {
        let cell = cell_units(COARSEST);
        let count = |side: i32| (side + cell - 1) / cell + 4;
        let [columns, rows] = [frame.width, frame.height].map(|s| count(s) as usize);
        let planes = [colour.l, colour.a, colour.b].map(|v| Plane::of(v, columns * rows));
        let (left, top) = (-2 * cell, -2 * cell);
        let light = Mesh { level: COARSEST, left, top, columns, rows };
        Self { frame, light, colour: light, mirrored: false, planes }
    }

    /// The level of the cells of lightness.
    pub(super) const fn level(&self) -> i32 {
        self.light.level
    }

    /// The width of a cell of lightness in millimetres.
    pub(super) fn cell(&self) -> f32 {
        self.light.cell()
    }

    /// The next finer level. `finish` gets each row when it is made, with its number from
    /// the top of the sheet.
    pub(super) fn refine(&self, mut finish: impl FnMut(i32, Row<'_>)) -> Self {
        let (mesh, first) = self.light.halved(self.frame);
        let first_row = mesh.top / mesh.units();
        let mut planes: [Plane; 3] =
            array::from_fn(|_| Plane::unset(mesh.columns * mesh.rows));
        let mut halves = Halves::new(self.light, first);
        let mut rows =
            planes.each_mut().map(|plane| plane.chunks_exact_mut(mesh.columns));
        for row in 0..mesh.rows {
            let mut cells = rows
                .each_mut()
                .map(|rows| rows.next().expect("as many rows as asked for"));
            for (out, coarse) in cells.iter_mut().zip(&self.planes) {
                halves.make(coarse, row, out);
            }
            finish(first_row + row as i32, cells);
        }
        Self { light: mesh, colour: mesh, planes, ..*self }
    }

    /// The same surface seen from behind: left and right change places.
    pub(super) fn turn_over(&mut self) {
        let meshes = [self.light, self.colour, self.colour];
        for (plane, mesh) in self.planes.iter_mut().zip(meshes) {
            plane.chunks_exact_mut(mesh.columns).for_each(<[f32]>::reverse);
        }
        self.light = self.light.turned(self.frame);
        self.colour = self.colour.turned(self.frame);
        self.mirrored = !self.mirrored;
    }

    /// The middle of a column of lightness in millimetres from the left of the leaf's front.
    pub(super) fn x(&self, column: usize) -> f32 {
        let x = self.light.left as f32 * UNIT + (column as f32 + 0.5) * self.cell();
        if self.mirrored { self.frame.width as f32 * UNIT - x } else { x }
    }

    /// The middle of a row of lightness in millimetres from the top of the leaf.
    pub(super) fn y(&self, row: usize) -> f32 {
        self.light.top as f32 * UNIT + (row as f32 + 0.5) * self.cell()
    }

    /// Where the rows of lightness begin and end, in millimetres from the top of the leaf.
    pub(super) fn span(&self) -> [f32; 2] {
        let top = self.light.top as f32 * UNIT;
        [top, top + self.light.rows as f32 * self.cell()]
    }

    /// Which of so many things, that lie one below the other from the top of the leaf to its
    /// bottom, may touch the rows of lightness if they reach so far.
    pub(super) fn numbers(&self, count: u64, reach: f32) -> Range<u64> {
        let [_, height] = self.frame.mm();
        let [top, bottom] = self.span();
        let number = |y: f32| ((y / height).max(0.0) * count as f32) as u64;
        number(top - reach)..(number(bottom + reach) + 1).min(count)
    }

    /// One row of lightness.
    pub(super) fn light_row(&mut self, row: usize) -> &mut [f32] {
        &mut self.planes[0][row * self.light.columns..(row + 1) * self.light.columns]
    }

    /// Adds what `shift` says to every cell whose middle lies in the box from `low` to
    /// `high`, which like the places that `shift` gets are millimetres on the leaf's front.
    pub(super) fn paint(
        &mut self,
        low: [f32; 2],
        high: [f32; 2],
        mut shift: impl FnMut(f32, f32) -> Lab,
    ) {
        let cells = self.cells(low, high);
        self.change(cells, |x, y| (shift(x, y), 0.0));
    }

    /// As [`Grid::paint`], in those parts of the box of a few millimetres across of which
    /// `near` says, by their middle, that there is something to paint.
    pub(super) fn paint_near(
        &mut self,
        low: [f32; 2],
        high: [f32; 2],
        near: impl Fn(f32, f32) -> bool,
        mut shift: impl FnMut(f32, f32) -> Lab,
    ) {
        for cells in self.parts(low, high, near) {
            self.change(cells, |x, y| (shift(x, y), 0.0));
        }
    }

    /// As [`Grid::paint`], row by row: `fill` gets one run of cells after the other.
    pub(super) fn paint_rows(
        &mut self,
        low: [f32; 2],
        high: [f32; 2],
        fill: impl FnMut(Run<'_>),
    ) {
        let cells = self.cells(low, high);
        self.run(cells, fill);
    }

    /// As [`Grid::paint_rows`], in parts of the box as with [`Grid::paint_near`].
    pub(super) fn paint_rows_near(
        &mut self,
        low: [f32; 2],
        high: [f32; 2],
        near: impl Fn(f32, f32) -> bool,
        mut fill: impl FnMut(Run<'_>),
    ) {
        let mut parts = self.parts(low, high, near);
        parts.dedup_by(|next, before| {
            let joins = next[1] == before[1] && next[0].start == before[0].end;
            if joins {
                before[0].end = next[0].end;
            }
            joins
        });
        for cells in parts {
            self.run(cells, &mut fill);
        }
    }

    /// Covers every cell in a box with a colour, as far as its share (0 to 1) says.
    pub(super) fn cover(
        &mut self,
        low: [f32; 2],
        high: [f32; 2],
        mut paint: impl FnMut(f32, f32) -> (Lab, f32),
    ) {
        let cells = self.cells(low, high);
        self.change(cells, |x, y| covered(paint(x, y)));
    }

    /// As [`Grid::cover`], in parts of the box as with [`Grid::paint_near`].
    pub(super) fn cover_near(
        &mut self,
        low: [f32; 2],
        high: [f32; 2],
        near: impl Fn(f32, f32) -> bool,
        mut paint: impl FnMut(f32, f32) -> (Lab, f32),
    ) {
        for cells in self.parts(low, high, near) {
            self.change(cells, |x, y| covered(paint(x, y)));
        }
    }

    /// Adds a change of lightness times square millimetres at each of some places, shared out
    /// among the four cells nearest to it.
    pub(super) fn dab_light(
        &mut self,
        places: impl IntoIterator<Item = [f32; 2]>,
        shift: f32,
    ) {
        let [width, _] = self.frame.mm();
        let mirrored = self.mirrored;
        let seen = |[x, y]: [f32; 2]| [if mirrored { width - x } else { x }, y];
        self.light.dab(&mut self.planes[0], places.into_iter().map(seen), shift);
    }

    /// As [`Grid::dab_light`], of a* and b* at one place.
    pub(super) fn dab_colour(&mut self, [x, y]: [f32; 2], shift: [f32; 2]) {
        let at = [if self.mirrored { self.frame.mm()[0] - x } else { x }, y];
        let [top, bottom] = self.span();
        // Each dab of colour is one band's.
        if !(top..bottom).contains(&y) {
            return;
        }
        let [_, planes @ ..] = &mut self.planes;
        for (plane, shift) in planes.iter_mut().zip(shift) {
            if shift != 0.0 {
                self.colour.dab(plane, [at], shift);
            }
        }
    }

    /// Adds what `shift` says to every cell, given millimetres on the leaf's front.
    pub(super) fn paint_all(&mut self, shift: impl FnMut(f32, f32) -> Lab) {
        let beyond = 4.0 * self.colour.cell();
        let [width, height] = self.frame.mm();
        self.paint([-beyond; 2], [width + beyond, height + beyond], shift);
    }

    /// As [`Grid::paint_all`], row by row.
    pub(super) fn paint_all_rows(&mut self, fill: impl FnMut(Run<'_>)) {
        let beyond = 4.0 * self.colour.cell();
        let [width, height] = self.frame.mm();
        self.paint_rows([-beyond; 2], [width + beyond, height + beyond], fill);
    }

    /// How many cells of lightness the first of these stands below and right of the first of
    /// colour, and how many halvings finer they are.
    fn apart(&self) -> ([i32; 2], i32) {
        let down = (self.light.top - self.colour.top) / self.light.units();
        let across = (self.light.left - self.colour.left) / self.light.units();
        ([down, across], self.colour.level - self.light.level)
    }

    /// Changes cells of lightness, and those of colour in which they lie, as `change` says
    /// for the middle of each.
    fn change(&mut self, cells: Area, mut change: impl FnMut(f32, f32) -> Change) {
        let [columns, rows] = cells;
        if columns.is_empty() || rows.is_empty() {
            return;
        }
        let ([down, across], finer) = self.apart();
        let place = |cell: usize, off: i32| ((cell as i32 + off) >> finer) as usize;
        let part = 1.0 / (1 << (2 * finer)) as f32;
        let first = place(columns.start, across);
        let count = place(columns.end, across) + 1 - first;
        // Most marks are small.
        let (mut few, mut many) = ([[0.0; 3]; 48], Vec::new());
        let sums = if count <= few.len() {
            &mut few[..count]
        } else {
            many.resize(count, [0.0; 3]);
            &mut many
        };
        for row in rows.clone() {
            let y = self.y(row);
            let start = row * self.light.columns;
            for column in columns.clone() {
                let x = self.x(column);
                let (by, share) = change(x, y);
                let l = &mut self.planes[0][start + column];
                *l = *l * (1.0 - share) + by.l;
                let sum = &mut sums[place(column, across) - first];
                *sum = [sum[0] + share, sum[1] + by.a, sum[2] + by.b];
            }
            let line = place(row, down);
            if row + 1 < rows.end && place(row + 1, down) == line {
                continue;
            }
            let start = line * self.colour.columns + first;
            let [_, as_, bs] = &mut self.planes;
            let colours = as_[start..].iter_mut().zip(&mut bs[start..]);
            for ((a, b), sum) in colours.zip(&mut *sums) {
                let [share, by_a, by_b] = sum.map(|value| value * part);
                *a = *a * (1.0 - share) + by_a;
                *b = *b * (1.0 - share) + by_b;
                *sum = [0.0; 3];
            }
        }
    }

    /// Adds what `fill` says to runs of cells.
    fn run(&mut self, [columns, rows]: Area, mut fill: impl FnMut(Run<'_>)) {
        if columns.is_empty() || rows.is_empty() {
            return;
        }
        let ([down, across], finer) = self.apart();
        let place = |cell: usize, off: i32| ((cell as i32 + off) >> finer) as usize;
        let xs: Vec<f32> = columns.clone().map(|column| self.x(column)).collect();
        let [mut light, mut red, mut yellow] = [(); 3].map(|()| vec![0.0; xs.len()]);
        // Sums over the cells of lightness in one of colour, from its first one on.
        let odd = columns.start.wrapping_add_signed(across as isize) & finer as usize;
        let [mut reds, mut yellows] =
            [(); 2].map(|()| vec![0.0; (odd + xs.len()).next_multiple_of(2)]);
        let inside = odd..odd + xs.len();
        for row in rows.clone() {
            let shift = [&mut light[..], &mut red, &mut yellow];
            fill(Run { xs: &xs, y: self.y(row), shift });
            add(&mut self.light_row(row)[columns.clone()], &light);
            add(&mut reds[inside.clone()], &red);
            add(&mut yellows[inside.clone()], &yellow);
            let line = place(row, down);
            if row + 1 < rows.end && place(row + 1, down) == line {
                continue;
            }
            let start = line * self.colour.columns + place(columns.start, across);
            let [_, as_, bs] = &mut self.planes;
            for (plane, sums) in [(as_, &mut reds), (bs, &mut yellows)] {
                let cells = &mut plane[start..];
                if finer == 0 {
                    add_sums::<1>(cells, sums);
                } else {
                    add_sums::<2>(cells, sums);
                }
                sums.fill(0.0);
            }
        }
    }

    /// Adds what `shift` says to every cell of lightness in a box.
    pub(super) fn shade(
        &mut self,
        low: [f32; 2],
        high: [f32; 2],
        shift: impl Fn(f32, f32) -> f32,
    ) {
        let [columns, rows] = self.cells(low, high);
        for row in rows {
            let y = self.y(row);
            let (first, step) = (self.x(columns.start), self.x(1) - self.x(0));
            for (number, cell) in (0_u16..).zip(&mut self.light_row(row)[columns.clone()])
            {
                *cell += shift(first + f32::from(number) * step, y);
            }
        }
    }

    /// Adds what `shift` says to the cells of lightness of a row from one place to another.
    pub(super) fn shade_row(
        &mut self,
        row: usize,
        [from, to]: [f32; 2],
        shift: impl Fn(f32) -> f32,
    ) {
        let [columns, _] = self.cells([from, 0.0], [to, 0.0]);
        let (first, step) = (self.x(columns.start), self.x(1) - self.x(0));
        let cells = &mut self.light_row(row)[columns];
        for (number, cell) in (0_u16..).zip(cells) {
            *cell += shift(first + f32::from(number) * step);
        }
    }

    /// The cells of lightness whose middle lies in a box on the leaf's front.
    fn cells(&self, low: [f32; 2], high: [f32; 2]) -> Area {
        let [width, _] = self.frame.mm();
        let [x0, x1] = if self.mirrored {
            [width - high[0], width - low[0]]
        } else {
            [low[0], high[0]]
        };
        let Mesh { left, top, columns, rows, .. } = self.light;
        let span = |low: f32, high: f32, start: i32, count: usize| {
            let cell = |mm: f32| {
                let at = (mm - start as f32 * UNIT) / self.cell() + 0.5;
                (at.max(0.0) as usize).min(count)
            };
            cell(low)..cell(high)
        };
        [span(x0, x1, left, columns), span(low[1], high[1], top, rows)]
    }

    /// The parts of a box for which `near` holds in their middle; whole cells of colour.
    fn parts(
        &self,
        low: [f32; 2],
        high: [f32; 2],
        near: impl Fn(f32, f32) -> bool,
    ) -> Vec<Area> {
        let [columns, rows] = self.cells(low, high);
        let units = self.light.units();
        let ratio = (self.colour.units() / units) as usize;
        let side = ((TILE / self.colour.cell()) as usize).max(1) * ratio;
        let odd = |light: i32, colour: i32| ((light - colour) / units) as usize % ratio;
        let across = cut(columns, side, odd(self.light.left, self.colour.left));
        let down = cut(rows, side, odd(self.light.top, self.colour.top));
        let areas = down.iter().flat_map(|rows| {
            across.iter().map(|columns| [columns.clone(), rows.clone()])
        });
        let middle = |span: &Range<usize>| (span.start + span.end) / 2;
        let holds =
            |[columns, rows]: &Area| near(self.x(middle(columns)), self.y(middle(rows)));
        areas.filter(holds).collect()
    }
}

/// Columns and rows of cells of lightness.
type Area = [Range<usize>; 2];

/// What it is to cover a cell with a colour, as far as a share says.
fn covered((colour, share): (Lab, f32)) -> Change {
    (Lab::default().mix(colour, share), share)
}

/// Adds the means of `N` by `N` cells to others, of which each row of `sums` holds one sum
/// over `N` rows.
fn add_sums<const N: usize>(to: &mut [f32], sums: &[f32]) {
    let part = 1.0 / (N * N) as f32;
    widest(
        #[inline(always)]
        || {
            for (to, sums) in to.iter_mut().zip(sums.as_chunks::<N>().0) {
                *to += part * sums.iter().sum::<f32>();
            }
        },
    );
}

/// Adds one row to another.
fn add(to: &mut [f32], row: &[f32]) {
    widest(
        #[inline(always)]
        || to.iter_mut().zip(row).for_each(|(to, value)| *to += value),
    );
}

/// A span of cells cut into parts of so many, the first of which is `odd` shorter.
fn cut(span: Range<usize>, side: usize, odd: usize) -> Vec<Range<usize>> {
    let first = (span.start + odd) / side * side;
    let starts = (first..span.end + odd).step_by(side);
    let clip = |at: usize| at.saturating_sub(odd).clamp(span.start, span.end);
    let parts = starts.map(|start| clip(start)..clip(start + side));
    parts.filter(|part| !part.is_empty()).collect()
}

/// The side of a tile in millimetres.
const TILE: f32 = 3.0;
