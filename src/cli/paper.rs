//! `engross paper`: a blank sheet.

use std::path::Path;

use super::args::Paper;
use super::both;
use super::output::Target;
use super::report::Report;
use crate::diag::Result;
use crate::press::Press;

/// Makes a blank aged sheet.
pub(super) fn paper(args: &Paper, report: &Report) -> Result<()> {
    let press = Press::new();
    let size = args.size.map(|size| size.0);
    let sheet = args.sheet.look().and_then(|look| press.sheet(&args.paper, &look, size));
    let stem = Path::new(&args.paper).file_stem().unwrap_or_default().to_string_lossy();
    let (target, sheet) = both(Target::new(&args.target, &stem, None), sheet)?;
    target.write(&sheet, report)
}
