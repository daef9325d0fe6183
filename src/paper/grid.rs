//! The surface of a sheet while it is made: three planes of CIELAB on square cells.
//!
//! A sheet grows from coarse cells to fine ones. A cell of level 0 is 1/150 inch wide
//! whatever the resolution of the picture, one of level 1 twice as wide, and so on; each
//! effect works on the level that is just fine enough for it. Refining halves the cells
//! after Chaikin (quadratic B-splines), so what was put in early comes out smooth.

use core::array;

use crate::geom::{Lab, Size};

/// The width of a cell of level 0 in millimetres.
pub(super) const CELL: f32 = 25.4 / 150.0;

/// The finest level there is: 300 cells to the inch. Its cells are the unit of places.
pub(super) const FINEST: i32 = -1;

/// The coarsest level: cells of 87 mm.
pub(super) const COARSEST: i32 = 9;

/// The width of a cell of a level, in units.
const fn cell_units(level: i32) -> i32 {
    1 << (level - FINEST)
}

/// Millimetres in a unit.
const UNIT: f32 = CELL / cell_units(0) as f32;

/// The sheet as the grid sees it: its sides in units, whole cells of level 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// From left to right.
    pub(super) width: i32,
    /// From top to bottom.
    pub(super) height: i32,
}

impl Frame {
    /// The frame of a sheet.
    pub(super) fn of(size: Size) -> Self {
        let [width, height] = [size.width, size.height].map(|side| {
            let cells = side.to_pt() * 150.0 / 72.0 + 0.5;
            (cells as i32).clamp(1, 1 << 16) * cell_units(0)
        });
        Self { width, height }
    }

    /// Width and height in millimetres.
    pub(super) fn mm(self) -> [f32; 2] {
        [self.width, self.height].map(|side| side as f32 * UNIT)
    }

    /// The area in square centimetres.
    pub(super) fn area(self) -> f32 {
        let [width, height] = self.mm();
        width * height / 100.0
    }
}

/// Lightness, a* and b* on the cells of one level. The cells reach a little beyond the
/// sheet on all sides.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// The sheet.
    pub(super) frame: Frame,
    /// The level of the cells.
    pub(super) level: i32,
    /// Where the first column begins, in units from the left of the sheet.
    left: i32,
    /// Where the first row begins, in units from the top of the sheet.
    top: i32,
    /// Cells in a row.
    pub(super) columns: usize,
    /// Rows.
    pub(super) rows: usize,
    /// Whether this is the back of the leaf, on which x runs from right to left.
    mirrored: bool,
    /// L*, a* and b*, row after row.
    pub(super) planes: [Vec<f32>; 3],
}

/// One row of the three planes.
pub(super) type Row<'a> = [&'a mut [f32]; 3];

impl Grid {
    /// A sheet of one colour on the coarsest level.
    pub(super) fn plain(frame: Frame, colour: Lab) -> Self {
        let cell = cell_units(COARSEST);
        let count = |side: i32| (side + cell - 1) / cell + 4;
        let [columns, rows] = [frame.width, frame.height].map(|s| count(s) as usize);
        let planes = [colour.l, colour.a, colour.b].map(|v| vec![v; columns * rows]);
        let (left, top) = (-2 * cell, -2 * cell);
        let mirrored = false;
        Self { frame, level: COARSEST, left, top, columns, rows, mirrored, planes }
    }

    /// The width of a cell in millimetres.
    pub(super) fn cell(&self) -> f32 {
        cell_units(self.level) as f32 * UNIT
    }

    /// The next finer level. `finish` gets each row when it is made, with its number from
    /// the top of the sheet.
    pub(super) fn refine(&self, mut finish: impl FnMut(i32, Row<'_>)) -> Self {
        let (x, left, columns) =
            halve(self.left, self.columns, self.level, self.frame.width);
        let (y, top, rows) = halve(self.top, self.rows, self.level, self.frame.height);
        let mut planes: [Vec<f32>; 3] =
            array::from_fn(|_| Vec::with_capacity(columns * rows));
        let mut between = vec![0.0_f32; self.columns];
        let mut made: [Vec<f32>; 3] = array::from_fn(|_| vec![0.0; columns]);
        let first_row = top / cell_units(self.level - 1);
        for row in 0..rows {
            let (near, far) = parents(y + row);
            for (out, coarse) in made.iter_mut().zip(&self.planes) {
                let line = |r: usize| &coarse[r * self.columns..(r + 1) * self.columns];
                for ((mid, n), f) in between.iter_mut().zip(line(near)).zip(line(far)) {
                    *mid = 0.75 * n + 0.25 * f;
                }
                expand(&between, x, out);
            }
            finish(first_row + row as i32, made.each_mut().map(|row| &mut row[..]));
            for (plane, row) in planes.iter_mut().zip(&made) {
                plane.extend_from_slice(row);
            }
        }
        let level = self.level - 1;
        Self { level, left, top, columns, rows, planes, ..*self }
    }

    /// The same surface seen from behind: left and right change places.
    pub(super) fn turn_over(&mut self) {
        for row in self.planes.iter_mut().flat_map(|p| p.chunks_exact_mut(self.columns)) {
            row.reverse();
        }
        let right = self.left + self.columns as i32 * cell_units(self.level);
        self.left = self.frame.width - right;
        self.mirrored = !self.mirrored;
    }

    /// The middle of a column in millimetres from the left of the leaf's front.
    pub(super) fn x(&self, column: usize) -> f32 {
        let x = self.left as f32 * UNIT + (column as f32 + 0.5) * self.cell();
        if self.mirrored { self.frame.width as f32 * UNIT - x } else { x }
    }

    /// The middle of a row in millimetres from the top of the leaf.
    pub(super) fn y(&self, row: usize) -> f32 {
        self.top as f32 * UNIT + (row as f32 + 0.5) * self.cell()
    }

    /// How many cells lie before the left and before the top of the sheet.
    pub(super) fn margin(&self) -> [f32; 2] {
        [self.left, self.top].map(|at| -at as f32 / cell_units(self.level) as f32)
    }

    /// How many cells the sheet measures.
    pub(super) fn size(&self) -> [f32; 2] {
        let Frame { width, height } = self.frame;
        [width, height].map(|side| side as f32 / cell_units(self.level) as f32)
    }

    /// One row of the planes.
    pub(super) fn row(&mut self, row: usize) -> Row<'_> {
        let cells = row * self.columns..(row + 1) * self.columns;
        self.planes.each_mut().map(|plane| &mut plane[cells.clone()])
    }

    /// Adds what `shift` says to every cell whose middle lies in the box from `low` to
    /// `high`, which like the places that `shift` gets are millimetres on the leaf's front.
    pub(super) fn paint(
        &mut self,
        low: [f32; 2],
        high: [f32; 2],
        mut shift: impl FnMut(f32, f32) -> Lab,
    ) {
        self.visit(low, high, |x, y, [l, a, b]| {
            let by = shift(x, y);
            *l += by.l;
            *a += by.a;
            *b += by.b;
        });
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
        for [low, high] in tiles(low, high) {
            if near(0.5 * (low[0] + high[0]), 0.5 * (low[1] + high[1])) {
                self.paint(low, high, &mut shift);
            }
        }
    }

    /// Covers every cell in a box with a colour, as far as its share (0 to 1) says.
    pub(super) fn cover(
        &mut self,
        low: [f32; 2],
        high: [f32; 2],
        mut paint: impl FnMut(f32, f32) -> (Lab, f32),
    ) {
        self.visit(low, high, |x, y, [l, a, b]| {
            let (colour, share) = paint(x, y);
            *l += (colour.l - *l) * share;
            *a += (colour.a - *a) * share;
            *b += (colour.b - *b) * share;
        });
    }

    /// Adds a change of colour times square millimetres at a place, shared out among the
    /// four cells nearest to it.
    pub(super) fn dab(&mut self, [x, y]: [f32; 2], shift: Lab) {
        let cell = self.cell();
        let x = if self.mirrored { self.frame.mm()[0] - x } else { x };
        let [(column, across), (row, down)] =
            [(x, self.left), (y, self.top)].map(|(mm, start)| {
                let at = ((mm - start as f32 * UNIT) / cell - 0.5).max(0.0);
                (at as usize, at - at as usize as f32)
            });
        if column + 1 >= self.columns || row + 1 >= self.rows {
            return;
        }
        let corner = row * self.columns + column;
        for (plane, value) in self.planes.iter_mut().zip([shift.l, shift.a, shift.b]) {
            if value == 0.0 {
                continue;
            }
            let value = value / (cell * cell);
            let (upper, lower) = (value * (1.0 - down), value * down);
            plane[corner] += upper * (1.0 - across);
            plane[corner + 1] += upper * across;
            plane[corner + self.columns] += lower * (1.0 - across);
            plane[corner + self.columns + 1] += lower * across;
        }
    }

    /// Adds what `shift` says to every cell, given millimetres on the leaf's front.
    pub(super) fn paint_all(&mut self, shift: impl FnMut(f32, f32) -> Lab) {
        let beyond = 4.0 * self.cell();
        let [width, height] = self.frame.mm();
        self.paint([-beyond; 2], [width + beyond, height + beyond], shift);
    }

    /// Calls `change` with the place and the values of every cell in a box.
    fn visit(
        &mut self,
        low: [f32; 2],
        high: [f32; 2],
        mut change: impl FnMut(f32, f32, [&mut f32; 3]),
    ) {
        let [width, _] = self.frame.mm();
        let [x0, x1] = if self.mirrored {
            [width - high[0], width - low[0]]
        } else {
            [low[0], high[0]]
        };
        let columns = self.span(x0, x1, self.left, self.columns);
        let xs: Vec<f32> = columns.clone().map(|column| self.x(column)).collect();
        for row in self.span(low[1], high[1], self.top, self.rows) {
            let (y, start) = (self.y(row), row * self.columns);
            let cells = start + columns.start..start + columns.start + xs.len();
            let [ls, as_, bs] = &mut self.planes;
            let colours = ls[cells.clone()].iter_mut().zip(&mut as_[cells.clone()]);
            for ((&x, (l, a)), b) in xs.iter().zip(colours).zip(&mut bs[cells]) {
                change(x, y, [l, a, b]);
            }
        }
    }

    /// The cells whose middle lies between two places on the side, in millimetres.
    fn span(
        &self,
        low: f32,
        high: f32,
        start: i32,
        count: usize,
    ) -> core::ops::Range<usize> {
        let cell = |mm: f32| {
            let at = (mm - start as f32 * UNIT) / self.cell() + 0.5;
            (at.max(0.0) as usize).min(count)
        };
        cell(low)..cell(high)
    }
}

/// The side of a tile in millimetres.
const TILE: f32 = 3.0;

/// A box cut into tiles that do not overlap.
pub(super) fn tiles(
    low: [f32; 2],
    high: [f32; 2],
) -> impl Iterator<Item = [[f32; 2]; 2]> {
    let [columns, rows] =
        [0, 1].map(|axis| ((high[axis] - low[axis]).max(0.0) / TILE) as usize + 1);
    let edge = move |axis: usize, n: usize| (low[axis] + n as f32 * TILE).min(high[axis]);
    (0..columns * rows).map(move |tile| {
        let (column, row) = (tile % columns, tile / columns);
        [[edge(0, column), edge(1, row)], [edge(0, column + 1), edge(1, row + 1)]]
    })
}

/// The halved cells of one axis: which half of which cell comes first (counted in halves),
/// where they begin, and how many there are. They reach two cells beyond the sheet, or on
/// the side where a turned grid does not meet the edge up to three.
fn halve(start: i32, count: usize, level: i32, side: i32) -> (usize, i32, usize) {
    let cell = cell_units(level - 1);
    let first = (-2 * cell - start) / cell;
    let begin = start + first * cell;
    let halves = (side + 2 * cell - begin + cell - 1) / cell;
    debug_assert!(first >= 1 && (first + halves) < 2 * count as i32);
    (first as usize, begin, halves as usize)
}

/// The cell that a half belongs to, and the neighbour on its side.
fn parents(half: usize) -> (usize, usize) {
    let cell = half / 2;
    (cell, if half.is_multiple_of(2) { cell - 1 } else { cell + 1 })
}

/// Fills `out` with the halves of a line of cells, beginning with the half `first`.
fn expand(line: &[f32], first: usize, out: &mut [f32]) {
    let last = first + out.len() - 1;
    let one = |half: usize| {
        let (near, far) = parents(half);
        0.75 * line[near] + 0.25 * line[far]
    };
    let (head, body) = out.split_at_mut(first % 2);
    head.fill_with(|| one(first));
    let cell = first.div_ceil(2);
    let mut pairs = body.chunks_exact_mut(2);
    for (pair, near) in pairs.by_ref().zip(line[cell - 1..].windows(3)) {
        pair[0] = 0.75 * near[1] + 0.25 * near[0];
        pair[1] = 0.75 * near[1] + 0.25 * near[2];
    }
    pairs.into_remainder().fill_with(|| one(last));
}
