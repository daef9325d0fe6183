//! Bytes to text, chunk by chunk: encodings, and what can be seen of a table on the way.

use core::fmt;
use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, GB18030, GBK, UTF_8};

use super::header::Signs;

impl Default for Encoding {
    /// UTF-8.
    fn default() -> Self {
        Self(UTF_8)
    }
}

/// How a text is encoded, by the names of the Encoding Standard.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// The encoding of a name, such as `utf-8`, `euc-kr`, `windows-1252`, `cp949`.
    pub fn named(name: &str) -> Option<Self> {
        let lower = name.trim().to_lowercase();
        let label = match lower.as_str() {
            // Names of Python and of Windows, which the standard does not list.
            "cp949" | "uhc" | "cp-949" => "euc-kr",
            "cp936" => "gbk",
            "cp932" => "shift_jis",
            "cp950" => "big5",
            "cp1252" => "windows-1252",
            other => other,
        };
        encoding_rs::Encoding::for_label(label.as_bytes()).map(Self)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

impl fmt::Debug for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Finds out in which encoding bytes are.
pub(super) struct Detector {
    /// What the letters speak for.
    guess: chardetng::EncodingDetector,
    /// The first bytes, where a mark may stand.
    first: Vec<u8>,
    /// Bytes of a character that goes on in the next chunk.
    rest: Vec<u8>,
    /// Characters of several bytes in UTF-8.
    sound: usize,
    /// Bytes that are none of UTF-8.
    broken: usize,
}

impl Detector {
    /// Nothing seen yet.
    pub(super) fn new() -> Self {
        let guess = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        Self { guess, first: Vec::new(), rest: Vec::new(), sound: 0, broken: 0 }
    }

    /// Looks at the next bytes.
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        let lacking = 4_usize.saturating_sub(self.first.len()).min(bytes.len());
        self.first.extend_from_slice(&bytes[..lacking]);
        self.guess.feed(bytes, false);
        self.rest.extend_from_slice(bytes);
        let mut from = 0;
        let kept = loop {
            let wide = |part: &[u8]| part.iter().filter(|byte| **byte >= 0xc0).count();
            match core::str::from_utf8(&self.rest[from..]) {
                Ok(text) => {
                    self.sound += wide(text.as_bytes());
                    break self.rest.len();
                }
                Err(error) => {
                    let end = from + error.valid_up_to();
                    self.sound += wide(&self.rest[from..end]);
                    let Some(length) = error.error_len() else { break end };
                    self.broken += 1;
                    from = end + length;
                }
            }
        };
        self.rest.drain(..kept);
    }

    /// The encoding, and whether it had to be guessed. A `part` may end within a
    /// character.
    pub(super) fn finish(mut self, part: bool) -> (Encoding, bool) {
        if let Some((marked, _)) = encoding_rs::Encoding::for_bom(&self.first) {
            return (Encoding(marked), false);
        }
        if let Some(wide) = unmarked_utf16(&self.first) {
            return (Encoding(wide), true);
        }
        let broken = self.broken + usize::from(!part && !self.rest.is_empty());
        if broken == 0 {
            return (Encoding(UTF_8), false);
        }
        // Texts in other encodings are hardly ever UTF-8 by chance: one that mostly is was
        // damaged, and the rows where it was are told.
        if self.sound > 4 * broken {
            return (Encoding(UTF_8), true);
        }
        self.guess.feed(&[], true);
        let guess = self.guess.guess(None, chardetng::Utf8Detection::Deny);
        // The one goes on from the other, and they are read alike.
        (Encoding(if guess == GBK { GB18030 } else { guess }), true)
    }
}

/// UTF-16 without a mark, by the zeros of its first two letters, if they are Latin.
fn unmarked_utf16(first: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    match *first {
        [a, 0, b, 0] if a != 0 && b != 0 => Some(encoding_rs::UTF_16LE),
        [0, a, 0, b] if a != 0 && b != 0 => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

/// How much is read at once.
const CHUNK: usize = 64 << 10;

/// A reader of UTF-8 over one of any encoding. A mark at the beginning is left out.
pub(super) struct Decoded<R> {
    /// The bytes.
    source: R,
    /// From their encoding.
    decoder: Decoder,
    /// Bytes that were read and not decoded.
    raw: Vec<u8>,
    /// How many of them were decoded.
    used: usize,
    /// Whether the source has ended.
    ended: bool,
    /// Text that was not asked for yet.
    text: Vec<u8>,
    /// How much of it was.
    given: usize,
    /// Whether the decoder has seen the end.
    finished: bool,
}

impl<R: Read> Decoded<R> {
    /// Begins to read.
    pub(super) fn new(source: R, encoding: Encoding) -> Self {
        Self {
            source,
            decoder: encoding.0.new_decoder_with_bom_removal(),
            raw: Vec::new(),
            used: 0,
            ended: false,
            text: Vec::new(),
            given: 0,
            finished: false,
        }
    }

    /// Decodes the next chunk; false at the end.
    fn fill(&mut self) -> io::Result<bool> {
        if self.finished {
            return Ok(false);
        }
        if self.used == self.raw.len() && !self.ended {
            self.raw.resize(CHUNK, 0);
            self.used = 0;
            let count = loop {
                match self.source.read(&mut self.raw) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    other => break other?,
                }
            };
            self.raw.truncate(count);
            self.ended = count == 0;
        }
        self.given = 0;
        self.text.resize(CHUNK * 3 + 16, 0);
        let rest = &self.raw[self.used..];
        let (result, read, written, _) =
            self.decoder.decode_to_utf8(rest, &mut self.text, self.ended);
        self.used += read;
        self.text.truncate(written);
        self.finished = self.ended && result == CoderResult::InputEmpty;
        Ok(true)
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() {
            if !self.fill()? {
                return Ok(0);
            }
        }
        let count = out.len().min(self.text.len() - self.given);
        out[..count].copy_from_slice(&self.text[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

/// Follows the quotation marks of a table as csv does.
#[derive(Clone, Debug)]
pub(super) struct Quotes {
    /// The signs between and around cells.
    signs: Signs,
    /// The line, from 1.
    line: u64,
    /// The column, from 1.
    column: u64,
    /// The line and column where the open quotation mark stands.
    open: Option<[u64; 2]>,
    /// Whether the last byte was a quotation mark in an open quotation.
    maybe_closed: bool,
    /// Whether a cell begins here.
    begins: bool,
    /// Whether the last byte was \r.
    returned: bool,
    /// Whether the line has anything in it.
    filled: bool,
    /// Whole rows met, the header included.
    pub rows: u64,
    /// Bytes since the last row ended.
    pub length: u64,
}

impl Quotes {
    /// At the beginning of a table whose header is in this line.
    pub(super) fn new(signs: Signs, line: u64) -> Self {
        Self {
            signs,
            line,
            column: 0,
            open: None,
            maybe_closed: false,
            begins: true,
            returned: false,
            filled: false,
            rows: 0,
            length: 0,
        }
    }

    /// Looks at the next bytes.
    pub(super) fn feed(&mut self, mut bytes: &[u8]) {
        loop {
            let Signs { delimiter, quote, .. } = self.signs;
            let special = |b: &u8| {
                matches!(b, b'\n' | b'\r') || *b == delimiter || Some(*b) == quote
            };
            let plain = bytes.iter().position(special).unwrap_or(bytes.len());
            let (before, rest) = bytes.split_at(plain);
            self.skip(before);
            let Some((&byte, rest)) = rest.split_first() else { return };
            bytes = rest;
            self.length += 1;
            self.column += 1;
            let is_quote = Some(byte) == self.signs.quote;
            if core::mem::take(&mut self.maybe_closed) {
                if is_quote {
                    continue;
                }
                self.open = None;
            }
            match byte {
                _ if is_quote && self.open.is_some() => self.maybe_closed = true,
                _ if is_quote && self.begins => {
                    self.open = Some([self.line, self.column]);
                }
                b'\n' | b'\r' if self.open.is_none() => {
                    self.rows += u64::from(core::mem::take(&mut self.filled));
                    self.length = 0;
                }
                b'\r' => {}
                _ => self.filled = true,
            }
            // Lines end with \n, \r or both.
            if byte == b'\n' || byte == b'\r' {
                self.line += u64::from(byte == b'\r' || !self.returned);
                self.column = 0;
            }
            self.returned = byte == b'\r';
            self.begins = self.open.is_none()
                && !self.maybe_closed
                && (byte == self.signs.delimiter || byte == b'\n' || byte == b'\r');
        }
    }

    /// Passes over bytes that neither quote nor end a cell or a line.
    fn skip(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        if core::mem::take(&mut self.maybe_closed) {
            self.open = None;
        }
        self.length += bytes.len() as u64;
        // Bytes within a character of UTF-8 do not count.
        self.column += bytes.iter().map(|b| u64::from(b & 0xc0 != 0x80)).sum::<u64>();
        self.filled = true;
        self.returned = false;
        self.begins = false;
    }

    /// The line and column where a quotation mark stands that is not closed.
    pub(super) fn unclosed(&self) -> Option<[u64; 2]> {
        self.open.filter(|_| !self.maybe_closed)
    }

    /// How many rows there were, the header included.
    pub(super) fn count(&self) -> u64 {
        self.rows + u64::from(self.filled)
    }
}
