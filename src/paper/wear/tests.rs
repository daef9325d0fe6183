//! What happened to sheets, measured.

use super::Wear;
use crate::geom::{Length, Resolution, Size};
use crate::paper::{Age, Bed, Edge, Paper, Rim, Sheet, Side};
use crate::picture::Picture;
use crate::raster::Step;
use crate::seed::Seed;

/// A Letter sheet at 40 pixels to the inch.
fn sheet(paper: &Paper, age: f32, seed: u64) -> Sheet<'_> {
    Sheet {
        paper,
        size: Size::new(Length::inches(8.5), Length::inches(11.0)),
        age: Age::new(age).unwrap(),
        ream: Seed(seed),
        seed: Seed(seed),
        side: Side::Recto,
        resolution: Resolution(40.0),
        wear: &[],
        rim: Rim::default(),
    }
}

/// How many pixels of two pictures differ by more than `least` in some channel.
fn differing(one: &Picture, two: &Picture, least: u8) -> usize {
    let pairs = one.pixels.chunks_exact(3).zip(two.pixels.chunks_exact(3));
    let far =
        |(p, q): &(&[u8], &[u8])| p.iter().zip(*q).any(|(a, b)| a.abs_diff(*b) > least);
    pairs.filter(far).count()
}

/// The share of a sheet's pixels that its wear marks.
fn marked(sheet: Sheet<'_>) -> f64 {
    let (worn, plain) =
        (sheet.draw().picture(), Sheet { wear: &[], ..sheet }.draw().picture());
    differing(&worn, &plain, 6) as f64 / f64::from(worn.width * worn.height)
}

#[test]
fn the_share_of_marked_area_grows_with_age() {
    let paper = Paper::default();
    for (name, wear) in Wear::ALL {
        for seed in 1..4 {
            let shares: Vec<f64> = [0.0, 30.0, 60.0, 100.0]
                .map(|age| marked(Sheet { wear: &[wear], ..sheet(&paper, age, seed) }))
                .to_vec();
            assert!(shares[0] > 0.0, "{name} {seed}: {shares:?}");
            // A pixel in a thousand may fall below what counts.
            let grows = shares.windows(2).all(|pair| pair[1] >= pair[0] - 1e-3);
            assert!(grows && shares[3] > shares[0], "{name} {seed}: {shares:?}");
        }
    }
}

#[test]
fn neighbouring_seeds_are_worn_differently() {
    let paper = Paper::default();
    for (name, wear) in Wear::ALL {
        let marks = |seed: u64| {
            let plain = sheet(&paper, 70.0, seed);
            let worn = Sheet { wear: &[wear], ..plain }.draw().picture();
            let pairs = worn.pixels.into_iter().zip(plain.draw().picture().pixels);
            pairs.map(|(a, b)| a.abs_diff(b) > 6).collect::<Vec<bool>>()
        };
        let (one, two) = (marks(5), marks(6));
        let either = one.iter().zip(&two).filter(|(a, b)| **a || **b).count();
        let both = one.iter().zip(&two).filter(|(a, b)| **a && **b).count();
        assert!(both * 10 < either * 9, "{name}: {both} of {either}");
    }
}

#[test]
fn traces_that_go_through_are_seen_from_both_sides() {
    let paper = Paper::default();
    for wear in [Wear::Damp, Wear::Fire, Wear::Folder, Wear::Sun, Wear::Handling] {
        let marks = |side: Side| {
            let plain = Sheet { side, ..sheet(&paper, 70.0, 3) };
            let worn = Sheet { wear: &[wear], ..plain }.draw().picture();
            let width = worn.width as usize;
            let plain = plain.draw().picture();
            let far = worn.pixels.chunks_exact(3).zip(plain.pixels.chunks_exact(3));
            let far: Vec<bool> = far.map(|(a, b)| a[2].abs_diff(b[2]) > 8).collect();
            (far, width)
        };
        let ((front, width), (mut back, _)) = (marks(Side::Recto), marks(Side::Verso));
        back.chunks_exact_mut(width).for_each(<[bool]>::reverse);
        let either = front.iter().zip(&back).filter(|(a, b)| **a || **b).count();
        let both = front.iter().zip(&back).filter(|(a, b)| **a && **b).count();
        assert!(both * 10 > either * 7, "{wear:?}: {both} of {either}");
    }
}

#[test]
fn fire_takes_paper_away_and_says_where() {
    let paper = Paper::default();
    let burnt = Sheet { wear: &[Wear::Fire], ..sheet(&paper, 80.0, 2) };
    let picture = burnt.draw().picture();
    let white =
        picture.pixels.chunks_exact(3).filter(|p| p.iter().all(|v| *v > 247)).count();
    let dark = picture.pixels.chunks_exact(3).filter(|p| p[0] < 70).count();
    assert!(white > 500 && dark > 200, "{white} {dark}");
    assert_eq!(sheet(&paper, 80.0, 2).outline(), None);
    // Where the outline says that paper is left, the picture is not white.
    let mut canvas = crate::raster::Canvas::over(picture.clone(), burnt.resolution);
    canvas.restore_outside(&burnt.outline().unwrap(), &blank(&picture, 0));
    let left = canvas.into_picture();
    let white_left =
        left.pixels.chunks_exact(3).filter(|p| p.iter().all(|v| *v > 247)).count();
    assert!(white_left * 50 < white, "{white_left} of {white}");
    let lost = left.pixels.chunks_exact(3).filter(|p| **p == [0; 3]).count();
    assert!(lost * 10 > white * 9 && lost * 10 < white * 12, "{lost} of {white}");
}

/// A picture of one grey, as large as another.
fn blank(picture: &Picture, grey: u8) -> Picture {
    Picture { pixels: vec![grey; picture.pixels.len()], ..picture.clone() }
}

#[test]
fn the_outline_of_the_back_is_that_of_the_front_turned_over() {
    let paper = Paper::default();
    let front = Sheet { wear: &[Wear::Fire], ..sheet(&paper, 80.0, 2) };
    let points = |sheet: Sheet<'_>| -> Vec<[f64; 2]> {
        let steps = sheet.outline().unwrap().steps;
        let points = steps.into_iter().filter_map(|step| match step {
            Step::Move(p) | Step::Line(p) => Some([p.x.to_mm(), p.y.to_mm()]),
            _ => None,
        });
        points.collect()
    };
    let back = points(Sheet { side: Side::Verso, ..front });
    for (one, two) in points(front).into_iter().zip(back) {
        assert!((215.9 - one[0] - two[0]).abs() < 1e-3 && one[1] == two[1]);
    }
}

#[test]
fn edges_and_beds_show() {
    let paper = Paper::default();
    let plain = sheet(&paper, 60.0, 4);
    let corner = |picture: &Picture| picture.pixel(1, 1)[0];
    assert!(plain.outline().is_none() && corner(&plain.draw().picture()) > 150);
    let dark = Sheet { rim: Rim { edge: None, bed: Bed::Dark }, ..plain };
    assert!(dark.outline().is_some() && corner(&dark.draw().picture()) < 60);
    for (name, edge) in Edge::ALL {
        let rim = Rim { edge: Some(edge), bed: Bed::White };
        let whole = Sheet { rim, ..plain }.outline().is_none();
        assert_eq!(whole, edge == Edge::Cut, "{name}");
        assert_eq!(name.parse(), Ok(edge));
    }
    assert!("ragged".parse::<Edge>().unwrap_err().to_string().contains("deckle"));
    assert!("black".parse::<Bed>().unwrap_err().to_string().contains("dark"));
}

#[test]
fn brittle_paper_crumbles_at_the_far_end_of_its_life() {
    let paper: Paper = toml::from_str("[edges]\nbrittle = 1.0").unwrap();
    assert!(sheet(&paper, 50.0, 1).outline().is_none());
    let lost = |age: f32| {
        let picture = sheet(&paper, age, 1).draw().picture();
        picture.pixels.chunks_exact(3).filter(|p| **p == [255; 3]).count()
    };
    assert!(lost(100.0) > lost(85.0), "{} {}", lost(100.0), lost(85.0));
}

#[test]
fn watermarks_are_texts_or_shapes() {
    let read = |recipe: &str| toml::from_str::<Paper>(recipe);
    let plain = Paper::default();
    let marked = read("[watermark]\ntext = 'E 1'\nheight = '40mm'\ndepth = 4.0").unwrap();
    let [with, without] =
        [&marked, &plain].map(|paper| sheet(paper, 40.0, 1).draw().picture());
    assert!(differing(&with, &without, 4) > 100);
    let shape = read("[watermark]\npath = 'M 0 0 L 9 0 C 9 5 5 9 0 9 Z'");
    assert!(shape.is_ok());
    for (recipe, says) in [
        ("text = 'é'", "letters from A to Z"),
        ("path = 'M 0 0 l 1 1'", "path of M, L, C and Z"),
        ("path = 'M 0'", "path of M, L, C and Z"),
        ("text = 'A'\npath = 'M 0 0 L 1 1'", "either `text` or `path`"),
        ("wire = '1mm'", "either `text` or `path`"),
    ] {
        let error = read(&format!("[watermark]\n{recipe}")).unwrap_err().to_string();
        assert!(error.contains(says), "{recipe}: {error}");
    }
}
