//! Vertical writing: a page is set as if its lines ran from left to right, and then
//! turned so that they run downward, from right to left. What stands upright in a line was
//! set so when the line was; figures keep their stand.

use super::{Tags, shift};
use crate::geom::{Angle, Length, Point, Size};
use crate::page::{Item, Mark, Placed, Role, Segment, TagId};

/// Turns what was set on a page whose text has this size (as it lies on the page).
pub(super) fn turn(items: Vec<Placed>, text: Size, tags: &Tags) -> Vec<Placed> {
    let mut out = Vec::with_capacity(items.len());
    let mut figure: Option<(TagId, Vec<Placed>)> = None;
    for mut placed in items {
        match figure_of(&placed, tags) {
            Some(tag) => {
                if figure.as_ref().is_some_and(|(open, _)| *open != tag) {
                    out.extend(
                        figure.take().into_iter().flat_map(|(_, f)| move_to(f, text)),
                    );
                }
                figure.get_or_insert_with(|| (tag, Vec::new())).1.push(placed);
            }
            None => {
                out.extend(figure.take().into_iter().flat_map(|(_, f)| move_to(f, text)));
                turn_item(&mut placed.item, text);
                out.push(placed);
            }
        }
    }
    out.extend(figure.into_iter().flat_map(|(_, f)| move_to(f, text)));
    out
}

/// Turns what was set on a page that is then turned by a quarter and written across: lines
/// run downward, from right to left, and so do their letters.
pub(super) fn cross(mut items: Vec<Placed>, text: Size) -> Vec<Placed> {
    for placed in &mut items {
        turn_item(&mut placed.item, text);
        if let Item::Run(run) = &mut placed.item {
            run.turn = Angle::degrees(run.turn.to_degrees() + 90.0);
        }
    }
    items
}

/// The figure that an item is part of.
fn figure_of(placed: &Placed, tags: &Tags) -> Option<TagId> {
    let Mark::Content(tag) = placed.mark else { return None };
    (tags.role(tag) == Some(Role::Figure)).then_some(tag)
}

/// Where a place along and across the lines lies on the page.
fn turned(p: Point, text: Size) -> Point {
    Point::new(text.width - p.y, p.x)
}

/// Turns an item.
fn turn_item(item: &mut Item, text: Size) {
    match item {
        Item::Run(run) => run.origin = turned(run.origin, text),
        Item::Image(image) => {
            let corner = image.rect.origin;
            let size = image.rect.size;
            let far = Point::new(corner.x, corner.y + size.height);
            image.rect.origin = turned(far, text);
        }
        Item::Shape(shape) => {
            for segment in &mut shape.path {
                match segment {
                    Segment::Move(p) | Segment::Line(p) => *p = turned(*p, text),
                    Segment::Curve(a, b, c) => {
                        [a, b, c].into_iter().for_each(|p| *p = turned(*p, text));
                    }
                    Segment::Close => {}
                }
            }
        }
    }
}

/// Moves a figure so that its middle lies where it was set.
fn move_to(mut figure: Vec<Placed>, text: Size) -> Vec<Placed> {
    let mut least = Point::new(Length::pt(f64::INFINITY), Length::pt(f64::INFINITY));
    let mut most =
        Point::new(Length::pt(f64::NEG_INFINITY), Length::pt(f64::NEG_INFINITY));
    let mut note = |p: Point| {
        least = Point::new(least.x.min(p.x), least.y.min(p.y));
        most = Point::new(most.x.max(p.x), most.y.max(p.y));
    };
    for placed in &figure {
        match &placed.item {
            Item::Run(run) => note(run.origin),
            Item::Image(image) => {
                let (corner, size) = (image.rect.origin, image.rect.size);
                note(corner);
                note(Point::new(corner.x + size.width, corner.y + size.height));
            }
            Item::Shape(shape) => shape.path.iter().for_each(|segment| match segment {
                Segment::Move(p) | Segment::Line(p) | Segment::Curve(_, _, p) => note(*p),
                Segment::Close => {}
            }),
        }
    }
    let middle = Point::new((least.x + most.x) * 0.5, (least.y + most.y) * 0.5);
    let there = turned(middle, text);
    shift(&mut figure, there.x - middle.x, there.y - middle.y);
    figure
}
