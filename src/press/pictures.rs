//! Pictures that fields name as files.

use std::path::Path;

use super::files::read_file;
use crate::diag::{Place, Problems, Result};
use crate::field::{ASSIGNED, Fields, Schema, Value};

/// The fields with the pictures in the place of the names of their files.
///
/// Names are relative to `folder`, that of the file the fields come from; those given with
/// `-s` to the current folder.
///
/// # Errors
/// Every file that is not there or cannot be read.
pub fn read_pictures(
    schema: &Schema,
    mut fields: Fields,
    folder: &Path,
) -> Result<Fields> {
    let mut problems = Vec::new();
    for (path, name) in schema.image_files(&fields) {
        let place = fields.place(&path);
        let assigned = place.as_ref().is_some_and(|place| place.source == ASSIGNED);
        let file = if assigned { Path::new("").join(&name) } else { folder.join(&name) };
        match read_file(&file) {
            Ok(bytes) => fields.insert(&path, Value::Image(bytes.into()), place),
            Err(found) => {
                let nowhere = || Place::whole(file.display().to_string());
                problems.extend(found.at(&place.unwrap_or_else(nowhere)));
            }
        }
    }
    Problems::check(fields, problems)
}
