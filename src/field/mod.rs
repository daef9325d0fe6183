//! Values, the fields that hold them, and the schema they must satisfy.
//!
//! [`Fields`] are what somebody wrote: loosely typed, each value with its place.
//! [`Schema::check`] turns them into a [`Record`] of exactly the types the template asked
//! for, or says everything that is wrong with them. Knows no file format.

mod check;
mod fields;
mod limits;
mod party;
mod path;
mod scalar;
mod schema;
mod text;
mod validate;
mod value;

pub use fields::{ASSIGNED, Fields, MAX_DEPTH};
pub use path::{FieldPath, NotAPath, Step};
pub use schema::{Field, FieldType, Limit, Schema};
pub use value::{Record, Value};
pub(crate) use value::{native_date, whole_number};

#[cfg(test)]
mod tests;
