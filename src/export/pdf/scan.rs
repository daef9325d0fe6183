//! The text beneath a scanned page: live, tagged as ever, and unseen
//! (ISO 32000-1, 9.3.6, mode 3), where its ink lies in the picture.

use lopdf::Object;

use super::content::{Content, number};
use crate::page::Scan;

/// Turns what follows about the middle of the page, as the sheet lies on the scanner, and
/// hides it.
pub(super) fn begin(scan: Scan, content: &mut Content) {
    let (sin, cos) = libm::sincos(-scan.skew.to_radians());
    let [cx, cy] = [content.size.width, content.size.height].map(|v| v.to_pt() / 2.0);
    let (e, f) = (cx - cx * cos + cy * sin, cy - cx * sin - cy * cos);
    let fine = |v: f64| Object::Real(v as f32);
    content.op("q", []);
    content.op("cm", [fine(cos), fine(sin), fine(-sin), fine(cos), number(e), number(f)]);
    content.numbers("Tr", [3.0]);
    content.unseen = true;
}

/// Ends what is hidden.
pub(super) fn end(content: &mut Content) {
    content.op("Q", []);
    content.unseen = false;
}
