//! The words of a document as this library writes them and as krilla does, from the same
//! glyph runs: FOLDER/NAME-ours.pdf and FOLDER/NAME-krilla.pdf, with the time each took.
//!
//! `cargo run --release --example krilla -- FOLDER TEMPLATE…`

#![allow(clippy::print_stdout, reason = "what it prints is what it is for")]

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use engross::export::PdfOptions;
use engross::page::{FaceId, Item, Run};
use engross::{Finish, Look, Pages, Press};
use krilla::color::rgb;
use krilla::configure::{Configuration, Validator};
use krilla::geom::{Point, Transform};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

/// How often each file is written, for the time.
const TIMES: u32 = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().ok_or("name a folder")?;
    std::fs::create_dir_all(&folder)?;
    for name in args {
        let pages = words_only(&name)?;
        let (ours, our_time) = timed(|| Ok(pages.pdf(&PdfOptions::default())?))?;
        let (theirs, their_time) = timed(|| with_krilla(&pages))?;
        println!("{name}: ours {} bytes, {our_time:.1?}", ours.len());
        println!("{name}: krilla {} bytes, {their_time:.1?}", theirs.len());
        std::fs::write(Path::new(&folder).join(format!("{name}-ours.pdf")), ours)?;
        std::fs::write(Path::new(&folder).join(format!("{name}-krilla.pdf")), theirs)?;
    }
    Ok(())
}

/// A sample, clean, with nothing but its runs.
fn words_only(name: &str) -> Result<Pages, Box<dyn Error>> {
    let press = Press::new();
    let template = press.template(name)?;
    let look = Look::new().finish(Finish::Clean).style("print-1953");
    let mut pages = press.typeset(&template.fill(&template.sample()?)?, &look)?;
    for page in &mut pages.pages {
        page.items.retain(|placed| matches!(placed.item, Item::Run(_)));
    }
    Ok(pages)
}

/// The file, and how long it takes to write it.
fn timed(
    write: impl Fn() -> Result<Vec<u8>, Box<dyn Error>>,
) -> Result<(Vec<u8>, Duration), Box<dyn Error>> {
    let file = write()?;
    let start = Instant::now();
    for _ in 0..TIMES {
        write()?;
    }
    Ok((file, start.elapsed() / TIMES))
}

/// The same runs in a PDF/A-2u of krilla's.
fn with_krilla(pages: &Pages) -> Result<Vec<u8>, Box<dyn Error>> {
    let configuration = Configuration::new_with_validator(Validator::A2_U);
    let settings = SerializeSettings { configuration, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let font = |face: &std::sync::Arc<engross::font::Face>| {
        Font::new(face.bytes().to_vec().into(), 0).ok_or("a face is no font")
    };
    let fonts: Vec<Font> = pages.faces.iter().map(font).collect::<Result<_, _>>()?;
    for page in &pages.pages {
        let [width, height] =
            [page.size.width, page.size.height].map(|side| side.to_pt() as f32);
        let settings = PageSettings::from_wh(width, height).ok_or("an empty page")?;
        let mut own = document.start_page_with(settings);
        let mut surface = own.surface();
        for placed in &page.items {
            if let Item::Run(run) = &placed.item {
                let FaceId(face) = run.face;
                draw(&mut surface, run, &fonts[usize::from(face)]);
            }
        }
        surface.finish();
        own.finish();
    }
    document.finish().map_err(|error| format!("{error:?}").into())
}

/// Draws a run.
fn draw(surface: &mut Surface<'_>, run: &Run, font: &Font) {
    let size = run.size.to_pt() as f32;
    let ink = run.ink.to_rgb();
    surface.set_fill(Some(Fill {
        paint: rgb::Color::new(ink.r, ink.g, ink.b).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }));
    let stretch = run.stretch as f32;
    let share = |length: engross::geom::Length| length.to_pt() as f32 / size / stretch;
    let next =
        |index: usize| run.glyphs.get(index + 1).map_or(0.0, |glyph| share(glyph.x));
    let glyphs: Vec<KrillaGlyph> = run
        .glyphs
        .iter()
        .enumerate()
        .map(|(index, glyph)| {
            let advance = (next(index) - share(glyph.x)).max(0.0);
            let id = GlyphId::new(glyph.id.into());
            let rise = -share(glyph.y) * stretch;
            KrillaGlyph::new(id, advance, 0.0, rise, 0.0, glyph.text.clone(), None)
        })
        .collect();
    let (x, y) = (run.origin.x.to_pt() as f32, run.origin.y.to_pt() as f32);
    surface.push_transform(&Transform::from_row(stretch, 0.0, 0.0, 1.0, x, y));
    surface.draw_glyphs(
        Point::from_xy(0.0, 0.0),
        &glyphs,
        font.clone(),
        &run.text,
        size,
        false,
    );
    surface.pop();
}
