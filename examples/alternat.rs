//! Draws the copies of the treaties side by side, the words that differ underlined, and
//! writes the page that shows them: `cargo run --release --example alternat -- docs`.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use engross::document::{Block, Content, Inline, plain_text};
use engross::lang::Lang;
use engross::picture::{Channels, Picture};
use engross::{Finish, Look, Press};

/// The treaties, with the style of each language and the page that is shown.
const TREATIES: [(&str, [&str; 3], usize); 2] = [
    ("armistice", ["agreement-1953", "print-1953", "print-1953"], 1),
    ("peace-treaty", ["engrossed"; 3], 0),
];

/// The languages.
const LANGS: [&str; 3] = ["en", "ko", "zh"];

/// Pixels to the inch.
const PPI: f64 = 64.0;

/// Pixels between the copies.
const GAP: u32 = 12;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "docs".to_owned());
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder.join("alternat"))?;
    let mut text = "# The alternat\n\nEach power keeps a copy in which it is named first and \
                    signs first, in its own words: `engross render armistice --copy-for all`. \
                    Here the copies stand side by side, words that were switched underlined \
                    (`cargo run --release --example alternat -- docs`).\n"
        .to_owned();
    for (name, styles, page) in TREATIES {
        for (lang, style) in LANGS.into_iter().zip(styles) {
            let (picture, words) = copies(name, lang.parse()?, style, page)?;
            let file = format!("alternat/{name}-{lang}.jpg");
            std::fs::write(folder.join(&file), picture.to_jpeg(80))?;
            write!(text, "\n## {name}, {lang}\n\n![Both copies]({file})\n\n")?;
            if words.is_empty() {
                text.push_str("No word differs; only the order does.\n");
                continue;
            }
            text.push_str("| first copy | second copy | times |\n|---|---|---|\n");
            for ((word, own), times) in words {
                writeln!(text, "| {word} | {own} | {times} |")?;
            }
        }
    }
    std::fs::write(folder.join("alternat.md"), text)?;
    Ok(())
}

/// The words of the first side, what the second has for them, and how often.
type Switched = BTreeMap<(String, String), usize>;

/// A page of both copies side by side, and the words that were switched in the second.
fn copies(
    name: &str,
    lang: Lang,
    style: &str,
    page: usize,
) -> Result<(Picture, Switched), Box<dyn Error>> {
    let marked = format!("extends = \"{style}\"\n[spans.switched]\nunderline = true\n");
    let press =
        Press::with_files([("styles/marked.toml".to_owned(), marked.into_bytes())])?;
    let template = press.template(name)?;
    let look = Look::new().style("marked").finish(Finish::Clean);
    let mut pictures = Vec::new();
    let mut words = Switched::new();
    for copy in template.copies(&template.sample()?, "all")? {
        let filled = template.fill_in(&copy.fields, &[lang])?;
        for part in &filled.document().parts {
            collect(&part.blocks, &mut words);
        }
        pictures.push(press.typeset(&filled, &look)?.picture(page, PPI)?);
    }
    Ok((side_by_side(&pictures), words))
}

/// Counts the words that were switched.
fn collect(blocks: &[Block], words: &mut Switched) {
    for block in blocks {
        match &block.content {
            Content::Paragraph(inlines) | Content::Heading(_, inlines) => {
                spans(inlines, words);
            }
            Content::Group(inner) => collect(inner, words),
            Content::List(entries) => {
                entries.iter().for_each(|entry| collect(&entry.blocks, words));
            }
            Content::Rule => {}
        }
    }
}

/// Counts those of running text.
fn spans(inlines: &[Inline], words: &mut Switched) {
    for inline in inlines {
        let Inline::Span(attributes, inner) = inline else { continue };
        match attributes.get("instead-of") {
            Some(word) => {
                *words.entry((word.to_owned(), plain_text(inner))).or_default() += 1;
            }
            None => spans(inner, words),
        }
    }
}

/// Pictures of one height side by side on grey.
fn side_by_side(pictures: &[Picture]) -> Picture {
    let height = pictures.iter().map(|picture| picture.height).max().unwrap_or(1);
    let width: u32 =
        pictures.iter().map(|picture| picture.width + GAP).sum::<u32>() + GAP;
    let height = height + 2 * GAP;
    let mut pixels = vec![170; (width * height * 3) as usize];
    let mut left = GAP;
    for picture in pictures {
        for (y, row) in
            picture.pixels.chunks_exact(picture.width as usize * 3).enumerate()
        {
            let at = ((y + GAP as usize) * width as usize + left as usize) * 3;
            pixels[at..at + row.len()].copy_from_slice(row);
        }
        left += picture.width + GAP;
    }
    Picture { width, height, channels: Channels::Rgb, pixels }
}
