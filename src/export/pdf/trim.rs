//! The boxes of a page and the marks where it is trimmed (ISO 32000-1, 14.11.2).

use lopdf::{Dictionary, Object};

use super::content::{Content, name};
use crate::geom::{Length, Size};

/// From the bleed to the marks.
const GAP: Length = Length::mm(2.0);
/// How long the marks are.
const MARK: Length = Length::mm(5.0);
/// From the marks to the edge of the medium.
const EDGE: Length = Length::mm(1.0);

/// Sets the boxes of a page: what is trimmed lies at the origin, so that all places on the
/// page are the same with a bleed and without.
pub(super) fn set_boxes(page: &mut Dictionary, size: Size, bleed: Length) {
    let (w, h) = (size.width.to_pt(), size.height.to_pt());
    let around = |out: Length| {
        let out = out.to_pt();
        let sides = [-out, -out, w + out, h + out];
        let sides = sides.map(|side| Object::Real(((side * 1e3).round() / 1e3) as f32));
        Object::Array(sides.to_vec())
    };
    let medium = if bleed > Length::ZERO { bleed + GAP + MARK + EDGE } else { bleed };
    page.set("MediaBox", around(medium));
    page.set("CropBox", around(medium));
    page.set("BleedBox", around(bleed));
    page.set("TrimBox", around(Length::ZERO));
    page.remove(b"ArtBox");
}

/// Draws the marks at the corners, where there is a bleed.
pub(super) fn write_marks(bleed: Length, content: &mut Content) {
    if bleed <= Length::ZERO {
        return;
    }
    let near = (bleed + GAP).to_pt();
    let far = near + MARK.to_pt();
    let (w, h) = (content.size.width.to_pt(), content.size.height.to_pt());
    content.op("BMC", [name("Artifact")]);
    content.op("q", []);
    content.numbers("RG", [0.0, 0.0, 0.0]);
    content.numbers("w", [0.25]);
    let mut line = |x: f64, y: f64, to_x: f64, to_y: f64| {
        content.numbers("m", [x, y]);
        content.numbers("l", [to_x, to_y]);
        content.op("S", []);
    };
    for (x, out) in [(0.0, -1.0), (w, 1.0)] {
        for (y, up) in [(0.0, -1.0), (h, 1.0)] {
            line(x + out * near, y, x + out * far, y);
            line(x, y + up * near, x, y + up * far);
        }
    }
    content.op("Q", []);
    content.op("EMC", []);
}
