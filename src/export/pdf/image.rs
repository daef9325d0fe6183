//! Pictures: colour as JPEG or deflated, opacity as a soft mask, each once in a file.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::{Dictionary, Object, Stream, dictionary};
use sha2::{Digest, Sha256};

use super::common::{Objects, Packed};
use super::content::{Content, name};
use super::finish::deflate;
use crate::page::Image;
use crate::picture::{Channels, Picture};

/// The quality of pictures that are embedded as JPEG.
const QUALITY: u8 = 75;

/// The quality of opacity as JPEG: it is all grain then.
const MASK_QUALITY: u8 = 60;

/// The pictures of a document, each once.
#[derive(Default)]
pub(super) struct Images {
    /// The name in the resources by hash of content.
    names: BTreeMap<[u8; 32], String>,
    /// The pictures, in the order they were met.
    entries: Vec<Entry>,
}

/// A picture to embed.
enum Entry {
    /// One of this document: as a stream, and its opacity.
    Own(Box<(Stream, Option<Stream>)>),
    /// One that documents share.
    Shared(Arc<Packed>),
}

impl Images {
    /// Keeps a picture that documents share; gives its name.
    pub(super) fn add_packed(&mut self, packed: &Arc<Packed>) -> String {
        self.add(packed.hash, || Entry::Shared(Arc::clone(packed)))
    }

    /// Keeps a picture; gives its name.
    fn add_picture(&mut self, picture: &Picture) -> String {
        self.add(Sha256::digest(&picture.pixels).into(), || {
            let (w, h) = (picture.width, picture.height);
            if picture.channels == Channels::Gray {
                let colour = deflate(dict(w, h, "DeviceGray"), &picture.pixels);
                return Entry::Own(Box::new((colour, None)));
            }
            let mut colour_dict = dict(w, h, "DeviceRGB");
            colour_dict.set("Filter", "DCTDecode");
            let jpeg = picture.to_jpeg(QUALITY);
            let colour = Stream::new(colour_dict, jpeg).with_compression(false);
            let mask = (picture.channels == Channels::Rgba).then(|| mask(picture));
            Entry::Own(Box::new((colour, mask)))
        })
    }

    /// Keeps what `make` makes, unless the same content is kept already.
    fn add(&mut self, hash: [u8; 32], make: impl FnOnce() -> Entry) -> String {
        let next = format!("Im{}", self.entries.len());
        let name = self.names.entry(hash).or_insert_with(|| {
            self.entries.push(make());
            next
        });
        name.clone()
    }

    /// Writes all pictures; gives the dictionary of resources.
    pub(super) fn write(self, objects: &mut Objects) -> Dictionary {
        let mut out = Dictionary::new();
        for (index, entry) in self.entries.into_iter().enumerate() {
            let id = match entry {
                Entry::Own(own) => {
                    let (mut colour, mask) = *own;
                    if let Some(mask) = mask {
                        let mask = objects.document.add_object(mask);
                        colour.dict.set("SMask", mask);
                    }
                    objects.document.add_object(colour)
                }
                Entry::Shared(packed) => objects.add(packed),
            };
            out.set(format!("Im{index}"), id);
        }
        out
    }
}

/// A JPEG file of so many pixels across and down, to be shared.
pub(super) fn packed(jpeg: Vec<u8>, (width, height): (u32, u32)) -> Packed {
    let mut dict = dict(width, height, "DeviceRGB");
    dict.set("Filter", "DCTDecode");
    let hash = Sha256::digest(&jpeg).into();
    Packed { dict, content: jpeg, hash }
}

/// The opacity of a picture: deflated, or as JPEG where that is smaller, as in seal paste
/// that took unevenly.
fn mask(picture: &Picture) -> Stream {
    let (width, height) = (picture.width, picture.height);
    let pixels = picture.pixels.chunks_exact(4).map(|p| p[3]).collect();
    let opacity = Picture { width, height, channels: Channels::Gray, pixels };
    let even = deflate(dict(width, height, "DeviceGray"), &opacity.pixels);
    let jpeg = opacity.to_jpeg(MASK_QUALITY);
    if even.content.len() <= jpeg.len() {
        return even;
    }
    let mut dict = dict(width, height, "DeviceGray");
    dict.set("Filter", "DCTDecode");
    Stream::new(dict, jpeg).with_compression(false)
}

/// The dictionary of an image.
fn dict(width: u32, height: u32, space: &str) -> Dictionary {
    dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(width),
        "Height" => i64::from(height),
        "ColorSpace" => Object::Name(space.as_bytes().to_vec()),
        "BitsPerComponent" => 8,
    }
}

/// Writes a picture at its place.
pub(super) fn write_image(image: &Image, images: &mut Images, content: &mut Content) {
    let resource = images.add_picture(&image.picture);
    let size = image.rect.size;
    let (w, h) = (size.width.to_pt(), size.height.to_pt());
    let cx = image.rect.origin.x.to_pt() + w / 2.0;
    let cy = content.flip(image.rect.origin.y) - h / 2.0;
    let (sin, cos) = libm::sincos(image.turn.to_radians());
    let (a, b, c, d) = (w * cos, -w * sin, h * sin, h * cos);
    content.op("q", []);
    let matrix = [a, b, c, d, cx - (a + c) / 2.0, cy - (b + d) / 2.0];
    content.numbers("cm", matrix);
    content.op("Do", [name(&resource)]);
    content.op("Q", []);
}
