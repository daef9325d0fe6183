//! Vector shapes.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Object, dictionary};

use super::content::{Content, name};
use crate::geom::Point;
use crate::page::{Segment, Shape};

/// The opacities that a document uses, in thousandths.
#[derive(Default)]
pub(super) struct States(BTreeSet<u16>);

impl States {
    /// The graphics states of the document: two blend modes and the opacities.
    pub(super) fn write(&self, blends: bool) -> Dictionary {
        let mut out = Dictionary::new();
        if blends {
            out.set("Ink", dictionary! { "Type" => "ExtGState", "BM" => "Multiply" });
            out.set("Cover", dictionary! { "Type" => "ExtGState", "BM" => "Normal" });
        }
        for &milli in &self.0 {
            let share = Object::Real(f32::from(milli) / 1000.0);
            out.set(
                format!("O{milli}"),
                dictionary! { "Type" => "ExtGState", "ca" => share.clone(), "CA" => share },
            );
        }
        out
    }
}

/// Writes a shape.
pub(super) fn write_shape(shape: &Shape, states: &mut States, content: &mut Content) {
    content.op("q", []);
    let fill_before = content.fill;
    if shape.opacity < 1.0 {
        let milli = (shape.opacity.clamp(0.0, 1.0) * 1000.0) as u16;
        states.0.insert(milli);
        content.op("gs", [name(&format!("O{milli}"))]);
    }
    if let Some(fill) = shape.fill {
        let colour = content.colour(fill, shape.blend);
        content.fill(colour);
    }
    if let Some((width, ink)) = shape.stroke {
        let colour = content.colour(ink, shape.blend);
        content.numbers("RG", colour.map(f64::from));
        content.numbers("w", [width.to_pt()]);
    }
    write_path(&shape.path, content);
    let paint = match (shape.fill, shape.stroke) {
        (Some(_), Some(_)) => "B",
        (Some(_), None) => "f",
        (None, Some(_)) => "S",
        (None, None) => "n",
    };
    content.op(paint, []);
    content.op("Q", []);
    content.fill = fill_before;
}

/// Writes an outline.
fn write_path(path: &[Segment], content: &mut Content) {
    for segment in path {
        let height = content.size.height;
        let at = |p: Point| [p.x.to_pt(), (height - p.y).to_pt()];
        match *segment {
            Segment::Move(p) => content.numbers("m", at(p)),
            Segment::Line(p) => content.numbers("l", at(p)),
            Segment::Curve(a, b, c) => {
                content.numbers("c", at(a).into_iter().chain(at(b)).chain(at(c)));
            }
            Segment::Close => content.op("h", []),
        }
    }
}
