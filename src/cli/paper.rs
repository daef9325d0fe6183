//! `engross paper`.

use super::Ended;
use super::args::Paper;
use super::input;
use super::output::Target;
use crate::diag::{Diagnostic, Result};
use crate::geom::{Length, Size};
use crate::press::{Look, Press};
use crate::seed::Seed;

/// Sizes by name, width and height in inches. Foolscap and quarto as writing papers were
/// cut in Britain.
const SIZES: [(&str, f64, f64); 8] = [
    ("letter", 8.5, 11.0),
    ("legal", 8.5, 14.0),
    ("government", 8.0, 10.5),
    ("foolscap", 8.0, 13.0),
    ("quarto", 8.0, 10.0),
    ("octavo", 5.0, 8.0),
    ("a4", 8.2677, 11.6929),
    ("a5", 5.8268, 8.2677),
];

/// Makes a blank sheet.
pub(super) fn run(args: &Paper) -> Result<Ended> {
    let target = Target {
        path: &args.output,
        format: args.format,
        ppi: args.ppi,
        force: args.force,
    };
    target.check()?;
    let size = args.size.as_deref().map(size).transpose()?;
    let mut look = Look::new().seed(Seed(args.seed)).made(input::today(args.made)?);
    if let Some(age) = args.age {
        look = look.age(age);
    }
    let pages = Press::new().sheet(&args.paper, &look, size)?;
    target.write(&pages)?;
    Ok(Ended::Well)
}

/// Reads a size: a name, or width and height with `x` between.
fn size(text: &str) -> Result<Size> {
    let known = SIZES.iter().find(|(name, ..)| name.eq_ignore_ascii_case(text));
    if let Some((_, width, height)) = known {
        return Ok(Size::new(Length::inches(*width), Length::inches(*height)));
    }
    let sides = text.split_once(['x', '×']).and_then(|(width, height)| {
        let width: Length = width.trim().parse().ok()?;
        let height: Length = height.trim().parse().ok()?;
        let sound = |side: Length| (1.0..=200.0).contains(&(side / Length::inches(1.0)));
        (sound(width) && sound(height)).then(|| Size::new(width, height))
    });
    sides.ok_or_else(|| {
        let names: Vec<&str> = SIZES.iter().map(|(name, ..)| *name).collect();
        let message = format!("`{text}` is not the size of a sheet");
        Diagnostic::usage("size", message)
            .hint(format!("write one of {}, or 8inx10.5in", names.join(", ")))
            .into()
    })
}
