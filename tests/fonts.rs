//! The fonts that are bundled, and the traps in them.

use std::sync::Arc;

use engross::font::{Face, Feature};
use engross::lang::Lang;
use engross::press::Press;

/// A bundled face.
fn face(name: &str) -> Arc<Face> {
    Press::new().book().face(name).expect("a bundled face opens")
}

/// The width of a text in ems.
fn width(face: &Face, text: &str) -> f64 {
    face.shape(text, Lang::EN, &[].into()).iter().map(|g| g.advance).sum()
}

#[test]
fn every_bundled_face_opens_and_has_a_licence() {
    let press = Press::new();
    let names: Vec<&str> = press.book().names().collect();
    assert_eq!(names.len(), 30, "{names:?}");
    for name in names {
        let face = press.book().face(name).expect(name);
        assert!(face.glyph_count() > 10, "{name}");
    }
    for name in press.font_names() {
        let family = press.font_family(name).expect(name);
        assert!(!family.licence.is_empty() && !family.about.is_empty(), "{name}");
        let folder =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts").join(name);
        let licence = ["OFL.txt", "LICENSE.txt", "copyright"];
        assert!(
            licence.iter().any(|file| folder.join(file).exists()),
            "{name}: no licence"
        );
    }
}

#[test]
fn special_elite_is_proportional_so_a_grid_must_be_made() {
    let face = face("special-elite");
    assert!(!face.metrics().fixed_pitch);
    assert!((width(&face, "i") - width(&face, "m")).abs() > 0.05);
}

#[test]
fn coverage_means_contours() {
    // Every character a face claims has a contour, white space apart; where the character
    // map leads to an empty glyph the face does not have the character.
    let press = Press::new();
    for name in
        ["nanum-myeongjo", "la-belle-aurore", "special-elite", "cactus-classical-serif"]
    {
        let face = press.book().face(name).expect(name);
        for c in (0x21..0x2fff).chain(0x4e00..0x9fff).filter_map(char::from_u32) {
            if let Some(glyph) = face.glyph(c) {
                assert!(c.is_whitespace() || face.has_contour(glyph), "{name}: {c}");
            }
        }
    }
}

#[test]
fn faces_that_draw_nothing_for_a_missing_glyph_do_not_claim_it() {
    let silent = [
        "nanum-myeongjo",
        "nanum-pen-script",
        "cedarville-cursive",
        "herr-von-muellerhoff",
        "homemade-apple",
        "la-belle-aurore",
        "mr-dafoe",
        "special-elite",
    ];
    for name in silent {
        assert_eq!(face(name).glyph('\u{12345}'), None, "{name}");
        assert_eq!(face(name).glyph('鑑'), None, "{name}");
    }
    for c in ['―', '〇'] {
        assert_eq!(face("nanum-myeongjo").glyph(c), None, "{c}");
        assert!(face("cactus-classical-serif").glyph(c).is_some(), "{c}");
    }
}

#[test]
fn no_style_asks_for_every_s_to_be_long_or_for_abbreviations() {
    let press = Press::new();
    for name in press.style_names() {
        let style = press.style(name).expect(name);
        let rules = style.lang.values().chain([&style.rules]);
        for rules in rules {
            let tables =
                rules.blocks.values().chain(rules.spans.values()).chain([&rules.text]);
            for said in tables {
                let features = said.features.as_deref().unwrap_or_default();
                assert!(!features.split_whitespace().any(|f| f == "hist"), "{name}");
                // Black letter has abbreviations among its ligatures.
                let face = said.face.as_deref().unwrap_or("body");
                let faces = style.rules.faces.get(face);
                let black = faces.is_some_and(|f| f[0] == "manufacturing-consent");
                let around = style.rules.text.features.as_deref().unwrap_or_default();
                let all = said.features.as_deref().unwrap_or(around);
                let abbreviates = black && all.split_whitespace().any(|f| f == "dlig");
                assert!(!abbreviates, "{name}");
            }
        }
    }
}

#[test]
fn black_letter_writes_words_out_and_lacks_dashes() {
    let face = face("manufacturing-consent");
    let plain = face.shape("and the", Lang::EN, &[].into());
    assert_eq!(plain.len(), 7, "no abbreviations inside words");
    let dlig = Feature { tag: *b"dlig", value: 1 };
    assert!(face.shape("and the", Lang::EN, &[dlig].into()).len() < 7, "they are there");
    for c in ['*', '—', '–', '½', '•', '†'] {
        assert_eq!(face.glyph(c), None, "{c}");
    }
}

#[test]
fn the_old_kern_table_of_the_fell_types_is_used() {
    let face = face("im-fell-english");
    assert!(width(&face, "AV") < width(&face, "A") + width(&face, "V") - 0.01);
}

#[test]
fn postscript_outlines_are_found_where_they_are() {
    assert!(face("tex-gyre-schola").is_cff());
    assert!(face("printers-flowers").is_cff());
    assert!(!face("eb-garamond").is_cff());
    let flowers = face("printers-flowers");
    assert!(('\u{e000}'..='\u{e01c}').all(|c| flowers.glyph(c).is_some()));
}

#[test]
fn all_of_hangul_is_there_and_the_hanja_of_the_armistice() {
    let myeongjo = face("nanum-myeongjo");
    assert!(('가'..='힣').all(|c| myeongjo.glyph(c).is_some()));
    let cactus = face("cactus-classical-serif");
    assert!(
        "朝鮮人民軍最高司令官及中國人民志願軍司令員"
            .chars()
            .all(|c| cactus.glyph(c).is_some())
    );
}

#[test]
fn a_subset_of_postscript_outlines_is_bare_and_one_of_truetype_is_a_font() {
    let schola = face("tex-gyre-schola");
    let glyph = schola.glyph('A').expect("it has an A");
    let subset = schola.subset([glyph]).expect("it can be subset");
    assert_eq!(
        subset.bytes[..2],
        [1, 0],
        "CFF version 1.0, not an OpenType file around it"
    );
    let elite = face("special-elite");
    let glyph = elite.glyph('i').expect("it has an i");
    let mut subset = elite.subset([glyph]).expect("it can be subset");
    assert_eq!(subset.bytes[..4], [0, 1, 0, 0]);
    // In a wide cell a narrow letter moves to the right by half of what it is given.
    let own = elite.advance(glyph) * f64::from(elite.units_per_em());
    let moved = subset.centred(&[2000, 2000]).expect("TrueType outlines move");
    assert!((f64::from(moved[1]) - (2000.0 - own) / 2.0).abs() <= 1.0);
}
