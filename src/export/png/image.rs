//! Pictures on the page.

use crate::geom::{Length, Transform};
use crate::page::{Blend, Image};
use crate::raster::{Canvas, Mode};

/// Draws a picture, turned about its centre.
pub(in crate::export) fn draw(canvas: &mut Canvas, image: &Image) {
    let half = Length::pt(0.5);
    let (origin, size) = (image.rect.origin, image.rect.size);
    let map = Transform::translate(-half, -half)
        .then(Transform::scale(size.width.to_pt(), size.height.to_pt()))
        .then(Transform::rotate(image.turn))
        .then(Transform::translate(
            origin.x + size.width * 0.5,
            origin.y + size.height * 0.5,
        ));
    let mode = match image.blend {
        Blend::Ink => Mode::Multiply,
        Blend::Cover => Mode::Normal,
    };
    canvas.draw(&image.picture, map, mode);
}
