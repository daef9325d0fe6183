//! A volume: many documents in one file. What they have in common (fonts, sheets, seals) is
//! in it once; each is a part of the structure and an entry of the outline. Documents are
//! written as they come, and only numbers are kept of them.

use std::io::{self, Write};

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::common::Objects;
use super::file::{File, Number, Transfer, show, show_reference};
use super::finish::{Pace, broken, output_intent, unwritten, xmp_stream};
use super::metadata;
use super::tags::text;
use crate::diag::{Diagnostic, Result};
use crate::page::Info;

/// How many pages or numbers share a node of a tree.
const NODE: usize = 64;

/// A document that is to be part of a volume.
pub struct Part {
    /// Its objects.
    objects: Objects,
    /// What it says of itself.
    info: Info,
}

impl core::fmt::Debug for Part {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Part").field("info", &self.info).finish_non_exhaustive()
    }
}

impl Part {
    /// A completed document.
    pub(super) fn new(objects: Objects, info: Info) -> Self {
        Self { objects, info }
    }

    /// The title of the document.
    pub fn title(&self) -> &str {
        &self.info.title
    }
}

/// Many documents in one PDF file, which archives take and everyone can read as they do
/// those of one document. At most about 100,000 letters go into one: archives take no more
/// than 8,388,607 objects in a file (ISO 19005-2, 6.1.13).
pub struct Volume<W: Write> {
    /// The file.
    file: File<W>,
    /// Its fixed objects.
    fixed: Fixed,
    /// What the volume says of itself, after its first document; none while it is empty.
    info: Option<Info>,
    /// How it is shown, after its first document.
    preferences: Object,
    /// The pages.
    pages: Leaves,
    /// The tree from marked content to structure.
    parents: Numbers,
    /// The labels of the pages.
    labels: Numbers,
    /// The structure of each document.
    parts: Vec<Number>,
    /// The outline.
    outline: Outline,
}

impl<W: Write> core::fmt::Debug for Volume<W> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let mut shown = f.debug_struct("Volume");
        shown.field("info", &self.info).field("parts", &self.parts.len());
        shown.finish_non_exhaustive()
    }
}

/// The numbers of the objects that are there once.
#[derive(Clone, Copy)]
struct Fixed {
    /// The catalog.
    catalog: Number,
    /// What the file says of itself.
    info: Number,
    /// The root of the pages.
    pages: Number,
    /// The root of the structure.
    structure: Number,
    /// The structure element that holds all documents.
    whole: Number,
    /// The root of the outline.
    outline: Number,
}

impl<W: Write> Volume<W> {
    /// An empty volume.
    ///
    /// # Errors
    /// What writing runs into.
    pub fn new(out: W) -> Result<Self> {
        let mut file = File::new(out, Pace::Quick).map_err(|error| unwritten(&error))?;
        let fixed = Fixed {
            catalog: file.reserve(),
            info: file.reserve(),
            pages: file.reserve(),
            structure: file.reserve(),
            whole: file.reserve(),
            outline: file.reserve(),
        };
        let outline = Outline { next: file.reserve(), ..Outline::default() };
        Ok(Self {
            file,
            fixed,
            info: None,
            preferences: Object::Null,
            pages: Leaves::default(),
            parents: Numbers::default(),
            labels: Numbers::default(),
            parts: Vec::new(),
            outline,
        })
    }

    /// Adds a document; `title` is its entry in the outline.
    ///
    /// # Errors
    /// What writing runs into; more objects than archives take.
    pub fn add(&mut self, part: Part, title: &str) -> Result<()> {
        let Part { mut objects, info } = part;
        let known = Known::read(&objects.document).map_err(|error| broken(&error))?;
        let keys = known.prepare(&mut objects.document, self.parents.next, title);
        if self.info.is_none() {
            self.info = Some(info);
            self.preferences = known.preferences.clone();
        }
        self.write(&objects, &known, title).map_err(|error| unwritten(&error))?;
        self.parents.next += keys;
        if self.file.is_full() {
            let message = "the volume has more parts than archives take";
            return Err(Diagnostic::usage("too-large", message)
                .hint("make several: --shard 1/2 and --shard 2/2 with names of their own")
                .into());
        }
        Ok(())
    }

    /// Writes the objects of a document.
    fn write(&mut self, objects: &Objects, known: &Known, title: &str) -> io::Result<()> {
        let mut transfer = Transfer::new(objects);
        let node = self.pages.node(&mut self.file);
        transfer.set(known.pages_root, node);
        transfer.set(known.structure_root, self.fixed.whole);
        let entry = self.outline.next;
        if let Some((root, _)) = &known.outline {
            transfer.set(*root, entry);
        }
        transfer.share(&mut self.file)?;
        let numbers =
            known.pages.iter().map(|&page| transfer.number(&mut self.file, page));
        let numbers: Vec<Number> = numbers.collect();
        self.parts.push(transfer.number(&mut self.file, known.body));
        for (numbers, pairs) in
            [(&mut self.parents, &known.parents), (&mut self.labels, &known.labels)]
        {
            for (key, value) in pairs {
                let mut shown = Vec::new();
                show(value, &mut shown, &mut |id, out| {
                    show_reference(transfer.number(&mut self.file, id), out);
                });
                numbers.push(numbers.next + key, &shown, &mut self.file)?;
            }
        }
        self.labels.next += known.pages.len() as i64;
        let mut dict = dictionary! { "Title" => text(title) };
        if let Some(&first) = numbers.first() {
            let to = ["XYZ".into(), Object::Null, Object::Null, Object::Null];
            dict.set("Dest", [vec![at(first)], to.to_vec()].concat());
        }
        if let Some((_, (first, last, count))) = known.outline {
            dict.set("First", at(transfer.number(&mut self.file, first)));
            dict.set("Last", at(transfer.number(&mut self.file, last)));
            // Closed: what stands below it is not seen at first.
            dict.set("Count", -count);
        }
        self.outline.add(dict, self.fixed.outline, &mut self.file)?;
        self.pages.add(&numbers, self.fixed.pages, &mut self.file)?;
        transfer.run(&mut self.file)
    }

    /// Ends the volume, which has this title.
    ///
    /// # Errors
    /// A volume without documents; what writing runs into.
    pub fn finish(mut self, title: &str) -> Result<W> {
        let Some(info) = self.info.take() else {
            return Err(Diagnostic::invalid("empty", "the volume has no documents")
                .hint("mend the rows, or give it some")
                .into());
        };
        let info = Info { title: title.to_owned(), ..info };
        let mut rest = Objects::new(Document::new(), Pace::Quick);
        let intent = output_intent(&mut rest.document)?;
        let metadata = rest.document.add_object(xmp_stream(&info, false));
        self.end(&info, (&rest, intent, metadata))
            .map_err(|error| unwritten(&error).into())
    }

    /// Writes what is there once.
    fn end(
        mut self,
        info: &Info,
        (rest, intent, metadata): (&Objects, Object, ObjectId),
    ) -> io::Result<W> {
        let Self { mut file, fixed, .. } = self;
        self.pages.finish(fixed.pages, &mut file)?;
        self.outline.finish(fixed.outline, &mut file)?;
        let tree = self.parents.finish(&mut file)?;
        let labels = self.labels.finish(&mut file)?;
        let parts: Vec<Object> = self.parts.into_iter().map(at).collect();
        let whole = dictionary! {
            "Type" => "StructElem", "S" => "Document", "P" => at(fixed.structure), "K" => parts,
        };
        let structure = dictionary! {
            "Type" => "StructTreeRoot",
            "K" => at(fixed.whole),
            "ParentTree" => at(tree),
            "ParentTreeNextKey" => self.parents.next,
        };
        let catalog = dictionary! {
            "Type" => "Catalog",
            "Pages" => at(fixed.pages),
            "Outlines" => at(fixed.outline),
            "PageMode" => "UseOutlines",
            "PageLabels" => at(labels),
            "StructTreeRoot" => at(fixed.structure),
            "MarkInfo" => dictionary! { "Marked" => true },
            "Lang" => Object::string_literal(info.lang.as_str()),
            "ViewerPreferences" => self.preferences,
        };
        for (number, dict) in [
            (fixed.whole, whole),
            (fixed.structure, structure),
            (fixed.info, metadata::info(info)),
        ] {
            file.put(number, &Object::Dictionary(dict), &mut |_, id| id.0)?;
        }
        // These are numbered in a document of their own.
        let mut transfer = Transfer::new(rest);
        let mut shown = Vec::new();
        show(&Object::Dictionary(catalog), &mut shown, &mut |id, out| {
            show_reference(id.0, out);
        });
        shown.truncate(shown.len() - 2);
        shown.extend(b"/Metadata ");
        let mut refer = |id, out: &mut Vec<u8>| {
            show_reference(transfer.number(&mut file, id), out);
        };
        show(&metadata.into(), &mut shown, &mut refer);
        shown.extend(b"/OutputIntents ");
        show(&vec![intent].into(), &mut shown, &mut refer);
        shown.extend(b">>");
        file.put_shown(fixed.catalog, &shown)?;
        transfer.run(&mut file)?;
        file.finish(fixed.catalog, fixed.info)
    }
}

/// A reference to an object that has its number already.
fn at(number: Number) -> Object {
    Object::Reference((number, 0))
}

/// What must be known of a document to make it part of a volume.
struct Known {
    /// The root of its pages.
    pages_root: ObjectId,
    /// Its pages in order.
    pages: Vec<ObjectId>,
    /// The root of its structure.
    structure_root: ObjectId,
    /// The structure element that holds all others.
    body: ObjectId,
    /// From keys to structure elements.
    parents: Vec<(i64, Object)>,
    /// From pages to labels.
    labels: Vec<(i64, Object)>,
    /// The root of the outline with its first entry, its last, and how many there are.
    outline: Option<(ObjectId, (ObjectId, ObjectId, i64))>,
    /// How it is shown.
    preferences: Object,
}

impl Known {
    /// Reads a document.
    fn read(document: &Document) -> lopdf::Result<Self> {
        let catalog = document.catalog()?;
        let reference = |key: &[u8]| catalog.get(key).and_then(Object::as_reference);
        let structure_root = reference(b"StructTreeRoot")?;
        let structure = document.get_dictionary(structure_root)?;
        let tree = structure.get(b"ParentTree").and_then(Object::as_reference)?;
        let outline = reference(b"Outlines").ok().and_then(|root| {
            let dict = document.get_dictionary(root).ok()?;
            let end = |key: &[u8]| dict.get(key).and_then(Object::as_reference).ok();
            let count = dict.get(b"Count").and_then(Object::as_i64).ok()?;
            Some((root, (end(b"First")?, end(b"Last")?, count)))
        });
        Ok(Self {
            pages_root: reference(b"Pages")?,
            pages: document.get_pages().into_values().collect(),
            structure_root,
            body: structure.get(b"K").and_then(Object::as_reference)?,
            parents: pairs(document.get_dictionary(tree)?)?,
            labels: pairs(catalog.get(b"PageLabels").and_then(Object::as_dict)?)?,
            outline,
            preferences: catalog.get(b"ViewerPreferences")?.clone(),
        })
    }

    /// Makes the document the part of a volume whose next key is `next`; how many keys it
    /// needs.
    fn prepare(&self, document: &mut Document, next: i64, title: &str) -> i64 {
        let with_parents =
            document.objects.values_mut().filter_map(|object| match object {
                Object::Dictionary(dict) => Some(dict),
                _ => None,
            });
        for dict in with_parents {
            for key in [&b"StructParents"[..], b"StructParent"] {
                // Asked first, for to fail makes an error.
                if dict.has(key)
                    && let Ok(Object::Integer(number)) = dict.get_mut(key)
                {
                    *number += next;
                }
            }
        }
        if let Ok(body) = document.get_dictionary_mut(self.body) {
            body.set("S", "Part");
            body.set("T", text(title));
        }
        self.parents.iter().map(|(key, _)| key + 1).max().unwrap_or(0)
    }
}

/// The pairs of a tree of numbers that is one node.
fn pairs(node: &Dictionary) -> lopdf::Result<Vec<(i64, Object)>> {
    let nums = node.get(b"Nums").and_then(Object::as_array)?;
    let pair = |pair: &[Object]| Ok((pair[0].as_i64()?, pair[1].clone()));
    nums.chunks_exact(2).map(pair).collect()
}

/// The tree of pages: nodes under a root.
#[derive(Default)]
struct Leaves {
    /// The node that takes pages.
    open: Option<(Number, Vec<Object>)>,
    /// The nodes that are full.
    nodes: Vec<Object>,
    /// How many pages there are.
    count: i64,
}

impl Leaves {
    /// The node that takes the next pages.
    fn node<W: Write>(&mut self, file: &mut File<W>) -> Number {
        self.open.get_or_insert_with(|| (file.reserve(), Vec::new())).0
    }

    /// Adds pages to the node.
    fn add<W: Write>(
        &mut self,
        pages: &[Number],
        root: Number,
        file: &mut File<W>,
    ) -> io::Result<()> {
        self.count += pages.len() as i64;
        if let Some((_, kids)) = &mut self.open {
            kids.extend(pages.iter().copied().map(at));
            if kids.len() >= NODE {
                self.close(root, file)?;
            }
        }
        Ok(())
    }

    /// Writes the node.
    fn close<W: Write>(&mut self, root: Number, file: &mut File<W>) -> io::Result<()> {
        let Some((number, kids)) = self.open.take() else { return Ok(()) };
        let count = kids.len() as i64;
        let node = dictionary! {
            "Type" => "Pages", "Parent" => at(root), "Kids" => kids, "Count" => count,
        };
        self.nodes.push(at(number));
        file.put(number, &Object::Dictionary(node), &mut |_, id| id.0)
    }

    /// Writes the root.
    fn finish<W: Write>(mut self, root: Number, file: &mut File<W>) -> io::Result<()> {
        self.close(root, file)?;
        let node = dictionary! {
            "Type" => "Pages", "Kids" => self.nodes, "Count" => self.count,
        };
        file.put(root, &Object::Dictionary(node), &mut |_, id| id.0)
    }
}

/// A tree of numbers (ISO 32000-1, 7.9.7): nodes under a root.
#[derive(Default)]
struct Numbers {
    /// The first key of the next document.
    next: i64,
    /// The pairs of the node that is open, as they stand in the file.
    open: Vec<u8>,
    /// Its first key and its last.
    limits: [i64; 2],
    /// How many pairs it has.
    count: usize,
    /// The nodes that are full.
    nodes: Vec<Object>,
}

impl Numbers {
    /// Adds a pair; keys come in their order.
    fn push<W: Write>(
        &mut self,
        key: i64,
        value: &[u8],
        file: &mut File<W>,
    ) -> io::Result<()> {
        if self.count == 0 {
            self.limits[0] = key;
        }
        self.limits[1] = key;
        self.count += 1;
        self.open.extend(format!("{key} ").bytes());
        self.open.extend(value);
        self.open.push(b' ');
        if self.count >= NODE { self.close(file) } else { Ok(()) }
    }

    /// Writes the node.
    fn close<W: Write>(&mut self, file: &mut File<W>) -> io::Result<()> {
        if self.count == 0 {
            return Ok(());
        }
        let [first, last] = self.limits;
        let mut shown = format!("<</Limits [{first} {last}]/Nums [").into_bytes();
        shown.append(&mut self.open);
        shown.extend(b"]>>");
        self.count = 0;
        let number = file.reserve();
        self.nodes.push(at(number));
        file.put_shown(number, &shown)
    }

    /// Writes the root.
    fn finish<W: Write>(&mut self, file: &mut File<W>) -> io::Result<Number> {
        self.close(file)?;
        let root = dictionary! { "Kids" => core::mem::take(&mut self.nodes) };
        let number = file.reserve();
        file.put(number, &Object::Dictionary(root), &mut |_, id| id.0)?;
        Ok(number)
    }
}

/// The outline: an entry for each document.
#[derive(Default)]
struct Outline {
    /// The first entry.
    first: Option<Number>,
    /// The last entry, which waits to know whether another follows.
    last: Option<(Number, Dictionary)>,
    /// The number of the next entry.
    next: Number,
    /// How many there are.
    count: i64,
}

impl Outline {
    /// Adds an entry.
    fn add<W: Write>(
        &mut self,
        mut entry: Dictionary,
        root: Number,
        file: &mut File<W>,
    ) -> io::Result<()> {
        let number = self.next;
        self.next = file.reserve();
        self.count += 1;
        self.first.get_or_insert(number);
        entry.set("Parent", at(root));
        if let Some((before, mut dict)) = self.last.take() {
            dict.set("Next", at(number));
            entry.set("Prev", at(before));
            file.put(before, &Object::Dictionary(dict), &mut |_, id| id.0)?;
        }
        self.last = Some((number, entry));
        Ok(())
    }

    /// Writes the root.
    fn finish<W: Write>(self, root: Number, file: &mut File<W>) -> io::Result<()> {
        let mut dict = dictionary! { "Type" => "Outlines", "Count" => self.count };
        if let (Some(first), Some((last, entry))) = (self.first, self.last) {
            dict.set("First", at(first));
            dict.set("Last", at(last));
            file.put(last, &Object::Dictionary(entry), &mut |_, id| id.0)?;
        }
        file.put(root, &Object::Dictionary(dict), &mut |_, id| id.0)
    }
}
