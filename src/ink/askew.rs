//! Impressions that miss their place: a form that was printed before it was filled in never
//! lay in the machine as it lay in the press, and strips are pasted by hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::geom::{Angle, Length, Point, Transform};
use crate::page::{Blend, Item, Placed, Segment, Shape};
use crate::seed::Seed;

/// How far the middle of a strip misses its place: standard deviation.
const STRIP_OFF: f64 = 0.28;
/// How far a strip is turned, in degrees: standard deviation.
const STRIP_TURN: f64 = 0.14;
/// How far the cut end of a strip leans: standard deviation, in millimetres.
const CUT: f64 = 0.35;

/// What was displaced on a page, and how far.
pub(super) struct Askew {
    /// The seed of the page.
    seed: Seed,
    /// How far each role was displaced.
    roles: BTreeMap<Arc<str>, (Length, Length)>,
    /// The strip that was pasted last: where it lies, and how it was moved.
    strip: Option<(Point, Point, Transform)>,
    /// How many strips there were.
    strips: u64,
}

impl Askew {
    /// Nothing is displaced yet.
    pub(super) fn new(seed: Seed, page: usize) -> Self {
        let seed = seed.derive("askew").nth(page as u64);
        Self { seed, roles: BTreeMap::new(), strip: None, strips: 0 }
    }

    /// Displaces an item whose role misses its place by so much (standard deviation), and
    /// one that stands on a strip with its strip.
    pub(super) fn displace(&mut self, placed: &mut Placed, register: Length) {
        if let Item::Shape(shape) = &mut placed.item
            && shape.blend == Blend::Cover
            && shape.role.is_none()
        {
            self.paste(shape);
            return;
        }
        if let Item::Run(run) = &mut placed.item
            && let Some((least, most, by)) = self.strip
        {
            let at = run.origin;
            let on = (least.x..=most.x).contains(&at.x);
            if on && (least.y..=most.y).contains(&at.y) {
                run.origin = by.apply(at);
                let lean = libm::atan2(by.yx, by.xx) * 180.0 / core::f64::consts::PI;
                run.turn = Angle::degrees(run.turn.to_degrees() + lean);
                return;
            }
        }
        if register > Length::ZERO {
            self.misregister(placed, register);
        }
    }

    /// Pastes a strip askew, its ends cut by hand.
    fn paste(&mut self, shape: &mut Shape) {
        let [
            Segment::Move(a),
            Segment::Line(b),
            Segment::Line(c),
            Segment::Line(d),
            Segment::Close,
        ] = *shape.path.as_slice()
        else {
            return;
        };
        self.strips += 1;
        let mut rng = self.seed.derive("strip").nth(self.strips).rng();
        let mut off = |by: f64| rng.normal().clamp(-2.0, 2.0) * by;
        let middle = Point::new((a.x + c.x) * 0.5, (a.y + c.y) * 0.5);
        // Long strips lie straighter: both ends miss by the same.
        let long = ((c.x - a.x).to_mm() / 60.0).clamp(1.0, 4.0);
        let turn = Angle::degrees(libm::round(off(STRIP_TURN / long) * 100.0) / 100.0);
        let moved = Point::new(
            middle.x + Length::mm(off(STRIP_OFF)),
            middle.y + Length::mm(off(STRIP_OFF * 0.6)),
        );
        let by = Transform::translate(middle.x * -1.0, middle.y * -1.0)
            .then(Transform::rotate(turn))
            .then(Transform::translate(moved.x, moved.y));
        self.strip = Some((a, c, by));
        let mut cut = || Length::mm(off(CUT));
        let corners = [
            Point::new(a.x + cut(), a.y),
            Point::new(b.x + cut(), b.y),
            Point::new(c.x + cut(), c.y),
            Point::new(d.x + cut(), d.y),
        ]
        .map(|corner| by.apply(corner));
        shape.path = vec![
            Segment::Move(corners[0]),
            Segment::Line(corners[1]),
            Segment::Line(corners[2]),
            Segment::Line(corners[3]),
            Segment::Close,
        ];
    }

    /// Moves an item as all of its role on the page.
    fn misregister(&mut self, placed: &mut Placed, register: Length) {
        let role = match &placed.item {
            Item::Run(run) => Some(Arc::clone(&run.role)),
            Item::Shape(shape) => shape.role.clone(),
            Item::Image(_) => None,
        };
        let Some(role) = role else { return };
        let seed = self.seed.derive("register").derive(&role);
        let (dx, dy) = *self.roles.entry(role).or_insert_with(|| {
            let mut rng = seed.rng();
            let mut off = || register * rng.normal().clamp(-1.6, 1.6);
            (off(), off())
        });
        match &mut placed.item {
            Item::Run(run) => {
                run.origin.x += dx;
                run.origin.y += dy;
            }
            Item::Shape(shape) => {
                shape.path.iter_mut().for_each(|segment| match segment {
                    Segment::Move(p) | Segment::Line(p) => {
                        p.x += dx;
                        p.y += dy;
                    }
                    Segment::Curve(a, b, c) => [a, b, c].into_iter().for_each(|p| {
                        p.x += dx;
                        p.y += dy;
                    }),
                    Segment::Close => {}
                });
            }
            Item::Image(_) => {}
        }
    }
}

/// The shadow that a strip throws on the paper under it: a sliver along its lower edge.
pub(super) fn shadow(strip: &Shape) -> Option<Shape> {
    let [_, _, Segment::Line(c), Segment::Line(d), _] = *strip.path.as_slice() else {
        return None;
    };
    let deep = Length::mm(0.28);
    let down = |p: Point| Point::new(p.x + deep * 0.5, p.y + deep);
    Some(Shape {
        path: vec![
            Segment::Move(d),
            Segment::Line(c),
            Segment::Line(down(c)),
            Segment::Line(down(d)),
            Segment::Close,
        ],
        fill: Some(crate::geom::Lab::new(48.0, 3.0, 14.0)),
        stroke: None,
        role: None,
        opacity: 0.5,
        blend: Blend::Ink,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::pages;
    use super::super::{Tools, impress};
    use super::*;
    use crate::geom::Lab;
    use crate::page::{Mark, Run};
    use crate::style::{Ink, InkKind};

    /// The first page of a document of a few typed lines, impressed after a change.
    fn impressed(ink: Ink, change: impl FnOnce(&mut Vec<Placed>)) -> Vec<Item> {
        let mut pages = pages(3);
        change(&mut pages.pages[0].items);
        let tools = Tools { seed: Seed(5), own: Seed(5), case: None };
        impress(&mut pages, &|_, _| ink, tools).expect("it is impressed");
        pages.pages.remove(0).items.into_iter().map(|placed| placed.item).collect()
    }

    /// The runs among items.
    fn runs(items: &[Item]) -> Vec<&Run> {
        items
            .iter()
            .filter_map(|item| match item {
                Item::Run(run) => Some(run),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn all_of_an_ink_misses_its_place_alike() {
        let plain = Ink::of(InkKind::Plain);
        let off = Ink { register: Length::mm(2.0), ..plain };
        let (there, here) = (impressed(plain, |_| {}), impressed(off, |_| {}));
        let moved = |(a, b): (&&Run, &&Run)| {
            let (dx, dy) = (b.origin.x - a.origin.x, b.origin.y - a.origin.y);
            ((dx.to_mm() * 1e6).round(), (dy.to_mm() * 1e6).round())
        };
        let (there, here) = (runs(&there), runs(&here));
        let by: Vec<(f64, f64)> = there.iter().zip(&here).map(moved).collect();
        assert!(by.iter().all(|moved| *moved == by[0]), "{by:?}");
        assert!(by[0] != (0.0, 0.0) && by[0].0.abs() <= 3.2e6 && by[0].1.abs() <= 3.2e6);
    }

    #[test]
    fn a_strip_carries_what_stands_on_it_and_nothing_else() {
        let plain = Ink::of(InkKind::Plain);
        let at = |x, y| Point::new(Length::mm(x), Length::mm(y));
        // Under the second line, whose baseline is at 26 mm.
        let path = vec![
            Segment::Move(at(24.0, 22.0)),
            Segment::Line(at(180.0, 22.0)),
            Segment::Line(at(180.0, 28.0)),
            Segment::Line(at(24.0, 28.0)),
            Segment::Close,
        ];
        let strip = Shape {
            path: path.clone(),
            fill: Some(Lab::new(88.0, 0.0, 20.0)),
            stroke: None,
            role: None,
            opacity: 1.0,
            blend: Blend::Cover,
        };
        let there = impressed(plain, |_| {});
        let here = impressed(plain, |items| {
            let placed = Placed { mark: Mark::Artifact, item: Item::Shape(strip) };
            items.insert(1, placed);
        });
        let (there, runs_here) = (runs(&there), runs(&here));
        let stays = |line: usize| there[line].origin == runs_here[line].origin;
        assert!(stays(0) && !stays(1) && stays(2));
        let shapes: Vec<&Shape> = here
            .iter()
            .filter_map(|item| match item {
                Item::Shape(shape) => Some(shape),
                _ => None,
            })
            .collect();
        // The shadow under it, and the strip itself, no longer square.
        assert_eq!(shapes.len(), 2);
        assert_eq!(shapes[0].blend, Blend::Ink);
        assert_ne!(shapes[1].path, path);
    }
}
