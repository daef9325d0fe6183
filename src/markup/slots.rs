//! Slots: how values pass through markup untouched.
//!
//! The template writes one private-use character of plane 15 for a value and keeps the
//! value aside; after the parse the character becomes the value again. So no value can
//! be taken for markup.

use std::sync::Arc;

/// The first character that stands for a slot.
const FIRST: u32 = 0xF_0000;
/// How many slots a text can have: plane 15 but for its last two code points.
const MOST: usize = 0xFFFE;

/// The values of a filled template, in the order in which they were written.
#[derive(Clone, Debug, Default)]
pub struct Slots(Vec<Arc<str>>);

impl Slots {
    /// Keeps a value and gives the character that stands for it; none when 65,534 values
    /// are kept already.
    pub fn keep(&mut self, value: Arc<str>) -> Option<char> {
        let index = self.0.len();
        if index >= MOST {
            return None;
        }
        self.0.push(value);
        char::from_u32(FIRST + index as u32)
    }

    /// The value that a character stands for.
    pub fn value(&self, slot: char) -> Option<&Arc<str>> {
        let index = (slot as u32).checked_sub(FIRST)?;
        self.0.get(index as usize)
    }

    /// The text with every slot replaced by its value.
    pub fn restore(&self, text: &str) -> String {
        // Most texts have none: characters of these planes begin with a high byte.
        if text.bytes().all(|b| b < 0xf3) {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match self.value(c) {
                Some(value) => out.push_str(value),
                None => out.push(c),
            }
        }
        out
    }
}

/// Whether a character is of the kind that slots are made of.
pub fn is_slot(c: char) -> bool {
    (0xF_0000..=0x10_FFFF).contains(&(c as u32))
}
