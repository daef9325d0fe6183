//! Blurring of planes: boxes with soft ends, again and again, come near a bell
//! (P. Gwosdek et al., "Theoretical foundations of Gaussian convolution by extended box
//! filtering", SSVM 2011). What lies outside a plane counts as 0.

/// How often the box is laid on.
const PASSES: u8 = 2;

/// The box whose repetition blurs by a standard deviation.
struct Extended {
    /// Whole cells on each side.
    reach: usize,
    /// The weight of a whole cell.
    whole: f32,
    /// The weight of the cell beyond them.
    end: f32,
}

impl Extended {
    /// The box for a standard deviation in cells.
    fn of(deviation: f32) -> Self {
        let variance = deviation * deviation / f32::from(PASSES);
        let reach = (((12.0 * variance + 1.0).sqrt() - 1.0) / 2.0).floor();
        let (cells, next) = (2.0 * reach + 1.0, (reach + 1.0) * (reach + 1.0));
        let short = reach * (reach + 1.0) * cells / 3.0 - variance * cells;
        let end = short / (2.0 * (variance - next));
        let whole = 1.0 / (cells + 2.0 * end);
        Self { reach: reach as usize, whole, end: end * whole }
    }
}

/// Blurs a plane of rows of this width.
pub(super) fn blur(plane: &mut [f32], width: usize, deviation: f32) {
    if deviation < 0.05 || width == 0 {
        return;
    }
    let extended = Extended::of(deviation);
    let mut spare = vec![0.0; plane.len()];
    for _ in 0..PASSES {
        along(plane, &mut spare, width, &extended);
        down(&spare, plane, width, &extended);
    }
}

/// Blurs the rows.
fn along(from: &[f32], to: &mut [f32], width: usize, extended: &Extended) {
    let reach = extended.reach;
    let rows = from.chunks_exact(width).zip(to.chunks_exact_mut(width));
    for (from, to) in rows {
        let at = |i: usize| from.get(i).copied().unwrap_or(0.0);
        let before = |i: usize| i.checked_sub(reach + 1).map_or(0.0, at);
        let mut sum: f32 = (0..reach).map(at).sum();
        for (i, out) in to.iter_mut().enumerate() {
            sum += at(i + reach);
            let after = at(i + reach + 1);
            *out = sum * extended.whole + (before(i) + after) * extended.end;
            sum -= i.checked_sub(reach).map_or(0.0, at);
        }
    }
}

/// Blurs the columns, a row at a time.
fn down(from: &[f32], to: &mut [f32], width: usize, extended: &Extended) {
    let reach = extended.reach;
    let height = from.len() / width;
    let row = |y: usize| &from[y * width..(y + 1) * width];
    let mut sum = vec![0.0_f32; width];
    let add = |sum: &mut [f32], y: usize, sign: f32| {
        sum.iter_mut().zip(row(y)).for_each(|(sum, value)| *sum += sign * value);
    };
    (0..reach.min(height)).for_each(|y| add(&mut sum, y, 1.0));
    for (y, out) in to.chunks_exact_mut(width).enumerate() {
        if y + reach < height {
            add(&mut sum, y + reach, 1.0);
        }
        out.iter_mut().zip(&sum).for_each(|(out, sum)| *out = sum * extended.whole);
        let ends = [y.checked_sub(reach + 1), Some(y + reach + 1)];
        for end in ends.into_iter().flatten().filter(|&end| end < height) {
            let line = out.iter_mut().zip(row(end));
            line.for_each(|(out, value)| *out += value * extended.end);
        }
        if let Some(y) = y.checked_sub(reach) {
            add(&mut sum, y, -1.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blur_keeps_the_sum_and_has_its_deviation() {
        for deviation in [0.4_f32, 1.0, 2.7] {
            let (width, height) = (61_usize, 61_usize);
            let mut plane = vec![0.0; width * height];
            plane[30 * width + 30] = 1.0;
            blur(&mut plane, width, deviation);
            let sum: f32 = plane.iter().sum();
            assert!((sum - 1.0).abs() < 1e-3, "{deviation}: {sum}");
            let spread = |cell: fn(usize) -> usize| -> f32 {
                let off = |i: usize| cell(i) as f32 - 30.0;
                plane.iter().enumerate().map(|(i, v)| v * off(i) * off(i)).sum()
            };
            for variance in [spread(|i| i % 61), spread(|i| i / 61)] {
                let want = deviation * deviation;
                assert!(
                    (variance - want).abs() < 0.02 * want + 1e-3,
                    "{variance} {want}"
                );
            }
        }
    }
}
