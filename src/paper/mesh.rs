//! Where the cells of a level lie, and how they are halved.

use crate::geom::Size;
use crate::lanes::widest;

/// The width of a cell of level 0 in millimetres.
pub(super) const CELL: f32 = 25.4 / 150.0;

/// The finest level there is: 300 cells to the inch. Its cells are the unit of places.
pub(super) const FINEST: i32 = -1;

/// The coarsest level: cells of 87 mm.
pub(super) const COARSEST: i32 = 9;

/// The width of a cell of a level, in units.
pub(super) const fn cell_units(level: i32) -> i32 {
    1 << (level - FINEST)
}

/// Millimetres in a unit.
pub(super) const UNIT: f32 = CELL / cell_units(0) as f32;

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

/// Where the cells of one level lie. They reach a little beyond the sheet on all sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mesh {
    /// Their level.
    pub(super) level: i32,
    /// Where the first column begins, in units from the left of the sheet.
    pub(super) left: i32,
    /// Where the first row begins, in units from the top of the sheet.
    pub(super) top: i32,
    /// Cells in a row.
    pub(super) columns: usize,
    /// Rows.
    pub(super) rows: usize,
}

impl Mesh {
    /// The width of a cell in units.
    pub(super) const fn units(self) -> i32 {
        cell_units(self.level)
    }

    /// The width of a cell in millimetres.
    pub(super) fn cell(self) -> f32 {
        self.units() as f32 * UNIT
    }

    /// How many cells lie before the left and before the top of the sheet.
    pub(super) fn margin(self) -> [f32; 2] {
        [self.left, self.top].map(|at| -at as f32 / self.units() as f32)
    }

    /// How many cells a sheet measures.
    pub(super) fn size(self, Frame { width, height }: Frame) -> [f32; 2] {
        [width, height].map(|side| side as f32 / self.units() as f32)
    }

    /// The mesh of the next finer level, and which half of a column and of a row of this
    /// one are its first.
    pub(super) fn halved(self, frame: Frame) -> (Self, [usize; 2]) {
        let (x, left, columns) = halve(self.left, self.columns, self.level, frame.width);
        let (y, top, rows) = halve(self.top, self.rows, self.level, frame.height);
        (Self { level: self.level - 1, left, top, columns, rows }, [x, y])
    }

    /// The same seen from behind.
    pub(super) fn turned(self, frame: Frame) -> Self {
        let right = self.left + self.columns as i32 * self.units();
        Self { left: frame.width - right, ..self }
    }

    /// Adds a value times square millimetres at each of some places of a plane on this mesh.
    pub(super) fn dab(
        self,
        plane: &mut [f32],
        places: impl IntoIterator<Item = [f32; 2]>,
        value: f32,
    ) {
        let pace = 1.0 / self.cell();
        let value = value * (pace * pace);
        for [x, y] in places {
            let [(column, across), (row, down)] =
                [(x, self.left), (y, self.top)].map(|(mm, start)| {
                    // The cells before the first are counted too.
                    let at = ((mm - start as f32 * UNIT) * pace + 0.5).max(0.0);
                    let whole = at as i32;
                    (whole as usize, at - whole as f32)
                });
            if column == 0 || column >= self.columns {
                continue;
            }
            let mut add = |row: usize, value: f32| {
                let corner = row * self.columns + column - 1;
                if let Some([left, right]) = plane.get_mut(corner..corner + 2) {
                    *left += value * (1.0 - across);
                    *right += value * across;
                }
            };
            if (1..=self.rows).contains(&row) {
                add(row - 1, value * (1.0 - down));
            }
            if row < self.rows {
                add(row, value * down);
            }
        }
    }
}

/// Cells of one plane halved, row by row.
pub(super) struct Halves {
    /// Columns of the coarse mesh.
    columns: usize,
    /// Which half of a column and of a row come first.
    first: [usize; 2],
    /// A row of cells as wide as before and half as high.
    between: Vec<f32>,
}

impl Halves {
    /// Those of a coarse mesh, and which half of a column and of a row is the first.
    pub(super) fn new(coarse: Mesh, first: [usize; 2]) -> Self {
        let columns = coarse.columns;
        Self { columns, first, between: vec![0.0; columns] }
    }

    /// Makes a row of a plane.
    pub(super) fn make(&mut self, coarse: &[f32], row: usize, out: &mut [f32]) {
        let [x, y] = self.first;
        let (near, far) = parents(y + row);
        let line = |r: usize| &coarse[r * self.columns..(r + 1) * self.columns];
        let (near, far) = (line(near), line(far));
        widest(
            #[inline(always)]
            || {
                for ((mid, n), f) in self.between.iter_mut().zip(near).zip(far) {
                    *mid = 0.75 * n + 0.25 * f;
                }
                expand(&self.between, x, out);
            },
        );
    }
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
#[inline(always)]
fn expand(line: &[f32], first: usize, out: &mut [f32]) {
    let last = first + out.len() - 1;
    let one = |half: usize| {
        let (near, far) = parents(half);
        0.75 * line[near] + 0.25 * line[far]
    };
    let (head, body) = out.split_at_mut(first % 2);
    head.fill_with(|| one(first));
    let (pairs, rest) = body.as_chunks_mut::<2>();
    let cell = first.div_ceil(2);
    let [left, here, right] =
        [cell - 1, cell, cell + 1].map(|start| &line[start..start + pairs.len()]);
    for (((pair, left), here), right) in pairs.iter_mut().zip(left).zip(here).zip(right) {
        let here = 0.75 * here;
        *pair = [here + 0.25 * left, here + 0.25 * right];
    }
    rest.fill_with(|| one(last));
}
