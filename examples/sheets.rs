//! The contact sheet of docs/papers.md: corners of each paper at four ages, each wear, each
//! kind of edge. Run it from the folder of the project:
//! `cargo run --release --example sheets`.

use std::error::Error;

use engross::geom::{Length, Size};
use engross::paper::{Age, Bed, Edge, Wear};
use engross::picture::{Channels, Picture};
use engross::{Look, Press};

/// The ages of the papers.
const AGES: [i32; 4] = [0, 35, 70, 100];

/// What is shown of a paper, in pixels at 100 to the inch.
const CORNER: [u32; 2] = [170, 118];

/// Pixels to the inch of whole sheets.
const SMALL: f64 = 32.0;

/// Pixels between pictures.
const GAP: u32 = 6;

/// A part of a picture.
fn corner(picture: &Picture, [width, height]: [u32; 2]) -> Picture {
    let stride = picture.width as usize * 3;
    let from = stride - width as usize * 3;
    let rows = picture.pixels.chunks_exact(stride).take(height as usize);
    let pixels = rows.flat_map(|row| &row[from..]).copied().collect();
    Picture { width, height, channels: Channels::Rgb, pixels }
}

/// Pictures in rows of so many, on grey.
fn tiled(pictures: &[Picture], columns: usize) -> Picture {
    let wide = pictures.iter().map(|p| p.width).max().unwrap_or(1) + GAP;
    let high = pictures.iter().map(|p| p.height).max().unwrap_or(1) + GAP;
    let width = wide * columns as u32;
    let height = high * pictures.len().div_ceil(columns) as u32;
    let mut sheet = grey(width, height);
    for (number, picture) in pictures.iter().enumerate() {
        let (column, row) = ((number % columns) as u32, (number / columns) as u32);
        paste(&mut sheet, picture, [column * wide + GAP / 2, row * high + GAP / 2]);
    }
    sheet
}

/// A grey picture.
fn grey(width: u32, height: u32) -> Picture {
    let pixels = vec![118; (width * height * 3) as usize];
    Picture { width, height, channels: Channels::Rgb, pixels }
}

/// Puts a picture into another.
fn paste(sheet: &mut Picture, picture: &Picture, [left, top]: [u32; 2]) {
    let row = picture.width as usize * 3;
    for (y, line) in picture.pixels.chunks_exact(row).enumerate() {
        let start = ((top as usize + y) * sheet.width as usize + left as usize) * 3;
        sheet.pixels[start..start + row].copy_from_slice(line);
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let press = Press::new();
    let letter = Some(Size::new(Length::inches(8.5), Length::inches(11.0)));
    let draw = |paper: &str, look: &Look, ppi: f64| {
        press.sheet(paper, look, letter)?.picture(0, ppi)
    };
    let mut papers = Vec::new();
    for name in press.paper_names() {
        for age in AGES {
            let sheet = draw(name, &Look::new().age(Age::from(age)), 100.0)?;
            papers.push(corner(&sheet, CORNER));
        }
    }
    let mut worn = Vec::new();
    for (_, wear) in Wear::ALL {
        let look = Look::new().age(Age::from(70)).wear([wear]);
        worn.push(draw("machine-wove", &look, SMALL)?);
    }
    for (bed, (_, edge)) in
        [Bed::Dark, Bed::Dark, Bed::Grey, Bed::Grey].iter().zip(Edge::ALL)
    {
        let look = Look::new().age(Age::from(60)).edges(edge).bed(*bed);
        worn.push(draw("laid-rag", &look, SMALL)?);
    }
    let spent = Look::new().age(Age::from(100)).bed(Bed::Grey);
    worn.push(draw("mimeograph", &spent, SMALL)?);
    let all = Look::new().age(Age::from(80)).wear([
        Wear::Pocket,
        Wear::Damp,
        Wear::Desk,
        Wear::Archive,
    ]);
    worn.push(draw("bond", &all, SMALL)?);
    let (papers, worn) = (tiled(&papers, AGES.len()), tiled(&worn, 3));
    let mut sheet = grey(papers.width + worn.width, papers.height.max(worn.height));
    paste(&mut sheet, &papers, [0, 0]);
    paste(&mut sheet, &worn, [papers.width, 0]);
    std::fs::write("docs/sheets.jpg", sheet.to_jpeg(78))?;
    Ok(())
}
