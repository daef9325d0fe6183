//! The logical structure: marked content and the tree that orders it
//! (ISO 32000-1, 14.7 and 14.8).

use std::borrow::Cow;
use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::attributes::attributes;
use super::common::Objects;
use super::content::{Content, dict, name};
use super::links;
use crate::page::{Mark, Pages, Role, Tag, TagId};

/// The marked content of all pages.
pub(super) struct Marks {
    /// For each page, the tag of each piece of marked content.
    pages: Vec<Vec<TagId>>,
}

impl Marks {
    /// With nothing marked yet.
    pub(super) fn new(pages: usize) -> Self {
        Self { pages: vec![Vec::new(); pages] }
    }

    /// Begins a piece of marked content.
    pub(super) fn begin(&mut self, mark: Mark, page: usize, content: &mut Content) {
        match mark {
            Mark::Artifact => content.op("BMC", [name("Artifact")]),
            Mark::Content(tag) => {
                let pieces = &mut self.pages[page];
                let number = i64::try_from(pieces.len()).unwrap_or(i64::MAX);
                pieces.push(tag);
                let properties = dict([("MCID", Object::Integer(number))]);
                content.op("BDC", [name("P"), properties]);
            }
        }
    }

    /// Writes the structure tree; gives its root.
    pub(super) fn write(
        &self,
        pages: &Pages,
        page_ids: &[ObjectId],
        objects: &mut Objects,
    ) -> ObjectId {
        let Objects { document, plain, .. } = objects;
        let root = document.new_object_id();
        let body = document.new_object_id();
        let ids: Vec<ObjectId> =
            pages.tags.iter().map(|_| document.new_object_id()).collect();
        let mut nodes: Vec<Node> = pages.tags.iter().map(|_| Node::default()).collect();
        let mut parents = Vec::new();
        let mut places = Places::new(self, pages);
        for (page, pieces) in self.pages.iter().enumerate() {
            let mut row = Vec::with_capacity(pieces.len());
            for (number, tag) in pieces.iter().enumerate() {
                for (node, child) in places.among_pieces(*tag, pages) {
                    nodes[node].kids.push(ids[child].into());
                }
                nodes[tag.0 as usize].piece(page_ids[page], number);
                row.push(Object::Reference(ids[tag.0 as usize]));
            }
            parents.push(Object::Integer(i64::try_from(page).unwrap_or(i64::MAX)));
            parents.push(Object::Array(row));
        }
        let links = links::write(pages, page_ids, document);
        for (number, link) in links.iter().enumerate() {
            let reference = dictionary! {
                "Type" => "OBJR",
                "Pg" => page_ids[link.page],
                "Obj" => link.annotation,
            };
            nodes[link.tag.0 as usize].kids.push(Object::Dictionary(reference));
            let number = i64::try_from(self.pages.len() + number).unwrap_or(i64::MAX);
            parents.push(Object::Integer(number));
            parents.push(Object::Reference(ids[link.tag.0 as usize]));
        }
        let mut top = Vec::new();
        for (index, tag) in pages.tags.iter().enumerate() {
            let this = Object::Reference(ids[index]);
            match tag.parent {
                Some(_) if places.placed[index] => {}
                Some(parent) => nodes[parent.0 as usize].kids.push(this),
                None => top.push(this),
            }
        }
        let levels = levels(&pages.tags);
        let mut attributes = attributes(pages);
        let role = |role, index| levels.get(&index).map_or(role, |&l| Role::Heading(l));
        for (index, tag) in pages.tags.iter().enumerate() {
            let id = TagId(u32::try_from(index).unwrap_or(u32::MAX));
            let parent = tag.parent.map_or(body, |parent| ids[parent.0 as usize]);
            let Node { kids, page } = core::mem::take(&mut nodes[index]);
            let kind = structure_type(role(tag.role, index));
            // A language holds for all that stands in a node (ISO 32000-1, 14.9.2).
            let around = tag.parent.and_then(|parent| pages.tags.get(parent.0 as usize));
            let is_other = around.is_none_or(|around| around.lang != tag.lang);
            let lang = is_other.then(|| Object::string_literal(tag.lang.as_str()));
            let is_figure = tag.role == Role::Figure;
            let alt = tag.alt.as_ref().filter(|_| is_figure).map(|alt| text(alt));
            let more = [
                ("/Pg ", page.map(Object::from)),
                ("/Lang ", lang),
                ("/Alt ", alt),
                ("/A ", attributes.remove(&id).map(Object::from)),
            ];
            plain.add(ids[index], |shown| {
                shown.text("<</Type /StructElem/S /");
                shown.text(kind);
                shown.text("/P ");
                shown.object(&parent.into());
                shown.text("/K ");
                shown.object(&kids.into());
                for (key, value) in more {
                    if let Some(value) = value {
                        shown.text(key);
                        shown.object(&value);
                    }
                }
                shown.text(">>");
            });
        }
        document.set_object(
            body,
            dictionary! {
                "Type" => "StructElem",
                "S" => "Document",
                "P" => root,
                // In a volume it is a part among others, whose language may be another.
                "Lang" => Object::string_literal(pages.info.lang.as_str()),
                "K" => top,
            },
        );
        let tree = document.add_object(dictionary! { "Nums" => parents });
        let next = i64::try_from(self.pages.len() + links.len()).unwrap_or(i64::MAX);
        document.set_object(
            root,
            dictionary! {
                "Type" => "StructTreeRoot",
                "K" => body,
                "ParentTree" => tree,
                "ParentTreeNextKey" => next,
            },
        );
        root
    }
}

/// Which nodes stand among the pieces of the node around them, as a link does in a
/// paragraph: there they are read.
struct Places {
    /// Whether a node has pieces of its own.
    mixed: Vec<bool>,
    /// Whether a node has its place among those of the node around it.
    placed: Vec<bool>,
}

impl Places {
    /// Before anything was placed.
    fn new(marks: &Marks, pages: &Pages) -> Self {
        let mut mixed = vec![false; pages.tags.len()];
        for tag in marks.pages.iter().flatten() {
            mixed[tag.0 as usize] = true;
        }
        Self { mixed, placed: vec![false; pages.tags.len()] }
    }

    /// The nodes whose place is before the next piece of a tag: each behind the node around
    /// it, among whose pieces it goes.
    fn among_pieces(&mut self, tag: TagId, pages: &Pages) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut child = tag.0 as usize;
        while !self.placed[child]
            && let Some(parent) = pages.tags[child].parent.map(|parent| parent.0 as usize)
        {
            if self.mixed[parent] {
                self.placed[child] = true;
                found.push((parent, child));
            }
            child = parent;
        }
        found
    }
}

/// A node of the structure in the making.
#[derive(Default)]
struct Node {
    /// What stands in it.
    kids: Vec<Object>,
    /// The page of the pieces that it tells by number alone.
    page: Option<ObjectId>,
}

impl Node {
    /// Adds the piece of marked content of a number on a page.
    fn piece(&mut self, page: ObjectId, number: usize) {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        if *self.page.get_or_insert(page) == page {
            self.kids.push(Object::Integer(number));
            return;
        }
        let piece = dictionary! { "Type" => "MCR", "Pg" => page, "MCID" => number };
        self.kids.push(Object::Dictionary(piece));
    }
}

/// A text outside of content.
pub(super) fn text(words: &str) -> Object {
    Object::String(utf16(&fitting(words)), lopdf::StringFormat::Hexadecimal)
}

/// The longest text outside of content, in units of two bytes: archives take no string of
/// more than 32,767 bytes (ISO 19005-2, 6.1.13).
const LONGEST: usize = 16_000;

/// A text, or as much of it as fits outside of content.
pub(super) fn fitting(words: &str) -> Cow<'_, str> {
    let mut units = 0;
    let mut fits = |c: char| {
        units += c.len_utf16();
        units <= LONGEST
    };
    match words.chars().position(|c| !fits(c)) {
        None => words.into(),
        Some(count) => words.chars().take(count).chain(['…']).collect::<String>().into(),
    }
}

/// A text as PDF wants it outside of content: UTF-16 with its mark (ISO 32000-1, 7.9.2).
fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}

/// The standard structure type of a role (ISO 32000-1, 14.8.4).
fn structure_type(role: Role) -> &'static str {
    match role {
        Role::Section => "Sect",
        Role::Title | Role::Heading(0 | 1) => "H1",
        Role::Heading(2) => "H2",
        Role::Heading(3) => "H3",
        Role::Heading(4) => "H4",
        Role::Heading(5) => "H5",
        Role::Heading(_) => "H6",
        Role::Paragraph => "P",
        Role::List => "L",
        Role::ListItem => "LI",
        Role::Label => "Lbl",
        Role::ListBody => "LBody",
        Role::Span => "Span",
        Role::Figure => "Figure",
        Role::Link => "Link",
    }
}

/// The level of each heading: the first is 1, and none is more than one deeper than what
/// stands over it (ISO 14289-1, 7.4.2), whatever levels the template uses.
pub(super) fn levels(tags: &[Tag]) -> BTreeMap<usize, u8> {
    let mut over: Vec<u8> = Vec::new();
    let mut levels = BTreeMap::new();
    for (index, tag) in tags.iter().enumerate() {
        let level = match tag.role {
            Role::Title => 1,
            Role::Heading(level) => level.max(1),
            _ => continue,
        };
        while over.last().is_some_and(|&last| last >= level) {
            over.pop();
        }
        over.push(level);
        levels.insert(index, u8::try_from(over.len()).unwrap_or(u8::MAX));
    }
    levels
}

/// The entry of a page's dictionary that finds its marked content.
pub(super) fn mark_page(page: &mut Dictionary, index: usize) {
    page.set("StructParents", i64::try_from(index).unwrap_or(i64::MAX));
    page.set("Tabs", "S");
}
