//! Deflating quickly (RFC 1951, in the frame of RFC 1950): what is told of a page comes in
//! some ten thousand bytes that repeat what stands a line above, and the tables of the usual
//! programs are larger than that and must be cleared each time.

use std::sync::LazyLock;

/// The shortest match that is told as one.
const SHORTEST: usize = 4;
/// The longest.
const LONGEST: usize = 258;
/// How many bytes there are.
const BYTES: usize = 256;
/// Room for bytes and behind them lengths, a power of two: what is taken modulo it needs no
/// check.
const SIGNS: usize = 1024;
/// How far back a match may lie.
const REACH: usize = 32_768;
/// How many places are kept in mind, as a power of two.
const PLACES: u32 = 12;
/// How many symbols a block has at the most.
const BLOCK: usize = 1 << 15;
/// From how many symbols on a block has codes of its own: to tell them takes as long as to write
/// some hundred symbols.
const FEW: usize = 300;
/// How many bytes the codes of a block take at the most, and what was not full before.
const HEAD: usize = 1024;
/// The symbol that ends a block.
const END: usize = 256;
/// How many literals and lengths there are, and how many distances.
const KINDS: [usize; 2] = [286, 30];
/// The longest code of either.
const DEEPEST: usize = 15;
/// The order in which the lengths of the codes for lengths are told (3.2.7).
const ORDER: [usize; 19] =
    [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// Bytes deflated.
pub(super) fn pack_quickly(bytes: &[u8]) -> Vec<u8> {
    // Deflate, a window of 32 KB, the least effort.
    let mut bits = Bits { out: vec![0x78, 0x01], at: 2, kept: 0, count: 0 };
    let mut block = Block::new(bytes.len().min(BLOCK));
    let mut places = [0; 1 << PLACES];
    let mut at = 0;
    loop {
        at = block.read(bytes, at, &mut places);
        let is_last = at == bytes.len();
        bits.reserve(HEAD);
        block.write(is_last, &mut bits);
        if is_last {
            break;
        }
        block.clear();
    }
    let mut out = bits.end();
    out.extend(simd_adler32::adler32(&bytes).to_be_bytes());
    out
}

/// A literal or a match: its sign from bit 21, that is its byte, or [`BYTES`] and its length;
/// from bit 16 the number of its distance (3.2.5), and below the distance. A literal has
/// [`NEAR`] and 0 there, so that it is written as a match is, by the same steps: which of both
/// comes next cannot be foreseen.
type Symbol = u32;

/// The number of the distance of a literal.
const NEAR: u8 = 30;

/// The numbers of distances (3.2.5): of those to 256 at their places, behind them one for each
/// further 128.
static NUMBERS: [u8; 1024] = {
    let mut numbers = [NEAR; 1024];
    let mut at = 1;
    while at <= 256 {
        numbers[at] = of_distance(at).0 as u8;
        at += 1;
    }
    let mut part = 2;
    while part < 256 {
        numbers[257 + part] = of_distance((part << 7) + 1).0 as u8;
        part += 1;
    }
    numbers
};

/// The number of a distance.
fn number_of(distance: u32) -> u8 {
    let at = if distance <= 256 { distance } else { 257 + ((distance - 1) >> 7) };
    NUMBERS[at as usize % NUMBERS.len()]
}

/// What is written with codes of its own.
struct Block {
    /// In order.
    symbols: Vec<Symbol>,
    /// How often each sign is among them.
    signs: [u32; SIGNS],
    /// How often each number of a distance.
    distances: [u32; 32],
}

/// Where four bytes were met last, from 1, by their hash.
type Places = [u32; 1 << PLACES];

impl Block {
    /// An empty one with room.
    fn new(room: usize) -> Self {
        let symbols = Vec::with_capacity(room);
        Self { symbols, signs: [0; SIGNS], distances: [0; 32] }
    }

    /// Empties it.
    fn clear(&mut self) {
        self.symbols.clear();
        (self.signs, self.distances) = ([0; SIGNS], [0; 32]);
    }

    /// Appends a symbol.
    fn push(&mut self, sign: usize, number: u8, distance: u32) {
        self.signs[sign % SIGNS] += 1;
        self.distances[usize::from(number) % 32] += 1;
        self.symbols.push((sign as u32) << 21 | u32::from(number) << 16 | distance);
    }

    /// Takes literals and matches from a place on, as many as it has room for; gives the
    /// place behind them.
    fn read(&mut self, bytes: &[u8], mut at: usize, places: &mut Places) -> usize {
        let place =
            |four: u32| (four.wrapping_mul(0x9e37_79b1) >> (32 - PLACES)) as usize;
        while let Some(own) = eight(bytes, at) {
            if self.symbols.len() >= BLOCK {
                return at;
            }
            let met = core::mem::replace(&mut places[place(own as u32)], at as u32 + 1);
            // None was met at 0, and before it there are no bytes.
            let from = (met as usize).wrapping_sub(1);
            let differ = eight(bytes, from).map_or(1, |other| own ^ other);
            if differ as u32 != 0 || at - from > REACH {
                self.push(usize::from(own as u8), NEAR, 0);
                at += 1;
                continue;
            }
            let length = match differ {
                0 => LONGEST.min(8 + common(&bytes[from + 8..], &bytes[at + 8..])),
                _ => differ.trailing_zeros() as usize / 8,
            };
            let distance = (at - from) as u32;
            self.push(BYTES + length, number_of(distance), distance);
            // Of the places within, one more is enough: all of them save a fiftieth of the
            // bytes.
            places[place((own >> 8) as u32)] = at as u32 + 2;
            at += length;
        }
        bytes[at..].iter().for_each(|&byte| self.push(usize::from(byte), NEAR, 0));
        bytes.len()
    }

    /// Writes it: with codes of its own (3.2.7), or, where there is little, with those that need
    /// not be told (3.2.6).
    fn write(&self, is_last: bool, bits: &mut Bits) {
        if self.symbols.len() < FEW {
            bits.put((u64::from(is_last) | 1 << 1, 3));
            return self.write_by(&FIXED, bits);
        }
        bits.put((u64::from(is_last) | 2 << 1, 3));
        let mut literals = [0; KINDS[0]];
        literals[..BYTES].copy_from_slice(&self.signs[..BYTES]);
        for (length, count) in self.lengths() {
            literals[of_length(length).0] += count;
        }
        literals[END] = 1;
        let mut distances = [0; KINDS[1]];
        distances.copy_from_slice(&self.distances[..KINDS[1]]);
        // A code for distances must be there though none is needed.
        distances[0] += u32::from(distances.iter().all(|&count| count == 0));
        let lengths = [depths(&literals, DEEPEST), depths(&distances, DEEPEST)];
        write_lengths(&lengths, bits);
        self.write_by(&lengths.map(|lengths| codes(&lengths)), bits);
    }

    /// The lengths of the matches, and how often each is among them.
    fn lengths(&self) -> impl Iterator<Item = (usize, u32)> {
        let counts =
            (SHORTEST..=LONGEST).map(|length| (length, self.signs[BYTES + length]));
        counts.filter(|(_, count)| *count > 0)
    }

    /// Writes it with these codes.
    fn write_by(&self, [literals, distances]: &[Vec<Code>; 2], bits: &mut Bits) {
        // The codes by sign, those of lengths with their further bits.
        let mut signs = [(0, 0); SIGNS];
        signs[..BYTES].copy_from_slice(&literals[..BYTES]);
        for (length, _) in self.lengths() {
            signs[BYTES + length] = with_more(literals, of_length(length));
        }
        let far = far(distances);
        let count = |(count, code): (&u32, &Code)| *count as usize * code.1 as usize;
        let own: usize = self.signs.iter().zip(&signs).map(count).sum();
        let of_far = |(count, far): (&u32, &Far)| *count as usize * far.all as usize;
        let of_far: usize = self.distances.iter().zip(&far).map(of_far).sum();
        bits.reserve((own + of_far) / 8 + HEAD);
        for &symbol in &self.symbols {
            let (sign, count) = signs[(symbol >> 21) as usize % SIGNS];
            let Far { code, length, first, all } = far[(symbol >> 16) as usize % 32];
            let more = (symbol & 0xffff).wrapping_sub(first);
            let distance = code | u64::from(more) << length;
            bits.put((sign | distance << count, count + all));
        }
        bits.put(literals[END]);
    }
}

/// The codes that need not be told (3.2.6).
static FIXED: LazyLock<[Vec<Code>; 2]> = LazyLock::new(|| {
    let mut literals = [8; 288];
    literals[144..256].fill(9);
    literals[256..280].fill(7);
    [codes(&literals), codes(&[5; KINDS[1]])]
});

/// The distances that have a number.
#[derive(Clone, Copy, Default)]
struct Far {
    /// Their code.
    code: u64,
    /// Its length.
    length: u32,
    /// The shortest of them.
    first: u32,
    /// The length of the code with its further bits.
    all: u32,
}

/// The distances by their numbers; nothing for that of literals.
fn far(codes: &[Code]) -> [Far; 32] {
    let mut all = [Far::default(); 32];
    let mut first = 1;
    for (far, &(code, length)) in all.iter_mut().zip(codes) {
        let more = of_distance(first as usize).2;
        *far = Far { code, length, first, all: length + more };
        first += 1 << more;
    }
    all
}

/// Eight bytes from a place on as a number, the first the lowest.
fn eight(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// How many bytes two texts begin alike, as far as a match reaches.
fn common(one: &[u8], other: &[u8]) -> usize {
    let mut length = 0;
    while length < LONGEST
        && let (Some(a), Some(b)) = (eight(one, length), eight(other, length))
    {
        if a != b {
            return length + (a ^ b).trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    // What is left where a text ends.
    let rest = one[length..].iter().zip(&other[length..]).take(8);
    length + rest.take_while(|(a, b)| a == b).count()
}

/// The symbol of a length, its further bits and how many they are (3.2.5).
fn of_length(length: usize) -> (usize, u32, u32) {
    let rest = length - 3;
    match rest {
        255 => (285, 0, 0),
        0..4 => (257 + rest, 0, 0),
        _ => {
            let bits = rest.ilog2() - 2;
            let symbol = 257 + 4 * bits as usize + (rest >> bits);
            (symbol, (rest & ((1 << bits) - 1)) as u32, bits)
        }
    }
}

/// The symbol of a distance, its further bits and how many they are (3.2.5).
const fn of_distance(distance: usize) -> (usize, u32, u32) {
    let rest = distance - 1;
    if rest < 4 {
        return (rest, 0, 0);
    }
    let bits = rest.ilog2() - 1;
    (2 * bits as usize + (rest >> bits), (rest & ((1 << bits) - 1)) as u32, bits)
}

/// The code of a symbol with its further bits.
fn with_more(codes: &[Code], (symbol, more, count): (usize, u32, u32)) -> Code {
    let (code, length) = codes[symbol];
    (code | u64::from(more) << length, length + count)
}

/// Tells the lengths of both codes.
fn write_lengths(lengths: &[Vec<u8>; 2], bits: &mut Bits) {
    let used = |lengths: &[u8], least: usize| {
        lengths
            .iter()
            .rposition(|&length| length > 0)
            .map_or(least, |at| least.max(at + 1))
    };
    let (literals, distances) = (used(&lengths[0], 257), used(&lengths[1], 1));
    let all = [&lengths[0][..literals], &lengths[1][..distances]].concat();
    // Each with its further bits: 16 is the last again, 17 and 18 are many zeros.
    let mut told: Vec<(usize, u32, u32)> = Vec::new();
    for run in all.chunk_by(|a, b| a == b) {
        let (length, mut left) = (usize::from(run[0]), run.len());
        if length > 0 {
            told.push((length, 0, 0));
            left -= 1;
        }
        while left > 0 {
            let (symbol, least, most, count) = match (length, left) {
                (0, 11..) => (18, 11, 138, 7),
                (0, 3..) => (17, 3, 10, 3),
                (1.., 3..) => (16, 3, 6, 2),
                _ => (length, 1, 1, 0),
            };
            let taken = left.min(most);
            told.push((symbol, (taken - least) as u32, count));
            left -= taken;
        }
    }
    let mut counts = [0; ORDER.len()];
    told.iter().for_each(|(symbol, ..)| counts[*symbol] += 1);
    let own = depths(&counts, 7);
    let last = ORDER.iter().rposition(|&symbol| own[symbol] > 0).map_or(4, |at| at + 1);
    let last = last.max(4);
    bits.put(((literals - 257) as u64, 5));
    bits.put(((distances - 1) as u64, 5));
    bits.put(((last - 4) as u64, 4));
    ORDER[..last].iter().for_each(|&symbol| bits.put((own[symbol].into(), 3)));
    let own = codes(&own);
    told.into_iter().for_each(|symbol| bits.put(with_more(&own, symbol)));
}

/// The lengths of the codes of symbols that occur so often (D. A. Huffman, 1952), none
/// longer than `most`: where one would be, shorter ones give way until all have a code.
fn depths(counts: &[u32], most: usize) -> Vec<u8> {
    let mut lengths = vec![0; counts.len()];
    let all = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    let mut used: Vec<(u32, usize)> =
        all.map(|(symbol, count)| (*count, symbol)).collect();
    if let [(_, only)] = used[..] {
        lengths[only] = 1;
        return lengths;
    }
    used.sort_unstable();
    let mut numbers = numbers(&used, most);
    // The rarest have the longest codes.
    let mut length = most;
    for (_, symbol) in used {
        while length > 1 && numbers[length] == 0 {
            length -= 1;
        }
        numbers[length] -= 1;
        lengths[symbol] = length as u8;
    }
    lengths
}

/// How many codes there are of each length, for symbols in the order of their counts.
fn numbers(used: &[(u32, usize)], most: usize) -> [usize; DEEPEST + 1] {
    // A tree: leaves by their counts, then what joins two, in the order they are made.
    let count = used.len();
    let mut weights: Vec<u32> = used.iter().map(|(count, _)| *count).collect();
    let mut parents = vec![0; count.max(1) * 2 - 1];
    let (mut leaf, mut joint) = (0, count);
    while weights.len() < parents.len() {
        let mut lightest = |weights: &[u32]| {
            let takes_leaf = leaf < count
                && (joint >= weights.len() || weights[leaf] <= weights[joint]);
            let next = if takes_leaf { &mut leaf } else { &mut joint };
            *next += 1;
            *next - 1
        };
        let two = [lightest(&weights), lightest(&weights)];
        two.iter().for_each(|&one| parents[one] = weights.len());
        weights.push(weights[two[0]] + weights[two[1]]);
    }
    let mut depth = vec![0_usize; parents.len()];
    for node in (0..parents.len().saturating_sub(1)).rev() {
        depth[node] = depth[parents[node]] + 1;
    }
    let mut numbers = [0; DEEPEST + 1];
    depth[..count].iter().for_each(|depth| numbers[(*depth).min(most)] += 1);
    let room = |numbers: &[usize; DEEPEST + 1]| -> usize {
        (1..=most).map(|length| numbers[length] << (most - length)).sum()
    };
    while room(&numbers) > 1 << most {
        numbers[most] -= 1;
        if let Some(length) = (1..most).rev().find(|&length| numbers[length] > 0) {
            numbers[length] -= 1;
            numbers[length + 1] += 2;
        }
    }
    numbers
}

/// A code, or several with their further bits, and its length; the first bit is the lowest.
type Code = (u64, u32);

/// The codes of symbols by the lengths of these (3.2.2).
fn codes(lengths: &[u8]) -> Vec<Code> {
    let mut next = [0_u32; DEEPEST + 2];
    for &length in lengths.iter().filter(|&&length| length > 0) {
        next[usize::from(length) + 1] += 1;
    }
    for length in 1..next.len() {
        next[length] = (next[length] + next[length - 1]) << 1;
    }
    let code = |&length: &u8| {
        let length = u32::from(length);
        if length == 0 {
            return (0, 0);
        }
        let code = next[length as usize];
        next[length as usize] += 1;
        (u64::from(code.reverse_bits() >> (32 - length)), length)
    };
    lengths.iter().map(code).collect()
}

/// Bits on their way into bytes, the lowest first.
struct Bits {
    /// The bytes that are full, and room.
    out: Vec<u8>,
    /// Where the room begins.
    at: usize,
    /// The bits that fill no byte yet.
    kept: u64,
    /// How many these are: fewer than 8.
    count: u32,
}

impl Bits {
    /// Makes room for so many bytes.
    fn reserve(&mut self, bytes: usize) {
        self.out.resize(self.at + bytes, 0);
    }

    /// Writes a code of at most 56 bits, always as eight bytes: whether a byte is full cannot
    /// be foreseen.
    fn put(&mut self, (bits, count): Code) {
        self.kept |= bits << self.count;
        self.count += count;
        if let Some(room) = self.out[self.at..].first_chunk_mut() {
            *room = self.kept.to_le_bytes();
        }
        self.at += self.count as usize / 8;
        self.kept >>= self.count / 8 * 8;
        self.count %= 8;
    }

    /// Fills the last byte; gives all.
    fn end(mut self) -> Vec<u8> {
        self.out.truncate(self.at);
        if self.count > 0 {
            self.out.push(self.kept as u8);
        }
        self.out
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;
    use crate::seed::Seed;

    /// What was deflated.
    fn unpacked(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        flate2::read::ZlibDecoder::new(bytes).read_to_end(&mut out).unwrap();
        out
    }

    #[test]
    fn what_is_deflated_is_read_as_it_was() {
        let mut rng = Seed(1).rng();
        let mut texts: Vec<Vec<u8>> = vec![Vec::new(), b"a".to_vec(), vec![7; 100_000]];
        for (length, signs) in
            [(3, 2), (300, 256), (70_000, 256), (90_000, 3), (4000, 40)]
        {
            texts.push((0..length).map(|_| rng.below(signs) as u8).collect());
        }
        let line = |_| format!("{} sc\n(\0{})Tj\n", rng.below(250), rng.below(100));
        texts.push((0..20_000).map(line).collect::<String>().into_bytes());
        for text in texts {
            let packed = pack_quickly(&text);
            assert!(packed.len() <= text.len() + text.len() / 100 + 200);
            assert!(unpacked(&packed) == text, "{} bytes", text.len());
        }
    }

    #[test]
    fn no_code_is_too_long() {
        // Each as often as the two before together: the deepest tree there is.
        let (mut a, mut b) = (1, 1);
        let counts: Vec<u32> = (0..30)
            .map(|_| {
                (a, b) = (b, a + b);
                a
            })
            .collect();
        for most in [7, DEEPEST] {
            let lengths = depths(&counts, most);
            let room: usize = lengths.iter().map(|&l| 1 << (most - usize::from(l))).sum();
            assert_eq!(room, 1 << most);
            assert!(lengths.iter().all(|&l| (1..=most).contains(&usize::from(l))));
        }
    }
}
