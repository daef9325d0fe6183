//! The properties of text and blocks, each of which a style may leave unsaid.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer};

use super::lines::{LineKind, Running, Sides};
use crate::geom::{Lab, Length};
use crate::period::LongS;

/// A length, a multiple of the size of the type or a share of the measure: `3mm`, `1.5em`
/// or `45%`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Space {
    /// A length.
    Fixed(Length),
    /// Times the size of the type.
    Em(f64),
    /// Times the width there is for the block.
    Share(f64),
}

impl Space {
    /// The length at a size of type and in a measure.
    pub fn at(self, size: Length, measure: Length) -> Length {
        match self {
            Self::Fixed(length) => length,
            Self::Em(factor) => size * factor,
            Self::Share(factor) => measure * factor,
        }
    }

    /// The length at a size of type, for properties of text; a share is one of that size.
    pub fn of(self, size: Length) -> Length {
        self.at(size, size)
    }
}

/// A text that is not a length or a multiple of the em.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotASpace(String);

impl fmt::Display for NotASpace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a length (write 3mm, 0.5in, 11pt, 1.5em or 45%)", self.0)
    }
}

impl FromStr for Space {
    type Err = NotASpace;

    fn from_str(text: &str) -> Result<Self, NotASpace> {
        let bad = || NotASpace(text.to_owned());
        let text = text.trim();
        let factor = |number: &str| {
            let factor: f64 = number.trim().parse().map_err(|_| bad())?;
            if factor.is_finite() { Ok(factor) } else { Err(bad()) }
        };
        if let Some(number) = text.strip_suffix("em") {
            return factor(number).map(Self::Em);
        }
        if let Some(number) = text.strip_suffix('%') {
            return factor(number).map(|percent| Self::Share(percent / 100.0));
        }
        text.parse().map(Self::Fixed).map_err(|_| bad())
    }
}

impl<'de> Deserialize<'de> for Space {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Reads a value that is written by name.
pub(super) fn by_name<'de, D, T>(input: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr,
    T::Err: fmt::Display,
{
    let name = String::deserialize(input)?;
    name.parse().map(Some).map_err(serde::de::Error::custom)
}

/// Where the lines of a block stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// Flush left, ragged right.
    Left,
    /// Flush right.
    Right,
    /// Centred.
    Center,
    /// Flush on both sides but for the last line.
    #[default]
    Justify,
}

/// Whether letters are raised to capitals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Case {
    /// As written.
    #[default]
    AsIs,
    /// All capitals.
    Upper,
}

/// Where the label of a clause or entry stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LabelPlace {
    /// In the first line, after its indent, text on both sides of it.
    #[default]
    RunIn,
    /// Left of the text, which is set in by its width.
    Hang,
}

/// An edge of the measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Edge {
    /// Where lines begin.
    Left,
    /// Where lines end.
    Right,
    /// In the margin before the lines.
    OuterLeft,
    /// In the margin behind them.
    OuterRight,
}

/// Properties of text (passed on to what stands inside) and of blocks (not passed on).
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Properties {
    /// Text: the role of the face.
    pub face: Option<String>,
    /// Text: the size of the type. In ems it is a multiple of what stands around.
    pub size: Option<Space>,
    /// Text: from baseline to baseline.
    pub leading: Option<Space>,
    /// Text: where lines stand.
    pub align: Option<Align>,
    /// Text: the role of the ink.
    pub ink: Option<String>,
    /// Text: OpenType features, `onum dlig -liga`.
    pub features: Option<String>,
    /// Text: capitals or as written.
    pub case: Option<Case>,
    /// Text: space added after each letter.
    pub tracking: Option<Space>,
    /// Text: characters to the inch on a fixed grid (typewriter); 0 is none.
    pub pitch: Option<f64>,
    /// Text: the space between words, as a multiple of the face's own.
    pub word_space: Option<f64>,
    /// Text: whether words may be divided at line ends.
    pub hyphenate: Option<bool>,
    /// Text: whether lines end between words only, in a script that may divide them.
    pub keep_words: Option<bool>,
    /// Text: how far points, hyphens and thin strokes stand out of the measure, as a
    /// multiple of what the face asks for; 0 is not at all.
    pub protrude: Option<f64>,
    /// Text: by what share of their width glyphs may be widened or narrowed to fill a
    /// line; 0 is not at all.
    pub expand: Option<f64>,
    /// Text: how loose a line may be before words are divided in worse places: 1 lets
    /// spaces grow by half.
    pub tolerance: Option<f64>,
    /// Text: whether quotation marks and dashes are those of a typewriter.
    pub typewriter: Option<bool>,
    /// Text: underscored.
    pub underline: Option<bool>,
    /// Text: struck out: with a line, or typed over on a typewriter's grid.
    pub strike: Option<bool>,
    /// Text: blacked out; what stood there is not in the file.
    pub redact: Option<bool>,
    /// Text: the usage of the long s in English: `off`, `early` (print to 1749), `late`
    /// (print to 1799) or `first-of-two` (hands to 1860).
    #[serde(deserialize_with = "by_name")]
    pub long_s: Option<LongS>,
    /// Text: whether English nouns have capitals, as until about 1790.
    pub capital_nouns: Option<bool>,
    /// Text: the space after a sentence, as a multiple of the space between words.
    pub sentence_space: Option<f64>,
    /// Text: the space before `;`, `:`, `!` and `?`, as old printers had it.
    pub point_space: Option<Space>,
    /// Text: the space between Han or Hangul and letters or figures of another script.
    pub script_space: Option<Space>,
    /// Text: the sign that divides a word at a line end.
    pub hyphen: Option<char>,
    /// Text: whether marks of a wide script give up their empty half beside one another
    /// and at the ends of lines.
    pub squeeze: Option<bool>,
    /// Text: whether stops and commas of a wide script stand out of the measure.
    pub hang_stops: Option<bool>,
    /// Text: whether lines of wide characters are a whole number of them long.
    pub grid: Option<bool>,
    /// Span: moved upward from the baseline.
    pub raise: Option<Space>,
    /// Block: the indent of the first line.
    pub indent: Option<Space>,
    /// Block: set in from the left.
    pub left: Option<Space>,
    /// Block: set in from the right.
    pub right: Option<Space>,
    /// Block: the space above.
    pub before: Option<Space>,
    /// Block: the space below.
    pub after: Option<Space>,
    /// Block: stays on the page of what follows.
    pub keep_next: Option<bool>,
    /// Block: is never divided between pages.
    pub keep: Option<bool>,
    /// Block: never stands on a page without the end of what comes before.
    pub keep_previous: Option<bool>,
    /// Block: begins a page.
    pub new_page: Option<bool>,
    /// Block: begins a page from which pages are numbered anew.
    pub first_page: Option<bool>,
    /// Block: stands in the middle of its page, alone.
    pub whole_page: Option<bool>,
    /// Group: its blocks stand beside one another in at most so many columns.
    pub columns: Option<u8>,
    /// Group: the space between columns.
    pub gutter: Option<Space>,
    /// Group: its columns end on one line, not begin on one.
    pub align_feet: Option<bool>,
    /// Group: what stands in it flows through so many columns of like height.
    pub flow: Option<u8>,
    /// Group: a brace stands at this edge of it.
    pub brace: Option<Edge>,
    /// Block: its first letter is as high as so many lines, in the class `initial`.
    pub initial: Option<u8>,
    /// Block: stands beside what follows it in its group, at this edge of the measure;
    /// takes a `width`, and keeps its `gutter` from the others.
    pub aside: Option<Edge>,
    /// Block: takes no room: what follows stands over or under it.
    pub over: Option<bool>,
    /// Group: each block is set in further than the one before by this.
    pub step: Option<Space>,
    /// Block: where its label stands.
    pub label: Option<LabelPlace>,
    /// Block: the room for a hanging label.
    pub label_width: Option<Space>,
    /// Rule: the thickness of the line.
    pub rule: Option<Length>,
    /// Rule: its length; the whole measure where nothing is said.
    pub width: Option<Space>,
    /// Rule: what is set instead of a line.
    pub ornament: Option<String>,
    /// Rule and box: how its lines are made.
    pub line: Option<LineKind>,
    /// Rule and box: the role of the ink of its lines; that of the text where nothing is
    /// said.
    pub line_ink: Option<String>,
    /// Block: the thickness of the lines of a box around it.
    pub border: Option<Length>,
    /// Box: which sides have lines, `top bottom`; all where nothing is said.
    #[serde(deserialize_with = "by_name")]
    pub sides: Option<Sides>,
    /// Box: the radius of its corners.
    pub corner: Option<Space>,
    /// Box: it is an oval.
    pub oval: Option<bool>,
    /// Block: the space between its edges, or the lines around it, and what is in it.
    pub padding: Option<Space>,
    /// Block: it is at least so high.
    pub height: Option<Space>,
    /// Box: it reaches down to the foot of the page, or to what stands there.
    pub stretch: Option<bool>,
    /// Block: it stands at the foot of its page.
    pub foot: Option<bool>,
    /// Block: it stands in the margin of pages, and takes the room it needs from them.
    pub running: Option<Running>,
    /// Group: how wide its columns are, in proportion to one another.
    pub shares: Option<Vec<f64>>,
    /// Group: the thickness of the lines between its columns.
    pub divide: Option<Length>,
    /// Block: each line stands on a strip of paper of this colour that is pasted on.
    pub strip: Option<Lab>,
}

impl Properties {
    /// These properties, or where they are silent the other's.
    #[must_use]
    pub fn or(&self, base: &Self) -> Self {
        /// Takes each named field from `self`, or else from `base`.
        macro_rules! either {
            ($($field:ident),* $(,)?) => {
                Self { $($field: self.$field.clone().or_else(|| base.$field.clone())),* }
            };
        }
        either!(
            face,
            size,
            leading,
            align,
            ink,
            features,
            case,
            tracking,
            pitch,
            word_space,
            hyphenate,
            keep_words,
            protrude,
            expand,
            tolerance,
            typewriter,
            underline,
            strike,
            redact,
            long_s,
            capital_nouns,
            sentence_space,
            point_space,
            script_space,
            hyphen,
            squeeze,
            hang_stops,
            grid,
            raise,
            indent,
            left,
            right,
            before,
            after,
            keep_next,
            keep,
            keep_previous,
            new_page,
            first_page,
            whole_page,
            columns,
            gutter,
            align_feet,
            flow,
            brace,
            initial,
            aside,
            over,
            step,
            label,
            label_width,
            rule,
            width,
            ornament,
            line,
            line_ink,
            border,
            sides,
            corner,
            oval,
            padding,
            height,
            stretch,
            foot,
            running,
            shares,
            divide,
            strip,
        )
    }
}
