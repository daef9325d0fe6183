//! Printed lines: rules, the sides of boxes, the lines between columns, and the strips on
//! which lines of text are pasted.

use std::sync::Arc;

use super::block::{Around, slack};
use super::line::Place;
use super::linebreak::Line;
use crate::geom::{Lab, Length, Point};
use crate::page::{Blend, Item, Mark, Placed, Segment, Shape};
use crate::style::{Border, LineKind};

/// What part of the radius the handles of a quarter of a circle are long.
const ROUND: f64 = 0.5523;

/// A rectangle: left, top, width and height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Strip {
    /// Its left edge.
    pub left: Length,
    /// Its upper edge.
    pub top: Length,
    /// How wide it is.
    pub width: Length,
    /// How high it is.
    pub height: Length,
}

impl Strip {
    /// What is left when so much is taken from every side.
    fn less(self, by: Length) -> Self {
        Self {
            left: self.left + by,
            top: self.top + by,
            width: (self.width - by * 2.0).max(Length::ZERO),
            height: (self.height - by * 2.0).max(Length::ZERO),
        }
    }
}

/// The lines of which a line consists: how far from its outer edge each begins, and how
/// thick it is.
fn bands(kind: LineKind, thickness: Length) -> Vec<(Length, Length)> {
    let thin = thickness * 0.35;
    match kind {
        LineKind::Single | LineKind::Dotted | LineKind::Dashed => {
            vec![(Length::ZERO, thickness)]
        }
        LineKind::Double => {
            vec![(Length::ZERO, thickness), (thickness * 2.6, thickness)]
        }
        LineKind::ThickThin => {
            vec![(Length::ZERO, thickness), (thickness * 1.9, thin)]
        }
        LineKind::ThinThick => {
            vec![(Length::ZERO, thin), (thin + thickness * 0.9, thickness)]
        }
    }
}

/// How thick a line is with all of which it consists.
pub(super) fn depth(kind: LineKind, thickness: Length) -> Length {
    let ends = bands(kind, thickness).into_iter().map(|(from, thick)| from + thick);
    ends.fold(Length::ZERO, Length::max)
}

/// The outline of a rectangle.
fn rectangle(strip: Strip) -> [Segment; 5] {
    let Strip { left, top, width, height } = strip;
    [
        Segment::Move(Point::new(left, top)),
        Segment::Line(Point::new(left + width, top)),
        Segment::Line(Point::new(left + width, top + height)),
        Segment::Line(Point::new(left, top + height)),
        Segment::Close,
    ]
}

/// The outlines of a straight line that fills a rectangle: whole, or in dots or dashes
/// along its longer side.
fn straight(kind: LineKind, strip: Strip) -> Vec<Segment> {
    let level = strip.width >= strip.height;
    let (long, thick) =
        if level { (strip.width, strip.height) } else { (strip.height, strip.width) };
    let (on, step) = match kind {
        LineKind::Dotted => (thick, thick * 3.0),
        LineKind::Dashed => (thick * 5.0, thick * 8.0),
        _ => return rectangle(strip).to_vec(),
    };
    if thick <= Length::ZERO {
        return Vec::new();
    }
    // More than any page needs, and no more than a file should hold.
    let count = ((long - on) / step).floor().clamp(0.0, 2000.0) as u32 + 1;
    let part = |index: u32| {
        let at = step * f64::from(index);
        let mut part = strip;
        if level {
            (part.left, part.width) = (strip.left + at, on.min(long));
        } else {
            (part.top, part.height) = (strip.top + at, on.min(long));
        }
        part
    };
    (0..count).flat_map(|index| rectangle(part(index))).collect()
}

/// A shape in the ink of a role.
fn printed(path: Vec<Segment>, stroke: Option<Length>, role: &Arc<str>) -> Placed {
    let ink = Lab::new(20.0, 0.0, 0.0);
    let shape = Shape {
        path,
        fill: stroke.is_none().then_some(ink),
        stroke: stroke.map(|width| (width, ink)),
        role: Some(Arc::clone(role)),
        opacity: 1.0,
        blend: Blend::Ink,
    };
    Placed { mark: Mark::Artifact, item: Item::Shape(shape) }
}

/// A rule from a place to the right.
pub(super) fn rule(
    (left, top, width): (Length, Length, Length),
    (kind, thickness): (LineKind, Length),
    role: &Arc<str>,
) -> Placed {
    let lines = bands(kind, thickness).into_iter();
    let path = lines.flat_map(|(from, height)| {
        straight(kind, Strip { left, top: top + from, width, height })
    });
    printed(path.collect(), None, role)
}

/// A line from a place downward.
pub(super) fn upright(
    (left, top, height): (Length, Length, Length),
    (kind, thickness): (LineKind, Length),
    role: &Arc<str>,
) -> Placed {
    let left = left - depth(kind, thickness) * 0.5;
    let lines = bands(kind, thickness).into_iter();
    let path = lines.flat_map(|(from, width)| {
        straight(kind, Strip { left: left + from, top, width, height })
    });
    printed(path.collect(), None, role)
}

/// The lines of a box.
pub(super) fn boxed(
    around: Strip,
    border: &Border,
    kind: LineKind,
    role: &Arc<str>,
) -> Vec<Placed> {
    let bands = bands(kind, border.thickness);
    if border.oval || border.corner > Length::ZERO {
        let round = |&(from, thick): &(Length, Length)| {
            let inner = around.less(from + thick * 0.5);
            let corner = if border.oval {
                (inner.width * 0.5, inner.height * 0.5)
            } else {
                let most = inner.width.min(inner.height) * 0.5;
                let corner = (border.corner - from).max(Length::ZERO).min(most);
                (corner, corner)
            };
            printed(rounded(inner, corner), Some(thick), role)
        };
        return bands.iter().map(round).collect();
    }
    let path = bands.iter().flat_map(|&(from, thick)| {
        let inner = around.less(from);
        let sides = border.sides;
        let right = inner.left + inner.width - thick;
        let foot = inner.top + inner.height - thick;
        let level = |top| straight(kind, Strip { top, height: thick, ..inner });
        let down = |left| straight(kind, Strip { left, width: thick, ..inner });
        let lines = [
            sides.top.then(|| level(inner.top)),
            sides.bottom.then(|| level(foot)),
            sides.left.then(|| down(inner.left)),
            sides.right.then(|| down(right)),
        ];
        lines.into_iter().flatten().flatten().collect::<Vec<_>>()
    });
    vec![printed(path.collect(), None, role)]
}

/// The outline of a box with round corners: their radii across and down.
fn rounded(strip: Strip, (across, down): (Length, Length)) -> Vec<Segment> {
    let Strip { left, top, width, height } = strip;
    let (right, foot) = (left + width, top + height);
    let at = Point::new;
    // How far the handle of a corner stands from its end.
    let (hx, hy) = (across * (1.0 - ROUND), down * (1.0 - ROUND));
    vec![
        Segment::Move(at(left + across, top)),
        Segment::Line(at(right - across, top)),
        Segment::Curve(at(right - hx, top), at(right, top + hy), at(right, top + down)),
        Segment::Line(at(right, foot - down)),
        Segment::Curve(
            at(right, foot - hy),
            at(right - hx, foot),
            at(right - across, foot),
        ),
        Segment::Line(at(left + across, foot)),
        Segment::Curve(at(left + hx, foot), at(left, foot - hy), at(left, foot - down)),
        Segment::Line(at(left, top + down)),
        Segment::Curve(at(left, top + hy), at(left + hx, top), at(left + across, top)),
        Segment::Close,
    ]
}

/// The strip of paper on which a line of text is pasted: a little longer than the line.
/// What hides what lies under it carries what stands on it, which the ink step minds.
pub(super) fn under_line(
    line: &Line,
    around: &Around,
    at: Place,
    colour: Lab,
) -> Option<Placed> {
    let width = line.width();
    if width <= Length::ZERO {
        return None;
    }
    let size = around.text.size;
    let left = at.left + slack(around.text.align, at.measure - width);
    let (top, height) = (at.baseline - size * 0.98, size * 1.28);
    let ends = size * 0.45;
    Some(pasted(
        Strip { left: left - ends, top, width: width + ends * 2.0, height },
        colour,
    ))
}

/// A strip of paper that covers what lies under it.
fn pasted(strip: Strip, colour: Lab) -> Placed {
    let shape = Shape {
        path: rectangle(strip).to_vec(),
        fill: Some(colour),
        stroke: None,
        role: None,
        opacity: 1.0,
        blend: Blend::Cover,
    };
    Placed { mark: Mark::Artifact, item: Item::Shape(shape) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The path of a placed shape.
    fn path(placed: &Placed) -> &[Segment] {
        match &placed.item {
            Item::Shape(shape) => &shape.path,
            _ => &[],
        }
    }

    /// How many outlines a path has.
    fn outlines(path: &[Segment]) -> usize {
        path.iter().filter(|s| matches!(s, Segment::Move(_))).count()
    }

    #[test]
    fn rules_have_the_lines_of_their_kind() {
        let role: Arc<str> = "body".into();
        let pt = Length::pt;
        let of = |kind| {
            let placed = rule((pt(0.0), pt(0.0), pt(90.0)), (kind, pt(1.0)), &role);
            outlines(path(&placed))
        };
        assert_eq!(of(LineKind::Single), 1);
        assert_eq!(of(LineKind::Double), 2);
        assert_eq!(of(LineKind::ThickThin), 2);
        assert_eq!(of(LineKind::Dotted), 30);
        assert_eq!(of(LineKind::Dashed), 11);
        assert_eq!(depth(LineKind::Double, pt(1.0)), pt(3.6));
    }

    #[test]
    fn a_line_of_no_thickness_or_length_is_harmless() {
        let role: Arc<str> = "body".into();
        let none = Length::ZERO;
        for kind in [LineKind::Dotted, LineKind::Dashed, LineKind::Double] {
            rule((none, none, Length::pt(1e9)), (kind, none), &role);
            rule((none, none, none), (kind, Length::pt(2.0)), &role);
        }
    }
}
