//! Draws one small sheet for each way of making marks, side by side in one picture:
//! `cargo run --release --example impressions -- docs/impressions.jpg`.

use std::error::Error;

use engross::picture::{Channels, Picture};
use engross::press::{Look, Press};
use engross::seed::Seed;

/// Pixels to the inch.
const PPI: f64 = 110.0;

/// How many sheets stand side by side.
const COLUMNS: u32 = 4;

/// White between the sheets, in pixels.
const GAP: u32 = 10;

/// A sheet: its style begins with another, gets these lines, and has this text.
struct Sheet {
    /// The style that its own begins with, and its paper.
    base: [&'static str; 2],
    /// What its own style adds.
    style: &'static str,
    /// Its text, as the body of a template.
    text: &'static str,
}

/// A letter in a hand.
const HAND: &str = "{.left}\nMy dear Brother, \\\nthe letter which you sent has not been seen here; \
                    the little bell of the ferry tells us of letters, and still we hear it {-selldom-}{ruby=\"seldom\"} enough.";

/// Typed lines.
const TYPED: &str = "{.left}\nThe committee has been informed that the kettle of the office is \
                     missed, and that {-teh-} the key of the cellar is where it has been since \
                     nineteen hundred and eleven.";

/// Printed lines.
const PRINT: &str = "{.left}\nNotice is hereby given to all masters of vessels, that the light \
                     upon the northern pier will be extinguished during the repair of the lamp, \
                     and that the bell will be rung instead.";

/// A form with stamps on it.
const STAMPED: &str = "{.left}\nTo the Superintendent of the Lighthouse: the goose is to be \
                       [returned to the cook]{.redacted} without delay.\n\n{kind=rubber \
                       colour=violet text=\"RECEIVED|14 JUN 1943|No. 4417\" .seal .right}\n\
                       :::\n:::\n\n{kind=rubber shape=round colour=red around=\"HARBOUR \
                       OFFICE\" below=\"MARLOW\" text=\"14|JUN|43\" .seal .ring}\n:::\n:::\n";

/// A cover that went through the post.
const POSTED: &str = "{kind=postmark around=\"PORT AVERILL\" below=\"W. T.\" \
                      text=\"JUN 9|7 AM|1923\" .seal .post}\n:::\n:::\n\n{.address}\n\
                      Mrs. Ada Fenwick, \\\n212 Linden Street, \\\nMarlow.";

/// Wax, and paper pressed up.
const SEALED: &str = "{colour=red monogram=K .seal .left-seal}\n:::\n:::\n\n{kind=dry \
                      around=\"SENATE OF KORRIN\" below=\"1887\" text=\"K\" .seal .dry-seal}\n\
                      :::\n:::\n\n{kind=stamp text=\"大朝鮮國\" .seal .paste}\n:::\n:::\n";

/// A classified paper, released.
const SECRET: &str = "{.classification}\n{-MOST SECRET-}\n\n{.left}\nThe submarine \
                      [Halcyon]{.redacted} will lie off [Cape Sorrow]{.redacted} until the geese \
                      have gone. By order of [the Admiral]{.redacted}.";

/// The size of all sheets, and their margins.
const PAGE: &str = "[page]\nwidth = \"3.4in\"\nheight = \"1.8in\"\ntop = \"0.22in\"\nbottom = \
                    \"0.2in\"\nleft = \"0.25in\"\nright = \"0.25in\"\n[folio]\nformat = \"{n}\"\nfirst = 9\nrise = \
                    \"0.2in\"\n";

/// The sheets.
const SHEETS: &[Sheet] = include!("impressions.in");

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "impressions.jpg".to_owned());
    let mut tiles = Vec::new();
    for (number, sheet) in SHEETS.iter().enumerate() {
        tiles.push(draw(sheet, number as u64 + 1)?);
    }
    let picture = contact(&tiles);
    let quality = 82;
    std::fs::write(&path, picture.to_jpeg(quality))?;
    Ok(())
}

/// Draws a sheet.
fn draw(sheet: &Sheet, seed: u64) -> Result<Picture, Box<dyn Error>> {
    let style = format!("extends = \"{}\"\n{PAGE}{}", sheet.base[0], sheet.style);
    let manifest = format!(
        "[template]\nname = \"shown\"\nversion = \"1\"\nkind = \"letter\"\nlangs = [\"en\"]\n\
         title = {{ en = \"Impression\" }}\nabout = {{ en = \"An impression\" }}\n\
         style = \"shown\"\npaper = \"{}\"\n",
        sheet.base[1]
    );
    let files = [
        ("styles/shown.toml", style.as_str()),
        ("templates/shown/template.toml", &manifest),
        ("templates/shown/body.en.dj", sheet.text),
        ("templates/shown/sample.toml", ""),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let press = Press::with_files(files)?;
    let template = press.template("shown")?;
    let filled = template.fill(&template.sample()?)?;
    let look = Look::new().seed(Seed(seed)).mark(false).age(60);
    let pages = press.typeset(&filled, &look)?;
    Ok(pages.picture(0, PPI)?)
}

/// Pictures of one size side by side, row below row.
fn contact(tiles: &[Picture]) -> Picture {
    let (w, h) = (tiles[0].width + GAP, tiles[0].height + GAP);
    let rows = (tiles.len() as u32).div_ceil(COLUMNS);
    let (width, height) = (w * COLUMNS + GAP, h * rows + GAP);
    let mut pixels = vec![255; (width * height * 3) as usize];
    for (number, tile) in tiles.iter().enumerate() {
        let (column, row) = (number as u32 % COLUMNS, number as u32 / COLUMNS);
        for y in 0..tile.height {
            let line = &tile.pixels[(y * tile.width * 3) as usize..]
                [..(tile.width * 3) as usize];
            let at = ((row * h + GAP + y) * width + column * w + GAP) * 3;
            pixels[at as usize..][..line.len()].copy_from_slice(line);
        }
    }
    Picture { width, height, channels: Channels::Rgb, pixels }
}
