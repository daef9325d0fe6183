//! The recipe of an ink: `[inks.<role>]` of a style.

use serde::Deserialize;

use crate::geom::{Lab, Length};

/// How a mark was made, and in what colour. What is not said is as measured on documents of
/// the time: typed pages, letters of 1914–18 and of the eighteenth century.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "InkFile")]
pub struct Ink {
    /// How the mark was made.
    pub kind: InkKind,
    /// The ink at its usual density, as it looks on the paper.
    pub colour: Lab,
    /// How much the contrast to the paper varies from glyph to glyph, as a share of it:
    /// standard deviation, 0 to 0.5.
    pub unevenness: f32,
    /// How far glyphs stand off their baseline: standard deviation, 0 to 1 mm.
    pub jitter: Length,
}

/// How a mark was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InkKind {
    /// Struck through a typewriter's ribbon.
    Ribbon,
    /// Drawn with a pen that is dipped or filled.
    Pen,
    /// Drawn with a ball-point.
    Ballpoint,
    /// Printed from type.
    Press,
    /// Even, as a screen or a laser has it.
    #[default]
    Plain,
}

/// Inks by name, L*a*b* as measured (median over documents).
const COLOURS: [(&str, [f32; 3]); 11] = [
    ("black-ribbon", [42.0, 1.0, 0.5]),
    ("blue-ribbon", [44.0, 2.0, -16.0]),
    ("purple-ribbon", [46.0, 7.0, -10.0]),
    ("red-ribbon", [47.0, 36.0, 18.0]),
    ("iron-gall", [36.0, 4.0, 12.0]),
    ("blue-black", [34.0, 0.0, -8.0]),
    ("printers-black", [31.0, 0.5, 2.0]),
    ("printers-red", [45.0, 42.0, 26.0]),
    ("ballpoint-blue", [38.0, 6.0, -30.0]),
    ("pencil", [50.0, 0.0, 1.0]),
    ("vermilion", [47.0, 50.0, 34.0]),
];

/// A recipe as a style writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InkFile {
    /// See [`Ink::kind`].
    kind: InkKind,
    /// See [`Ink::colour`].
    colour: Option<Colour>,
    /// See [`Ink::unevenness`].
    unevenness: Option<f32>,
    /// See [`Ink::jitter`].
    jitter: Option<Length>,
}

/// A colour by name or by coordinates.
#[derive(Deserialize)]
#[serde(untagged)]
enum Colour {
    /// One of [`COLOURS`].
    Named(String),
    /// L*, a* and b*.
    Lab(Lab),
}

impl Default for Ink {
    fn default() -> Self {
        Self::of(InkKind::Plain)
    }
}

impl Ink {
    /// The usual ink of a kind.
    pub fn of(kind: InkKind) -> Self {
        let (colour, unevenness, jitter) = match kind {
            InkKind::Ribbon => ([42.0, 1.0, 0.5], 0.075, 0.093),
            InkKind::Pen => ([36.0, 4.0, 12.0], 0.13, 0.0),
            InkKind::Ballpoint => ([38.0, 6.0, -30.0], 0.06, 0.0),
            InkKind::Press => ([31.0, 0.5, 2.0], 0.025, 0.0),
            InkKind::Plain => ([22.0, 0.0, 0.0], 0.0, 0.0),
        };
        Self { kind, colour: colour.into(), unevenness, jitter: Length::mm(jitter) }
    }
}

impl TryFrom<InkFile> for Ink {
    type Error = String;

    fn try_from(file: InkFile) -> Result<Self, String> {
        let mut ink = Self::of(file.kind);
        match file.colour {
            Some(Colour::Lab(colour)) => ink.colour = colour,
            Some(Colour::Named(name)) => {
                let known = COLOURS.iter().find(|(known, _)| *known == name);
                let names: Vec<&str> = COLOURS.iter().map(|(known, _)| *known).collect();
                let unknown = || {
                    let names = names.join(", ");
                    format!(
                        "`{name}` is not the name of an ink (use {names}, or [L, a, b])"
                    )
                };
                ink.colour = known.ok_or_else(unknown)?.1.into();
            }
            None => {}
        }
        ink.unevenness = file.unevenness.unwrap_or(ink.unevenness);
        ink.jitter = file.jitter.unwrap_or(ink.jitter);
        let light = (0.0..=100.0).contains(&ink.colour.l);
        if !light || !(0.0..=0.5).contains(&ink.unevenness) {
            return Err(
                "an ink has a lightness of 0 to 100 and an unevenness of 0 to 0.5".into(),
            );
        }
        if !(0.0..=1.0).contains(&ink.jitter.to_mm()) {
            return Err("the jitter of an ink is a length from 0mm to 1mm".into());
        }
        Ok(ink)
    }
}
