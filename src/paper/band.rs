//! The finest cells of lightness, band by band: a whole sheet of them would take more memory
//! than all else, and asking for that takes longer than filling it.

use super::grid::Grid;
use super::mesh::{Halves, Mesh};
use super::plane::Plane;

/// Rows of cells in a band.
const ROWS: usize = 64;

/// A sheet whose lightness is refined once more, and finished, from band to band as its rows
/// are asked for.
pub(super) struct Bands<'a> {
    /// The sheet; its lightness is that of the last band.
    grid: Grid,
    /// The cells of lightness on the whole sheet.
    light: Mesh,
    /// Lightness on cells twice as wide.
    coarse: Plane,
    /// What refines it.
    halves: Halves,
    /// What finishes a band. It gets all bands in their order.
    finish: Box<dyn FnMut(&mut Grid) + 'a>,
    /// The number of the first row of the last band.
    first: usize,
    /// The last rows before that.
    before: Vec<f32>,
    /// How many rows are kept in it.
    back: usize,
}

impl<'a> Bands<'a> {
    /// The bands of a sheet.
    pub(super) fn new(mut grid: Grid, finish: Box<dyn FnMut(&mut Grid) + 'a>) -> Self {
        let coarse = grid.light;
        let (light, first) = coarse.halved(grid.frame);
        let band = Plane::unset((ROWS + 1) * light.columns);
        let coarse_light = core::mem::replace(&mut grid.planes[0], band);
        grid.light = Mesh { rows: 0, ..light };
        Self {
            grid,
            light,
            coarse: coarse_light,
            halves: Halves::new(coarse, first),
            finish,
            first: 0,
            before: Vec::new(),
            back: 0,
        }
    }

    /// The cells of lightness.
    pub(super) const fn light(&self) -> Mesh {
        self.light
    }

    /// The sheet, of whose lightness there is a band.
    pub(super) const fn grid(&self) -> &Grid {
        &self.grid
    }

    /// The rows of lightness that must be done before a row of colour is: with those in
    /// which a dab may lie that reaches it.
    pub(super) fn under(&self, colour: usize) -> usize {
        let down = (self.light.top - self.grid.colour.top) / self.light.units();
        let row = 2 * colour as i32 + 4 - down;
        row.clamp(0, self.light.rows as i32 - 1) as usize
    }

    /// Keeps so many rows before the last one that was asked for.
    pub(super) fn keep(&mut self, rows: usize) {
        self.back = rows;
    }

    /// Finishes all bands down to a row.
    pub(super) fn reach(&mut self, row: usize) {
        while self.first + self.grid.light.rows <= row {
            self.advance();
        }
    }

    /// A row of lightness that was reached, and is not farther back than is kept.
    pub(super) fn row(&self, number: usize) -> &[f32] {
        let columns = self.light.columns;
        let (rows, place) = match number.checked_sub(self.first) {
            Some(place) => (&self.grid.planes[0][..], place),
            None => {
                let kept = self.before.len() / columns;
                (&self.before[..], number + kept - self.first)
            }
        };
        &rows[place * columns..(place + 1) * columns]
    }

    /// Makes and finishes the next band.
    fn advance(&mut self) {
        let (columns, done) = (self.light.columns, self.grid.light.rows);
        let band = &self.grid.planes[0][..done * columns];
        self.before.extend_from_slice(&band[done.saturating_sub(self.back) * columns..]);
        let most = self.back * columns;
        self.before.drain(..self.before.len().saturating_sub(most));
        self.first += done;
        let top = self.light.top + self.first as i32 * self.light.units();
        // Bands begin with a row of colour.
        let odd = (top - self.grid.colour.top) / self.light.units() % 2;
        let rows = (ROWS + odd as usize).min(self.light.rows - self.first);
        self.grid.light = Mesh { top, rows, ..self.light };
        let cells = self.grid.planes[0].chunks_exact_mut(columns).take(rows);
        for (row, out) in (self.first..).zip(cells) {
            self.halves.make(&self.coarse, row, out);
        }
        (self.finish)(&mut self.grid);
    }
}
