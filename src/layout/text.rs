//! Running text, flattened: one string, and who speaks each stretch of it.

use core::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use crate::document::{Attributes, Inline};
use crate::page::{Mark, Role};
use crate::period::FragmentEnd;
use crate::style::{Cascade, Case, TextStyle};

use super::Tags;

/// The properties and the place in the structure of a stretch of text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Voice {
    /// Its properties.
    pub style: TextStyle,
    /// What it is part of.
    pub mark: Mark,
    /// What is copied and searched instead of what is seen: `the` for yᵉ.
    pub says: Option<Arc<str>>,
    /// What stands small above it, or at its right in vertical lines.
    pub ruby: Option<Arc<str>>,
}

/// What stands for a leader in the source.
const LEADER: &str = "\u{2026}";

impl Voice {
    /// A voice in which what is seen is what is said.
    pub(super) fn new(style: TextStyle, mark: Mark) -> Rc<Self> {
        Rc::new(Self { style, mark, says: None, ruby: None })
    }
}

/// A stretch of text in one voice.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    /// Its bytes in [`Text::source`].
    pub range: Range<usize>,
    /// Its voice.
    pub voice: Rc<Voice>,
    /// How it is shown, where not as it is.
    pub shown: Shown,
    /// What stands after it: the end of a word, or the hyphen of a line end.
    pub end: FragmentEnd,
}

/// How the source of a stretch is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// As it is.
    AsIs,
    /// As dots up to what follows at the end of the line.
    Leader,
    /// In capitals and, or, with the signs of a typewriter.
    Changed {
        /// Raised to capitals.
        upper: bool,
        /// Quotation marks and dashes as a typewriter has them.
        typewriter: bool,
    },
}

/// A paragraph's text.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    /// The plain words; `\u{2028}` where a line must end.
    pub source: String,
    /// The stretches, in order, without gaps.
    pub stretches: Vec<Stretch>,
}

impl Text {
    /// Flattens running text.
    pub(super) fn new(
        inlines: &[Inline],
        cascade: &Cascade<'_>,
        voice: &Rc<Voice>,
        tags: &mut Tags,
    ) -> Self {
        let mut text = Self::default();
        text.gather(inlines, cascade, voice, tags);
        text
    }

    /// Appends words in a voice.
    pub(super) fn push(&mut self, words: &str, voice: &Rc<Voice>, filled: bool) {
        let start = self.source.len();
        let style = &voice.style;
        if style.typewriter && !filled && words != LEADER {
            // What the template says was typed; what the user says is kept for copying.
            self.source.extend(words.chars().flat_map(typed));
        } else {
            self.source.push_str(words);
        }
        let upper = style.case == Case::Upper;
        let typewriter = style.typewriter && filled;
        let shown = if upper || typewriter {
            Shown::Changed { upper, typewriter }
        } else {
            Shown::AsIs
        };
        let range = start..self.source.len();
        if !range.is_empty() {
            let (voice, end) = (Rc::clone(voice), FragmentEnd::Word);
            self.stretches.push(Stretch { range, voice, shown, end });
        }
    }

    /// Flattens inlines in a voice.
    fn gather(
        &mut self,
        inlines: &[Inline],
        cascade: &Cascade<'_>,
        voice: &Rc<Voice>,
        tags: &mut Tags,
    ) {
        for inline in inlines {
            match inline {
                Inline::Text(words) => self.push(words, voice, false),
                Inline::Filled(words) => {
                    let style = cascade.span(&Attributes::class("filled"), &voice.style);
                    let own = Rc::new(Voice { style, ..(**voice).clone() });
                    self.push(words, &own, true);
                }
                // The space is for those who copy or hear the text.
                Inline::Break => self.push(" \u{2028}", voice, false),
                Inline::Span(attributes, content) => {
                    let style = cascade.span(attributes, &voice.style);
                    let mark = match voice.mark {
                        Mark::Content(tag) if attributes.get("to").is_some() => {
                            let to = attributes.get("to").unwrap_or_default();
                            Mark::Content(tags.add_link(tag, style.lang, to))
                        }
                        Mark::Content(tag) if style.lang != voice.style.lang => {
                            Mark::Content(tags.add(Role::Span, Some(tag), style.lang))
                        }
                        mark => mark,
                    };
                    let said = |key| attributes.get(key).map(Arc::from);
                    let says = said("says").or_else(|| voice.says.clone());
                    let ruby = said("ruby").or_else(|| voice.ruby.clone());
                    let own = Rc::new(Voice { style, mark, says, ruby });
                    if attributes.has("leader") {
                        self.push(LEADER, &own, false);
                        if let Some(last) = self.stretches.last_mut() {
                            last.shown = Shown::Leader;
                        }
                        continue;
                    }
                    self.gather(content, cascade, &own, tags);
                }
            }
        }
    }
}

/// What a typewriter has for a sign of print.
pub(super) fn typed(sign: char) -> impl Iterator<Item = char> {
    let keys: &[char] = match sign {
        '“' | '”' => &['"'],
        '‘' | '’' => &['\''],
        '–' => &['-'],
        '—' => &['-', '-'],
        '…' => &['.', '.', '.'],
        _ => &[],
    };
    let own = keys.is_empty().then_some(sign);
    keys.iter().copied().chain(own)
}
