use std::sync::Arc;

use super::*;
use crate::font::{Face, FontBytes};
use crate::geom::{Angle, Length, Point, Size};
use crate::lang::Lang;
use crate::page::{FaceId, Glyph, Mark, Page, Placed, Run};
use crate::paper::Side;

/// A page with lines of the same letters over and over.
pub(super) fn pages(lines: usize) -> Pages {
    let glyph = |i: usize| Glyph {
        id: (i % 26) as u16,
        x: Length::mm(2.54 * i as f64),
        y: Length::ZERO,
        text: i..i + 1,
        strike: None,
    };
    let run = |line: usize| Run {
        face: FaceId(0),
        size: Length::pt(12.0),
        origin: Point::new(Length::mm(25.0), Length::mm(20.0 + 6.0 * line as f64)),
        turn: Angle::ZERO,
        slant: Angle::ZERO,
        vertical: false,
        stretch: 1.0,
        cell: None,
        ink: Lab::default(),
        role: Arc::from("body"),
        text: "abcdefghij klmnopqrst uvwxyz".repeat(2),
        glyphs: (0..50).map(glyph).collect(),
    };
    let items = (0..lines)
        .map(|line| Placed { mark: Mark::Artifact, item: Item::Run(run(line)) })
        .collect();
    let page = Page {
        size: Size::new(Length::inches(8.5), Length::inches(11.0)),
        label: "1".into(),
        lang: Lang::EN,
        side: Side::Recto,
        sheet: None,
        scan: None,
        inks: BTreeMap::new(),
        items,
    };
    Pages { pages: vec![page], ..Pages::default() }
}

/// The page after it was written with an ink.
fn written(kind: InkKind, seed: u64) -> Vec<Run> {
    let mut pages = pages(40);
    let seed = Seed(seed);
    let tools = Tools { seed, own: seed, case: None };
    impress(&mut pages, &|_, _| Ink::of(kind), tools).expect("it is impressed");
    let items = pages.pages.remove(0).items.into_iter();
    items
        .filter_map(|placed| match placed.item {
            Item::Run(run) => Some(run),
            _ => None,
        })
        .collect()
}

/// Mean and standard deviation.
fn spread(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n;
    (mean, libm::sqrt(variance))
}

/// The strikes of all glyphs.
fn strikes(runs: &[Run]) -> Vec<crate::page::Strike> {
    runs.iter().flat_map(|run| &run.glyphs).filter_map(|glyph| glyph.strike).collect()
}

#[test]
fn strokes_of_a_machine_are_of_many_densities() {
    let strikes = strikes(&written(InkKind::Ribbon, 3));
    let contrast: Vec<f64> = strikes.iter().map(|s| f64::from(PAPER - s.ink.l)).collect();
    let (mean, deviation) = spread(&contrast);
    assert!((0.03..0.13).contains(&(deviation / mean)), "{}", deviation / mean);
    assert!((29.0..67.0).contains(&mean), "{mean}");
}

#[test]
fn a_key_is_as_dark_on_the_whole_page() {
    let runs = written(InkKind::Ribbon, 3);
    let of = |id: u16| -> Vec<f64> {
        let glyphs = runs.iter().flat_map(|run| &run.glyphs).filter(|g| g.id == id);
        glyphs.filter_map(|g| g.strike).map(|s| s.ink.l.into()).collect()
    };
    let means: Vec<f64> = (0..26).map(|id| spread(&of(id)).0).collect();
    let within: Vec<f64> = (0..26).map(|id| spread(&of(id)).1).collect();
    // Half of the variance is the key's, and 80 strokes of it tell its mean well.
    assert!(spread(&means).1 > 0.7 * spread(&within).0, "keys differ as strokes do");
}

#[test]
fn all_who_sign_a_name_share_its_font() {
    let file = include_bytes!("../../fonts/homemade-apple/HomemadeApple_400Regular.ttf");
    let face = Face::new("apple", FontBytes::Static(file)).expect("a font");
    let (face, case) = (Arc::new(face), Case::default());
    let signed = |seed: u64, letters: core::ops::Range<u16>| {
        let mut pages = pages(1);
        pages.faces.push(Arc::clone(&face));
        let Item::Run(run) = &mut pages.pages[0].items[0].item else { panic!("a run") };
        run.glyphs.truncate(letters.len());
        run.glyphs.iter_mut().zip(letters).for_each(|(glyph, id)| glyph.id = id);
        let tools = Tools { seed: Seed(seed), own: Seed(7), case: Some(&case) };
        let ink = |_: &Page, _: &str| Ink::of(InkKind::Pen);
        impress(&mut pages, &ink, tools).expect("it is impressed");
        pages
    };
    let (one, other, third) = (signed(1, 40..49), signed(2, 40..49), signed(3, 41..50));
    assert!(Arc::ptr_eq(&one.faces[1], &other.faces[1]));
    assert!(!Arc::ptr_eq(&one.faces[1], &third.faces[1]));
    // Two forms of each of nine letters, and the missing glyph.
    assert_eq!(one.faces[1].glyph_count(), 19);
}

#[test]
fn words_stay_near_their_line_and_the_pen_is_dipped() {
    let runs = written(InkKind::Pen, 5);
    let laid_out = |line: usize| 20.0 + 6.0 * line as f64;
    for run in &runs {
        let line = ((run.origin.y.to_mm() - 20.0) / 6.0).round() as usize;
        assert!((run.origin.y.to_mm() - laid_out(line)).abs() < 0.8, "{:?}", run.origin);
        assert!(run.turn.to_degrees().abs() < 3.0);
    }
    let strikes = strikes(&runs);
    let light: Vec<f64> = strikes.iter().map(|s| f64::from(s.ink.l)).collect();
    let brown: Vec<f64> = strikes.iter().map(|s| f64::from(s.ink.b)).collect();
    let ((l, dl), (b, db)) = (spread(&light), spread(&brown));
    let both: f64 = light.iter().zip(&brown).map(|(x, y)| (x - l) * (y - b)).sum();
    let correlation = both / (light.len() as f64 * dl * db);
    assert!(dl > 2.0 && correlation > 0.5, "thin ink is browner: {dl} {correlation}");
}

#[test]
fn ink_is_never_black_and_a_seed_is_a_page() {
    for kind in [InkKind::Ribbon, InkKind::Pen, InkKind::Ballpoint] {
        let one = strikes(&written(kind, 1));
        assert!(one.iter().all(|s| s.ink.l >= DARKEST));
        assert_eq!(one, strikes(&written(kind, 1)), "the same twice");
        assert_ne!(one, strikes(&written(kind, 2)), "another seed");
    }
    let printed = written(InkKind::Press, 1);
    assert!(printed.iter().all(|run| run.ink.l >= DARKEST));
    assert!(strikes(&printed).is_empty(), "type stands straight");
}

#[test]
fn seals_cover_their_middle_and_leave_their_corners() {
    use crate::document::Attributes;
    use crate::ink::seal::Seal;
    let mut attributes = Attributes::class("seal");
    attributes.pairs.insert("colour".into(), "red".into());
    let draw = |attributes: &Attributes, seed: u64| {
        let seal = Seal::from_attributes(attributes);
        let drawn = seal.draw(Length::mm(20.0), Seed(seed), &|_| None);
        let Some(Item::Image(image)) = drawn.items.into_iter().next() else {
            unreachable!("a seal is a picture")
        };
        (drawn.alt, image.picture)
    };
    let (alt, picture) = draw(&attributes, 1);
    assert!(alt.contains("red wax"));
    let middle = picture.pixel(picture.width / 2, picture.width / 2);
    assert!(middle[3] == 255 && middle[0] > middle[2], "{middle:?}");
    assert_eq!(picture.pixel(0, 0)[3], 0);
    assert_eq!(draw(&attributes, 1).1, picture);
    assert_ne!(draw(&attributes, 2).1, picture);
    attributes.pairs.insert("ribbon".into(), "none".into());
    let (bare_alt, bare) = draw(&attributes, 1);
    assert!(alt.contains("ribbon") && !bare_alt.contains("ribbon"));
    assert_eq!(bare.width, bare.height, "nothing hangs below the wax");
    assert!(bare.pixel(bare.width / 2, bare.width / 2)[3] == 255);
}
