//! Huffman tables of its own for a JPEG file: the same picture, to the bit, in four fifths
//! of the bytes (ITU-T T.81, annexes C, F and K.2).
//!
//! The encoder writes sequential files of one scan with the tables of the standard. With
//! tables of its own it would write a scan for each channel, which some readers get wrong
//! (zune-jpeg issue 419); so the scan is read and written once more here.

/// The file with tables made for it; none when it is not such a file.
pub(super) fn repacked(file: &[u8]) -> Option<Vec<u8>> {
    let header = Header::read(file)?;
    let symbols = read_scan(&header, &file[header.scan..])?;
    let mut counts = [[0_u32; 256]; 4];
    for symbol in &symbols {
        counts[symbol.table()][usize::from(symbol.code())] += 1;
    }
    let tables: Vec<Table> = counts.iter().map(Table::made_for).collect();
    let mut out = header.kept;
    for (number, table) in tables.iter().enumerate().filter(|(_, t)| !t.values.is_empty())
    {
        // Tables 0 and 1 are for the first coefficients, 2 and 3 for the others.
        let kind = (number as u8 >> 1 << 4) | (number as u8 & 1);
        let length = u16::try_from(19 + table.values.len()).ok()?;
        out.extend([0xff, 0xc4]);
        out.extend(length.to_be_bytes());
        out.push(kind);
        out.extend(table.counts);
        out.extend(&table.values);
    }
    out.extend(header.start_of_scan);
    write_scan(&symbols, &tables, &mut out);
    out.extend([0xff, 0xd9]);
    Some(out)
}

/// What stands before the coefficients.
struct Header {
    /// All segments but Huffman tables and the start of the scan.
    kept: Vec<u8>,
    /// The start of the scan.
    start_of_scan: Vec<u8>,
    /// Where the coefficients begin.
    scan: usize,
    /// The Huffman tables: 0, 1 for first coefficients and 2, 3 for the others.
    tables: [Table; 4],
    /// The tables of each block of a unit, in their order.
    blocks: Vec<(usize, usize)>,
    /// How many units there are.
    units: usize,
}

impl Header {
    /// Reads the segments (T.81, B.2).
    fn read(file: &[u8]) -> Option<Self> {
        let mut kept = file.get(..2)?.to_vec();
        let mut tables: [Table; 4] = Default::default();
        let mut frame: Option<(usize, usize)> = None;
        let mut factors: Vec<(u8, usize, usize)> = Vec::new();
        let mut at = 2;
        loop {
            let &[0xff, marker] = file.get(at..at + 2)? else { return None };
            let length = usize::from(u16_at(file, at + 2)?);
            let segment = file.get(at..at + 2 + length)?;
            let body = segment.get(4..)?;
            at += 2 + length;
            match marker {
                0xc4 => read_tables(body, &mut tables)?,
                // Other kinds of frames, and restarts, the encoder does not write.
                0xc1..=0xc3 | 0xc5..=0xcf | 0xdd => return None,
                0xda => {
                    let (width, height) = frame?;
                    let blocks = blocks(body, &factors)?;
                    let widest = factors.iter().map(|f| f.1).max()?;
                    let highest = factors.iter().map(|f| f.2).max()?;
                    let units = width.div_ceil(8 * widest) * height.div_ceil(8 * highest);
                    let start_of_scan = segment.to_vec();
                    return Some(Self {
                        kept,
                        start_of_scan,
                        scan: at,
                        tables,
                        blocks,
                        units,
                    });
                }
                _ => kept.extend(segment),
            }
            if marker == 0xc0 {
                let side = |at| u16_at(body, at).map(usize::from);
                frame = Some((side(3)?, side(1)?));
                for channel in body.get(6..)?.chunks_exact(3) {
                    let (h, v) = (channel[1] >> 4, channel[1] & 15);
                    factors.push((channel[0], usize::from(h), usize::from(v)));
                }
            }
        }
    }
}

/// A number of two bytes.
fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// The tables of the blocks of a unit, from the start of the scan (T.81, B.2.3). A picture
/// of one channel has one block a unit, whatever its factors.
fn blocks(body: &[u8], factors: &[(u8, usize, usize)]) -> Option<Vec<(usize, usize)>> {
    let count = usize::from(*body.first()?);
    if count != factors.len() || (count == 1 && factors[0].1 * factors[0].2 != 1) {
        return None;
    }
    let mut out = Vec::new();
    for channel in body.get(1..1 + 2 * count)?.chunks_exact(2) {
        let (_, h, v) = factors.iter().find(|factor| factor.0 == channel[0])?;
        let (first, other) = (channel[1] >> 4, channel[1] & 15);
        if first > 1 || other > 1 {
            return None;
        }
        let tables = (usize::from(first), 2 + usize::from(other));
        out.extend(core::iter::repeat_n(tables, h * v));
    }
    Some(out)
}

/// A Huffman table.
#[derive(Clone, Default)]
struct Table {
    /// How many codes there are of each length, 1 to 16.
    counts: [u8; 16],
    /// What the codes stand for, in their order.
    values: Vec<u8>,
}

/// Reads the tables of a segment (T.81, B.2.4.2).
fn read_tables(mut body: &[u8], tables: &mut [Table; 4]) -> Option<()> {
    while let Some((&kind, rest)) = body.split_first() {
        let counts: [u8; 16] = rest.get(..16)?.try_into().ok()?;
        let number = usize::from(kind >> 4) * 2 + usize::from(kind & 15);
        let count = counts.iter().map(|&count| usize::from(count)).sum::<usize>();
        let values = rest.get(16..16 + count)?.to_vec();
        *tables.get_mut(number)? = Table { counts, values };
        body = &rest[16 + count..];
    }
    Some(())
}

impl Table {
    /// The table with which symbols that occur so often take the least room (T.81, K.2).
    fn made_for(occur: &[u32; 256]) -> Self {
        let used = occur.iter().filter(|&&count| count > 0).count();
        if used == 0 {
            return Self::default();
        }
        // One more that never occurs, so that no code is of ones alone.
        let mut weights: Vec<u64> = occur.iter().map(|&count| u64::from(count)).collect();
        weights.push(1);
        let mut sizes = [0_usize; 257];
        let mut groups: Vec<Vec<usize>> = (0..257).map(|symbol| vec![symbol]).collect();
        while let Some((least, next)) = two_least(&weights) {
            weights[least] += weights[next];
            weights[next] = 0;
            let others = core::mem::take(&mut groups[next]);
            groups[least].extend(others);
            groups[least].iter().for_each(|&symbol| sizes[symbol] += 1);
        }
        let mut lengths = [0_usize; 258];
        sizes.iter().filter(|&&size| size > 0).for_each(|&size| lengths[size] += 1);
        limit(&mut lengths);
        // The longest code is the one that never occurs.
        if let Some(longest) = (1..=16).rev().find(|&length| lengths[length] > 0) {
            lengths[longest] -= 1;
        }
        let mut order: Vec<usize> = (0..256).filter(|&s| sizes[s] > 0).collect();
        order.sort_by_key(|&symbol| (sizes[symbol], symbol));
        let values = order.into_iter().map(|symbol| symbol as u8).collect();
        Self { counts: core::array::from_fn(|i| lengths[i + 1] as u8), values }
    }

    /// Length and code of each symbol (T.81, C.2).
    fn codes(&self) -> [(u32, u32); 256] {
        let mut out = [(0, 0); 256];
        let mut values = self.values.iter();
        let mut code = 0;
        for (length, &count) in (1..).zip(&self.counts) {
            for &value in values.by_ref().take(usize::from(count)) {
                out[usize::from(value)] = (length, code);
                code += 1;
            }
            code <<= 1;
        }
        out
    }
}

/// The two that weigh least of those that weigh anything; of equal ones the last.
fn two_least(weights: &[u64]) -> Option<(usize, usize)> {
    let lightest = |but: Option<usize>| {
        let some = |&i: &usize| weights[i] > 0 && Some(i) != but;
        (0..weights.len()).rev().filter(some).min_by_key(|&i| weights[i])
    };
    let least = lightest(None)?;
    Some((least, lightest(Some(least))?))
}

/// Shortens codes to 16 bits (T.81, K.2, figure K.3).
fn limit(lengths: &mut [usize; 258]) {
    for length in (17..lengths.len()).rev() {
        while lengths[length] > 0 {
            let Some(shorter) = (1..length - 1).rev().find(|&j| lengths[j] > 0) else {
                return;
            };
            lengths[length] -= 2;
            lengths[length - 1] += 1;
            lengths[shorter + 1] += 2;
            lengths[shorter] -= 1;
        }
    }
}

/// A symbol of the scan with the bits that follow it: from the highest bit on its table
/// (2 bits), the symbol (8), whose low four bits say how many bits follow, and these (16).
#[derive(Clone, Copy)]
struct Symbol(u32);

impl Symbol {
    /// A symbol.
    const fn new(table: usize, code: u8, extra: u32) -> Self {
        Self((table as u32) << 24 | (code as u32) << 16 | extra)
    }

    /// The table it is written with.
    const fn table(self) -> usize {
        (self.0 >> 24 & 3) as usize
    }

    /// The symbol.
    const fn code(self) -> u8 {
        (self.0 >> 16) as u8
    }

    /// How many bits follow.
    const fn bits(self) -> u32 {
        self.0 >> 16 & 15
    }

    /// The bits that follow.
    const fn extra(self) -> u32 {
        self.0 & 0xffff
    }
}

/// Reads the coefficients as symbols (T.81, F.2.2).
fn read_scan(header: &Header, scan: &[u8]) -> Option<Vec<Symbol>> {
    let codes = header.tables.each_ref().map(Decoder::new);
    let plain = unstuffed(scan);
    let mut bits = Bits { bytes: &plain, buffer: 0, count: 0 };
    let mut out = Vec::with_capacity(scan.len() * 2);
    for _ in 0..header.units {
        for &(first, others) in &header.blocks {
            out.push(bits.symbol(first, &codes[first])?);
            let mut at = 1;
            while at < 64 {
                let symbol = bits.symbol(others, &codes[others])?;
                out.push(symbol);
                match symbol.code() {
                    0x00 => break,
                    code => at += usize::from(code >> 4) + 1,
                }
            }
        }
    }
    Some(out)
}

/// Bits that say at once which symbol most codes stand for.
const AT_ONCE: u32 = 9;

/// A table as one reads with it.
struct Decoder<'a> {
    /// Length and symbol for the next [`AT_ONCE`] bits; no length where the code is longer.
    short: [(u8, u8); 1 << AT_ONCE],
    /// For each length of code the first sixteen bits that are of none so long, and what to
    /// add to a code for its place among the symbols.
    long: [(u32, i32); 17],
    /// The symbols in the order of their codes.
    values: &'a [u8],
}

impl<'a> Decoder<'a> {
    /// Works the table out (T.81, F.2.2.3).
    fn new(table: &'a Table) -> Self {
        let mut short = [(0, 0); 1 << AT_ONCE];
        let mut long = [(0, 0); 17];
        let (mut code, mut place) = (0_u32, 0_i32);
        for (length, &count) in (1_u32..).zip(&table.counts) {
            let offset = place - code as i32;
            for &value in table.values.iter().skip(place as usize).take(count.into()) {
                if length <= AT_ONCE {
                    let first = (code << (AT_ONCE - length)) as usize;
                    let end = first + (1_usize << (AT_ONCE - length));
                    if let Some(places) = short.get_mut(first..end) {
                        places.fill((length as u8, value));
                    }
                }
                (code, place) = (code + 1, place + 1);
            }
            long[length as usize] = (code << (16 - length), offset);
            code <<= 1;
        }
        Self { short, long, values: &table.values }
    }

    /// Length and symbol of the code that sixteen bits begin with.
    fn find(&self, bits: u32) -> Option<(u32, u8)> {
        if let (length @ 1.., value) = self.short[(bits >> (16 - AT_ONCE)) as usize] {
            return Some((length.into(), value));
        }
        let length = (1..=16_u32).find(|&n| bits < self.long[n as usize].0)?;
        let place = (bits >> (16 - length)) as i32 + self.long[length as usize].1;
        Some((length, *self.values.get(usize::try_from(place).ok()?)?))
    }
}

/// The bytes of a scan up to its end, without the zeros that follow bytes of ones.
fn unstuffed(scan: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(scan.len());
    let mut parts = scan.split(|&byte| byte == 0xff);
    out.extend(parts.next().unwrap_or_default());
    for part in parts {
        let [0x00, rest @ ..] = part else { break };
        out.push(0xff);
        out.extend(rest);
    }
    out
}

/// Bits of a scan, the first highest.
struct Bits<'a> {
    /// What has not been looked at.
    bytes: &'a [u8],
    /// What has, in its low bits.
    buffer: u64,
    /// How many bits of the buffer hold.
    count: u32,
}

impl Bits<'_> {
    /// Reads a symbol and the bits that follow it.
    fn symbol(&mut self, table: usize, codes: &Decoder<'_>) -> Option<Symbol> {
        self.fill();
        let (length, code) =
            codes.find((self.buffer >> (self.count - 16)) as u32 & 0xffff)?;
        let follow = u32::from(code & 15);
        self.count -= length + follow;
        let extra = (self.buffer >> self.count) as u32 & ((1 << follow) - 1);
        Some(Symbol::new(table, code, extra))
    }

    /// Takes bytes until 32 bits hold; zeros behind the end.
    fn fill(&mut self) {
        if self.count >= 32 {
            return;
        }
        let next = if let Some((four, rest)) = self.bytes.split_first_chunk::<4>() {
            self.bytes = rest;
            u32::from_be_bytes(*four)
        } else {
            let mut four = [0; 4];
            four[..self.bytes.len()].copy_from_slice(self.bytes);
            self.bytes = &[];
            u32::from_be_bytes(four)
        };
        self.buffer = self.buffer << 32 | u64::from(next);
        self.count += 32;
    }
}

/// Writes symbols with these tables (T.81, F.1.2).
fn write_scan(symbols: &[Symbol], tables: &[Table], out: &mut Vec<u8>) {
    let codes: Vec<_> = tables.iter().map(Table::codes).collect();
    let (mut buffer, mut count) = (0_u64, 0);
    let mut plain = Vec::with_capacity(symbols.len());
    let mut put = |value: u32, bits: u32| {
        buffer = buffer << bits | u64::from(value);
        count += bits;
        if count >= 32 {
            count -= 32;
            plain.extend(((buffer >> count) as u32).to_be_bytes());
        }
    };
    for symbol in symbols {
        let (length, code) = codes[symbol.table()][usize::from(symbol.code())];
        put(code << symbol.bits() | symbol.extra(), length + symbol.bits());
    }
    // The last byte is filled with ones.
    put(0x7f, 7);
    let rest = (buffer << (32 - count)) as u32;
    plain.extend(&rest.to_be_bytes()[..count as usize / 8]);
    stuff(&plain, out);
}

/// Writes the bytes of a scan with a zero behind each byte of ones.
fn stuff(plain: &[u8], out: &mut Vec<u8>) {
    out.reserve(plain.len() + plain.len() / 64);
    let mut parts = plain.split(|&byte| byte == 0xff);
    out.extend(parts.next().unwrap_or_default());
    for part in parts {
        out.extend([0xff, 0x00]);
        out.extend(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{Channels, Picture};

    #[test]
    fn codes_are_no_longer_than_sixteen_bits_and_none_is_of_ones_alone() {
        // Fibonacci's numbers make the longest codes.
        let mut counts = [0_u32; 256];
        let (mut a, mut b) = (1, 1);
        for count in counts.iter_mut().take(40) {
            *count = a;
            (a, b) = (b, a + b);
        }
        let table = Table::made_for(&counts);
        assert_eq!(table.values.len(), 40);
        assert_eq!(table.counts.iter().map(|&c| usize::from(c)).sum::<usize>(), 40);
        let room: u32 =
            table.counts.iter().zip(1..).map(|(&c, n)| u32::from(c) << (16 - n)).sum();
        assert!(room < 1 << 16, "{room}");
    }

    #[test]
    fn a_repacked_picture_is_the_same_and_smaller() {
        for (channels, width, height) in
            [(Channels::Rgb, 250, 131), (Channels::Gray, 64, 33), (Channels::Rgb, 3, 2)]
        {
            let count = (width * height) as usize * channels.count();
            let pixels = (0..count).map(|i| (i * i / 7 % 251) as u8 / 4 + 90).collect();
            let picture = Picture { width, height, channels, pixels };
            let plain = picture.encoded(80);
            let packed = repacked(&plain).unwrap();
            assert!(packed.len() < plain.len(), "{} {}", packed.len(), plain.len());
            let read = |file: &[u8]| Picture::from_bytes(file).unwrap();
            assert_eq!(read(&plain).pixels, read(&packed).pixels, "{width}");
        }
    }

    #[test]
    fn what_is_no_such_file_is_left_alone() {
        let picture = Picture {
            width: 20,
            height: 20,
            channels: Channels::Gray,
            pixels: vec![9; 400],
        };
        let file = picture.encoded(50);
        assert!(repacked(&file).is_some());
        for end in 0..file.len().min(200) {
            let _ = repacked(&file[..end]);
        }
        assert!(repacked(b"").is_none());
        assert!(repacked(b"\x89PNG\r\n\x1a\n").is_none());
    }
}
