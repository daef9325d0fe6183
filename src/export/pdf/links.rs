//! Links from cross-references: an annotation over the words of each, which leads to the
//! place of what it names (ISO 32000-1, 12.5.6.5).

use std::collections::BTreeMap;

use lopdf::{Document, Object, ObjectId, dictionary};

use super::tags::text;
use crate::geom::{Length, Point, Transform};
use crate::page::{Item, Mark, Page, Pages, Role, Run, TagId};

/// A link on a page.
pub(super) struct Link {
    /// Its node.
    pub tag: TagId,
    /// Its page.
    pub page: usize,
    /// The annotation.
    pub annotation: ObjectId,
}

/// Writes the links of all pages; each line of a link is one of its own. They are numbered
/// in the tree of parents from the number of pages on.
pub(super) fn write(
    pages: &Pages,
    page_ids: &[ObjectId],
    document: &mut Document,
) -> Vec<Link> {
    let places = places(pages);
    let mut links: Vec<Link> = Vec::new();
    for (index, page) in pages.pages.iter().enumerate() {
        let mut annotations: Vec<Object> = Vec::new();
        for (tag, line) in lines(pages, page) {
            let Some((to, top)) = target(pages, tag).and_then(|to| places.get(&to))
            else {
                continue;
            };
            let words: String = line.iter().map(|run| run.text.as_str()).collect();
            let number = i64::try_from(pages.pages.len() + links.len());
            let annotation = document.add_object(dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => rectangle(&line, page),
                "Border" => vec![0.into(), 0.into(), 0.into()],
                // Printed, as archives want it.
                "F" => 4,
                "P" => page_ids[index],
                "Contents" => text(words.trim()),
                "StructParent" => number.unwrap_or(i64::MAX),
                "Dest" => vec![
                    page_ids[*to].into(), "XYZ".into(), Object::Null,
                    Object::Real(*top as f32), Object::Null,
                ],
            });
            annotations.push(annotation.into());
            links.push(Link { tag, page: index, annotation });
        }
        if !annotations.is_empty()
            && let Ok(dict) = document.get_dictionary_mut(page_ids[index])
        {
            dict.set("Annots", annotations);
        }
    }
    links
}

/// The node that a link leads to: the one of its name in its own text, or else in any.
fn target(pages: &Pages, link: TagId) -> Option<TagId> {
    let name = pages.tags.get(link.0 as usize)?.target.as_deref()?;
    let named = |(index, tag): (usize, &crate::page::Tag)| {
        (tag.id.as_deref() == Some(name)).then_some(TagId(index as u32))
    };
    let all: Vec<TagId> = pages.tags.iter().enumerate().filter_map(named).collect();
    let own = all.iter().find(|&&tag| root(pages, tag) == root(pages, link));
    own.or(all.first()).copied()
}

/// The text that a node stands in.
fn root(pages: &Pages, tag: TagId) -> TagId {
    let mut tag = tag;
    while let Some(parent) = pages.tags.get(tag.0 as usize).and_then(|node| node.parent) {
        tag = parent;
    }
    tag
}

/// Where each node begins: its page, and the height above the foot in points.
fn places(pages: &Pages) -> BTreeMap<TagId, (usize, f64)> {
    let mut out = BTreeMap::new();
    for (index, page) in pages.pages.iter().enumerate() {
        for placed in &page.items {
            let (Mark::Content(tag), Item::Run(run)) = (placed.mark, &placed.item) else {
                continue;
            };
            let top = (page.size.height - run.origin.y + run.size).to_pt();
            let mut tag = Some(tag);
            while let Some(here) = tag {
                out.entry(here).or_insert((index, top));
                tag = pages.tags.get(here.0 as usize).and_then(|node| node.parent);
            }
        }
    }
    out
}

/// The lines of the links on a page.
fn lines<'a>(pages: &Pages, page: &'a Page) -> Vec<(TagId, Vec<&'a Run>)> {
    let mut out: Vec<(TagId, Vec<&Run>)> = Vec::new();
    for placed in &page.items {
        let (Mark::Content(tag), Item::Run(run)) = (placed.mark, &placed.item) else {
            continue;
        };
        if pages.tags.get(tag.0 as usize).map(|tag| tag.role) != Some(Role::Link) {
            continue;
        }
        match out.last_mut() {
            Some((open, line)) if *open == tag && on_one_line(line[0], run) => {
                line.push(run);
            }
            _ => out.push((tag, vec![run])),
        }
    }
    out
}

/// Whether runs stand on one line.
fn on_one_line(one: &Run, other: &Run) -> bool {
    let off = if one.vertical {
        other.origin.x - one.origin.x
    } else {
        other.origin.y - one.origin.y
    };
    off.max(off * -1.0) < one.size * 0.5
}

/// The place of the runs of a line: left, bottom, right, top in points.
fn rectangle(line: &[&Run], page: &Page) -> Vec<Object> {
    let mut sides = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for corner in line.iter().flat_map(|run| corners(run)) {
        let (x, y) = (corner.x.to_pt(), (page.size.height - corner.y).to_pt());
        sides = [sides[0].min(x), sides[1].min(y), sides[2].max(x), sides[3].max(y)];
    }
    sides.map(|side| Object::Real(side as f32)).to_vec()
}

/// The corners of a run: it reaches from its foot to its head, and half an em beyond its
/// last glyph. Baselines of a hand slope a little, those of vertical lines a quarter turn.
fn corners(run: &Run) -> [Point; 4] {
    let size = run.size;
    let end = run.glyphs.last().map_or(Length::ZERO, |glyph| {
        if run.vertical { glyph.y } else { glyph.x + size * 0.5 }
    });
    let [left, top, right, bottom] = if run.vertical {
        [size * -0.5, Length::ZERO, size * 0.5, end]
    } else {
        [Length::ZERO, size * -0.8, end, size * 0.25]
    };
    let place = Transform::rotate(run.turn)
        .then(Transform::translate(run.origin.x, run.origin.y));
    [(left, top), (right, top), (left, bottom), (right, bottom)]
        .map(|(x, y)| place.apply(Point::new(x, y)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Angle;

    #[test]
    fn a_line_of_a_hand_that_slopes_a_little_lies_along_it() {
        let glyph = |x| crate::page::Glyph {
            id: 1,
            x: Length::pt(x),
            y: Length::ZERO,
            text: 0..1,
            strike: None,
        };
        let mut run = Run {
            face: crate::page::FaceId(0),
            size: Length::pt(10.0),
            origin: Point::new(Length::pt(100.0), Length::pt(200.0)),
            turn: Angle::degrees(0.5),
            slant: Angle::ZERO,
            stretch: 1.0,
            cell: None,
            vertical: false,
            ink: crate::geom::Lab::default(),
            role: "hand".into(),
            text: "one".to_owned(),
            glyphs: vec![glyph(0.0), glyph(45.0)],
        };
        let spread = |run: &Run| {
            let [a, b, c, d] = corners(run).map(|p| (p.x.to_pt(), p.y.to_pt()));
            let x = [a.0, b.0, c.0, d.0].map(|x| x - 100.0);
            let y = [a.1, b.1, c.1, d.1].map(|y| y - 200.0);
            [x, y].map(|of| {
                of.iter().fold([0.0_f64; 2], |m, v| [m[0].min(*v), m[1].max(*v)])
            })
        };
        let [x, y] = spread(&run);
        assert!(x[0] > -0.2 && (49.0..51.0).contains(&x[1]), "{x:?}");
        assert!(y[0] > -8.5 && y[1] < 3.5, "{y:?}");
        run.turn = Angle::degrees(90.0);
        let [x, y] = spread(&run);
        assert!(
            (7.5..8.5).contains(&x[1]) && (49.0..51.0).contains(&y[1]),
            "{x:?} {y:?}"
        );
    }
}
