//! What binds leaves at their fold: holes, or a ribbon drawn through slits.

use std::sync::Arc;

use super::seal::{ribbon_colour, silk};
use crate::document::Attributes;
use crate::geom::{Angle, Lab, Length, Point, Rect, Resolution, Rgb, Size};
use crate::page::{Blend, Image, Item};
use crate::picture::{Channels, Picture};
use crate::seed::Seed;

/// The resolution in which bindings are drawn.
const RESOLUTION: Resolution = Resolution(200.0);

/// From the fold to the middle of holes and slits.
const INSET: Length = Length::mm(9.0);
/// Across a punched hole.
const HOLE: Length = Length::mm(6.0);
/// The width of a ribbon.
const RIBBON: Length = Length::mm(5.0);
/// How far a picture of a ribbon goes beyond it, for slits and shadow.
const RIM: Length = Length::mm(1.6);

/// Draws what binds a page, from its top left corner, with the fold at the left; and the
/// width of the strip it takes. `kind` is `holes` or `ribbon`, `count` how many holes or
/// slits there are, `colour` that of the ribbon, `side` the one that is seen.
pub fn draw(attributes: &Attributes, page: Size, seed: Seed) -> (Vec<Item>, Length) {
    let said = |key: &str| attributes.get(key).unwrap_or("");
    let verso = said("side") == "verso";
    let ribbon = said("kind") == "ribbon";
    let count = said("count").parse().unwrap_or(if ribbon { 4 } else { 3 });
    let places = places(count.clamp(1, 12), page.height, seed);
    let strip = INSET * 2.0;
    let items = if ribbon {
        let colour = ribbon_colour(said("colour"));
        // Seen here are the stitches that are not seen on the other side.
        let from = usize::from(verso);
        let pairs = places[from.min(places.len())..].chunks_exact(2);
        pairs.map(|pair| stitch(colour, (pair[0], pair[1]), seed)).collect()
    } else {
        places.iter().map(|place| hole(*place, strip, verso)).collect()
    };
    (items, strip)
}

/// The middles of holes along the fold of a page; the same on all leaves, for they were
/// punched together.
fn places(count: usize, height: Length, seed: Seed) -> Vec<Point> {
    let mut rng = seed.derive("binding").rng();
    let step = height / (count as f64 + 1.0);
    let mut place = |index: usize| {
        let off = Length::mm(rng.normal().clamp(-2.0, 2.0) * 0.5);
        Point::new(INSET + off * 0.5, step * (index as f64 + 1.0) + off)
    };
    (0..count).map(&mut place).collect()
}

/// A punched hole: its edge throws a shadow on what lies below.
fn hole(middle: Point, strip: Length, verso: bool) -> Item {
    let side = HOLE.to_px(RESOLUTION) as usize + 2;
    let unit = side as f64 / 2.0;
    let mut pixels = Vec::with_capacity(side * side * 4);
    for y in 0..side {
        for x in 0..side {
            let (u, v) = (x as f64 + 0.5 - unit, y as f64 + 0.5 - unit);
            let inside = (unit - 1.0 - libm::hypot(u, v)).clamp(0.0, 1.0);
            // Light comes from the upper left.
            let under = libm::hypot(u - unit * 0.2, v - unit * 0.2) / unit;
            let shade = 0.3 + 0.42 * ((under - 0.62) / 0.3).clamp(0.0, 1.0);
            pixels.extend([24, 20, 16, (inside * shade * 255.0) as u8]);
        }
    }
    let x = if verso { strip - middle.x } else { middle.x };
    let corner = Point::new(x - HOLE * 0.5, middle.y - HOLE * 0.5);
    item(pixels, (side, side), Rect::new(corner, Size::new(HOLE, HOLE)))
}

/// A ribbon between two slits.
fn stitch(colour: Lab, (from, to): (Point, Point), seed: Seed) -> Item {
    let length = to.y - from.y;
    let size = Size::new(RIBBON + RIM * 2.0, length + RIM * 2.0);
    let wide = size.width.to_px(RESOLUTION) as usize + 1;
    let high = (size.height.to_px(RESOLUTION) as usize + 1).min(4000);
    let mut rng = seed.derive("stitch").rng();
    let (bow, lean) = (rng.normal() * 0.25, rng.normal() * 0.2);
    let scale = size.width.to_mm() / wide as f64;
    let mut pixels = Vec::with_capacity(wide * high * 4);
    for row in 0..high {
        let along = (row as f64 + 0.5) * scale - RIM.to_mm();
        let t = along / length.to_mm();
        let inside = (0.0..=1.0).contains(&t);
        let bend = bow * libm::sin(t * 3.1) + lean * (t - 0.5);
        for column in 0..wide {
            let across = (column as f64 + 0.5) * scale - size.width.to_mm() * 0.5 - bend;
            let half = RIBBON.to_mm() * 0.5;
            let edge = ((half - across.abs()) / scale + 0.5).clamp(0.0, 1.0);
            let share = if inside { edge } else { 0.0 };
            let silk = silk_at(colour, (along, length.to_mm() - along), across / half);
            pixels.extend(over(silk, share, shadow(along, length.to_mm(), across)));
        }
    }
    let corner = Point::new((from.x + to.x) * 0.5 - size.width * 0.5, from.y - RIM);
    item(pixels, (wide, high), Rect::new(corner, size))
}

/// The silk at a place, so far from either end in mm: it goes down into the slits there.
fn silk_at(colour: Lab, (from, to): (f64, f64), s: f64) -> Rgb {
    let lit = silk::shade(colour, from / 60.0, s.clamp(-1.0, 1.0), 1);
    let down = (1.0 - from.min(to) / 2.2).clamp(0.0, 1.0) as f32;
    Lab { l: lit.l - down * 16.0, ..lit }.to_rgb()
}

/// A pixel of silk that covers this share of it, over a shadow.
fn over(silk: Rgb, share: f64, shade: f64) -> [u8; 4] {
    let opacity = share + shade * (1.0 - share);
    let silk_share = if opacity > 0.0 { share / opacity } else { 0.0 };
    let mix = |silk: u8, dark: f64| {
        (f64::from(silk) * silk_share + dark * (1.0 - silk_share) + 0.5) as u8
    };
    [
        mix(silk.r, 20.0),
        mix(silk.g, 16.0),
        mix(silk.b, 12.0),
        (opacity * 255.0 + 0.5) as u8,
    ]
}

/// The shadow beside the ribbon, and the slits it goes into, 0 to 1. Lengths in mm.
fn shadow(along: f64, length: f64, across: f64) -> f64 {
    let half = RIBBON.to_mm() * 0.5;
    let ends = (-along).max(along - length);
    let slit = ends > 0.0 && ends < 0.3 && across.abs() < half + 0.15;
    if slit {
        return 0.62;
    }
    if !(0.0..length).contains(&along) {
        return 0.0;
    }
    // It lies nearly flat: the shadow is narrow, and at the right.
    let beside = across - half;
    if beside > 0.0 { 0.26 * (1.0 - beside / 0.8).clamp(0.0, 1.0) } else { 0.0 }
}

/// Pixels as an item.
fn item(pixels: Vec<u8>, (width, height): (usize, usize), rect: Rect) -> Item {
    let picture = Picture {
        width: width as u32,
        height: height as u32,
        channels: Channels::Rgba,
        pixels,
    };
    let (picture, turn) = (Arc::new(picture), Angle::ZERO);
    Item::Image(Image { picture, rect, turn, blend: Blend::Cover })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places of what binds a page, in mm from the top.
    fn tops(pairs: &[(&str, &str)]) -> Vec<(f64, f64)> {
        let mut attributes = Attributes::class("binding");
        for (key, value) in pairs {
            attributes.pairs.insert((*key).to_owned(), (*value).to_owned());
        }
        let page = Size::new(Length::mm(200.0), Length::mm(300.0));
        let (items, strip) = draw(&attributes, page, Seed(1));
        let edges = items.iter().map(|item| match item {
            Item::Image(image) => {
                let (top, height) = (image.rect.origin.y, image.rect.size.height);
                assert!(image.rect.origin.x > Length::ZERO);
                assert!(image.rect.origin.x + image.rect.size.width < strip);
                (top.to_mm(), (top + height).to_mm())
            }
            other => panic!("{other:?}"),
        });
        edges.collect()
    }

    #[test]
    fn holes_are_where_they_were_on_the_other_side() {
        let recto = tops(&[("kind", "holes"), ("count", "2")]);
        assert_eq!(recto.len(), 2);
        assert_eq!(recto, tops(&[("kind", "holes"), ("count", "2"), ("side", "verso")]));
    }

    #[test]
    fn a_stitch_is_seen_on_one_side() {
        let recto = tops(&[("kind", "ribbon"), ("colour", "blue")]);
        let verso = tops(&[("kind", "ribbon"), ("colour", "blue"), ("side", "verso")]);
        assert_eq!((recto.len(), verso.len()), (2, 1));
        assert!(recto[0].1 < verso[0].0 + 8.0 && verso[0].1 < recto[1].0 + 8.0);
    }
}
