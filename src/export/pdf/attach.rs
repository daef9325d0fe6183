//! A file inside the file: written as PDF/A-3 wants it (ISO 19005-3, 6.8), and read back.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::finish::{Pace, deflate};
use super::tags::text;
use crate::diag::{Diagnostic, Result};
use crate::page::{Attachment, Info};

/// The most that is read of a file inside a file: room for fields with a few pictures.
const MOST: usize = 256 << 20;

/// Puts a file into the document, as what the document was made from.
pub(super) fn attach(file: &Attachment, info: &Info, document: &mut Document) {
    let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
    let mut params = dictionary! { "Size" => size };
    if let Some(made) = super::metadata::date(info) {
        params.set("ModDate", made);
    }
    let dict = dictionary! {
        "Type" => "EmbeddedFile",
        "Subtype" => Object::Name(file.kind.clone().into_bytes()),
        "Params" => params,
    };
    let stream = document.add_object(deflate(dict, &file.bytes, Pace::Usual));
    let specification = document.add_object(dictionary! {
        "Type" => "Filespec",
        "F" => Object::string_literal(file.name.as_str()),
        "UF" => text(&file.name),
        "Desc" => text(&file.about),
        "AFRelationship" => "Source",
        "EF" => dictionary! { "F" => stream, "UF" => stream },
    });
    if let Ok(catalog) = document.catalog_mut() {
        let names =
            vec![Object::string_literal(file.name.as_str()), specification.into()];
        let files = dictionary! { "Names" => names };
        catalog.set("Names", dictionary! { "EmbeddedFiles" => files });
        catalog.set("AF", vec![specification.into()]);
    }
}

/// The bytes of a file that a PDF carries under this name; none where it carries none.
///
/// # Errors
/// What is no PDF, or one that is damaged.
pub fn attached(pdf: &[u8], name: &str) -> Result<Option<Vec<u8>>> {
    let document = Document::load_mem(pdf).map_err(|error| {
        Diagnostic::usage("not-pdf", format!("the PDF cannot be read: {error}"))
            .hint("use the file as engross wrote it")
    })?;
    Ok(find(&document, name).and_then(unpack))
}

/// The stream of a file inside a document.
fn find<'a>(document: &'a Document, name: &str) -> Option<&'a Stream> {
    let files = document.catalog().ok()?.get(b"AF").ok()?;
    let (_, files) = document.dereference(files).ok()?;
    files.as_array().ok()?.iter().find_map(|file| {
        let file = dictionary_of(document, file)?;
        if file.get(b"F").ok()?.as_str().ok()? != name.as_bytes() {
            return None;
        }
        let embedded = dictionary_of(document, file.get(b"EF").ok()?)?;
        let (_, stream) = document.dereference(embedded.get(b"F").ok()?).ok()?;
        stream.as_stream().ok()
    })
}

/// What a stream holds, unless it is larger than any file of ours.
fn unpack(stream: &Stream) -> Option<Vec<u8>> {
    use std::io::Read as _;
    let mut out = Vec::new();
    let packed = flate2::read::ZlibDecoder::new(stream.content.as_slice());
    packed.take(MOST as u64 + 1).read_to_end(&mut out).ok()?;
    (out.len() <= MOST).then_some(out)
}

/// A dictionary, given itself or by its number.
fn dictionary_of<'a>(
    document: &'a Document,
    object: &'a Object,
) -> Option<&'a Dictionary> {
    let (_, object) = document.dereference(object).ok()?;
    object.as_dict().ok()
}
