//! Huffman tables made for a picture, and its coefficients as symbols (ITU-T T.81, annexes
//! C, F and K.2).

/// How many tables a picture has: 0 and 1 for first coefficients of light and colour, 2 and
/// 3 for the others.
pub(super) const TABLES: usize = 4;

/// A symbol of the scan with the bits that follow it: from the highest bit on its table
/// (2 bits), the symbol (8), whose low four bits say how many bits follow, and these (16).
#[derive(Clone, Copy)]
struct Symbol(u32);

impl Symbol {
    /// A symbol with the bits of a number behind it (T.81, F.1.2.1 and F.1.2.2).
    #[inline(always)]
    fn new(table: usize, zeros: u32, value: i32) -> Self {
        let bits = 32 - value.unsigned_abs().leading_zeros();
        let extra = (value + (value >> 31)) as u32 & ((1 << bits) - 1);
        Self((table as u32) << 24 | (zeros << 4 | bits) << 16 | extra)
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

/// The coefficients of a picture as symbols, and how often each occurs.
#[derive(Default)]
pub(super) struct Scan {
    /// The symbols.
    symbols: Vec<Symbol>,
    /// The last first coefficient of each channel: the next is told by its difference.
    last: [i32; 3],
}

impl Scan {
    /// Appends a block of a channel: which of its coefficients are not nothing, by their
    /// places in the zigzag from the lowest bit on, and what they are (T.81, F.1.2).
    #[inline(always)]
    pub(super) fn block(
        &mut self,
        channel: usize,
        some: u64,
        coefficient: impl Fn(usize) -> i16,
    ) {
        let kind = channel.min(1);
        let first = i32::from(coefficient(0));
        self.symbols.push(Symbol::new(kind, 0, first - self.last[channel]));
        self.last[channel] = first;
        let mut rest = some & !1;
        let mut before = 0;
        while rest != 0 {
            let place = rest.trailing_zeros();
            let mut zeros = place - before - 1;
            while zeros > 15 {
                self.symbols.push(Symbol::new(2 + kind, 15, 0));
                zeros -= 16;
            }
            let value = coefficient(place as usize);
            self.symbols.push(Symbol::new(2 + kind, zeros, value.into()));
            before = place;
            rest &= rest - 1;
        }
        if before < 63 {
            self.symbols.push(Symbol::new(2 + kind, 0, 0));
        }
    }

    /// The tables in which it takes the least room.
    pub(super) fn tables(&self) -> [Table; TABLES] {
        let mut counts = [[0_u32; 256]; TABLES];
        for symbol in &self.symbols {
            counts[symbol.table()][usize::from(symbol.code())] += 1;
        }
        counts.each_ref().map(Table::made_for)
    }

    /// How many bytes it takes with its own tables, but for their own.
    pub(super) fn size(&self) -> usize {
        let codes = self.tables().each_ref().map(Table::codes);
        let bits = |symbol: &Symbol| {
            u64::from(codes[symbol.table()][usize::from(symbol.code())].0 + symbol.bits())
        };
        (self.symbols.iter().map(bits).sum::<u64>() / 8) as usize
    }

    /// Writes it with these tables.
    pub(super) fn write(&self, tables: &[Table; TABLES], out: &mut Vec<u8>) {
        let codes = tables.each_ref().map(Table::codes);
        let (mut buffer, mut count) = (0_u64, 0);
        let mut plain = Vec::with_capacity(self.symbols.len());
        let mut put = |value: u32, bits: u32| {
            buffer = buffer << bits | u64::from(value);
            count += bits;
            if count >= 32 {
                count -= 32;
                plain.extend_from_slice(&((buffer >> count) as u32).to_be_bytes());
            }
        };
        for symbol in &self.symbols {
            let (length, code) = codes[symbol.table()][usize::from(symbol.code())];
            put(code << symbol.bits() | symbol.extra(), length + symbol.bits());
        }
        // The last byte is filled with ones.
        put(0x7f, 7);
        let rest = (buffer << (32 - count)) as u32;
        plain.extend(&rest.to_be_bytes()[..count as usize / 8]);
        stuff(&plain, out);
    }
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

/// A Huffman table.
#[derive(Clone, Default)]
pub(super) struct Table {
    /// How many codes there are of each length, 1 to 16.
    counts: [u8; 16],
    /// What the codes stand for, in their order.
    values: Vec<u8>,
}

impl Table {
    /// Writes it as the table of a number (T.81, B.2.4.2); one without codes is left out.
    pub(super) fn write(&self, number: usize, out: &mut Vec<u8>) {
        if self.values.is_empty() {
            return;
        }
        let kind = (number as u8 >> 1 << 4) | (number as u8 & 1);
        let length = 19 + self.values.len() as u16;
        out.extend([0xff, 0xc4]);
        out.extend(length.to_be_bytes());
        out.push(kind);
        out.extend(self.counts);
        out.extend(&self.values);
    }

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
