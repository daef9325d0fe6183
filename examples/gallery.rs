//! Draws the specimen picture of every template of a folder, `sample.png` beside its texts,
//! and writes the page that shows them:
//! `cargo run --release --example gallery -- templates docs/gallery.md`.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use engross::lang::Lang;
use engross::press::SPECIMEN;
use engross::{Look, Press};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "templates".to_owned());
    let page = arguments.next().unwrap_or_else(|| "docs/gallery.md".to_owned());
    let press = Press::new();
    let mut text = "# Gallery\n\nThe first page of each template's sample, as it comes: \
                    `engross render NAME`. The pictures lie beside the templates; they and \
                    this page are made by `cargo run --release --example gallery`.\n"
        .to_owned();
    for name in press.template_names() {
        let template = press.template(name)?;
        let file = Path::new(&folder).join(name).join(SPECIMEN);
        let current = std::fs::read(&file).is_ok_and(|old| {
            press.check_specimen(&template, &old).is_ok_and(|fault| fault.is_none())
        });
        if !current {
            std::fs::write(&file, press.specimen(&template)?)?;
        }
        let filled = template.fill(&template.sample()?)?;
        let count = press.typeset(&filled, &Look::new())?.pages.len();
        let manifest = template.manifest();
        let about = manifest.about.get(&Lang::EN).map_or("", String::as_str);
        let langs: Vec<String> = manifest.langs.iter().map(ToString::to_string).collect();
        let long =
            if count == 1 { "1 page".to_owned() } else { format!("{count} pages") };
        write!(
            text,
            "\n## {name}\n\n{about}. {long}; languages: {}.\n\n\
             ![{name}](../templates/{name}/{SPECIMEN})\n",
            langs.join(", ")
        )?;
    }
    std::fs::write(page, text)?;
    Ok(())
}
