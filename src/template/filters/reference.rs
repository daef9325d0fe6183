//! Values with more than words in them: references that lead to other places, letters that
//! stand raised.

use minijinja::Error;
use minijinja::value::{Object, Value as Seen};

use crate::period::{Contracted, Contraction, contract};

/// A text with references and contractions in it.
#[derive(Debug)]
pub(in crate::template) struct Pieces(pub(in crate::template) Vec<Piece>);

/// A piece of such a text.
#[derive(Debug, PartialEq)]
pub(in crate::template) enum Piece {
    /// Words as they are.
    Text(String),
    /// A reference to the place with this name, in the words by which it is called.
    Reference(String),
    /// A word cut short, its last letters raised.
    Contraction(Contraction),
}

impl Object for Pieces {}

/// Whether a name can be one of a place.
pub(super) fn is_id(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// `{{ paragraph | refer }}`: in the text of a user, `[#truce]` becomes what the place
/// `truce` is called, and leads to it.
pub(super) fn refer(text: &Seen) -> Result<Seen, Error> {
    let words = super::text::plain(text)?;
    if text.is_safe() || !words.contains("[#") {
        return Ok(text.clone());
    }
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = words.as_str();
    while let Some(at) = rest.find("[#") {
        let (before, after) = rest.split_at(at);
        plain.push_str(before);
        match after[2..].split_once(']').filter(|(name, _)| is_id(name)) {
            Some((name, after)) => {
                pieces.push(Piece::Text(core::mem::take(&mut plain)));
                pieces.push(Piece::Reference(name.to_owned()));
                rest = after;
            }
            None => {
                plain.push_str("[#");
                rest = &after[2..];
            }
        }
    }
    plain.push_str(rest);
    pieces.push(Piece::Text(plain));
    Ok(Seen::from_object(Pieces(pieces)))
}

/// `{{ name | contracted }}`: Wᵐ, Majᵗʸ, obedᵗ, as hands wrote until about 1840.
pub(super) fn contracted(text: &str) -> Seen {
    let piece = |part: Contracted| match part {
        Contracted::Plain(text) => Piece::Text(text),
        Contracted::Cut(word) => Piece::Contraction(word),
    };
    Seen::from_object(Pieces(contract(text).into_iter().map(piece).collect()))
}
