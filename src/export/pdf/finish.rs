//! The finishing pass on lopdf: fonts, pictures, structure, metadata, identity.

use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::attach::attach;
use super::common::{Objects, Shared};
use super::content::Palette;
use super::file::{Begun, File, Transfer};
use super::font::Fonts;
use super::image::Images;
use super::metadata;
use super::outline;
use super::pack::pack_quickly;
use super::shape::States;
use super::tags::{Marks, mark_page, text};
use super::trim;
use crate::diag::{Diagnostic, Result};
use crate::geom::Length;
use crate::page::{Info, Item, Pages};

/// What the pages were written with.
pub(super) struct Parts {
    /// The content of each page.
    pub contents: Vec<Vec<u8>>,
    /// The fonts.
    pub fonts: Fonts,
    /// The pictures.
    pub images: Images,
    /// The graphics states.
    pub states: States,
    /// The colours of the inks.
    pub palette: Palette,
    /// The marked content.
    pub marks: Marks,
    /// How far the sheet goes on beyond the page.
    pub bleed: Length,
}

/// How hard streams are deflated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// As programs usually do.
    Usual,
    /// In a third of the time, for documents that share all else: a tenth more of what they
    /// do not is a hundredth of the file.
    Quick,
}

impl Pace {
    /// That of a document of which others may share sheets and fonts.
    fn of(pages: &Pages) -> Self {
        if pages.shares { Self::Quick } else { Self::Usual }
    }
}

thread_local! {
    /// What deflates, kept because its tables are larger than most streams.
    static PACKER: RefCell<Compress> =
        RefCell::new(Compress::new(Compression::new(LEVEL), true));
}

/// How hard streams are deflated: higher levels take twice the time for a tenth of a page's
/// content and a hundredth of its fonts.
const LEVEL: u32 = 4;

/// A stream, deflated once.
pub(super) fn deflate(dict: Dictionary, bytes: &[u8], pace: Pace) -> Stream {
    let packed = match pace {
        Pace::Usual => pack([bytes]),
        Pace::Quick => Some(pack_quickly(bytes)),
    };
    stream(dict, bytes, packed)
}

/// Pieces deflated together; none if memory fails.
pub(super) fn pack<P: AsRef<[u8]>>(
    pieces: impl IntoIterator<Item = P>,
) -> Option<Vec<u8>> {
    PACKER.with_borrow_mut(|packer| packed(packer, pieces))
}

/// A stream of bytes that were packed.
fn stream(mut dict: Dictionary, bytes: &[u8], packed: Option<Vec<u8>>) -> Stream {
    let content = match packed {
        Some(packed) => {
            dict.set("Filter", "FlateDecode");
            packed
        }
        // Memory does not fail; were it to, the stream would stay as it is.
        None => bytes.to_vec(),
    };
    Stream::new(dict, content).with_compression(false)
}

/// Pieces deflated.
fn packed<P: AsRef<[u8]>>(
    packer: &mut Compress,
    pieces: impl IntoIterator<Item = P>,
) -> Option<Vec<u8>> {
    packer.reset();
    let mut out = Vec::new();
    let mut before = 0;
    for piece in pieces {
        let piece = piece.as_ref();
        loop {
            let done = usize::try_from(packer.total_in() - before).ok()?;
            if done == piece.len() {
                break;
            }
            out.reserve((piece.len() - done) / 2 + 64);
            packer.compress_vec(&piece[done..], &mut out, FlushCompress::None).ok()?;
        }
        before = packer.total_in();
    }
    while packer.compress_vec(&[], &mut out, FlushCompress::Finish).ok()?
        != Status::StreamEnd
    {
        out.reserve(out.len() / 4 + 64);
    }
    Some(out)
}

/// Completes a document that printpdf has laid out.
pub(super) fn finish(
    pages: &Pages,
    document: Document,
    parts: &Parts,
) -> Result<Objects> {
    let mut objects = Objects::new(document, Pace::of(pages));
    let resources = resources(pages, parts);
    let resources = objects.add(resources);
    let document = &mut objects.document;
    let page_ids: Vec<ObjectId> = document.get_pages().into_values().collect();
    for (index, &id) in page_ids.iter().enumerate() {
        let page = &pages.pages[index];
        let content = &parts.contents[index];
        finish_page(
            document,
            (id, index),
            (content, resources),
            (page.sheet.is_some(), Pace::of(pages)),
        )?;
        let page = page.size;
        let dict = document.get_dictionary_mut(id).map_err(|error| broken(&error))?;
        trim::set_boxes(dict, page, parts.bleed);
    }
    let root = parts.marks.write(pages, &page_ids, &mut objects);
    let document = &mut objects.document;
    let outline = outline::write(pages, &page_ids, document);
    let labels = page_labels(pages);
    let catalog = document.catalog_mut().map_err(|error| broken(&error))?;
    catalog.set("StructTreeRoot", root);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("Lang", Object::string_literal(pages.info.lang.as_str()));
    catalog.set("ViewerPreferences", viewer_preferences(pages));
    catalog.set("PageLabels", labels);
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
    }
    Ok(objects)
}

/// Completes a document that is a file of its own: what the file says of itself and carries.
pub(super) fn describe(pages: &Pages, objects: &mut Objects) -> Result<()> {
    let document = &mut objects.document;
    let metadata = xmp_stream(&pages.info, pages.attachment.is_some());
    let metadata = document.add_object(metadata);
    let intent = output_intent(document)?;
    if let Some(file) = &pages.attachment {
        attach(file, &pages.info, document);
    }
    let catalog = document.catalog_mut().map_err(|error| broken(&error))?;
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![intent]);
    let info = document.add_object(metadata::info(&pages.info));
    document.trailer.set("Info", info);
    Ok(())
}

/// About how many bytes a letter takes beside what it shares.
const OWN: usize = 32_000;

/// Writes the file of a completed document into bytes, of which nothing stays; of one that has
/// begun, what follows.
pub(super) fn file(
    objects: &Objects,
    begun: Option<&Begun>,
    out: &mut Vec<u8>,
) -> Result<()> {
    let part =
        |key: &[u8]| objects.document.trailer.get(key).and_then(Object::as_reference);
    let root = part(b"Root").map_err(|error| broken(&error))?;
    let info = part(b"Info").map_err(|error| broken(&error))?;
    let write = || {
        out.clear();
        out.reserve(OWN);
        let mut file = match begun {
            Some(begun) => File::going_on(begun, out),
            None => {
                let shared = objects.shared.values().map(|shared| shared.bytes());
                out.reserve(shared.sum::<usize>() + OWN);
                File::begin(out, objects)?
            }
        };
        let mut transfer = Transfer::new(objects);
        transfer.share(&mut file)?;
        let (root, info) =
            (transfer.number(&mut file, root), transfer.number(&mut file, info));
        transfer.run(&mut file)?;
        file.finish(root, info).map(|_| ())
    };
    write().map_err(|error| unwritten(&error).into())
}

/// What is said when a file cannot be written.
pub(super) fn unwritten(error: &std::io::Error) -> Diagnostic {
    Diagnostic::io("unwritable", format!("the PDF cannot be written: {error}"))
        .hint("look whether the disk is full")
}

/// What the pages name: fonts, pictures, states and colours.
fn resources(pages: &Pages, parts: &Parts) -> Arc<Shared> {
    let mut shared = Vec::new();
    let mut add = |named: (String, &Arc<Shared>)| {
        let place = u32::try_from(shared.len()).unwrap_or(u32::MAX);
        shared.push(Arc::clone(named.1));
        (named.0, Shared::part(place))
    };
    let fonts: Dictionary = parts.fonts.written().map(&mut add).collect();
    let images: Dictionary = parts.images.written().map(&mut add).collect();
    let blends = pages.pages.iter().any(|page| page.sheet.is_some());
    let mut resources = dictionary! {
        "Font" => fonts,
        "XObject" => images,
        "ExtGState" => parts.states.write(blends),
    };
    if let Some(inks) = parts.palette.write() {
        resources.set("ColorSpace", inks);
    }
    Shared::new(resources.into(), &shared)
}

/// How a viewer shows and prints the document: with its title, in its own size, and pages
/// of lines that run downward from right to left (ISO 32000-1, 12.2).
fn viewer_preferences(pages: &Pages) -> Dictionary {
    let mut items = pages.pages.iter().flat_map(|page| &page.items);
    let vertical = items.any(|placed| match &placed.item {
        Item::Run(run) => run.vertical,
        _ => false,
    });
    dictionary! {
        "DisplayDocTitle" => true,
        "PrintScaling" => "None",
        "Direction" => if vertical { "R2L" } else { "L2R" },
    }
}

/// Completes a page: resources, structure, deflated content.
fn finish_page(
    document: &mut Document,
    (id, index): (ObjectId, usize),
    (content, resources): (&[u8], ObjectId),
    (blends, pace): (bool, Pace),
) -> Result<()> {
    let page = document.get_dictionary_mut(id).map_err(|error| broken(&error))?;
    page.set("Resources", resources);
    page.remove(b"Annots");
    mark_page(page, index);
    if blends {
        let group = dictionary! {
            "Type" => "Group", "S" => "Transparency", "CS" => "DeviceRGB",
        };
        page.set("Group", group);
    }
    let stream = document.add_object(deflate(Dictionary::new(), content, pace));
    let page = document.get_dictionary_mut(id).map_err(|error| broken(&error))?;
    page.set("Contents", stream);
    Ok(())
}

/// What is said when a document does not have the shape that printpdf gives it.
pub(super) fn broken(error: &lopdf::Error) -> Diagnostic {
    Diagnostic::io("pdf", format!("the PDF is not sound: {error}"))
        .hint("report this with the command that made it")
}

/// The XMP packet; archives want to read it without unpacking.
pub(super) fn xmp_stream(info: &Info, carries_file: bool) -> Stream {
    let dict = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    Stream::new(dict, metadata::xmp(info, carries_file).into_bytes())
        .with_compression(false)
}

/// The date in the colour profile: year, month, day, hours, minutes, seconds.
const PROFILE_DATE: [u16; 6] = [2026, 1, 1, 0, 0, 0];

/// The colour profile of sRGB, deflated: the same in every file.
fn profile() -> Result<&'static [u8]> {
    static PROFILE: OnceLock<Vec<u8>> = OnceLock::new();
    if let Some(known) = PROFILE.get() {
        return Ok(known);
    }
    let srgb = moxcms::ColorProfile::new_srgb();
    let mut profile = srgb.encode().map_err(|error| {
        Diagnostic::io("pdf", format!("the colour profile cannot be made: {error}"))
    })?;
    // The encoder takes the date from the clock; ours is always the same (ICC.1:2022,
    // 7.2.8: six numbers of two bytes).
    if let Some(date) = profile.get_mut(24..36) {
        let bytes: Vec<u8> =
            PROFILE_DATE.iter().flat_map(|number| number.to_be_bytes()).collect();
        date.copy_from_slice(&bytes);
    }
    Ok(PROFILE.get_or_init(|| deflate(Dictionary::new(), &profile, Pace::Usual).content))
}

/// The output intent: sRGB (ISO 19005-2, 6.2.3).
pub(super) fn output_intent(document: &mut Document) -> Result<Object> {
    let dict = dictionary! { "N" => 3, "Filter" => "FlateDecode" };
    let stream = Stream::new(dict, profile()?.to_vec()).with_compression(false);
    let profile = document.add_object(stream);
    Ok(Object::Dictionary(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB IEC61966-2.1"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    }))
}

/// The labels of the pages, one by one.
fn page_labels(pages: &Pages) -> Dictionary {
    let label = |(index, page): (usize, &crate::page::Page)| {
        let index = Object::Integer(i64::try_from(index).unwrap_or(i64::MAX));
        [index, Object::Dictionary(dictionary! { "P" => text(&page.label) })]
    };
    let labels: Vec<Object> = pages.pages.iter().enumerate().flat_map(label).collect();
    dictionary! { "Nums" => labels }
}
