//! A picture as a plate prints it: ink where it is dark, bare paper where it is white.

use super::{Channels, Picture};

/// What printer's black leaves of light, 0 to 255.
const BLACK: u32 = 26;

impl Picture {
    /// The picture in at most about so many columns: one with twice as many or more is made
    /// smaller by a whole number.
    pub fn at_most(&self, columns: f64) -> Self {
        let times = (f64::from(self.width) / columns.max(1.0)) as u32;
        if times < 2 { self.clone() } else { self.reduced(times, times) }
    }

    /// The picture as ink on paper: over white it looks as before, over a sheet the sheet
    /// shows wherever there is no ink.
    pub fn as_ink(&self) -> Self {
        let mut pixels =
            Vec::with_capacity(self.width as usize * self.height as usize * 4);
        for y in 0..self.height {
            for x in 0..self.width {
                let [r, g, b, a] = self.pixel(x, y);
                // What the ink takes from each colour of the light.
                let cover = u32::from(255 - r.min(g).min(b)) * u32::from(a) / 255;
                let colour = |value: u8| {
                    let light =
                        u32::from(value) * u32::from(a) / 255 + 255 - u32::from(a);
                    let under = 255 - cover;
                    let own = (light.saturating_sub(under) * 255).checked_div(cover);
                    (BLACK + own.unwrap_or(0).min(255) * (255 - BLACK) / 255) as u8
                };
                pixels.extend([colour(r), colour(g), colour(b), cover as u8]);
            }
        }
        let (width, height) = (self.width, self.height);
        Self { width, height, channels: Channels::Rgba, pixels }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_is_bare_and_black_is_ink() {
        let pixels = vec![255, 255, 255, 0, 0, 0, 255, 0, 0, 128, 128, 128];
        let picture = Picture { width: 4, height: 1, channels: Channels::Rgb, pixels };
        let ink = picture.as_ink();
        let black = BLACK as u8;
        assert_eq!(ink.pixel(0, 0)[3], 0);
        assert_eq!(ink.pixel(1, 0), [black, black, black, 255]);
        assert_eq!(ink.pixel(2, 0), [255, black, black, 255]);
        assert_eq!(ink.pixel(3, 0), [black, black, black, 127]);
    }

    #[test]
    fn a_large_picture_is_made_smaller_by_a_whole_number() {
        let picture = Picture {
            width: 90,
            height: 30,
            channels: Channels::Gray,
            pixels: vec![7; 2700],
        };
        assert_eq!((picture.at_most(30.0).width, picture.at_most(30.0).height), (30, 10));
        assert_eq!(picture.at_most(46.0).width, 90);
    }
}
