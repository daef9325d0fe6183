//! A subset without what a PDF has no use for: names, and the instructions that fit
//! outlines to coarse screens, which viewers of today do not follow. They are a third of
//! many a font.

use super::subset::{Tables, file, tables, u16_at, u32_at};

/// Tables that hold names or belong to instructions.
const NEEDLESS: [&[u8; 4]; 4] = [b"name", b"fpgm", b"prep", b"cvt "];

/// The font file without them; none where it is not sound TrueType.
pub(super) fn bare(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut tables = tables(bytes)?;
    let outlines = outlines(&tables)?;
    for table in NEEDLESS {
        tables.remove(table);
    }
    let mut glyf = Vec::new();
    let mut loca = vec![0_u8; 4];
    for outline in outlines {
        glyf.extend(outline);
        glyf.resize(glyf.len().next_multiple_of(4), 0);
        loca.extend(u32::try_from(glyf.len()).ok()?.to_be_bytes());
    }
    // Places are halved where that leaves them in two bytes (OpenType 1.9, loca).
    let short = glyf.len() / 2 <= usize::from(u16::MAX);
    if short {
        let halves = loca.chunks_exact(4).map(|b| u32_at(b, 0).map(|at| (at / 2) as u16));
        let halves: Option<Vec<u16>> = halves.collect();
        loca = halves?.into_iter().flat_map(u16::to_be_bytes).collect();
    }
    tables.insert(*b"glyf", glyf);
    tables.insert(*b"loca", loca);
    let head = tables.get_mut(b"head")?;
    head.get_mut(50..52)?.copy_from_slice(&u16::from(!short).to_be_bytes());
    Some(file(&tables))
}

/// The outlines of all glyphs without their instructions.
fn outlines(tables: &Tables) -> Option<Vec<Vec<u8>>> {
    let (glyf, loca) = (tables.get(b"glyf")?, tables.get(b"loca")?);
    let long = u16_at(tables.get(b"head")?, 50)? != 0;
    let count = usize::from(u16_at(tables.get(b"maxp")?, 4)?);
    let place = |glyph: usize| match long {
        true => u32_at(loca, glyph * 4),
        false => Some(usize::from(u16_at(loca, glyph * 2)?) * 2),
    };
    let outline = |glyph| plain(glyf.get(place(glyph)?..place(glyph + 1)?)?);
    (0..count).map(outline).collect()
}

/// An outline without its instructions (OpenType 1.9, glyf).
fn plain(glyph: &[u8]) -> Option<Vec<u8>> {
    if glyph.is_empty() {
        return Some(Vec::new());
    }
    let contours = u16_at(glyph, 0)?.cast_signed();
    match usize::try_from(contours) {
        Ok(contours) => {
            let at = 10 + contours * 2;
            let length = usize::from(u16_at(glyph, at)?);
            let mut out = glyph.get(..at)?.to_vec();
            out.extend([0, 0]);
            out.extend(glyph.get(at + 2 + length..)?);
            Some(out)
        }
        Err(_) => composite(glyph),
    }
}

/// A glyph of other glyphs, up to the end of the last of them.
fn composite(glyph: &[u8]) -> Option<Vec<u8>> {
    const WORDS: u16 = 0x0001;
    const SCALE: u16 = 0x0008;
    const MORE: u16 = 0x0020;
    const TWO_SCALES: u16 = 0x0040;
    const MATRIX: u16 = 0x0080;
    const INSTRUCTIONS: u16 = 0x0100;
    let mut out = glyph.to_vec();
    let mut at = 10;
    loop {
        let flags = u16_at(glyph, at)?;
        out.get_mut(at..at + 2)?.copy_from_slice(&(flags & !INSTRUCTIONS).to_be_bytes());
        at += if flags & WORDS != 0 { 8 } else { 6 };
        at += match flags {
            f if f & SCALE != 0 => 2,
            f if f & TWO_SCALES != 0 => 4,
            f if f & MATRIX != 0 => 8,
            _ => 0,
        };
        if flags & MORE == 0 {
            out.truncate(at);
            return (out.len() == at).then_some(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_go_and_outlines_stay() {
        // One contour of one point at (0, 0), with three bytes of instructions.
        let head = [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        let with = [&head[..], &[0, 3, 7, 8, 9], &[0x31]].concat();
        let without = [&head[..], &[0, 0], &[0x31]].concat();
        assert_eq!(plain(&with), Some(without.clone()));
        assert_eq!(plain(&without), Some(without));
        assert_eq!(plain(&[]), Some(Vec::new()));
        // Two components, the last with instructions.
        let head = [255, 255, 0, 0, 0, 0, 0, 0, 0, 0];
        let first = [0, 0x20, 0, 1, 2, 3];
        let last = [1, 0x09, 0, 2, 0, 4, 0, 5, 0x40, 0];
        let made = [&head[..], &first, &last, &[0, 2, 1, 1]].concat();
        let mut bare = [&head[..], &first, &last].concat();
        bare[16] = 0;
        assert_eq!(plain(&made), Some(bare));
        for end in 1..made.len() - 4 {
            assert_eq!(plain(&made[..end]), None, "{end}");
        }
    }
}
