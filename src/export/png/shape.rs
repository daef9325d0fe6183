//! Vector shapes.

use crate::geom::{Rgb, Transform};
use crate::page::{Segment, Shape};
use crate::raster::{Canvas, Paint, Path, Step};

/// Draws a shape: first inside, then the line.
pub(in crate::export) fn draw(canvas: &mut Canvas, shape: &Shape, under: Option<Rgb>) {
    let path = outline(shape);
    let paint = |colour| Paint {
        opacity: shape.opacity.clamp(0.0, 1.0),
        ..super::paint(colour, shape.blend, under)
    };
    if let Some(fill) = shape.fill {
        canvas.fill(&path, Transform::IDENTITY, paint(fill));
    }
    if let Some((width, line)) = shape.stroke {
        canvas.stroke(&path, width, paint(line));
    }
}

/// The outline of a shape.
pub(in crate::export) fn outline(shape: &Shape) -> Path {
    let steps = shape.path.iter().map(|segment| match *segment {
        Segment::Move(p) => Step::Move(p),
        Segment::Line(p) => Step::Line(p),
        Segment::Curve(c, d, p) => Step::Cubic(c, d, p),
        Segment::Close => Step::Close,
    });
    Path { steps: steps.collect() }
}
