//! Strokes: lines of one width, as wires, pencils and stamps make them, and an alphabet
//! of them.

use super::grid::Grid;
use crate::geom::Lab;
use crate::lanes::widest;

/// Lines through points, in millimetres.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Strokes(pub(super) Vec<Vec<[f32; 2]>>);

impl Strokes {
    /// A text in capitals of this height, from the left on a baseline at 0; what the
    /// alphabet does not have is left out.
    pub(super) fn text(text: &str, height: f32) -> Self {
        let scale = height / 6.0;
        let mut strokes = Self::default();
        let mut at = 0.0;
        for (width, lines) in text.chars().filter_map(letter) {
            let place = |[x, y]: [f32; 2]| [at + scale * x, scale * (y - 6.0)];
            let placed = lines.0.into_iter().map(|l| l.into_iter().map(place).collect());
            strokes.0.extend(placed);
            at += scale * (width + 1.5);
        }
        strokes
    }

    /// Whether the alphabet has all letters of a text.
    pub(super) fn can_write(text: &str) -> bool {
        text.chars().all(|c| letter(c).is_some())
    }

    /// A path of `M`, `L`, `C` and `Z` with absolute places, as in SVG; none for others.
    pub(super) fn path(path: &str) -> Option<Self> {
        let spaced: String = path
            .chars()
            .flat_map(
                |c| if c.is_ascii_alphabetic() { vec![' ', c, ' '] } else { vec![c] },
            )
            .map(|c| if c == ',' { ' ' } else { c })
            .collect();
        let mut words = spaced.split_whitespace().peekable();
        let mut lines: Vec<Vec<[f32; 2]>> = Vec::new();
        let mut command = "";
        while let Some(word) = words.peek() {
            if word.len() == 1 && word.as_bytes()[0].is_ascii_alphabetic() {
                command = words.next()?;
            }
            let mut point = || -> Option<[f32; 2]> {
                let mut number =
                    || words.next()?.parse().ok().filter(|v: &f32| v.is_finite());
                Some([number()?, number()?])
            };
            match command {
                "M" => {
                    lines.push(vec![point()?]);
                    command = "L";
                }
                "L" => lines.last_mut()?.push(point()?),
                "C" => {
                    let line = lines.last_mut()?;
                    let from = *line.last()?;
                    let curve = [from, point()?, point()?, point()?];
                    line.extend((1..=12_u8).map(|n| bezier(curve, f32::from(n) / 12.0)));
                }
                "Z" => {
                    let line = lines.last_mut()?;
                    line.push(*line.first()?);
                    command = "";
                }
                _ => return None,
            }
        }
        Some(Self(lines))
    }

    /// The strokes with every point moved.
    pub(super) fn map(mut self, place: impl Fn([f32; 2]) -> [f32; 2]) -> Self {
        for point in self.0.iter_mut().flatten() {
            *point = place(*point);
        }
        self
    }

    /// The box around them.
    pub(super) fn bounds(&self) -> [[f32; 2]; 2] {
        let mut bounds = [[f32::MAX; 2], [f32::MIN; 2]];
        for point in self.0.iter().flatten() {
            for (axis, &at) in point.iter().enumerate() {
                bounds[0][axis] = bounds[0][axis].min(at);
                bounds[1][axis] = bounds[1][axis].max(at);
            }
        }
        bounds
    }

    /// Draws them: `shift` gets the distance from the nearest line, which is at most
    /// `reach`, and the place.
    pub(super) fn draw(
        &self,
        grid: &mut Grid,
        reach: f32,
        mut shift: impl FnMut(f32, f32, f32) -> Lab,
    ) {
        let [low, high] = self.bounds();
        if low[0] > high[0] {
            return;
        }
        let cell = grid.cell();
        let [top, bottom] = grid.span();
        let clip = |[x, y]: [f32; 2]| [x, y.clamp(top - cell, bottom + cell)];
        let low = clip(low.map(|v| v - reach - cell));
        let high = clip(high.map(|v| v + reach + cell));
        if low[1] >= high[1] {
            return;
        }
        // Distances at places as far apart as cells, taken between them for each cell.
        let columns = ((high[0] - low[0]) / cell) as usize + 2;
        let rows = ((high[1] - low[1]) / cell) as usize + 2;
        let mut nearest = vec![reach * reach; columns * rows];
        let xs: Vec<f32> = (0..columns).map(|n| low[0] + n as f32 * cell).collect();
        let spot = |mm: f32, axis: usize, most: usize| {
            (((mm - low[axis]) / cell).max(0.0) as usize).min(most - 1)
        };
        for pair in self.0.iter().flat_map(|line| line.windows(2)) {
            let [[x0, y0], [x1, y1]] = [pair[0], pair[1]];
            if y0.max(y1) + reach < low[1] || y0.min(y1) - reach > high[1] {
                continue;
            }
            let across = spot(x0.min(x1) - reach, 0, columns)
                ..spot(x0.max(x1) + reach, 0, columns) + 1;
            let down =
                spot(y0.min(y1) - reach, 1, rows)..=spot(y0.max(y1) + reach, 1, rows);
            for row in down {
                let y = low[1] + row as f32 * cell;
                let line = &mut nearest[row * columns..(row + 1) * columns];
                let places = line[across.clone()].iter_mut().zip(&xs[across.clone()]);
                widest(
                    #[inline(always)]
                    || {
                        for (place, x) in places {
                            let square = square([*x, y], [[x0, y0], [x1, y1]]);
                            *place = place.min(square);
                        }
                    },
                );
            }
        }
        nearest.iter_mut().for_each(|square| *square = square.sqrt());
        grid.paint(low, high, |x, y| {
            let (u, v) = ((x - low[0]) / cell, (y - low[1]) / cell);
            let (column, row) = (
                (u.max(0.0) as usize).min(columns - 2),
                (v.max(0.0) as usize).min(rows - 2),
            );
            let corner = row * columns + column;
            let near = &nearest[corner..corner + 2];
            let far = &nearest[corner + columns..corner + columns + 2];
            let (u, v) = (u - column as f32, v - row as f32);
            let off = (near[0] * (1.0 - u) + near[1] * u) * (1.0 - v)
                + (far[0] * (1.0 - u) + far[1] * u) * v;
            if off < reach { shift(off, x, y) } else { Lab::default() }
        });
    }
}

/// The square of the distance of a place from a line.
#[inline(always)]
fn square(at: [f32; 2], [from, to]: [[f32; 2]; 2]) -> f32 {
    let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    let [px, py] = [at[0] - from[0], at[1] - from[1]];
    let share = (px * dx + py * dy) * (1.0 / (dx * dx + dy * dy).max(1e-9));
    let share = share.clamp(0.0, 1.0);
    let [ex, ey] = [px - share * dx, py - share * dy];
    ex * ex + ey * ey
}

/// A point of a cubic Bézier curve.
fn bezier(points: [[f32; 2]; 4], t: f32) -> [f32; 2] {
    let s = 1.0 - t;
    let weights = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
    [0, 1].map(|axis| points.iter().zip(weights).map(|(p, w)| p[axis] * w).sum())
}

/// The width of a letter six units high, and its lines. Capitals stand for small letters.
fn letter(c: char) -> Option<(f32, Strokes)> {
    let c = c.to_ascii_uppercase();
    if c == ' ' {
        return Some((2.4, Strokes::default()));
    }
    let (_, width, lines) = ALPHABET.iter().find(|(known, ..)| *known == c)?;
    Some((*width, Strokes(lines.split(';').map(line).collect())))
}

/// A line of the alphabet: points; after `~` those of a curve from end to end, after `o`
/// those of a closed one (quadratic B-splines).
fn line(text: &str) -> Vec<[f32; 2]> {
    let (curved, closed) = (text.starts_with('~'), text.starts_with('o'));
    let number = |v: Option<&str>| v.and_then(|v| v.parse().ok()).unwrap_or(0.0);
    let mut points: Vec<[f32; 2]> = text
        .trim_start_matches(['~', 'o'])
        .split(' ')
        .map(|pair| {
            let mut pair = pair.split(',');
            [number(pair.next()), number(pair.next())]
        })
        .collect();
    if closed {
        points.push(points[0]);
        points.push(points[1]);
    }
    if curved || closed {
        for _ in 0..3 {
            points = cut_corners(&points, closed);
        }
    }
    points
}

/// One step of Chaikin's corner cutting, which keeps the ends of an open line.
fn cut_corners(points: &[[f32; 2]], closed: bool) -> Vec<[f32; 2]> {
    let between = |p: [f32; 2], q: [f32; 2], t: f32| {
        [p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t]
    };
    let cut = points.windows(2).flat_map(|pair| {
        [between(pair[0], pair[1], 0.25), between(pair[0], pair[1], 0.75)]
    });
    let cut: Vec<[f32; 2]> = cut.collect();
    if closed {
        return cut;
    }
    let ends = (points[0], points[points.len() - 1]);
    [vec![ends.0], cut, vec![ends.1]].concat()
}

/// Letters, their widths, and their lines, from the top (0) to the baseline (6).
const ALPHABET: [(char, f32, &str); 40] = [
    ('A', 4.0, "0,6 2,0 4,6;0.8,4 3.2,4"),
    (
        'B',
        4.0,
        "0,6 0,0;~0,0 3,0 3.7,0.6 3.7,2.3 3,2.9 0,2.9;~0,2.9 3.3,2.9 4.1,3.5 4.1,5.4 3.3,6 0,6",
    ),
    ('C', 4.0, "~3.9,1.3 3.2,0 0.8,-0.2 0,1 0,5 0.8,6.2 3.2,6 3.9,4.7"),
    ('D', 4.2, "0,0 0,6;~0,0 2.8,0 4.3,1.2 4.3,4.8 2.8,6 0,6"),
    ('E', 3.6, "3.6,0 0,0 0,6 3.6,6;0,3 2.8,3"),
    ('F', 3.5, "3.5,0 0,0 0,6;0,3 2.8,3"),
    (
        'G',
        4.1,
        "~3.9,1.3 3.2,0 0.8,-0.2 0,1 0,5 0.8,6.2 3.6,6.1 4.1,4.6 4.1,3.4;4.1,3.4 2.4,3.4",
    ),
    ('H', 4.0, "0,0 0,6;4,0 4,6;0,3 4,3"),
    ('I', 0.6, "0.3,0 0.3,6"),
    ('J', 2.8, "~2.7,0 2.7,5 2.2,6.2 0.4,6.1 0,4.6"),
    ('K', 3.9, "0,0 0,6;3.8,0 0,3.6;1.3,2.4 3.9,6"),
    ('L', 3.3, "0,0 0,6 3.3,6"),
    ('M', 4.8, "0,6 0,0 2.4,4.2 4.8,0 4.8,6"),
    ('N', 4.0, "0,6 0,0 4,6 4,0"),
    ('O', 4.4, "o0,0 4.4,0 4.4,6 0,6"),
    ('P', 3.9, "0,6 0,0;~0,0 3,0 3.9,0.6 3.9,2.7 3,3.3 0,3.3"),
    ('Q', 4.4, "o0,0 4.4,0 4.4,6 0,6;2.6,4.4 4.4,6.6"),
    ('R', 4.0, "0,6 0,0;~0,0 3,0 3.9,0.6 3.9,2.7 3,3.3 0,3.3;1.8,3.3 4,6"),
    (
        'S',
        3.9,
        "~3.7,1.2 3.2,0 0.8,-0.3 0,0.6 0,2.4 1,2.9 3,3.1 3.9,3.7 3.9,5.4 3.1,6.3 0.7,6 0.1,4.8",
    ),
    ('T', 4.0, "0,0 4,0;2,0 2,6"),
    ('U', 4.0, "0,0 0,3.6;~0,3.6 0,6 4,6 4,3.6;4,3.6 4,0"),
    ('V', 4.0, "0,0 2,6 4,0"),
    ('W', 5.6, "0,0 1.4,6 2.8,1 4.2,6 5.6,0"),
    ('X', 4.0, "0,0 4,6;4,0 0,6"),
    ('Y', 4.0, "0,0 2,3 4,0;2,3 2,6"),
    ('Z', 4.0, "0,0 4,0 0,6 4,6"),
    ('0', 3.7, "o0,0 3.7,0 3.7,6 0,6"),
    ('1', 1.8, "0,1.4 1.5,0 1.5,6"),
    ('2', 3.8, "~0.1,1.5 0.5,-0.1 3.3,-0.3 3.8,2 2.2,3.8 0,6;0,6 3.8,6"),
    (
        '3',
        3.8,
        "~0.2,0.9 0.9,-0.2 3.5,-0.2 3.6,2.8 1.4,2.8;~1.4,2.8 3.9,2.8 3.9,6.2 0.8,6.3 0,5",
    ),
    ('4', 3.9, "2.9,6 2.9,0 0,4.2 3.9,4.2"),
    ('5', 3.8, "3.5,0 0.5,0 0.3,2.7;~0.3,2.7 1.4,2 3.9,2 3.9,6.2 0.9,6.3 0,5"),
    ('6', 3.8, "~3.2,0.5 1.4,-0.4 0,1.4 0,4.2;o0,2.4 3.8,2.4 3.8,6 0,6"),
    ('7', 3.8, "0,0 3.8,0 1.4,6"),
    ('8', 3.8, "o0.3,0 3.5,0 3.5,2.9 0.3,2.9;o0,2.9 3.8,2.9 3.8,6 0,6"),
    ('9', 3.8, "o0,0 3.8,0 3.8,3.6 0,3.6;~3.8,1.8 3.8,4.6 2.4,6.4 0.6,5.5"),
    ('.', 0.6, "0.3,5.8 0.3,6"),
    ('-', 2.4, "0.2,3.2 2.2,3.2"),
    ('/', 2.4, "0,6.6 2.4,-0.6"),
    ('·', 0.6, "0.3,3 0.3,3.2"),
];
