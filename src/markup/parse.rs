//! Djot events become blocks.

use std::sync::Arc;

use jotdown::{
    AttributeKind, Container, Event, ListKind, OrderedListNumbering, OrderedListStyle,
    Parser,
};

use super::reference::{Lost, resolve};
use super::slots::Slots;
use super::writers::give_hands;
use crate::diag::{Diagnostic, Place, Problems, Result};
use crate::document::{Attributes, Block, Content, Entry, Inline, Part};
use crate::lang::Lang;
use crate::period::Counter;

/// The code of a reference that leads nowhere; the message begins with the reference.
pub const LOST_REFERENCE: &str = "lost-reference";

/// How deep blocks and spans may be nested.
const DEPTH: usize = 32;

/// Parses filled markup. `source` names the text in errors.
///
/// # Errors
/// Constructs of Djot that have no place in a printed document (tables, footnotes, code,
/// raw blocks, pictures), wrong language tags, nesting deeper than 32, references that lead
/// nowhere.
pub fn parse(source: &str, text: &str, lang: Lang, slots: &Slots) -> Result<Part> {
    let open = vec![Open::Blocks(Attributes::default(), Vec::new())];
    let problems = Vec::new();
    let mut builder = Builder { source, text, lang, slots, open, too_deep: 0, problems };
    for (event, range) in Parser::new(text).into_offset_iter() {
        builder.event(event, range.start);
    }
    let mut blocks = builder.finish();
    give_hands(&mut blocks);
    for lost in resolve(&mut blocks) {
        builder.lost(&lost);
    }
    Problems::check(Part { lang, blocks }, builder.problems)
}

/// A container that is still open.
enum Open {
    /// Collects blocks.
    Blocks(Attributes, Vec<Block>),
    /// Collects running text of a paragraph.
    Paragraph(Attributes, Vec<Inline>),
    /// Collects running text of a heading.
    Heading(Attributes, u8, Vec<Inline>),
    /// Collects running text of a span.
    Span(Attributes, Vec<Inline>),
    /// Collects entries.
    List(Attributes, Numbering, Vec<Entry>),
}

/// How the entries of a list are labelled.
#[derive(Clone, Copy)]
struct Numbering {
    /// Bullets, tasks, or numbers of this kind.
    kind: ListKind,
    /// The number of the next entry.
    next: u64,
}

/// Builds the tree from the events.
struct Builder<'a> {
    /// The name of the text.
    source: &'a str,
    /// The text.
    text: &'a str,
    /// Its language.
    lang: Lang,
    /// The values.
    slots: &'a Slots,
    /// The open containers, outermost first; the first is the document.
    open: Vec<Open>,
    /// How many containers deep below the limit we are; their content is passed over.
    too_deep: usize,
    /// What is wrong.
    problems: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    /// Notes a problem at a byte of the text.
    fn problem(&mut self, code: &'static str, message: String, hint: &str, at: usize) {
        let shown = self.slots.restore(self.text);
        // A reference of the user's as he wrote it.
        let shown = shown.replace("[](#", "[#").replace("){.filled}", "]");
        // Slots are longer or shorter than their values: find the same line.
        let line = self.text[..at.min(self.text.len())].matches('\n').count() + 1;
        let place = Place::at_line(self.source, &shown, line);
        self.problems.push(Diagnostic::usage(code, message).at(place).hint(hint));
    }

    /// Notes a reference that finds no words.
    fn lost(&mut self, lost: &Lost) {
        let Lost { id, known } = lost;
        let (message, hint) = match known {
            None => (
                format!("[#{id}] leads to a place that has no number"),
                "give the place `called`, or refer to one that is numbered".to_owned(),
            ),
            Some(known) if known.is_empty() => (
                format!("[#{id}] leads nowhere: nothing has a name"),
                format!("give the place that is meant the id {id}"),
            ),
            Some(known) => (
                format!("[#{id}] leads nowhere: there are {}", known.join(", ")),
                "refer to one of these".to_owned(),
            ),
        };
        let at = self.text.find(&format!("](#{id})")).unwrap_or(0);
        self.problem(LOST_REFERENCE, message, &hint, at);
    }

    /// Takes one event.
    fn event(&mut self, event: Event<'_>, at: usize) {
        match event {
            Event::Start(container, attributes) => {
                self.start(&container, &attributes, at);
            }
            Event::End(container) => self.end(&container),
            Event::Str(text) => self.words(&text),
            Event::Symbol(name) => self.words(&format!(":{name}:")),
            Event::LeftSingleQuote => self.words("‘"),
            Event::RightSingleQuote => self.words("’"),
            Event::LeftDoubleQuote => self.words("“"),
            Event::RightDoubleQuote => self.words("”"),
            Event::Ellipsis => self.words("…"),
            Event::EnDash => self.words("–"),
            Event::EmDash => self.words("—"),
            Event::NonBreakingSpace => self.words("\u{a0}"),
            Event::Softbreak => self.soft_break(),
            Event::Hardbreak => self.inline(Inline::Break),
            Event::ThematicBreak(attributes) => {
                let attributes = self.attributes(&attributes, at);
                self.block(Block { attributes, content: Content::Rule });
            }
            Event::FootnoteReference(name) => self.problem(
                "markup",
                format!("footnote `{name}`: footnotes are not set"),
                "write the note into the text",
                at,
            ),
            Event::Escape | Event::Blankline | Event::Attributes(_) => {}
        }
    }

    /// Opens a container.
    fn start(
        &mut self,
        container: &Container<'_>,
        attributes: &jotdown::Attributes<'_>,
        at: usize,
    ) {
        if self.too_deep > 0 || self.open.len() > DEPTH {
            if self.too_deep == 0 {
                let message = format!("blocks or spans are nested deeper than {DEPTH}");
                self.problem("markup", message, "flatten the text", at);
            }
            self.too_deep += 1;
            return;
        }
        let mut attributes = self.attributes(attributes, at);
        let open = match container {
            Container::Document => return,
            Container::Paragraph => Open::Paragraph(attributes, Vec::new()),
            Container::Heading { level, has_section, .. } => {
                let level = u8::try_from(*level).unwrap_or(6).min(6);
                if let (true, Some(Open::Blocks(above, _))) =
                    (*has_section, self.open.last_mut())
                {
                    attributes = core::mem::take(above);
                }
                Open::Heading(attributes, level, Vec::new())
            }
            // What stands above a heading is told of the section that it begins.
            Container::Section { .. } => Open::Blocks(attributes, Vec::new()),
            Container::Div { class } => {
                attributes.classes.extend(class.split_whitespace().map(str::to_owned));
                Open::Blocks(attributes, Vec::new())
            }
            Container::Blockquote => {
                attributes.classes.insert(0, "quote".to_owned());
                Open::Blocks(attributes, Vec::new())
            }
            Container::List { kind, .. } => {
                let next = match kind {
                    ListKind::Ordered { start, .. } => *start,
                    ListKind::Unordered(_) | ListKind::Task(_) => 0,
                };
                Open::List(attributes, Numbering { kind: *kind, next }, Vec::new())
            }
            Container::ListItem | Container::TaskListItem { .. } => {
                Open::Blocks(attributes, Vec::new())
            }
            Container::Span => Open::Span(attributes, Vec::new()),
            Container::Link(to, _) => Open::Span(linked(attributes, to), Vec::new()),
            Container::Emphasis => Open::Span(with(attributes, "emph"), Vec::new()),
            Container::Strong => Open::Span(with(attributes, "strong"), Vec::new()),
            Container::Superscript => Open::Span(with(attributes, "super"), Vec::new()),
            Container::Subscript => Open::Span(with(attributes, "sub"), Vec::new()),
            Container::Insert => Open::Span(with(attributes, "insert"), Vec::new()),
            Container::Delete => Open::Span(with(attributes, "delete"), Vec::new()),
            Container::Mark => Open::Span(with(attributes, "mark"), Vec::new()),
            other => {
                let message = format!("{} cannot be set in a document", name_of(other));
                let hint = match other {
                    Container::Table => "set its columns as a group: ::: columns-3",
                    Container::Image(..) => "set a group of the class picture",
                    _ => "use paragraphs, headings, lists, groups (:::)",
                };
                self.problem("markup", message, hint, at);
                self.too_deep = 1;
                return;
            }
        };
        self.open.push(open);
    }

    /// Closes a container.
    fn end(&mut self, container: &Container<'_>) {
        if matches!(container, Container::Document) {
            return;
        }
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let Some(open) = self.open.pop() else { return };
        match open {
            Open::Paragraph(attributes, inlines) => {
                if !is_blank(&inlines) {
                    let content = Content::Paragraph(trim(inlines));
                    self.block(Block { attributes, content });
                }
            }
            Open::Heading(attributes, level, inlines) => {
                if !is_blank(&inlines) {
                    let content = Content::Heading(level, trim(inlines));
                    self.block(Block { attributes, content });
                }
            }
            Open::Span(attributes, inlines) => {
                self.inline(Inline::Span(attributes, inlines));
            }
            Open::List(attributes, _, entries) => {
                self.block(Block { attributes, content: Content::List(entries) });
            }
            Open::Blocks(attributes, blocks) => {
                self.close_blocks(container, attributes, blocks);
            }
        }
    }

    /// Closes a section, div, quotation or entry.
    fn close_blocks(
        &mut self,
        container: &Container<'_>,
        attributes: Attributes,
        blocks: Vec<Block>,
    ) {
        match container {
            // Sections only follow from headings; the blocks stand on their own.
            Container::Section { .. } => blocks.into_iter().for_each(|b| self.block(b)),
            Container::ListItem | Container::TaskListItem { .. } => {
                if let Some(Open::List(_, numbering, entries)) = self.open.last_mut() {
                    let label = label(*numbering);
                    numbering.next += 1;
                    entries.push(Entry { label, blocks });
                }
            }
            _ => self.block(Block { attributes, content: Content::Group(blocks) }),
        }
    }

    /// Adds a block to the innermost container that takes blocks.
    fn block(&mut self, block: Block) {
        if let Some(Open::Blocks(_, blocks)) = self.open.last_mut() {
            blocks.push(block);
        }
    }

    /// Adds running text to the innermost container that takes it.
    fn inline(&mut self, inline: Inline) {
        if self.too_deep > 0 {
            return;
        }
        if let Some(
            Open::Paragraph(_, inlines)
            | Open::Heading(_, _, inlines)
            | Open::Span(_, inlines),
        ) = self.open.last_mut()
        {
            match (inlines.last_mut(), inline) {
                (Some(Inline::Text(before)), Inline::Text(text)) => {
                    before.push_str(&text);
                }
                (_, inline) => inlines.push(inline),
            }
        }
    }

    /// Adds words, with the values of their slots.
    fn words(&mut self, text: &str) {
        let mut plain = String::new();
        for c in text.chars() {
            let Some(value) = self.slots.value(c).map(Arc::clone) else {
                plain.push(c);
                continue;
            };
            if !plain.is_empty() {
                self.inline(Inline::Text(core::mem::take(&mut plain)));
            }
            self.filled(&value);
        }
        if !plain.is_empty() {
            self.inline(Inline::Text(plain));
        }
    }

    /// Adds a value; its line ends are line ends on the page.
    fn filled(&mut self, value: &Arc<str>) {
        if !value.contains('\n') {
            if !value.is_empty() {
                self.inline(Inline::Filled(Arc::clone(value)));
            }
            return;
        }
        for (i, line) in value.trim_end_matches('\n').split('\n').enumerate() {
            if i > 0 {
                self.inline(Inline::Break);
            }
            let line = line.trim_end_matches('\r');
            if !line.is_empty() {
                self.inline(Inline::Filled(Arc::from(line)));
            }
        }
    }

    /// A line end in the template is a space, but not between Chinese characters.
    fn soft_break(&mut self) {
        if self.lang.primary() != "zh" {
            self.words(" ");
        }
    }

    /// Reads attributes, with the values of their slots.
    fn attributes(&mut self, raw: &jotdown::Attributes<'_>, at: usize) -> Attributes {
        let mut out = Attributes::default();
        for (kind, value) in raw {
            let value = self.slots.restore(&value.to_string());
            match kind {
                AttributeKind::Class => {
                    out.classes.extend(value.split_whitespace().map(str::to_owned));
                }
                AttributeKind::Id => out.id = Some(value),
                AttributeKind::Comment => {}
                AttributeKind::Pair { key } => match key.as_ref() {
                    "id" => out.id = Some(value),
                    "lang" => match value.parse() {
                        Ok(lang) => out.lang = Some(lang),
                        Err(error) => {
                            self.problem("markup", error.to_string(), "mend the tag", at);
                        }
                    },
                    key => {
                        out.pairs.insert(key.to_owned(), value);
                    }
                },
            }
        }
        out
    }

    /// The blocks of the document.
    fn finish(&mut self) -> Vec<Block> {
        match self.open.drain(..).next() {
            Some(Open::Blocks(_, blocks)) => blocks,
            _ => Vec::new(),
        }
    }
}

/// The attributes with one class more, in front.
fn with(mut attributes: Attributes, class: &str) -> Attributes {
    attributes.classes.insert(0, class.to_owned());
    attributes
}

/// Attributes with the name of the place in the document that a link leads to. On paper,
/// other links lead nowhere.
fn linked(mut attributes: Attributes, to: &str) -> Attributes {
    if let Some(name) = to.strip_prefix('#') {
        attributes.pairs.insert("to".to_owned(), name.to_owned());
    }
    attributes
}

/// Whether nothing would be seen.
fn is_blank(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Filled(text) => text.trim().is_empty(),
        // A link without words gets those of its place.
        Inline::Span(attributes, content) => {
            attributes.get("to").is_none() && is_blank(content)
        }
        Inline::Break => true,
    })
}

/// Running text without line breaks at its ends (they come from optional lines).
fn trim(mut inlines: Vec<Inline>) -> Vec<Inline> {
    let idle = |inline: &Inline| match inline {
        Inline::Break => true,
        Inline::Text(text) => text.trim().is_empty(),
        _ => false,
    };
    while inlines.last().is_some_and(idle) {
        inlines.pop();
    }
    let first = inlines.iter().position(|inline| !idle(inline)).unwrap_or(0);
    inlines.drain(..first);
    inlines
}

/// The label of the next entry of a list.
fn label(numbering: Numbering) -> String {
    let ListKind::Ordered { numbering: kind, style, .. } = numbering.kind else {
        return "•".to_owned();
    };
    let number = ordinal(kind, numbering.next);
    match style {
        OrderedListStyle::Period => format!("{number}."),
        OrderedListStyle::Paren => format!("{number})"),
        OrderedListStyle::ParenParen => format!("({number})"),
    }
}

/// A number in the manner of a list; in figures where the manner has no sign for it.
fn ordinal(kind: OrderedListNumbering, number: u64) -> String {
    let counter = match kind {
        OrderedListNumbering::Decimal => Counter::Decimal,
        OrderedListNumbering::AlphaLower => Counter::LowerAlpha,
        OrderedListNumbering::AlphaUpper => Counter::UpperAlpha,
        OrderedListNumbering::RomanLower => Counter::LowerRoman,
        OrderedListNumbering::RomanUpper => Counter::UpperRoman,
    };
    counter.format(number).unwrap_or_else(|| number.to_string())
}

/// What a container is called in errors.
fn name_of(container: &Container<'_>) -> &'static str {
    match container {
        Container::Table | Container::TableRow { .. } | Container::TableCell { .. } => {
            "a table"
        }
        Container::Footnote { .. } => "a footnote",
        Container::CodeBlock { .. } | Container::Verbatim => "code",
        Container::RawBlock { .. } | Container::RawInline { .. } => "raw text",
        Container::Image(..) => "a picture",
        Container::Math { .. } => "a formula",
        Container::DescriptionList
        | Container::DescriptionTerm
        | Container::DescriptionDetails => "a list of definitions",
        _ => "this markup",
    }
}
