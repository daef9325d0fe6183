//! Each template and each paper looks as it did: small reference pictures, compared with a
//! little tolerance. After a change that is meant, look at the pages, then run
//! `ENGROSS_PICTURES=write cargo test --test pictures` and look at the difference.

use std::fs;
use std::path::{Path, PathBuf};

use engross::geom::{Length, Size};
use engross::paper::{Age, Bed, Edge, Wear};
use engross::picture::Picture;
use engross::press::SPECIMEN;
use engross::{Look, Pages, Press};

/// Pixels to the inch of the references: enough to see where ink is.
const PPI: f64 = 24.0;

/// How far a pixel may be off on average, of 255.
const MEAN: f64 = 1.5;

/// Where the references are.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures")
}

/// Compares a page with its reference, or writes the reference when that is asked for.
fn compare(name: &str, pages: &Pages, page: usize) -> Result<(), String> {
    let path = folder().join(format!("{name}.png"));
    let png = pages.png(page, PPI).map_err(|error| format!("{name}: {error}"))?;
    if std::env::var("ENGROSS_PICTURES").is_ok_and(|v| v == "write") {
        fs::create_dir_all(folder()).map_err(|error| error.to_string())?;
        return fs::write(path, png).map_err(|error| error.to_string());
    }
    let reference =
        fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let [drawn, kept] = [png, reference].map(|bytes| Picture::from_bytes(&bytes));
    let (Ok(drawn), Ok(kept)) = (drawn, kept) else {
        return Err(format!("{name}: not a picture"));
    };
    if (drawn.width, drawn.height) != (kept.width, kept.height) {
        return Err(format!("{name}: the page has another size"));
    }
    let off: u64 = drawn
        .pixels
        .iter()
        .zip(&kept.pixels)
        .map(|(a, b)| u64::from(a.abs_diff(*b)))
        .sum();
    let mean = off as f64 / drawn.pixels.len() as f64;
    if mean > MEAN {
        Err(format!("{name}: differs by {mean:.2} on average"))
    } else {
        Ok(())
    }
}

/// All that differ, together.
fn report(results: impl Iterator<Item = Result<(), String>>) {
    let faults: Vec<String> = results.filter_map(Result::err).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_samples_look_as_they_did() {
    let press = Press::new();
    let results = press.template_names().flat_map(|name| {
        let template = press.template(name).expect(name);
        let sample = template.sample().expect(name);
        let langs = template.manifest().langs.clone();
        let press = press.clone();
        langs.into_iter().flat_map(move |lang| {
            let filled = template.fill_in(&sample, &[lang]).expect("the sample fills");
            let pages = press.typeset(&filled, &Look::new()).expect("the sample is set");
            let last = pages.pages.len() - 1;
            let first = compare(&format!("{name}-{lang}"), &pages, 0);
            let end = compare(&format!("{name}-{lang}-end"), &pages, last);
            [first, end]
        })
    });
    report(results);
}

#[test]
fn the_papers_look_as_they_did() {
    let press = Press::new();
    let results = press.paper_names().flat_map(|name| {
        let press = press.clone();
        [0, 50, 100].map(|age| {
            let look = Look::new().age(Age::from(age));
            let pages = press.sheet(name, &look, None).expect("a sheet");
            compare(&format!("paper-{name}-{age}"), &pages, 0)
        })
    });
    report(results);
}

#[test]
fn worn_sheets_look_as_they_did() {
    let press = Press::new();
    let octavo = Some(Size::new(Length::inches(5.5), Length::inches(8.0)));
    let draw = |name: String, look: Look| {
        let pages = press.sheet("machine-wove", &look.age(Age::from(75)), octavo);
        compare(&name, &pages.expect("a sheet"), 0)
    };
    let worn = Wear::ALL
        .into_iter()
        .map(|(name, wear)| draw(format!("wear-{name}"), Look::new().wear([wear])));
    let edges = Edge::ALL.into_iter().map(|(name, edge)| {
        draw(format!("edge-{name}"), Look::new().edges(edge).bed(Bed::Dark))
    });
    report(worn.chain(edges));
}

#[test]
fn a_picture_that_differs_is_found() {
    let press = Press::new();
    let old =
        press.sheet("wove", &Look::new().age(Age::from(100)), None).expect("a sheet");
    if std::env::var("ENGROSS_PICTURES").is_err() {
        assert!(compare("paper-wove-0", &old, 0).is_err(), "age shows");
    }
}

#[test]
fn specimens_are_current() {
    let press = Press::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    report(press.template_names().map(|name| {
        let file = folder.join(name).join(SPECIMEN);
        let file = fs::read(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        let template = press.template(name).map_err(|e| e.to_string())?;
        match press.check_specimen(&template, &file) {
            Ok(None) => Ok(()),
            Ok(Some(fault)) => Err(format!("{name}: {fault}")),
            Err(problems) => Err(format!("{name}: {problems}")),
        }
    }));
}
