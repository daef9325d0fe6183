//! Subsets: the part of a face that a document carries.

use std::collections::BTreeMap;

use super::Face;
use crate::diag::Diagnostic;

/// A part of a face, as a font file for a PDF.
#[derive(Clone, Debug)]
pub struct Subset {
    /// The file: TrueType with `glyf`, or a bare CFF table with CID keys.
    pub bytes: Vec<u8>,
    /// Old glyph numbers by their new ones; the first is the missing glyph, 0.
    pub glyphs: Vec<u16>,
}

impl Face {
    /// The part of the face that draws these glyphs; of one that was cut, all of it. New
    /// numbers follow the order of the old ones, so that the same set of glyphs gives the
    /// same bytes.
    ///
    /// # Errors
    /// A font whose tables are damaged.
    pub fn subset(
        &self,
        glyphs: impl IntoIterator<Item = u16>,
    ) -> Result<Subset, Diagnostic> {
        // A face that was cut has no more than is needed, and no instructions or names.
        if self.is_cut() {
            let bytes = self.bytes().to_vec();
            return Ok(Subset { bytes, glyphs: (0..self.glyph_count()).collect() });
        }
        let sorted: std::collections::BTreeSet<u16> = glyphs.into_iter().collect();
        let sorted: Vec<u16> = sorted.into_iter().collect();
        let remapper = subsetter::GlyphRemapper::new_from_glyphs_sorted(&sorted);
        let bytes = subsetter::subset(self.bytes(), 0, &remapper).map_err(|error| {
            let message = format!("font `{}` cannot be subset: {error}", self.name());
            Diagnostic::usage("font", message).hint("use another copy of the font file")
        })?;
        // PDF wants PostScript outlines bare, without the OpenType file around them.
        let bare = bytes.starts_with(b"OTTO").then(|| tables(&bytes)?.remove(b"CFF "));
        let bytes = bare.flatten().or_else(|| super::bare::bare(&bytes)).unwrap_or(bytes);
        Ok(Subset { bytes, glyphs: remapper.remapped_gids().collect() })
    }
}

impl Subset {
    /// Gives every glyph another advance (in units of the em, by new number) and moves its
    /// outline into the middle of it; how far each was moved. None where the outlines are
    /// not TrueType, whose side bearings move them.
    ///
    /// A typewriter's letters stand in cells. Text that is copied or searched must not see
    /// the room around a narrow letter as a space, so the room is made part of the glyph.
    pub fn centred(&mut self, advances: &[u16]) -> Option<Vec<i32>> {
        if !self.bytes.starts_with(&[0, 1, 0, 0]) {
            return None;
        }
        let mut tables = tables(&self.bytes)?;
        let long = u16_at(tables.get(b"hhea")?, 34)?;
        let hmtx = tables.get(b"hmtx")?;
        let mut metrics = Vec::new();
        let mut moved = Vec::new();
        for (glyph, &advance) in advances.iter().enumerate() {
            let (own, bearing) = metric(hmtx, usize::from(long), glyph)?;
            let by = (i32::from(advance) - i32::from(own)) / 2;
            let bearing = i16::try_from(i32::from(bearing) + by).ok()?;
            metrics.extend(advance.to_be_bytes());
            metrics.extend(bearing.to_be_bytes());
            moved.push(by);
        }
        let count = u16::try_from(advances.len()).ok()?;
        tables.insert(*b"hmtx", metrics);
        let hhea = tables.get_mut(b"hhea")?;
        hhea.get_mut(34..36)?.copy_from_slice(&count.to_be_bytes());
        let widest = advances.iter().copied().max().unwrap_or(0);
        hhea.get_mut(10..12)?.copy_from_slice(&widest.to_be_bytes());
        // Bit 1 of the flags says that outlines begin at their bearing: no longer.
        let head = tables.get_mut(b"head")?;
        let flags = u16_at(head, 16)? & !2;
        head.get_mut(16..18)?.copy_from_slice(&flags.to_be_bytes());
        self.bytes = file(&tables);
        Some(moved)
    }
}

/// The tables of a font file by tag.
pub(super) type Tables = BTreeMap<[u8; 4], Vec<u8>>;

/// A number of two bytes.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// A number of four bytes.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at + 4)?.try_into().ok()?;
    usize::try_from(u32::from_be_bytes(bytes)).ok()
}

/// Advance and left side bearing of a glyph (OpenType 1.9, hmtx).
fn metric(hmtx: &[u8], long: usize, glyph: usize) -> Option<(u16, i16)> {
    let last = long.checked_sub(1)?;
    let advance = u16_at(hmtx, glyph.min(last) * 4)?;
    let at = if glyph < long { glyph * 4 + 2 } else { long * 4 + (glyph - long) * 2 };
    Some((advance, u16_at(hmtx, at)?.cast_signed()))
}

/// Takes a font file apart (OpenType 1.9, Organization of an OpenType font).
pub(super) fn tables(bytes: &[u8]) -> Option<Tables> {
    let count = usize::from(u16_at(bytes, 4)?);
    let table = |index: usize| {
        let record = 12 + index * 16;
        let tag = bytes.get(record..record + 4)?.try_into().ok()?;
        let (start, length) = (u32_at(bytes, record + 8)?, u32_at(bytes, record + 12)?);
        Some((tag, bytes.get(start..start.checked_add(length)?)?.to_vec()))
    };
    (0..count).map(table).collect()
}

/// Puts a font file together: tables in the order of their tags, at multiples of four.
pub(super) fn file(tables: &Tables) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = count.checked_ilog2().unwrap_or(0) as u16;
    let range = 16_u16 << power;
    let mut out = vec![0, 1, 0, 0];
    for number in [count, range, power, count * 16 - range] {
        out.extend(number.to_be_bytes());
    }
    let mut offset = 12 + tables.len() * 16;
    for (tag, table) in tables {
        out.extend(tag);
        out.extend(check_sum(table).to_be_bytes());
        out.extend((offset as u32).to_be_bytes());
        out.extend((table.len() as u32).to_be_bytes());
        offset += table.len().next_multiple_of(4);
    }
    for table in tables.values() {
        out.extend(table);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    out
}

/// The sum of a table's words of four bytes.
fn check_sum(table: &[u8]) -> u32 {
    table.chunks(4).fold(0, |sum: u32, word| {
        let mut bytes = [0; 4];
        bytes[..word.len()].copy_from_slice(word);
        sum.wrapping_add(u32::from_be_bytes(bytes))
    })
}
