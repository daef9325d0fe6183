//! Styles by name, as templates and style files write them.

use core::fmt;

/// A name that no style of its kind has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    /// What was looked for, such as `counter`.
    pub kind: &'static str,
    /// The name that was given.
    pub name: String,
    /// The names there are.
    pub known: Vec<&'static str>,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no {} `{}` ({})", self.kind, self.name, self.known.join(", "))
    }
}
impl core::error::Error for UnknownName {}

/// The value a table gives to a name.
pub(super) fn find_name<T: Copy>(
    kind: &'static str,
    table: &[(&'static str, T)],
    name: &str,
) -> Result<T, UnknownName> {
    table.iter().find(|(known, _)| *known == name).map(|(_, value)| *value).ok_or_else(
        || UnknownName {
            kind,
            name: name.to_owned(),
            known: table.iter().map(|(known, _)| *known).collect(),
        },
    )
}

/// The name a table gives to a value.
pub(super) fn name_of<T: Copy + PartialEq>(
    table: &[(&'static str, T)],
    value: T,
) -> &'static str {
    table.iter().find(|(_, known)| *known == value).map_or("", |(name, _)| name)
}

/// Gives a style its names: `FromStr`, `Display` and the list of all.
macro_rules! named {
    ($style:ty, $kind:literal, $table:ident) => {
        impl $style {
            /// Every name with the style it stands for.
            pub const ALL: &'static [(&'static str, Self)] = $table;
        }

        impl core::str::FromStr for $style {
            type Err = $crate::period::UnknownName;

            /// Reads the style's name.
            fn from_str(name: &str) -> Result<Self, Self::Err> {
                $crate::period::names::find_name($kind, $table, name)
            }
        }

        impl core::fmt::Display for $style {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str($crate::period::names::name_of($table, *self))
            }
        }
    };
}
pub(super) use named;
