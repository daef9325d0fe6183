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
    /// Pens: from careful (0) to shaken (1), where the document begins and where it ends.
    pub tremor: [f32; 2],
    /// Types and keys: from new (0) to worn and clogged (1).
    pub wear: f32,
    /// Ribbons and stencils: the share of the contrast that is lost from the first page to
    /// the last, 0 to 0.6.
    pub fade: f32,
    /// Ribbons: the original (0), or which carbon copy of it (1 to 5).
    pub copy: u8,
    /// How far it misses its place on the sheet, as what is filled in misses the boxes of a
    /// form: standard deviation, 0 to 5 mm.
    pub register: Length,
    /// Which hand or which machine it is. Documents and roles with the same number have the
    /// same one; none for one of the document's own.
    pub hand: Option<u64>,
}

/// How a mark was made.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Hash,
)]
#[serde(rename_all = "kebab-case")]
pub enum InkKind {
    /// Struck through a typewriter's ribbon.
    Ribbon,
    /// Struck by a teleprinter: even keys on a ribbon that always runs.
    Teletype,
    /// Run off from a stencil that a typewriter cut.
    Stencil,
    /// Drawn with a pen that is dipped.
    Pen,
    /// Drawn with a pen that holds its ink.
    Fountain,
    /// Drawn with a ball-point.
    Ballpoint,
    /// Drawn with a pencil.
    Pencil,
    /// Printed from type.
    Press,
    /// Printed from an engraved plate: crisp, and the ink stands on the paper.
    Engraved,
    /// Pressed with a rubber stamp from a pad.
    Rubber,
    /// Even, as a screen or a laser has it.
    #[default]
    Plain,
}

impl InkKind {
    /// Whether a hand drew it.
    pub fn is_drawn(self) -> bool {
        matches!(self, Self::Pen | Self::Fountain | Self::Ballpoint | Self::Pencil)
    }

    /// Whether it was typed.
    pub fn is_typed(self) -> bool {
        matches!(self, Self::Ribbon | Self::Teletype | Self::Stencil)
    }
}

/// Inks by name, L*a*b* as measured (median over documents).
const COLOURS: [(&str, [f32; 3]); 18] = [
    ("black-ribbon", [42.0, 1.0, 0.5]),
    ("blue-ribbon", [44.0, 2.0, -16.0]),
    ("purple-ribbon", [46.0, 7.0, -9.0]),
    ("red-ribbon", [47.0, 36.0, 18.0]),
    ("iron-gall", [36.0, 4.0, 12.0]),
    ("blue-black", [34.0, 0.0, -8.0]),
    ("printers-black", [31.0, 0.5, 2.0]),
    ("printers-red", [45.0, 42.0, 26.0]),
    ("ballpoint-blue", [38.0, 6.0, -30.0]),
    ("pencil", [50.0, 0.0, 1.0]),
    ("vermilion", [47.0, 50.0, 34.0]),
    ("carbon", [47.0, 1.0, -3.0]),
    ("blue-carbon", [46.0, 6.0, -26.0]),
    ("stencil-black", [40.0, 0.5, -1.0]),
    ("copying-pencil", [37.0, 22.0, -26.0]),
    ("stamp-red", [47.0, 44.0, 24.0]),
    ("stamp-violet", [44.0, 18.0, -24.0]),
    ("stamp-blue", [42.0, 4.0, -26.0]),
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
    /// See [`Ink::tremor`].
    tremor: Option<Tremor>,
    /// See [`Ink::wear`].
    wear: Option<f32>,
    /// See [`Ink::fade`].
    fade: Option<f32>,
    /// See [`Ink::copy`].
    copy: Option<u8>,
    /// See [`Ink::register`].
    register: Option<Length>,
    /// See [`Ink::hand`].
    hand: Option<u64>,
}

/// A tremor throughout, or one that changes through the document.
#[derive(Deserialize)]
#[serde(untagged)]
enum Tremor {
    /// The same everywhere.
    Even(f32),
    /// From the beginning to the end.
    Changing([f32; 2]),
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
            InkKind::Teletype => ([42.0, 3.0, -4.0], 0.06, 0.06),
            InkKind::Stencil => ([40.0, 0.5, -1.0], 0.09, 0.08),
            InkKind::Pen => ([36.0, 4.0, 12.0], 0.15, 0.0),
            InkKind::Fountain => ([34.0, 0.0, -8.0], 0.09, 0.0),
            InkKind::Ballpoint => ([38.0, 6.0, -30.0], 0.07, 0.0),
            InkKind::Pencil => ([50.0, 0.0, 1.0], 0.12, 0.0),
            InkKind::Press => ([31.0, 0.5, 2.0], 0.03, 0.0),
            InkKind::Engraved => ([28.0, 0.5, 1.0], 0.012, 0.0),
            InkKind::Rubber => ([47.0, 44.0, 24.0], 0.16, 0.0),
            InkKind::Plain => ([22.0, 0.0, 0.0], 0.0, 0.0),
        };
        let (tremor, wear) = match kind {
            _ if kind.is_drawn() => (0.2, 0.0),
            InkKind::Ribbon => (0.0, 0.4),
            InkKind::Stencil | InkKind::Press => (0.0, 0.3),
            InkKind::Teletype => (0.0, 0.2),
            InkKind::Rubber => (0.0, 0.5),
            _ => (0.0, 0.0),
        };
        Self {
            kind,
            colour: colour.into(),
            unevenness,
            jitter: Length::mm(jitter),
            tremor: [tremor; 2],
            wear,
            fade: if kind == InkKind::Ribbon { 0.12 } else { 0.0 },
            copy: 0,
            register: Length::ZERO,
            hand: None,
        }
    }

    /// What is wrong with the numbers of a recipe.
    fn fault(&self) -> Option<&'static str> {
        let share = |value: f32| (0.0..=1.0).contains(&value);
        let light = (0.0..=100.0).contains(&self.colour.l);
        let faults = [
            (
                light && (0.0..=0.5).contains(&self.unevenness),
                "an ink has a lightness of 0 to 100 and an unevenness of 0 to 0.5",
            ),
            (
                (0.0..=1.0).contains(&self.jitter.to_mm()),
                "the jitter of an ink is a length from 0mm to 1mm",
            ),
            (
                self.tremor.into_iter().all(share),
                "the tremor of an ink is a number from 0, careful, to 1, shaken, or two: \
                 [0.1, 0.6] rises through the document",
            ),
            (share(self.wear), "the wear of an ink is a number from 0, new, to 1, worn"),
            (
                (0.0..=0.6).contains(&self.fade),
                "the fade of an ink is the share of contrast that it loses, 0 to 0.6",
            ),
            (
                self.copy <= 5,
                "the copy of an ink is 0, the original, to 5, the fifth carbon",
            ),
            (
                (0.0..=5.0).contains(&self.register.to_mm()),
                "the register of an ink is a length from 0mm to 5mm",
            ),
        ];
        faults.into_iter().find(|(sound, _)| !sound).map(|(_, fault)| fault)
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
        ink.tremor = match file.tremor {
            Some(Tremor::Even(tremor)) => [tremor; 2],
            Some(Tremor::Changing(tremor)) => tremor,
            None => ink.tremor,
        };
        ink.wear = file.wear.unwrap_or(ink.wear);
        ink.fade = file.fade.unwrap_or(ink.fade);
        ink.copy = file.copy.unwrap_or(ink.copy);
        ink.register = file.register.unwrap_or(ink.register);
        ink.hand = file.hand.or(ink.hand);
        ink.fault().map_or(Ok(ink), |fault| Err(fault.into()))
    }
}
