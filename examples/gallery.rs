//! Draws the first page of every template's sample and writes the page that shows them:
//! `cargo run --release --example gallery -- docs`.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use engross::lang::Lang;
use engross::{Look, Press};

/// Pixels to the inch.
const PPI: f64 = 72.0;

/// The quality of the pictures.
const QUALITY: u8 = 80;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "docs".to_owned());
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder.join("gallery"))?;
    let press = Press::new();
    let mut text = "# Gallery\n\nThe first page of each template's sample, as it comes: \
                    `engross render NAME`. The pictures and this page are made by \
                    `cargo run --release --example gallery -- docs`.\n"
        .to_owned();
    for name in press.template_names() {
        let template = press.template(name)?;
        let pages = press.typeset(&template.fill(&template.sample()?)?, &Look::new())?;
        let file = format!("gallery/{name}.jpg");
        std::fs::write(folder.join(&file), pages.picture(0, PPI)?.to_jpeg(QUALITY))?;
        let manifest = template.manifest();
        let about = manifest.about.get(&Lang::EN).map_or("", String::as_str);
        let langs: Vec<String> = manifest.langs.iter().map(ToString::to_string).collect();
        let count = pages.pages.len();
        let long =
            if count == 1 { "1 page".to_owned() } else { format!("{count} pages") };
        write!(
            text,
            "\n## {name}\n\n{about}. {long}; languages: {}.\n\n![{name}]({file})\n",
            langs.join(", ")
        )?;
    }
    std::fs::write(folder.join("gallery.md"), text)?;
    Ok(())
}
