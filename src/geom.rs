//! Lengths, angles, points, sizes, transforms and colours: the units of everything.
//!
//! The page has its origin at the top left; x grows to the right, y grows downward.

use core::fmt;
use core::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};
use core::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A length, kept in PostScript points (1/72 inch).
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Length(f64);

impl Length {
    /// No length.
    pub const ZERO: Self = Self(0.0);

    /// PostScript points, 72 to the inch.
    pub const fn pt(points: f64) -> Self {
        Self(points)
    }

    /// Inches.
    pub const fn inches(inches: f64) -> Self {
        Self(inches * 72.0)
    }

    /// Millimetres.
    pub const fn mm(mm: f64) -> Self {
        Self(mm * 72.0 / 25.4)
    }

    /// The length in PostScript points.
    pub const fn to_pt(self) -> f64 {
        self.0
    }

    /// The length in millimetres.
    pub const fn to_mm(self) -> f64 {
        self.0 * 25.4 / 72.0
    }

    /// The length in pixels at this resolution.
    pub const fn to_px(self, resolution: Resolution) -> f64 {
        self.0 * resolution.0 / 72.0
    }

    /// The greater of two.
    pub fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    /// The lesser of two.
    pub fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }

    /// Without its sign.
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// Whether it is a number one can set type with.
    pub fn is_finite(self) -> bool {
        self.0.is_finite()
    }
}

impl Add for Length {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}
impl Sub for Length {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}
impl AddAssign for Length {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}
impl SubAssign for Length {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}
impl Neg for Length {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}
impl Mul<f64> for Length {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self(self.0 * factor)
    }
}
impl Div<f64> for Length {
    type Output = Self;
    fn div(self, factor: f64) -> Self {
        Self(self.0 / factor)
    }
}
impl Div for Length {
    type Output = f64;
    fn div(self, other: Self) -> f64 {
        self.0 / other.0
    }
}
impl core::iter::Sum for Length {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        lengths.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}pt", self.0)
    }
}

/// A text that is not a length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotALength(String);

impl fmt::Display for NotALength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a length (write 8.5in, 210mm, 3cm or 11pt)", self.0)
    }
}
impl core::error::Error for NotALength {}

impl FromStr for Length {
    type Err = NotALength;

    /// Reads `8.5in`, `210mm`, `3cm` or `11pt`.
    fn from_str(text: &str) -> Result<Self, NotALength> {
        let trimmed = text.trim();
        let bad = || NotALength(text.to_owned());
        let split = trimmed.find(|c: char| c.is_ascii_alphabetic()).ok_or_else(bad)?;
        let (number, unit) = trimmed.split_at(split);
        let number: f64 = number.trim().parse().map_err(|_| bad())?;
        let points = match unit {
            "in" => number * 72.0,
            "mm" => number * 72.0 / 25.4,
            "cm" => number * 720.0 / 25.4,
            "pt" => number,
            _ => return Err(bad()),
        };
        if points.is_finite() { Ok(Self(points)) } else { Err(bad()) }
    }
}

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.collect_str(self)
    }
}

/// Pixels to the inch.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Resolution(pub f64);

impl From<f64> for Resolution {
    fn from(pixels_to_the_inch: f64) -> Self {
        Self(pixels_to_the_inch)
    }
}

/// An angle, kept in degrees, positive clockwise on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Angle(f64);

impl Angle {
    /// No turn.
    pub const ZERO: Self = Self(0.0);

    /// Degrees, positive clockwise.
    pub const fn degrees(degrees: f64) -> Self {
        Self(degrees)
    }

    /// The angle in degrees.
    pub const fn to_degrees(self) -> f64 {
        self.0
    }

    /// The angle in radians.
    pub fn to_radians(self) -> f64 {
        self.0 * core::f64::consts::PI / 180.0
    }
}

/// A place on the page, from its top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: Length,
    /// Downward.
    pub y: Length,
}

impl Point {
    /// A point from its coordinates.
    pub const fn new(x: Length, y: Length) -> Self {
        Self { x, y }
    }
}

/// Width and height.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// From left to right.
    pub width: Length,
    /// From top to bottom.
    pub height: Length,
}

impl Size {
    /// A size from its sides.
    pub const fn new(width: Length, height: Length) -> Self {
        Self { width, height }
    }
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Top left corner.
    pub origin: Point,
    /// Width and height.
    pub size: Size,
}

impl Rect {
    /// A rectangle from its top left corner and its size.
    pub const fn new(origin: Point, size: Size) -> Self {
        Self { origin, size }
    }
}

/// An affine map of page coordinates: `x' = xx·x + xy·y + dx`, `y' = yx·x + yy·y + dy`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transform {
    /// How much of x goes into x'.
    pub xx: f64,
    /// How much of x goes into y'.
    pub yx: f64,
    /// How much of y goes into x'.
    pub xy: f64,
    /// How much of y goes into y'.
    pub yy: f64,
    /// What is added to x'.
    pub dx: Length,
    /// What is added to y'.
    pub dy: Length,
}

impl Transform {
    /// Leaves everything where it is.
    pub const IDENTITY: Self =
        Self { xx: 1.0, yx: 0.0, xy: 0.0, yy: 1.0, dx: Length::ZERO, dy: Length::ZERO };

    /// Moves.
    pub const fn translate(dx: Length, dy: Length) -> Self {
        Self { dx, dy, ..Self::IDENTITY }
    }

    /// Turns about the origin.
    pub fn rotate(angle: Angle) -> Self {
        let (sin, cos) = libm::sincos(angle.to_radians());
        Self { xx: cos, yx: sin, xy: -sin, yy: cos, ..Self::IDENTITY }
    }

    /// Scales about the origin.
    pub const fn scale(x: f64, y: f64) -> Self {
        Self { xx: x, yy: y, ..Self::IDENTITY }
    }

    /// Leans to the right what stands above the origin (y grows downward).
    pub fn lean(angle: Angle) -> Self {
        Self { xy: -libm::tan(angle.to_radians()), ..Self::IDENTITY }
    }

    /// This map, then `next`.
    pub fn then(self, next: Self) -> Self {
        let origin = next.apply(Point::new(self.dx, self.dy));
        Self {
            xx: next.xx * self.xx + next.xy * self.yx,
            yx: next.yx * self.xx + next.yy * self.yx,
            xy: next.xx * self.xy + next.xy * self.yy,
            yy: next.yx * self.xy + next.yy * self.yy,
            dx: origin.x,
            dy: origin.y,
        }
    }

    /// Where a point goes.
    pub fn apply(self, point: Point) -> Point {
        Point {
            x: point.x * self.xx + point.y * self.xy + self.dx,
            y: point.x * self.yx + point.y * self.yy + self.dy,
        }
    }
}

/// A colour in CIELAB under D65: lightness 0 to 100, a* (green to red) and b* (blue to
/// yellow) about −60 to 60 for paper and ink. All colours of the product are mixed here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f32; 3]", into = "[f32; 3]")]
pub struct Lab {
    /// Lightness, 0 black to 100 white.
    pub l: f32,
    /// Green (negative) to red.
    pub a: f32,
    /// Blue (negative) to yellow.
    pub b: f32,
}

impl From<[f32; 3]> for Lab {
    fn from([l, a, b]: [f32; 3]) -> Self {
        Self { l, a, b }
    }
}
impl From<Lab> for [f32; 3] {
    fn from(lab: Lab) -> Self {
        [lab.l, lab.a, lab.b]
    }
}

impl Add for Lab {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { l: self.l + other.l, a: self.a + other.a, b: self.b + other.b }
    }
}

impl Lab {
    /// A colour from its three coordinates.
    pub const fn new(l: f32, a: f32, b: f32) -> Self {
        Self { l, a, b }
    }

    /// `share` (0 to 1) of the way to another colour.
    pub fn mix(self, other: Self, share: f32) -> Self {
        Self {
            l: self.l + (other.l - self.l) * share,
            a: self.a + (other.a - self.a) * share,
            b: self.b + (other.b - self.b) * share,
        }
    }

    /// The colour in sRGB, clipped to its gamut (IEC 61966-2-1; CIE 15:2004, 8.2.1).
    pub fn to_rgb(self) -> Rgb {
        let fy = (self.l + 16.0) / 116.0;
        let [x, y, z] = [
            0.950_47 * unfold(fy + self.a / 500.0),
            unfold(fy),
            1.088_83 * unfold(fy - self.b / 200.0),
        ];
        Rgb {
            r: encode(3.240_454_2 * x - 1.537_138_5 * y - 0.498_531_4 * z),
            g: encode(-0.969_266 * x + 1.876_010_8 * y + 0.041_556 * z),
            b: encode(0.055_643_4 * x - 0.204_025_9 * y + 1.057_225_2 * z),
        }
    }
}

/// The inverse of CIELAB's cube root with its linear foot.
fn unfold(t: f32) -> f32 {
    if t > 6.0 / 29.0 { t * t * t } else { (t - 4.0 / 29.0) * (108.0 / 841.0) }
}

/// The transfer curve of sRGB, to a byte: looked up, for pictures have many pixels.
fn encode(linear: f32) -> u8 {
    /// So many steps that the steepest is less than a quarter of a byte.
    const STEPS: usize = 1 << 14;
    static CURVE: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let curve = |step: usize| {
            let v = step as f32 / STEPS as f32;
            let curved = if v <= 0.003_130_8 {
                v * 12.92
            } else {
                1.055 * libm::powf(v, 1.0 / 2.4) - 0.055
            };
            (curved * 255.0 + 0.5) as u8
        };
        (0..=STEPS).map(curve).collect()
    });
    CURVE[(linear.clamp(0.0, 1.0) * STEPS as f32 + 0.5) as usize]
}

/// A colour in sRGB, 8 bits a channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rgb {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_read_their_units() {
        assert_eq!("8.5in".parse(), Ok(Length::pt(612.0)));
        assert_eq!("25.4 mm".parse(), Ok(Length::pt(72.0)));
        assert!("12".parse::<Length>().is_err());
        assert!("nanpt".parse::<Length>().is_err());
    }

    #[test]
    fn lab_meets_srgb_at_known_points() {
        assert_eq!(Lab::new(100.0, 0.0, 0.0).to_rgb(), Rgb { r: 255, g: 255, b: 255 });
        assert_eq!(Lab::new(0.0, 0.0, 0.0).to_rgb(), Rgb { r: 0, g: 0, b: 0 });
        // sRGB red is L 53.24, a 80.09, b 67.20.
        let red = Lab::new(53.24, 80.09, 67.2).to_rgb();
        assert!(red.r >= 254 && red.g <= 2 && red.b <= 2, "{red:?}");
    }

    #[test]
    fn transforms_compose_in_reading_order() {
        let map = Transform::translate(Length::pt(10.0), Length::ZERO)
            .then(Transform::rotate(Angle::degrees(90.0)));
        let to = map.apply(Point::default());
        assert!(to.x.to_pt().abs() < 1e-9 && (to.y.to_pt() - 10.0).abs() < 1e-9);
    }
}
