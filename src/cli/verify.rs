//! `engross verify`: a folder against its manifests.

use super::args::Verify;
use super::output::print;
use crate::batch::verify as verify_folder;
use crate::diag::Result;

/// Checks a folder.
pub(super) fn verify(args: &Verify) -> Result<()> {
    let verdict = verify_folder(&args.folder)?;
    let (rows, files) = (verdict.rows, verdict.files);
    print(&format!(
        "{}: {rows} rows, {files} files, all as they were made\n",
        args.folder.display()
    ))
}
