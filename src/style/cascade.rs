//! From a style to what holds at one place of a document.

use std::sync::Arc;

use super::{
    Align, Case, Edge, LabelPlace, LineKind, Properties, Rules, Running, Sides, Space,
    Style,
};
use crate::document::Attributes;
use crate::font::Feature;
use crate::geom::{Lab, Length};
use crate::lang::Lang;
use crate::period::LongS;

/// Properties of text, all of them said.
#[derive(Clone, Debug, PartialEq)]
pub struct TextStyle {
    /// The language.
    pub lang: Lang,
    /// The role of the face.
    pub face: Arc<str>,
    /// The size of the type.
    pub size: Length,
    /// From baseline to baseline.
    pub leading: Length,
    /// Where lines stand.
    pub align: Align,
    /// The role of the ink.
    pub ink: Arc<str>,
    /// OpenType features.
    pub features: Arc<[Feature]>,
    /// Capitals or as written.
    pub case: Case,
    /// Added after each letter.
    pub tracking: Length,
    /// The width of a cell of a typewriter's grid; none for other type.
    pub cell: Option<Length>,
    /// The space between words, as a multiple of the face's own.
    pub word_space: f64,
    /// Whether words may be divided.
    pub hyphenate: bool,
    /// Whether lines end between words only.
    pub keep_words: bool,
    /// How far signs stand out of the measure, as a multiple of what the face asks for.
    pub protrude: f64,
    /// By what share of their width glyphs may be widened or narrowed.
    pub expand: f64,
    /// How far spaces may grow; 1 is by half.
    pub tolerance: f64,
    /// Whether quotation marks and dashes are those of a typewriter.
    pub typewriter: bool,
    /// Underscored.
    pub underline: bool,
    /// Struck out.
    pub strike: bool,
    /// Blacked out.
    pub redact: bool,
    /// The usage of the long s in English.
    pub long_s: LongS,
    /// Whether English nouns have capitals.
    pub capital_nouns: bool,
    /// The space after a sentence, as a multiple of the space between words.
    pub sentence_space: f64,
    /// The space before `;`, `:`, `!` and `?`.
    pub point_space: Length,
    /// The space between a wide script and another.
    pub script_space: Length,
    /// The sign that divides a word at a line end.
    pub hyphen: char,
    /// Whether wide marks give up their empty half.
    pub squeeze: bool,
    /// Whether wide stops and commas stand out of the measure.
    pub hang_stops: bool,
    /// Whether lines are a whole number of wide characters long.
    pub grid: bool,
    /// Above the baseline.
    pub raise: Length,
    /// Whether lines run downward.
    pub vertical: bool,
}

/// Properties of a block, all of them said.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockStyle {
    /// The indent of the first line.
    pub indent: Length,
    /// Set in from the left.
    pub left: Length,
    /// Set in from the right.
    pub right: Length,
    /// The space above.
    pub before: Length,
    /// The space below.
    pub after: Length,
    /// Stays on the page of what follows.
    pub keep_next: bool,
    /// Is never divided between pages.
    pub keep: bool,
    /// Never stands on a page without the end of what comes before.
    pub keep_previous: bool,
    /// Begins a page.
    pub new_page: bool,
    /// Begins a page from which pages are numbered anew.
    pub first_page: bool,
    /// Stands in the middle of its page, alone.
    pub whole_page: bool,
    /// Its blocks stand in at most so many columns (at least 1).
    pub columns: usize,
    /// Between columns.
    pub gutter: Length,
    /// Whether columns end on one line, not begin on one.
    pub align_feet: bool,
    /// What stands in it flows through so many columns (at least 1).
    pub flow: usize,
    /// At which edge of it a brace stands.
    pub brace: Option<Edge>,
    /// How many lines its first letter is high; 1 when it is as the others.
    pub initial: usize,
    /// Whether it stands beside what follows in its group, and at which edge.
    pub aside: Option<Edge>,
    /// Whether it takes no room.
    pub over: bool,
    /// How much further each block is set in than the one before.
    pub step: Length,
    /// Where its label stands.
    pub label: LabelPlace,
    /// The room for a hanging label.
    pub label_width: Length,
    /// The thickness of a rule; none when nothing is drawn.
    pub rule: Option<Length>,
    /// The length of a rule.
    pub width: Option<Length>,
    /// What is set instead of a rule.
    pub ornament: Option<String>,
    /// How its lines are made.
    pub line: LineKind,
    /// The role of their ink.
    pub line_ink: Arc<str>,
    /// The box around it; none when nothing is drawn.
    pub border: Option<Border>,
    /// Between its edges and what is in it.
    pub padding: Length,
    /// It is at least so high.
    pub height: Length,
    /// Whether it stands at the foot of its page.
    pub foot: bool,
    /// In which margin it stands, on which pages.
    pub running: Option<Running>,
    /// How wide its columns are, in proportion; none when they are alike.
    pub shares: Vec<f64>,
    /// The thickness of the lines between its columns.
    pub divide: Option<Length>,
    /// The colour of the strips on which its lines stand.
    pub strip: Option<Lab>,
}

/// The box around a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Border {
    /// The thickness of its lines.
    pub thickness: Length,
    /// Which sides have lines.
    pub sides: Sides,
    /// The radius of its corners.
    pub corner: Length,
    /// Whether it is an oval.
    pub oval: bool,
    /// Whether it reaches down to the foot of the page.
    pub stretch: bool,
}

/// Looks up a style for one language.
#[derive(Clone, Copy, Debug)]
pub struct Cascade<'a> {
    /// What holds for all languages.
    rules: &'a Rules,
    /// What differs in this one.
    own: Option<&'a Rules>,
    /// The language.
    lang: Lang,
    /// Whether its lines run downward.
    vertical: bool,
}

impl<'a> Cascade<'a> {
    /// The style as it holds for a language.
    pub fn new(style: &'a Style, lang: Lang) -> Self {
        let own = style.lang.get(&lang).or_else(|| {
            let primary = lang.primary().parse().ok()?;
            style.lang.get(&primary)
        });
        let vertical = style.page.is_vertical(lang);
        Self { rules: &style.rules, own, lang, vertical }
    }

    /// The faces of a role, in order of preference.
    pub fn faces(&self, role: &str) -> Option<&'a [String]> {
        let own = self.own.and_then(|rules| rules.faces.get(role));
        own.or_else(|| self.rules.faces.get(role)).map(Vec::as_slice)
    }

    /// The words whose division the style says, `pro-to-col`; those of the language first.
    pub fn exceptions(&self) -> impl Iterator<Item = &'a str> {
        let own = self.own.into_iter().flat_map(|rules| &rules.exceptions);
        own.chain(&self.rules.exceptions).map(String::as_str)
    }

    /// What holds for all text.
    pub fn root(&self) -> TextStyle {
        let base = TextStyle {
            lang: self.lang,
            face: "body".into(),
            size: Length::pt(11.0),
            leading: Length::pt(13.2),
            align: Align::Justify,
            ink: "body".into(),
            features: Arc::from([]),
            case: Case::AsIs,
            tracking: Length::ZERO,
            cell: None,
            word_space: 1.0,
            hyphenate: true,
            keep_words: false,
            protrude: 1.0,
            expand: 0.02,
            tolerance: 1.0,
            typewriter: false,
            underline: false,
            strike: false,
            redact: false,
            long_s: LongS::Off,
            capital_nouns: false,
            sentence_space: 1.0,
            point_space: Length::ZERO,
            script_space: Length::ZERO,
            hyphen: '-',
            squeeze: false,
            hang_stops: false,
            grid: false,
            raise: Length::ZERO,
            vertical: self.vertical,
        };
        let text = base.with(&self.rules.text);
        match self.own {
            Some(own) => text.with(&own.text),
            None => text,
        }
    }

    /// What a kind and the classes of a block say, later classes over earlier ones; shares
    /// are of `measure`, the width there is for it.
    pub fn block(
        &self,
        kind: &str,
        attributes: &Attributes,
        around: &TextStyle,
        measure: Length,
    ) -> (TextStyle, BlockStyle) {
        let tables = |rules: &'a Rules| &rules.blocks;
        let said = self.gather(kind, attributes, tables);
        let text = around.with(&said).by(attributes);
        let block = BlockStyle::new(&said, &text, measure);
        (text, block)
    }

    /// What the classes of a span say.
    pub fn span(&self, attributes: &Attributes, around: &TextStyle) -> TextStyle {
        let tables = |rules: &'a Rules| &rules.spans;
        let mut text = around.with(&self.gather("", attributes, tables)).by(attributes);
        if let Some(lang) = attributes.lang {
            text.lang = lang;
        }
        text
    }

    /// Joins the properties of a kind and of classes, language over general.
    fn gather<F>(&self, kind: &str, attributes: &Attributes, tables: F) -> Properties
    where
        F: Fn(&'a Rules) -> &'a indexmap::IndexMap<String, Properties>,
    {
        let names =
            core::iter::once(kind).chain(attributes.classes.iter().map(String::as_str));
        let mut said = Properties::default();
        for name in names {
            for rules in [Some(self.rules), self.own].into_iter().flatten() {
                if let Some(properties) = tables(rules).get(name) {
                    said = properties.or(&said);
                }
            }
        }
        said
    }
}

impl TextStyle {
    /// This text with what is said over it.
    #[must_use]
    pub fn with(&self, said: &Properties) -> Self {
        let mut text = self.clone();
        if let Some(size) = said.size {
            text.size = size.of(self.size);
            // Leading follows the size unless it is said.
            text.leading = self.leading * (text.size / self.size);
            text.tracking = self.tracking * (text.size / self.size);
            text.point_space = self.point_space * (text.size / self.size);
            text.script_space = self.script_space * (text.size / self.size);
        }
        if let Some(leading) = said.leading {
            text.leading = leading.of(text.size);
        }
        if let Some(face) = &said.face {
            text.face = face.as_str().into();
        }
        if let Some(ink) = &said.ink {
            text.ink = ink.as_str().into();
        }
        if let Some(tracking) = said.tracking {
            text.tracking = tracking.of(text.size);
        }
        if let Some(pitch) = said.pitch {
            text.cell = (pitch > 0.0).then(|| Length::inches(1.0 / pitch));
            text.features = if pitch > 0.0 { apart() } else { Arc::from([]) };
        }
        if let Some(features) = &said.features {
            text.features = features.split_whitespace().filter_map(feature).collect();
        }
        text.raise = said.raise.map_or(self.raise, |raise| raise.of(self.size));
        text.align = said.align.unwrap_or(self.align);
        text.case = said.case.unwrap_or(self.case);
        text.word_space = said.word_space.unwrap_or(self.word_space);
        text.hyphenate = said.hyphenate.unwrap_or(self.hyphenate);
        text.keep_words = said.keep_words.unwrap_or(self.keep_words);
        text.protrude = said.protrude.unwrap_or(self.protrude).clamp(0.0, 2.0);
        text.expand = said.expand.unwrap_or(self.expand).clamp(0.0, 0.05);
        text.tolerance = said.tolerance.unwrap_or(self.tolerance).clamp(0.1, 10.0);
        text.typewriter = said.typewriter.unwrap_or(self.typewriter);
        text.underline = said.underline.unwrap_or(self.underline);
        text.strike = said.strike.unwrap_or(self.strike);
        text.redact = said.redact.unwrap_or(self.redact);
        text.manners(said);
        text
    }

    /// This text in the hand of who writes it, where that is said: his ink is a role of his
    /// own, `hand/Edwin Calder`.
    #[must_use]
    fn by(mut self, attributes: &Attributes) -> Self {
        if let Some(writer) = attributes.get("writer") {
            let role = self.ink.split('/').next().unwrap_or_default();
            self.ink = format!("{role}/{writer}").into();
        }
        self
    }

    /// The manners of a period or script that are said.
    fn manners(&mut self, said: &Properties) {
        let own = |space: Option<Space>, size| space.map(|space: Space| space.of(size));
        self.long_s = said.long_s.unwrap_or(self.long_s);
        self.capital_nouns = said.capital_nouns.unwrap_or(self.capital_nouns);
        let sentence = said.sentence_space.unwrap_or(self.sentence_space);
        self.sentence_space = sentence.clamp(0.5, 4.0);
        self.point_space = own(said.point_space, self.size).unwrap_or(self.point_space);
        self.script_space =
            own(said.script_space, self.size).unwrap_or(self.script_space);
        self.hyphen = said.hyphen.unwrap_or(self.hyphen);
        self.squeeze = said.squeeze.unwrap_or(self.squeeze);
        self.hang_stops = said.hang_stops.unwrap_or(self.hang_stops);
        self.grid = said.grid.unwrap_or(self.grid);
    }
}

impl BlockStyle {
    /// A block of text; what is not said is nothing.
    fn new(said: &Properties, text: &TextStyle, measure: Length) -> Self {
        let space = |space: Option<Space>| {
            space.map_or(Length::ZERO, |s| s.at(text.size, measure))
        };
        Self {
            indent: space(said.indent),
            left: space(said.left),
            right: space(said.right),
            before: space(said.before),
            after: space(said.after),
            keep_next: said.keep_next.unwrap_or(false),
            keep: said.keep.unwrap_or(false),
            keep_previous: said.keep_previous.unwrap_or(false),
            new_page: said.new_page.unwrap_or(false),
            first_page: said.first_page.unwrap_or(false),
            whole_page: said.whole_page.unwrap_or(false),
            columns: usize::from(said.columns.unwrap_or(1).max(1)),
            gutter: space(said.gutter),
            align_feet: said.align_feet.unwrap_or(false),
            flow: usize::from(said.flow.unwrap_or(1).max(1)),
            brace: said.brace,
            initial: usize::from(said.initial.unwrap_or(1).clamp(1, 12)),
            aside: said.aside,
            over: said.over.unwrap_or(false),
            step: space(said.step),
            label: said.label.unwrap_or_default(),
            label_width: space(said.label_width),
            rule: said.rule,
            width: said.width.map(|width| width.at(text.size, measure)),
            ornament: said.ornament.clone(),
            line: said.line.unwrap_or_default(),
            line_ink: said
                .line_ink
                .as_deref()
                .map_or_else(|| text.ink.clone(), Arc::from),
            border: said.border.map(|thickness| Border {
                thickness,
                sides: said.sides.unwrap_or(Sides::ALL),
                corner: space(said.corner),
                oval: said.oval.unwrap_or(false),
                stretch: said.stretch.unwrap_or(false),
            }),
            padding: space(said.padding),
            height: space(said.height),
            foot: said.foot.unwrap_or(false),
            running: said.running,
            shares: said.shares.clone().unwrap_or_default(),
            divide: said.divide,
            strip: said.strip,
        }
    }
}

/// What keeps the letters of a typewriter apart: a key strikes one sign in one cell.
fn apart() -> Arc<[Feature]> {
    let off = |tag: &[u8; 4]| Feature { tag: *tag, value: 0 };
    Arc::new([off(b"liga"), off(b"clig"), off(b"calt"), off(b"kern")])
}

/// Reads `onum`, `-liga` or `salt=2`.
fn feature(text: &str) -> Option<Feature> {
    let (name, value) = match text.strip_prefix('-') {
        Some(name) => (name, 0),
        None => match text.split_once('=') {
            Some((name, value)) => (name, value.parse().ok()?),
            None => (text, 1),
        },
    };
    let tag = name.as_bytes().try_into().ok()?;
    Some(Feature { tag, value })
}
