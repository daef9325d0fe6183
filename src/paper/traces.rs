//! What a sheet did to the ink on it: worn off along its folds.

use super::fold::{Crease, Folded};
use super::noise::bell;
use super::{Frame, Sheet, Side};

/// The traces of folding, for whoever lays ink on the sheet.
#[derive(Debug)]
pub struct Traces {
    /// The folds.
    creases: Vec<Crease>,
    /// How much the paper has been rubbed along them, 0 to 1.
    rubbed: f32,
    /// The width of the sheet in millimetres where it is seen from behind.
    behind: Option<f32>,
}

impl Sheet<'_> {
    /// What this sheet does to ink.
    pub fn traces(&self) -> Traces {
        let folded = self.folded();
        let rubbed = folded.as_ref().map_or(0.0, Folded::rubbed) * self.age.wear();
        let creases = folded.map_or_else(Vec::new, |folded| folded.creases);
        let behind = (self.side == Side::Verso).then(|| Frame::of(self.size).mm()[0]);
        Traces { creases, rubbed: rubbed.min(1.0), behind }
    }
}

impl Traces {
    /// The share of the ink that is worn off at a place, in millimetres from the left and
    /// the top; `fibre` is how high the fibre stands there, about −2 to 2: what stands high
    /// is rubbed first.
    pub fn worn(&self, [x, y]: [f32; 2], fibre: f32) -> f32 {
        let x = self.behind.map_or(x, |width| width - x);
        let loss = |crease: &Crease| {
            let [off, wear] = crease.rubbed_at(x, y);
            if off.abs() > 2.5 {
                return 0.0;
            }
            let pressed =
                self.rubbed * wear * (1.1 * bell(off / 0.45) + 0.25 * bell(off / 1.6));
            ((pressed - 0.35 + 0.3 * fibre) * 2.2).clamp(0.0, 0.92)
        };
        self.creases.iter().map(loss).fold(0.0, f32::max)
    }
}
