//! Styles: what they begin with, and the font files beside them.

use std::sync::Arc;

use super::store::{Kind, Store};
use crate::diag::{Diagnostic, Place, Result};
use crate::style::{Rules, Style};

/// A font file beside a style: the name of its face, the path, the bytes.
pub(super) type OwnFont = (String, String, Arc<[u8]>);

/// The largest font file that is read.
#[cfg(feature = "fs")]
const LARGEST_FONT: u64 = 64 << 20;

/// How many styles may begin with one another.
const DEEPEST: usize = 8;

/// A style, complete.
#[derive(Clone, Debug)]
pub(super) struct Styled {
    /// The style on top of those it begins with.
    pub style: Arc<Style>,
    /// The font files beside it.
    pub fonts: Vec<OwnFont>,
}

/// A style by name or file, on top of those it begins with.
pub(super) fn load(store: &Store, name: &str) -> Result<Styled> {
    let mut fonts = Vec::new();
    let mut chain = Vec::new();
    let mut next = Some(name.to_owned());
    while let Some(name) = next {
        if chain.len() == DEEPEST {
            let message =
                format!("the style `{name}` begins with itself or with too many others");
            return Err(Diagnostic::usage("style-extends", message)
                .hint("let `extends` end at a style that has none")
                .into());
        }
        let (mut style, own) = parse(store, &name)?;
        fonts.extend(own);
        next = style.extends.take();
        chain.push(style);
    }
    let mut complete = Style::default();
    for style in chain.into_iter().rev() {
        complete = style.over(complete);
    }
    Ok(Styled { style: Arc::new(complete), fonts })
}

/// One style as its file has it, and the font files it names.
fn parse(store: &Store, name: &str) -> Result<(Style, Vec<OwnFont>)> {
    let (source, text) = store.text(Kind::Style, name)?;
    let mut style: Style = toml::from_str(&text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        let message = format!("the style cannot be read: {}", error.message());
        Diagnostic::usage("style", message)
            .at(Place::in_text(&source, &text, offset))
            .hint("mend the line; docs/styles.md tells what a style holds")
    })?;
    let folder = source.rfind(['/', '\\']).map_or("", |at| &source[..=at]);
    let mut fonts = Vec::new();
    fonts.extend(own_fonts(&mut style.rules, folder)?);
    for rules in style.lang.values_mut() {
        fonts.extend(own_fonts(rules, folder)?);
    }
    Ok((style, fonts))
}

/// Reads the font files that rules name, and gives each face its path as a name.
fn own_fonts(rules: &mut Rules, folder: &str) -> Result<Vec<OwnFont>> {
    let mut fonts = Vec::new();
    for name in rules.faces.values_mut().flatten().filter(|name| name.starts_with("./")) {
        let path = format!("{folder}{}", &name[2..]);
        fonts.push((path.clone(), path.clone(), read_font(&path)?));
        *name = path;
    }
    Ok(fonts)
}

/// Reads a font file.
#[cfg(feature = "fs")]
fn read_font(path: &str) -> Result<Arc<[u8]>> {
    Ok(super::store::read_bytes(path, LARGEST_FONT)?.into())
}

/// Reads a font file: there is no disk.
#[cfg(not(feature = "fs"))]
fn read_font(path: &str) -> Result<Arc<[u8]>> {
    let message = format!("the font file `{path}` cannot be read without a disk");
    Err(Diagnostic::usage("font-file", message)
        .hint("give the press the file and name its family")
        .into())
}
