//! From a shape to its outline (marching squares; Lorensen and Cline, SIGGRAPH 1987, in
//! two dimensions).

use std::collections::BTreeMap;

use crate::geom::{Length, Point};
use crate::raster::{Path, Step};

/// Millimetres from one place that is looked at to the next.
const PACE: f32 = 0.5;

/// Points that are left out one after the other at most.
const LONGEST: usize = 128;

/// The most by which the outline may stray when points are left out, in millimetres.
const STRAY: f32 = 0.04;

/// A crossing: the place before it, and whether it lies on the way down from there.
type Crossing = (usize, bool);

/// The outline of the places on a page of this size where `inside` is positive, with the
/// inside on the right hand. Where a place is `untouched`, all within 1.5 mm of it are
/// inside as far as they are on the page.
pub(super) fn trace(
    size: [f32; 2],
    untouched: impl Fn(f32, f32) -> bool,
    inside: impl Fn(f32, f32) -> f32,
) -> Path {
    let [columns, rows] = size.map(|side| (side / PACE) as usize + 4);
    let place = |i: usize| {
        let (column, row) = (i % columns, i / columns);
        [(column as f32 - 1.0) * PACE, (row as f32 - 1.0) * PACE]
    };
    let page = |[x, y]: [f32; 2]| x.min(y).min(size[0] - x).min(size[1] - y);
    let value = |i: usize, whole: bool| {
        let at = place(i);
        let inside = if whole { f32::MAX } else { inside(at[0], at[1]) };
        // Never exactly 0, so that each crossing has two sides.
        inside.min(page(at)) + 1e-4
    };
    let whole = |i: usize| {
        let [x, y] = place(i);
        untouched(x, y)
    };
    let (values, near) = values([columns, rows], whole, |i| page(place(i)), value);
    let mut next = BTreeMap::new();
    for [left, top] in near {
        for row in top..(rows - 1).min(top + PART) {
            for column in left..(columns - 1).min(left + PART) {
                let at = row * columns + column;
                let corners = [at, at + 1, at + columns + 1, at + columns];
                square(corners, columns, &values, &mut next);
            }
        }
    }
    let point = |(from, down): Crossing| {
        let to = from + if down { columns } else { 1 };
        let share = values[from] / (values[from] - values[to]);
        let ([x0, y0], [x1, y1]) = (place(from), place(to));
        let at = [x0 + (x1 - x0) * share, y0 + (y1 - y0) * share];
        [at[0].clamp(0.0, size[0]), at[1].clamp(0.0, size[1])]
    };
    let mut path = Path::default();
    while let Some((&first, _)) = next.iter().next() {
        let mut at = first;
        let mut line = vec![point(first)];
        while let Some(to) = next.remove(&at) {
            line.push(point(to));
            at = to;
        }
        draw(&mut path, &line);
    }
    path
}

/// Places on the side of a part: 3 mm.
const PART: usize = 6;

/// How far inside the middle of a part lies through which no outline goes, in millimetres.
const WELL_INSIDE: f32 = 6.0;

/// How far from the edge of the page the middle of a part lies through which that does not
/// go, in millimetres.
const EDGE: f32 = 2.5;

/// The values of all places, and where the parts begin that do not lie well inside. In those
/// that do, all values are that of the middle.
fn values(
    [columns, rows]: [usize; 2],
    untouched: impl Fn(usize) -> bool,
    page: impl Fn(usize) -> f32,
    value: impl Fn(usize, bool) -> f32,
) -> (Vec<f32>, Vec<[usize; 2]>) {
    let mut values = vec![0.0; columns * rows];
    let mut near = Vec::new();
    for top in (0..rows).step_by(PART) {
        for left in (0..columns).step_by(PART) {
            let middle = |from: usize, count: usize| (from + PART / 2).min(count - 1);
            let middle = middle(top, rows) * columns + middle(left, columns);
            let whole = value(middle, false);
            let inside = whole > WELL_INSIDE;
            let untouched = !inside && untouched(middle);
            // All that goes through an untouched part is the edge of the page.
            if !(inside || untouched && page(middle) > EDGE) {
                near.push([left, top]);
            }
            for row in top..rows.min(top + PART) {
                let start = row * columns;
                let places = start + left..start + columns.min(left + PART);
                for (at, to) in places.clone().zip(&mut values[places]) {
                    *to = if inside { whole } else { value(at, untouched) };
                }
            }
        }
    }
    (values, near)
}

/// Notes the pieces of the outline in one square of places.
fn square(
    corners: [usize; 4],
    columns: usize,
    values: &[f32],
    next: &mut BTreeMap<Crossing, Crossing>,
) {
    let sign = corners.map(|corner| values[corner] > 0.0);
    if sign == [true; 4] || sign == [false; 4] {
        return;
    }
    let [top_left, _, bottom_right, _] = corners;
    let sides: [Crossing; 4] = [
        (top_left, false),
        (bottom_right - columns, true),
        (bottom_right - 1, false),
        (top_left, true),
    ];
    // Going round clockwise, the outline enters the square where we come from outside.
    let enters = (0..4).filter(|&side| !sign[side] && sign[(side + 1) % 4]);
    for enter in enters {
        let leaves = (1..4)
            .map(|step| (enter + step) % 4)
            .find(|&side| sign[side] && !sign[(side + 1) % 4]);
        if let Some(leave) = leaves {
            next.insert(sides[leave], sides[enter]);
        }
    }
}

/// Adds a closed line to a path, without the points that lie between their neighbours.
fn draw(path: &mut Path, line: &[[f32; 2]]) {
    let point =
        |[x, y]: [f32; 2]| Point::new(Length::mm(f64::from(x)), Length::mm(f64::from(y)));
    let mut kept = vec![line[0]];
    let mut from = 0;
    for to in 2..line.len() {
        let between = &line[from + 1..to];
        if between.len() > LONGEST
            || between.iter().any(|at| stray(*at, line[from], line[to]) > STRAY)
        {
            from = to - 1;
            kept.push(line[from]);
        }
    }
    path.steps.push(Step::Move(point(kept[0])));
    path.steps.extend(kept[1..].iter().map(|at| Step::Line(point(*at))));
    path.steps.push(Step::Close);
}

/// How far a place lies from the line between two others.
fn stray(at: [f32; 2], from: [f32; 2], to: [f32; 2]) -> f32 {
    let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    let length = (dx * dx + dy * dy).sqrt().max(1e-6);
    ((at[0] - from[0]) * dy - (at[1] - from[1]) * dx).abs() / length
}
