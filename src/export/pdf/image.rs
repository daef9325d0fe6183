//! Pictures: colour as JPEG or deflated, opacity as a soft mask, each once in a file.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::{Dictionary, Object, Stream, dictionary};
use sha2::{Digest, Sha256};

use super::common::Shared;
use super::content::{Content, name};
use super::finish::{Pace, deflate};
use crate::page::Image;
use crate::picture::{Channels, Picture};

/// The quality of pictures that are embedded as JPEG.
const QUALITY: u8 = 75;

/// The quality of opacity as JPEG: it is all grain then.
const MASK_QUALITY: u8 = 60;

/// The pictures of a document, each once.
#[derive(Default)]
pub(super) struct Images {
    /// Their places by the hash of their pixels or of their file.
    places: BTreeMap<[u8; 32], usize>,
    /// The pictures as they stand in a file, in the order they were met.
    written: Vec<Arc<Shared>>,
}

impl Images {
    /// Keeps a picture that documents share; gives its name.
    pub(super) fn add_shared(&mut self, shared: &Arc<Shared>) -> String {
        let mut key = [0; 32];
        key[..16].copy_from_slice(shared.hash());
        self.add(key, || Arc::clone(shared))
    }

    /// Keeps a picture; gives its name.
    fn add_picture(&mut self, picture: &Picture) -> String {
        self.add(Sha256::digest(&picture.pixels).into(), || {
            let (w, h) = (picture.width, picture.height);
            if picture.channels == Channels::Gray {
                let colour =
                    deflate(dict(w, h, "DeviceGray"), &picture.pixels, Pace::Usual);
                return Shared::new(colour.into(), &[]);
            }
            let mut colour_dict = dict(w, h, "DeviceRGB");
            colour_dict.set("Filter", "DCTDecode");
            let mut parts = Vec::new();
            if picture.channels == Channels::Rgba {
                colour_dict.set("SMask", Shared::part(0));
                parts.push(Shared::new(mask(picture).into(), &[]));
            }
            let jpeg = picture.to_jpeg(QUALITY);
            let colour = Stream::new(colour_dict, jpeg).with_compression(false);
            Shared::new(colour.into(), &parts)
        })
    }

    /// Keeps what `make` makes, unless the same content is kept already.
    fn add(&mut self, hash: [u8; 32], make: impl FnOnce() -> Arc<Shared>) -> String {
        let next = self.written.len();
        let place = *self.places.entry(hash).or_insert(next);
        if place == next {
            self.written.push(make());
        }
        name_of(place)
    }

    /// All pictures as they stand in a file, by their names in the resources.
    pub(super) fn written(&self) -> impl Iterator<Item = (String, &Arc<Shared>)> {
        self.written.iter().enumerate().map(|(place, picture)| (name_of(place), picture))
    }
}

/// The name of a picture in the resources.
fn name_of(place: usize) -> String {
    format!("Im{place}")
}

/// A JPEG file of so many pixels across and down, to be shared.
pub(super) fn shared(jpeg: Vec<u8>, (width, height): (u32, u32)) -> Arc<Shared> {
    let mut dict = dict(width, height, "DeviceRGB");
    dict.set("Filter", "DCTDecode");
    Shared::new(Stream::new(dict, jpeg).with_compression(false).into(), &[])
}

/// The opacity of a picture: deflated, or as JPEG where that is smaller, as in seal paste
/// that took unevenly.
fn mask(picture: &Picture) -> Stream {
    let (width, height) = (picture.width, picture.height);
    let pixels = picture.pixels.chunks_exact(4).map(|p| p[3]).collect();
    let opacity = Picture { width, height, channels: Channels::Gray, pixels };
    let even = deflate(dict(width, height, "DeviceGray"), &opacity.pixels, Pace::Usual);
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
