//! The attributes of nodes of the structure: how the entries of a list are numbered, and
//! where a figure stands (ISO 32000-1, 14.8.5).

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, dictionary};

use crate::geom::{Length, Point, Rect};
use crate::page::{Item, Mark, Pages, Role, Segment, TagId};

/// The attributes of all nodes that have some.
pub(super) fn attributes(pages: &Pages) -> BTreeMap<TagId, Dictionary> {
    let mut out = BTreeMap::new();
    for (figure, place) in figures(pages) {
        let [left, bottom, right, top] = place.map(|side| Object::Real(side as f32));
        let attributes = dictionary! {
            "O" => "Layout",
            "Placement" => "Block",
            "BBox" => vec![left, bottom, right, top],
        };
        out.insert(figure, attributes);
    }
    for tag in pages.tags.iter().filter(|tag| tag.role == Role::Label) {
        let entry = tag.parent.and_then(|parent| pages.tags.get(parent.0 as usize));
        let Some(list) = entry.and_then(|entry| entry.parent) else { continue };
        // The first label speaks for all.
        out.entry(list).or_insert_with(|| {
            let numbering = numbering(tag.alt.as_deref().unwrap_or(""));
            dictionary! { "O" => "List", "ListNumbering" => numbering }
        });
    }
    out
}

/// How a list is numbered whose first label this is. What PDF has no word for, such as
/// Korean letters, is said to be numbered in order.
fn numbering(label: &str) -> &'static str {
    let sign: Vec<char> = label.chars().filter(|c| c.is_alphanumeric()).collect();
    match sign[..] {
        [] => "Disc",
        ['i'] => "LowerRoman",
        ['I'] => "UpperRoman",
        [c] if c.is_ascii_lowercase() => "LowerAlpha",
        [c] if c.is_ascii_uppercase() => "UpperAlpha",
        _ => "Decimal",
    }
}

/// Where each figure stands on its page: left, bottom, right, top in points from the foot
/// of the page.
fn figures(pages: &Pages) -> BTreeMap<TagId, [f64; 4]> {
    let mut out: BTreeMap<TagId, [f64; 4]> = BTreeMap::new();
    for page in &pages.pages {
        for placed in &page.items {
            let Mark::Content(tag) = placed.mark else { continue };
            let role = pages.tags.get(tag.0 as usize).map(|tag| tag.role);
            if role != Some(Role::Figure) {
                continue;
            }
            let none =
                [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
            let place = out.entry(tag).or_insert(none);
            for corner in corners(&placed.item) {
                let (x, y) = (corner.x.to_pt(), (page.size.height - corner.y).to_pt());
                *place =
                    [place[0].min(x), place[1].min(y), place[2].max(x), place[3].max(y)];
            }
        }
    }
    out.retain(|_, place| place[0] <= place[2]);
    out
}

/// Points between which an item lies.
fn corners(item: &Item) -> Vec<Point> {
    match item {
        Item::Image(image) => {
            let Rect { origin, size } = image.rect;
            vec![origin, Point::new(origin.x + size.width, origin.y + size.height)]
        }
        Item::Shape(shape) => {
            let point = |segment: &Segment| match *segment {
                Segment::Move(p) | Segment::Line(p) | Segment::Curve(_, _, p) => Some(p),
                Segment::Close => None,
            };
            shape.path.iter().filter_map(point).collect()
        }
        Item::Run(run) => {
            let last = run.glyphs.last().map_or(Length::ZERO, |glyph| glyph.x);
            let top = run.origin.y - run.size;
            vec![run.origin, Point::new(run.origin.x + last + run.size, top)]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_numbered_as_its_first_label_says() {
        for (label, name) in [
            ("1.", "Decimal"),
            ("(a)", "LowerAlpha"),
            ("I.", "UpperRoman"),
            ("i)", "LowerRoman"),
            ("A.", "UpperAlpha"),
            ("•", "Disc"),
            ("가.", "Decimal"),
            ("一、", "Decimal"),
        ] {
            assert_eq!(numbering(label), name, "{label}");
        }
    }
}
