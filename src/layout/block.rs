//! Blocks become rows: strips of the page that are never divided.

use std::rc::Rc;

use super::enclosure::{Open, Within, enclose, widen};
use super::hyphenate::syllables;
use super::line::{Place, set_line};
use super::linebreak::{Line, Measure, break_lines};
use super::shape::{Atom, Types, is_wide, shape_text};
use super::text::{Text, Voice};
use super::{Figures, Tags, baseline, rules, shift};
use crate::diag::Result;
use crate::document::{Attributes, Block, Content, Entry, Inline, plain_text};
use crate::geom::{Length, Size};
use crate::page::{Mark, Placed, Role, TagId};
use crate::style::{Align, BlockStyle, Cascade, Edge, LabelPlace, TextStyle};

/// How a row is bound to the page of the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bond {
    /// The next may stand on another page.
    #[default]
    Free,
    /// It should not, unless a page cannot hold all that belongs together: a heading and
    /// its text, a testimonium and what is signed.
    Weak,
    /// It must not, but for what is taller than a page: the first lines of a paragraph,
    /// a signature and its line.
    Firm,
}

/// A strip of the page, as wide as the text, never divided.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// The space above; none at the top of a page.
    pub before: Length,
    /// The height, without the space above.
    pub height: Length,
    /// What is on it, from its top left corner.
    pub items: Vec<Placed>,
    /// How it is bound to the next row.
    pub bond: Bond,
    /// Whether it begins a page.
    pub new_page: bool,
    /// Whether pages are numbered anew from the one that it begins.
    pub first_page: bool,
    /// Whether it stands in the middle of its page, alone.
    pub whole_page: bool,
    /// Whether it stands at the foot of its page.
    pub foot: bool,
    /// The boxes in which it lies, the inner ones first.
    pub within: Vec<Within>,
    /// Columns that are divided between pages each on its own; the row has no items then.
    pub columns: Vec<Vec<Self>>,
}

/// The classes of empty groups that are drawn.
const DRAWN: [&str; 2] = ["seal", "picture"];

/// The classes of groups that somebody signs in.
const SIGNED: [&str; 2] = ["signatory", "attest"];

/// The width of a seal, where the style does not say.
const SEAL: Length = Length::mm(30.0);

/// How much of the height of a page a picture may take: its caption wants room.
const PLATE: f64 = 0.86;

/// What setting a block needs to know.
pub(super) struct Setter<'a, 'b> {
    /// The style in the language of the part.
    pub cascade: Cascade<'a>,
    /// The faces.
    pub types: &'b mut Types<'a>,
    /// The structure.
    pub tags: &'b mut Tags,
    /// Draws seals and other figures.
    pub figures: &'b dyn Figures,
    /// The room on a page for rows.
    pub page: Length,
}

/// What surrounds a block.
#[derive(Clone)]
pub(super) struct Around {
    /// The text of what stands around.
    pub text: TextStyle,
    /// The node it stands in.
    pub tag: TagId,
    /// The node of its label, where it is the first block of an entry.
    pub label: Option<TagId>,
    /// From the left edge of the text.
    pub left: Length,
    /// The room for it.
    pub measure: Length,
}

/// What holds for a block that is being set.
#[derive(Clone, Copy)]
struct Frame<'a> {
    /// The text, the place in the structure and on the page.
    around: &'a Around,
    /// Its properties.
    style: &'a BlockStyle,
}

/// A first letter as high as several lines.
struct Initial {
    /// The letter.
    line: Line,
    /// What the lines beside it leave free.
    width: Length,
    /// How many they are.
    lines: usize,
}

/// The band of the page in which lines stand.
struct Band {
    /// From the left edge of the text.
    left: Length,
    /// The room.
    measure: Length,
}

impl Setter<'_, '_> {
    /// Sets blocks of a part to a measure, this far from the left edge of the text.
    pub(super) fn part(
        &mut self,
        blocks: &[Block],
        tag: TagId,
        (left, measure): (Length, Length),
    ) -> Result<Vec<Row>> {
        let text = self.cascade.root();
        let around = Around { text, tag, label: None, left, measure };
        let mut rows = Vec::new();
        self.blocks(blocks, &around, &mut rows)?;
        Ok(rows)
    }

    /// Sets blocks one below the other.
    fn blocks(
        &mut self,
        blocks: &[Block],
        around: &Around,
        rows: &mut Vec<Row>,
    ) -> Result<()> {
        for block in blocks {
            self.block(block, around, rows)?;
        }
        Ok(())
    }

    /// Sets a block.
    pub(super) fn block(
        &mut self,
        block: &Block,
        around: &Around,
        rows: &mut Vec<Row>,
    ) -> Result<()> {
        let kind = kind(&block.content);
        let (mut text, style) =
            self.cascade.block(kind, &block.attributes, &around.text, around.measure);
        if let Some(lang) = block.attributes.lang {
            text.lang = lang;
        }
        let mut inner = Around {
            text,
            tag: around.tag,
            label: around.label,
            left: around.left + style.left,
            measure: (around.measure - style.left - style.right).max(Length::pt(1.0)),
        };
        let band = (inner.left, inner.measure);
        let padding = style.padding.min(inner.measure * 0.45);
        inner.left += padding;
        inner.measure = (inner.measure - padding * 2.0).max(Length::pt(1.0));
        self.place_in_list(block, &mut inner);
        let first = rows.len();
        let nodes = self.tags.count();
        let outer = outer_edge(&style);
        if let Some(edge) = outer {
            let own = style.width.unwrap_or(Length::mm(20.0));
            inner.left = match edge {
                Edge::OuterLeft => around.left - own - style.gutter,
                _ => around.left + around.measure + style.gutter,
            };
            inner.measure = own;
        }
        let frame = Frame { around: &inner, style: &style };
        match &block.content {
            Content::Paragraph(inlines) => {
                let role = if block.attributes.has("title") {
                    Role::Title
                } else {
                    Role::Paragraph
                };
                self.lines(inlines, &block.attributes, role, frame, rows)?;
            }
            Content::Heading(level, inlines) => {
                let title = *level == 1 && block.attributes.has("title");
                let role = if title { Role::Title } else { Role::Heading(*level) };
                self.lines(inlines, &block.attributes, role, frame, rows)?;
            }
            Content::Group(_) if is_figure(&block.attributes) => {
                self.figure(&block.attributes, &inner, &style, rows);
            }
            Content::Group(blocks) => self.group(blocks, &inner, &style, rows)?,
            Content::List(entries) => self.list(entries, &inner, rows)?,
            Content::Rule => self.rule(&inner, &style, rows)?,
        }
        if SIGNED.iter().any(|class| block.attributes.has(class)) {
            let own = nodes..self.tags.count();
            self.tags.signed.push(own);
        }
        if rows.len() == first && style.height > Length::ZERO {
            rows.push(Row::default());
        }
        enclose(&mut rows[first..], &style, band);
        bind(rows, first, &style);
        if outer.is_some() || style.over {
            // It takes no room from what stands beside or under it.
            let mut row = beside(vec![rows.split_off(first)], false);
            if style.over && style.before < Length::ZERO {
                shift(&mut row.items, Length::ZERO, style.before);
                row.before = Length::ZERO;
            }
            row.height = Length::ZERO;
            row.bond = Bond::Firm;
            rows.push(row);
        }
        Ok(())
    }

    /// Sets running text with its label.
    fn lines(
        &mut self,
        inlines: &[Inline],
        attributes: &Attributes,
        role: Role,
        frame: Frame<'_>,
        rows: &mut Vec<Row>,
    ) -> Result<()> {
        let Frame { around, style } = frame;
        let tag = match role {
            Role::Heading(_) | Role::Title => {
                let words = plain_text(inlines);
                self.tags.add_named(role, around.tag, around.text.lang, &words)
            }
            _ => self.tags.add(role, Some(around.tag), around.text.lang),
        };
        self.tags.name(tag, attributes.id.as_deref());
        let of_label = Mark::Content(around.label.unwrap_or(tag));
        let label_voice = Voice::new(around.text.clone(), of_label);
        let voice = Voice::new(around.text.clone(), Mark::Content(tag));
        let mut text = Text::default();
        let mut place = Band { left: around.left, measure: around.measure };
        let mut hung = None;
        match (attributes.get("label"), style.label) {
            (Some(label), LabelPlace::RunIn) => {
                // A wide mark after a number brings its own space.
                let wide = label.chars().next_back().is_some_and(is_wide);
                let space = if wide { "" } else { "\u{2002}" };
                text.push(&format!("{label}{space}"), &label_voice, false);
            }
            (Some(label), LabelPlace::Hang) => {
                let line = self.label(label, &label_voice)?;
                // A label too long for its room pushes the text on.
                let room = style.label_width.max(line.width() + around.text.size * 0.4);
                hung = Some((line, place.left));
                place.left += room;
                place.measure = (place.measure - room).max(Length::pt(1.0));
            }
            (None, _) => {}
        }
        if around.text.grid && around.text.align == Align::Justify {
            let em = around.text.size;
            place.measure = em * (place.measure / em + 1e-9).floor().max(1.0);
        }
        text.append(Text::new(inlines, &self.cascade, &voice, self.tags));
        let initial = match style.initial {
            0 | 1 => None,
            lines => self.initial(&mut text, lines, &voice)?,
        };
        let mut atoms = shape_text(&text, &self.cascade, self.types)?;
        if around.text.keep_words {
            atoms = words(atoms, &self.cascade, self.types);
        }
        let indent = if initial.is_some() { Length::ZERO } else { style.indent };
        let mut measure = Measure::new(place.measure - indent, place.measure);
        if let Some(initial) = &initial {
            measure.beside = (initial.lines, initial.width);
        }
        let lines =
            break_lines(atoms, measure, around.text.align, &self.cascade, self.types);
        stack_lines(&lines, frame, &place, (hung.as_ref(), initial.as_ref()), rows);
        Ok(())
    }

    /// Takes the first letter from a text and sets it as high as so many lines: its top at
    /// that of the capitals of the first, its foot on the baseline of the last. None where
    /// the text begins with something else.
    fn initial(
        &mut self,
        text: &mut Text,
        lines: usize,
        voice: &Rc<Voice>,
    ) -> Result<Option<Initial>> {
        let Some(letter) = text.source.chars().next().filter(|c| c.is_alphabetic())
        else {
            return Ok(None);
        };
        let plain = &voice.style;
        let mut style = self.cascade.span(&Attributes::class("initial"), plain);
        let own = self.types.cap_height(&self.cascade, &style.face)?;
        let around = self.types.cap_height(&self.cascade, &plain.face)?;
        let height = plain.leading * (lines as f64 - 1.0) + plain.size * around;
        style.size = height / own.max(0.1);
        style.leading = plain.leading;
        text.drop_first(letter.len_utf8());
        let voice = Voice::new(style, voice.mark);
        let mut alone = Text::default();
        alone.push(letter.encode_utf8(&mut [0; 4]), &voice, false);
        let line = Line::alone(shape_text(&alone, &self.cascade, self.types)?);
        let width = line.width() + plain.size * 0.25;
        Ok(Some(Initial { line, width, lines }))
    }

    /// A label as a line of its own.
    fn label(&mut self, label: &str, voice: &Rc<Voice>) -> Result<Line> {
        let mut text = Text::default();
        text.push(label, voice, false);
        let atoms = shape_text(&text, &self.cascade, self.types)?;
        Ok(Line::alone(atoms))
    }

    /// Sets a list: its entries with their labels.
    fn list(
        &mut self,
        entries: &[Entry],
        around: &Around,
        rows: &mut Vec<Row>,
    ) -> Result<()> {
        let tag = self.tags.add(Role::List, Some(around.tag), around.text.lang);
        for entry in entries {
            let item = self.tags.item(tag, &entry.label, around.text.lang);
            for (index, block) in entry.blocks.iter().enumerate() {
                let mut block = block.clone();
                block.attributes.classes.insert(0, "entry".to_owned());
                if index == 0 {
                    let label = entry.label.clone();
                    block.attributes.pairs.entry("label".to_owned()).or_insert(label);
                }
                let label = (index == 0).then_some(item.label);
                let inner = Around { tag: item.body, label, ..around.clone() };
                self.block(&block, &inner, rows)?;
            }
        }
        Ok(())
    }

    /// Finds the place of a block in the lists of the structure: a labelled paragraph is
    /// an entry, what else comes ends the lists.
    fn place_in_list(&mut self, block: &Block, inner: &mut Around) {
        let label = block.attributes.get("label");
        match (&block.content, label) {
            (Content::Paragraph(_), Some(label)) if inner.label.is_none() => {
                let classes = &block.attributes.classes;
                let item = self.tags.labelled(inner.tag, classes, label, inner.text.lang);
                inner.tag = item.body;
                inner.label = Some(item.label);
            }
            (Content::Paragraph(_), Some(_)) => {}
            _ => {
                inner.label = None;
                self.tags.end_lists(inner.tag);
            }
        }
    }

    /// Draws a rule, or sets the ornament that stands for it.
    fn rule(
        &mut self,
        around: &Around,
        style: &BlockStyle,
        rows: &mut Vec<Row>,
    ) -> Result<()> {
        if let Some(ornament) = &style.ornament {
            let voice = Voice::new(around.text.clone(), Mark::Artifact);
            let mut text = Text::default();
            text.push(ornament, &voice, false);
            let atoms = shape_text(&text, &self.cascade, self.types)?;
            let line = Line::alone(atoms);
            let leading = around.text.leading;
            let baseline = baseline(leading, around.text.size);
            let place = Place { left: around.left, measure: around.measure, baseline };
            let mut row = Row { height: leading, ..Row::default() };
            set_line(&line, around.text.align, place, &mut row.items);
            rows.push(row);
            return Ok(());
        }
        let Some(thickness) = style.rule else {
            rows.push(Row { height: around.text.leading, ..Row::default() });
            return Ok(());
        };
        let width = style.width.unwrap_or(around.measure).min(around.measure);
        let left = around.left + slack(around.text.align, around.measure - width);
        let (line, place) = ((style.line, thickness), (left, Length::ZERO, width));
        let items = vec![rules::rule(place, line, &style.line_ink)];
        let height = rules::depth(style.line, thickness);
        rows.push(Row { height, items, ..Row::default() });
        Ok(())
    }

    /// Places a seal or another figure that the attributes describe.
    fn figure(
        &mut self,
        attributes: &Attributes,
        around: &Around,
        style: &BlockStyle,
        rows: &mut Vec<Row>,
    ) {
        let usual = if attributes.has("seal") { SEAL } else { around.measure };
        let width = style.width.unwrap_or(usual);
        let room = Size::new(width, self.page * PLATE);
        let Some(figure) = self.figures.draw(attributes, room) else { return };
        let width = figure.width;
        let alt = attributes.get("alt").unwrap_or(&figure.alt);
        let tag = self.tags.add_named(Role::Figure, around.tag, around.text.lang, alt);
        // In lines that run downward it stands upright: along them it is as long as high.
        let (along, across) = if around.text.vertical {
            (figure.height, width)
        } else {
            (width, figure.height)
        };
        let left = around.left
            + slack(around.text.align, around.measure - along)
            + (along - width) * 0.5;
        let down = (across - figure.height) * 0.5;
        let mut items: Vec<Placed> = figure
            .items
            .into_iter()
            .map(|item| Placed { mark: Mark::Content(tag), item })
            .collect();
        shift(&mut items, left, down);
        rows.push(Row { height: across, items, ..Row::default() });
    }
}

/// Joins atoms that are parts of one word, so that lines end between words only.
fn words(atoms: Vec<Atom>, cascade: &Cascade<'_>, types: &Types<'_>) -> Vec<Atom> {
    let mut out: Vec<Atom> = Vec::new();
    for atom in atoms {
        match out.last_mut() {
            Some(last)
                if last.spaces.iter().all(|s| s.text.is_empty()) && !last.must_break =>
            {
                last.pieces.append(&mut last.spaces);
                last.pieces.extend(atom.pieces);
                last.spaces = atom.spaces;
                last.must_break = atom.must_break;
                last.syllables = syllables(&last.pieces, cascade, types);
            }
            _ => out.push(atom),
        }
    }
    out
}

/// Makes a row of each line, with a label that hangs beside them and where it stands, and
/// with a large initial.
fn stack_lines(
    lines: &[Line],
    frame: Frame<'_>,
    place: &Band,
    (hung, initial): (Option<&(Line, Length)>, Option<&Initial>),
    rows: &mut Vec<Row>,
) {
    let Frame { around, style } = frame;
    let count = lines.len();
    let beside = initial.map_or(0, |initial| initial.lines);
    for (index, line) in lines.iter().enumerate() {
        let indent = match initial {
            Some(initial) if index < beside => initial.width,
            None if index == 0 => style.indent,
            _ => Length::ZERO,
        };
        let leading = leading_of(line, &around.text);
        let at = Place {
            left: place.left + indent,
            measure: place.measure - indent,
            baseline: baseline(leading, around.text.size),
        };
        let mut row = Row { height: leading, ..Row::default() };
        if let (0, Some((label, left))) = (index, hung) {
            let place = Place { left: *left, measure: label.width(), ..at };
            set_line(label, Align::Left, place, &mut row.items);
        }
        if let (0, Some(initial)) = (index, initial) {
            let down = around.text.leading * (beside as f64 - 1.0);
            let at = Place { left: place.left, baseline: at.baseline + down, ..at };
            set_line(&initial.line, Align::Left, at, &mut row.items);
        }
        if let Some(colour) = style.strip {
            row.items.extend(rules::under_line(line, around, at, colour));
        }
        set_line(line, around.text.align, at, &mut row.items);
        // No line stands alone at the foot or the head of a page, none leaves its initial,
        // and no page should end within a word.
        let next = index + 1;
        if next < count && (index == 0 || index + 2 == count || next < beside) {
            row.bond = Bond::Firm;
        } else if line.is_divided {
            row.bond = Bond::Weak;
        }
        if next == count && next < beside {
            row.height += around.text.leading * (beside - next) as f64;
        }
        rows.push(row);
    }
}

impl Text {
    /// Takes away so many bytes from the beginning.
    fn drop_first(&mut self, bytes: usize) {
        self.source.drain(..bytes);
        for stretch in &mut self.stretches {
            let range = &stretch.range;
            stretch.range =
                range.start.saturating_sub(bytes)..range.end.saturating_sub(bytes);
        }
        self.stretches.retain(|stretch| !stretch.range.is_empty());
    }

    /// Appends another text.
    fn append(&mut self, other: Self) {
        let base = self.source.len();
        self.source.push_str(&other.source);
        self.stretches.extend(other.stretches.into_iter().map(|mut stretch| {
            stretch.range = base + stretch.range.start..base + stretch.range.end;
            stretch
        }));
    }
}

/// Whether a group is drawn and not set.
fn is_figure(attributes: &Attributes) -> bool {
    DRAWN.iter().any(|class| attributes.has(class))
}

/// The name under which a style knows the kind of a block.
pub(super) fn kind(content: &Content) -> &'static str {
    match content {
        Content::Paragraph(_) => "paragraph",
        Content::Heading(1, _) => "heading-1",
        Content::Heading(2, _) => "heading-2",
        Content::Heading(3, _) => "heading-3",
        Content::Heading(..) => "heading-4",
        Content::Group(_) => "group",
        Content::List(_) => "list",
        Content::Rule => "rule",
    }
}

/// Binds the rows of a block to their page and to what stands around.
fn bind(rows: &mut [Row], first: usize, style: &BlockStyle) {
    let (above, own) = rows.split_at_mut(first);
    let Some(last) = own.len().checked_sub(1) else { return };
    if style.keep {
        own[..last].iter_mut().for_each(|row| row.bond = Bond::Firm);
    }
    if style.keep_previous {
        above
            .iter_mut()
            .rev()
            .take(2)
            .for_each(|row| row.bond = row.bond.max(Bond::Weak));
    }
    own[0].before = own[0].before.max(style.before);
    if style.before < Length::ZERO {
        own[0].before = style.before;
    }
    own[0].new_page |= style.new_page || style.first_page;
    own[0].first_page |= style.first_page;
    widen(&mut own[last..], style.after);
    if style.foot {
        own.iter_mut().for_each(|row| row.foot = true);
        own[..last].iter_mut().for_each(|row| row.bond = Bond::Firm);
    }
    if style.keep_next {
        own[last].bond = own[last].bond.max(Bond::Weak);
    }
    if style.whole_page {
        let stack = own.iter_mut().map(core::mem::take).collect();
        let row = beside(vec![stack], false);
        own[0] = Row { whole_page: true, new_page: true, before: Length::ZERO, ..row };
    }
}

/// Puts stacks of rows beside one another into one row.
pub(super) fn beside(cells: Vec<Vec<Row>>, align_feet: bool) -> Row {
    beside_of(cells, align_feet, Length::ZERO)
}

/// Puts stacks of rows beside one another into one row that is at least so high.
pub(super) fn beside_of(cells: Vec<Vec<Row>>, align_feet: bool, least: Length) -> Row {
    let mut row = Row { height: least, ..Row::default() };
    let mut stacks = Vec::new();
    for cell in cells {
        let before = cell.first().map_or(Length::ZERO, |first| first.before);
        row.before = row.before.max(before);
        let mut items = Vec::new();
        let (height, open) = stack_rows(cell, &mut items);
        row.height = row.height.max(height);
        stacks.push((height, items, open));
    }
    for (height, mut items, mut open) in stacks {
        let foot = if align_feet { height } else { row.height };
        let mut stack = open.draw(foot);
        stack.append(&mut items);
        if align_feet {
            shift(&mut stack, Length::ZERO, row.height - height);
        }
        row.items.append(&mut stack);
    }
    row
}

/// Puts rows one below the other into one; gives its height and the boxes they lie in.
fn stack_rows(rows: Vec<Row>, out: &mut Vec<Placed>) -> (Length, Open) {
    let mut y = Length::ZERO;
    let mut open = Open::default();
    for (index, mut row) in rows.into_iter().enumerate() {
        if index > 0 || row.before < Length::ZERO {
            y += row.before;
        }
        open.note(&row, y);
        shift(&mut row.items, Length::ZERO, y);
        out.append(&mut row.items);
        y += row.height;
    }
    (y, open)
}

/// The leading of a line: that of its block, or of the largest type in it.
fn leading_of(line: &Line, text: &TextStyle) -> Length {
    let pieces = line.atoms.iter().flat_map(|atom| &atom.pieces);
    pieces.map(|piece| piece.voice.style.leading).fold(text.leading, Length::max)
}

/// The margin in which a block stands.
fn outer_edge(style: &BlockStyle) -> Option<Edge> {
    style.aside.filter(|edge| matches!(edge, Edge::OuterLeft | Edge::OuterRight))
}

/// How far something narrower than the measure is moved to the right.
pub(super) fn slack(align: Align, rest: Length) -> Length {
    match align {
        Align::Left | Align::Justify => Length::ZERO,
        Align::Right => rest,
        Align::Center => rest * 0.5,
    }
}
