//! A PDF file as it is written: objects one after another, the small ones many to a stream,
//! and at the end the table that finds them (ISO 32000-1, 7.5.7 and 7.5.8). Nothing that was
//! written is kept but its place.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::io::{self, Write};
use std::sync::Arc;

use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::common::{Hash, Objects, Plain, Shared};
use super::finish::{Pace, deflate, pack};
use super::pack::pack_quickly;

/// The number of an object in the file.
pub(super) type Number = u32;

/// How many objects share a stream.
const MOST_TOGETHER: u16 = 200;

/// No file that archives take has more objects (ISO 19005-2, 6.1.13).
const MOST_OBJECTS: usize = 8_388_607;

/// A file in the making.
pub(super) struct File<W> {
    /// Where it goes.
    out: W,
    /// How many bytes have been written.
    written: u64,
    /// The hash of what has been written.
    hash: Sha256,
    /// Where the objects are, by number.
    places: Places,
    /// The stream that takes small objects.
    open: Option<Together>,
    /// How hard objects are deflated.
    pace: Pace,
    /// Where objects are shown, used again.
    shown: Vec<u8>,
    /// The numbers of objects that documents share. Looked up only, never iterated.
    shared: HashMap<Hash, Number, foldhash::fast::RandomState>,
}

/// How many shared objects are kept in mind.
const MOST_SHARED: usize = 20_000;

/// How the files of all documents begin that share the same.
#[derive(Debug)]
pub(super) struct Begun {
    /// The bytes.
    bytes: Vec<u8>,
    /// Their hash as it stands.
    sum: Sha256,
    /// The identity of the file as it stands.
    hash: Sha256,
    /// Where the objects are.
    places: Places,
    /// The numbers of those that are shared.
    shared: HashMap<Hash, Number, foldhash::fast::RandomState>,
}

impl Begun {
    /// How the file of a document begins.
    pub(super) fn new(objects: &Objects) -> io::Result<Self> {
        let file = File::begin(Vec::new(), objects)?;
        let File { out: bytes, hash, places, shared, .. } = file;
        let sum = Sha256::new_with_prefix(&bytes);
        Ok(Self { bytes, sum, hash, places, shared })
    }

    /// The bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The hash of a file that began so and goes on with these bytes.
    pub(super) fn hash(&self, rest: &[u8]) -> [u8; 32] {
        self.sum.clone().chain_update(rest).finalize().into()
    }
}

impl<'a> File<&'a mut Vec<u8>> {
    /// A file that has begun: what follows goes to `out`.
    pub(super) fn going_on(begun: &Begun, out: &'a mut Vec<u8>) -> Self {
        let Begun { bytes, hash, places, shared, .. } = begun;
        Self {
            out,
            written: bytes.len() as u64,
            hash: hash.clone(),
            places: places.clone(),
            open: None,
            pace: Pace::Quick,
            shown: Vec::new(),
            shared: shared.clone(),
        }
    }
}

/// Where an object is: nowhere yet, at a byte of the file, or in a stream of objects. As one
/// number, for files with millions: kind in the highest two bits, then the byte, or the
/// number of the stream (from bit 16) and the place in it.
#[derive(Clone, Copy, Debug, Default)]
struct Place(u64);

impl Place {
    /// At a byte of the file.
    const fn at(byte: u64) -> Self {
        Self(1 << 62 | byte)
    }

    /// In a stream of objects.
    const fn within(stream: Number, index: u16) -> Self {
        Self(2 << 62 | (stream as u64) << 16 | index as u64)
    }

    /// Kind, the second field and the third (7.5.8.3).
    const fn fields(self) -> (u8, u64, u16) {
        let rest = self.0 & !(3 << 62);
        match self.0 >> 62 {
            1 => (1, rest, 0),
            2 => (2, rest >> 16, rest as u16),
            _ => (0, 0, u16::MAX),
        }
    }
}

/// The places of objects by number. In chunks: a volume has millions, and a list that grows
/// takes twice its room for a while.
#[derive(Clone, Debug, Default)]
struct Places(Vec<Vec<Place>>);

/// How many places a chunk has.
const CHUNK: usize = 1 << 16;

impl Places {
    /// Adds the place of the next object.
    fn push(&mut self, place: Place) {
        match self.0.last_mut() {
            Some(last) if last.len() < CHUNK => last.push(place),
            _ => self.0.push(vec![place]),
        }
    }

    /// How many there are.
    fn len(&self) -> usize {
        let full = self.0.len().saturating_sub(1);
        full * CHUNK + self.0.last().map_or(0, Vec::len)
    }

    /// The place of an object that has a number.
    fn of(&mut self, number: Number) -> &mut Place {
        &mut self.0[number as usize / CHUNK][number as usize % CHUNK]
    }

    /// All in the order of their numbers.
    fn iter(&self) -> impl Iterator<Item = &Place> {
        self.0.iter().flatten()
    }
}

/// A stream of objects in the making.
struct Together {
    /// Its number.
    number: Number,
    /// Numbers and places of the objects.
    heads: Vec<u8>,
    /// The objects.
    objects: Vec<u8>,
    /// How many there are.
    count: u16,
}

impl<W: Write> File<W> {
    /// A file with nothing in it.
    pub(super) fn new(out: W, pace: Pace) -> io::Result<Self> {
        let mut places = Places::default();
        places.push(Place::default());
        let (hash, shared) = (Sha256::new(), HashMap::default());
        let (open, shown) = (None, Vec::new());
        let mut file = Self { out, written: 0, hash, places, open, pace, shown, shared };
        // The second line tells programs that the file is not text (7.5.2).
        file.write(b"%PDF-1.7\n%\xbb\xad\xc0\xde\n")?;
        Ok(file)
    }

    /// The file of a document, with what most others share: that is most of it, and comes
    /// first.
    pub(super) fn begin(out: W, objects: &Objects) -> io::Result<Self> {
        let mut file = Self::new(out, objects.pace)?;
        for part in objects.common_parts() {
            file.put_shared(part)?;
        }
        if objects.pace == Pace::Quick {
            // So all that was written so far is the same in all files that share it.
            file.close()?;
        }
        Ok(file)
    }

    /// Takes a number for an object that is put later.
    pub(super) fn reserve(&mut self) -> Number {
        self.places.push(Place::default());
        Number::try_from(self.places.len() - 1).unwrap_or(Number::MAX)
    }

    /// Whether it has more objects than archives take.
    pub(super) fn is_full(&self) -> bool {
        self.places.len() > MOST_OBJECTS
    }

    /// Puts an object under its number. `refer` numbers the objects that it refers to.
    pub(super) fn put(
        &mut self,
        number: Number,
        object: &Object,
        refer: &mut dyn FnMut(&mut Self, ObjectId) -> Number,
    ) -> io::Result<()> {
        let mut bytes = core::mem::take(&mut self.shown);
        bytes.clear();
        show(object, &mut bytes, &mut |id, out| show_reference(refer(self, id), out));
        let put = match object {
            Object::Stream(_) => self.put_stream(number, &bytes),
            _ => self.put_shown(number, &bytes),
        };
        self.shown = bytes;
        put
    }

    /// Puts one that is shown already; whether there is one of this name.
    fn put_plain(
        &mut self,
        number: Number,
        (plain, id): (&Plain, ObjectId),
        refer: &mut dyn FnMut(&mut Self, ObjectId) -> Number,
    ) -> io::Result<bool> {
        let mut bytes = core::mem::take(&mut self.shown);
        bytes.clear();
        let known = plain
            .show(id, &mut bytes, &mut |id, out| show_reference(refer(self, id), out));
        let put = if known { self.put_shown(number, &bytes) } else { Ok(()) };
        self.shown = bytes;
        put.map(|()| known)
    }

    /// Puts a stream, as [`show`] shows it.
    pub(super) fn put_stream(&mut self, number: Number, bytes: &[u8]) -> io::Result<()> {
        *self.places.of(number) = Place::at(self.written);
        self.write(format!("{number} 0 obj\n").as_bytes())?;
        self.write(bytes)?;
        self.write(b"\nendobj\n")
    }

    /// The number of an object that documents share; it and all it refers to are put now
    /// if they are not there.
    pub(super) fn put_shared(&mut self, shared: &Arc<Shared>) -> io::Result<Number> {
        if let Some(&number) = self.shared.get(shared.hash()) {
            return Ok(number);
        }
        let parts = shared.parts().map(|part| self.put_shared(part));
        let parts: Vec<Number> = parts.collect::<io::Result<_>>()?;
        let number = self.reserve();
        if self.shared.len() < MOST_SHARED {
            self.shared.insert(*shared.hash(), number);
        }
        let head = shared.head(&parts);
        let Some(content) = shared.content() else {
            self.put_shown(number, &head)?;
            return Ok(number);
        };
        *self.places.of(number) = Place::at(self.written);
        self.write(format!("{number} 0 obj\n").as_bytes())?;
        self.write(&head)?;
        self.write(b"\nstream\n")?;
        // The identity of the file needs no more of it than its hash.
        self.hash.update(shared.hash());
        self.written += content.len() as u64;
        self.out.write_all(content)?;
        self.write(b"\nendstream\nendobj\n")?;
        Ok(number)
    }

    /// Puts an object that is no stream, as [`show`] shows it.
    pub(super) fn put_shown(&mut self, number: Number, bytes: &[u8]) -> io::Result<()> {
        let shared = match &mut self.open {
            Some(shared) => shared,
            None => {
                let stream = self.reserve();
                self.open.insert(Together {
                    number: stream,
                    heads: Vec::new(),
                    objects: Vec::new(),
                    count: 0,
                })
            }
        };
        for value in [i64::from(number), shared.objects.len() as i64] {
            show_integer(value, &mut shared.heads);
            shared.heads.push(b' ');
        }
        shared.objects.extend_from_slice(bytes);
        shared.objects.push(b'\n');
        *self.places.of(number) = Place::within(shared.number, shared.count);
        shared.count += 1;
        if shared.count == MOST_TOGETHER { self.close() } else { Ok(()) }
    }

    /// Writes the stream of objects that is open.
    fn close(&mut self) -> io::Result<()> {
        let Some(Together { number, heads, objects, count }) = self.open.take() else {
            return Ok(());
        };
        let first = i64::try_from(heads.len()).unwrap_or(i64::MAX);
        let dict = dictionary! {
            "Type" => "ObjStm", "N" => i64::from(count), "First" => first,
        };
        let both = [heads, objects].concat();
        let stream = deflate(dict, &both, self.pace);
        self.put(number, &Object::Stream(stream), &mut |_, id| id.0)
    }

    /// Ends the file with the table of its objects, and with an identity that follows from
    /// what is in it.
    pub(super) fn finish(mut self, root: Number, info: Number) -> io::Result<W> {
        self.close()?;
        let number = self.reserve();
        let start = self.written;
        *self.places.of(number) = Place::at(start);
        let width = 8 - start.leading_zeros() as usize / 8;
        let table = self.table(width)?;
        let id = self.hash.clone().finalize()[..16].to_vec();
        let id = Object::String(id, StringFormat::Hexadecimal);
        let size = i64::try_from(self.places.len()).unwrap_or(i64::MAX);
        let columns = width as i64 + 3;
        let dict = dictionary! {
            "Type" => "XRef",
            "Size" => size,
            "W" => vec![1.into(), Object::Integer(width as i64), 2.into()],
            "Root" => (root, 0),
            "Info" => (info, 0),
            "ID" => vec![id.clone(), id],
            "Filter" => "FlateDecode",
            "DecodeParms" => dictionary! { "Predictor" => 12, "Columns" => columns },
        };
        let stream = lopdf::Stream::new(dict, table).with_compression(false);
        let mut bytes = Vec::new();
        show(&Object::Stream(stream), &mut bytes, &mut |id, out| {
            show_reference(id.0, out);
        });
        self.put_stream(number, &bytes)?;
        self.write(format!("startxref\n{start}\n%%EOF\n").as_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }

    /// The table of objects, each row as its difference to the one before (PNG's filter Up,
    /// 7.4.4.4), deflated.
    fn table(&self, width: usize) -> io::Result<Vec<u8>> {
        let mut before = [0_u8; 11];
        let rows = self.places.iter().map(|place| {
            let (kind, second, third) = place.fields();
            let mut row = [0_u8; 11];
            row[0] = kind;
            row[1..=width].copy_from_slice(&second.to_be_bytes()[8 - width..]);
            row[width + 1..width + 3].copy_from_slice(&third.to_be_bytes());
            let up: [u8; 11] = core::array::from_fn(|i| row[i].wrapping_sub(before[i]));
            before = row;
            [&[2], &up[..width + 3]].concat()
        });
        let packed = match self.pace {
            // That of a volume is held but once.
            Pace::Quick if self.places.len() <= CHUNK => {
                Some(pack_quickly(&rows.collect::<Vec<_>>().concat()))
            }
            _ => pack(rows),
        };
        packed.ok_or_else(|| io::ErrorKind::OutOfMemory.into())
    }

    /// Writes bytes.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.written += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

/// The objects of a document on their way into a file: each gets a number when it is first
/// referred to, so that what nothing refers to is left out.
pub(super) struct Transfer<'a> {
    /// The document.
    objects: &'a Objects,
    /// The numbers in the file.
    numbers: BTreeMap<ObjectId, Number>,
    /// The objects that have a number and are not in the file yet.
    waiting: VecDeque<(ObjectId, Number)>,
}

impl<'a> Transfer<'a> {
    /// A document of which nothing has been copied.
    pub(super) fn new(objects: &'a Objects) -> Self {
        Self { objects, numbers: BTreeMap::new(), waiting: VecDeque::new() }
    }

    /// Says under which number an object is in the file, or will be put by another hand.
    pub(super) fn set(&mut self, id: ObjectId, number: Number) {
        self.numbers.insert(id, number);
    }

    /// The number of an object, which is copied in its turn.
    pub(super) fn number<W: Write>(
        &mut self,
        file: &mut File<W>,
        id: ObjectId,
    ) -> Number {
        *self.numbers.entry(id).or_insert_with(|| {
            let number = file.reserve();
            self.waiting.push_back((id, number));
            number
        })
    }

    /// Puts an object that is not of the document, but refers to its objects.
    pub(super) fn put<W: Write>(
        &mut self,
        file: &mut File<W>,
        number: Number,
        object: &Object,
    ) -> io::Result<()> {
        file.put(number, object, &mut |file, id| self.number(file, id))
    }

    /// Puts what the document shares with others, if it is not there, and gives it the
    /// numbers it has there.
    pub(super) fn share<W: Write>(&mut self, file: &mut File<W>) -> io::Result<()> {
        for (&id, shared) in &self.objects.shared {
            self.numbers.insert(id, file.put_shared(shared)?);
        }
        Ok(())
    }

    /// Copies all that waits, and what it refers to.
    pub(super) fn run<W: Write>(&mut self, file: &mut File<W>) -> io::Result<()> {
        while let Some((id, number)) = self.waiting.pop_front() {
            let plain = (&self.objects.plain, id);
            if file.put_plain(number, plain, &mut |file, id| self.number(file, id))? {
                continue;
            }
            // What is referred to and not there is null (7.3.10).
            let object = self.objects.document.objects.get(&id).unwrap_or(&Object::Null);
            self.put(file, number, object)?;
        }
        Ok(())
    }
}

/// Shows an object as it stands in a file (7.3). `refer` shows references.
pub(super) fn show(
    object: &Object,
    out: &mut Vec<u8>,
    refer: &mut dyn FnMut(ObjectId, &mut Vec<u8>),
) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Boolean(value) => out.extend(value.to_string().bytes()),
        Object::Integer(value) => show_integer(*value, out),
        Object::Real(value) => show_real(*value, out),
        Object::Name(name) => show_name(name, out),
        Object::String(text, StringFormat::Literal) => show_literal(text, out),
        Object::String(text, StringFormat::Hexadecimal) => {
            out.push(b'<');
            let both =
                |byte: &u8| [byte >> 4, byte & 15].map(|half| FIGURES[half as usize]);
            out.extend(text.iter().flat_map(both));
            out.push(b'>');
        }
        Object::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                show(item, out, refer);
            }
            out.push(b']');
        }
        Object::Dictionary(dict) => show_dictionary(dict, None, out, refer),
        Object::Stream(stream) => {
            show_dictionary(&stream.dict, Some(stream.content.len()), out, refer);
            out.extend(b"\nstream\n");
            out.extend(&stream.content);
            out.extend(b"\nendstream");
        }
        Object::Reference(id) => refer(*id, out),
    }
}

/// Shows a reference to an object.
pub(super) fn show_reference(number: Number, out: &mut Vec<u8>) {
    show_integer(number.into(), out);
    out.extend(b" 0 R");
}

/// Shows a whole number.
pub(super) fn show_integer(value: i64, out: &mut Vec<u8>) {
    if value < 0 {
        out.push(b'-');
    }
    let mut figures = [0; 20];
    let mut first = figures.len();
    let mut rest = value.unsigned_abs();
    loop {
        first -= 1;
        figures[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(&figures[first..]);
}

/// Shows a number with so many significant figures that no two of its type look alike, but
/// five decimals at most, which is finer than any of ours.
fn show_real(value: f32, out: &mut Vec<u8>) {
    let whole = match value.abs() {
        ..10.0 => 1,
        ..100.0 => 2,
        ..1000.0 => 3,
        _ => 4,
    };
    show_decimals(value.into(), 6 - whole, out);
}

/// One with so many zeros.
const UNITS: [f64; 7] = [1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6];

/// Shows a number with so many decimals at most, six or fewer, and without needless zeros
/// (7.3.3).
pub(super) fn show_decimals(value: f64, decimals: u32, out: &mut Vec<u8>) {
    let decimals = (decimals as usize).min(UNITS.len() - 1);
    let scaled = libm::round(value * UNITS[decimals]);
    let scaled = if scaled.abs() < 9e15 { scaled as i64 } else { 0 };
    // From the last figure to the first, for to divide by ten is quick.
    let mut figures = [0; 24];
    let mut first = figures.len();
    let mut push = |sign: u8| {
        first -= 1;
        figures[first] = sign;
    };
    let mut rest = scaled.unsigned_abs();
    let mut has_decimals = false;
    for _ in 0..decimals {
        let figure = (rest % 10) as u8;
        rest /= 10;
        has_decimals |= figure > 0;
        if has_decimals {
            push(b'0' + figure);
        }
    }
    if has_decimals {
        push(b'.');
    }
    while rest > 0 {
        push(b'0' + (rest % 10) as u8);
        rest /= 10;
    }
    if scaled == 0 {
        push(b'0');
    }
    if scaled < 0 {
        push(b'-');
    }
    out.extend_from_slice(&figures[first..]);
}

/// The figures of hexadecimal numbers.
const FIGURES: &[u8; 16] = b"0123456789ABCDEF";

/// Shows a dictionary; that of a stream with its length.
pub(super) fn show_dictionary(
    dict: &Dictionary,
    length: Option<usize>,
    out: &mut Vec<u8>,
    refer: &mut dyn FnMut(ObjectId, &mut Vec<u8>),
) {
    out.extend(b"<<");
    for (key, value) in dict {
        if length.is_some() && key == b"Length" {
            continue;
        }
        show_name(key, out);
        out.push(b' ');
        show(value, out, refer);
    }
    if let Some(length) = length {
        out.extend(format!("/Length {length}").bytes());
    }
    out.extend(b">>");
}

/// A few bytes that are shown often.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Short {
    /// The bytes, and nothing behind them.
    bytes: [u8; 8],
    /// How many these are.
    count: u8,
}

impl Short {
    /// No bytes.
    pub(super) const NOTHING: Self = Self { bytes: [0; 8], count: 0 };

    /// These bytes, of which there are eight at most.
    pub(super) fn new(few: &[u8]) -> Self {
        let mut bytes = [0; 8];
        debug_assert!(few.len() <= bytes.len(), "few");
        let count = few.len().min(bytes.len());
        bytes[..count].copy_from_slice(&few[..count]);
        Self { bytes, count: count as u8 }
    }

    /// Appends them: always eight, of which some are taken back, for to copy as many as there
    /// happen to be takes longer.
    pub(super) fn show(self, out: &mut Vec<u8>) {
        let end = out.len() + usize::from(self.count);
        out.extend_from_slice(&self.bytes);
        out.truncate(end);
    }
}

/// Shows a name (7.3.5).
fn show_name(name: &[u8], out: &mut Vec<u8>) {
    out.push(b'/');
    for &byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(&byte) {
            out.push(byte);
        } else {
            out.push(b'#');
            out.extend([byte >> 4, byte & 15].map(|half| FIGURES[half as usize]));
        }
    }
}

/// Shows a string between parentheses.
fn show_literal(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'(');
    text.iter().for_each(|&byte| show_in_literal([byte], out));
    out.push(b')');
}

/// Shows bytes of a string between parentheses (7.3.4.2).
pub(super) fn show_in_literal<const N: usize>(bytes: [u8; N], out: &mut Vec<u8>) {
    if !bytes.iter().any(|byte| matches!(byte, b'(' | b')' | b'\\' | b'\r')) {
        return out.extend_from_slice(&bytes);
    }
    for byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            b'\r' => out.extend_from_slice(b"\\r"),
            _ => out.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_needless_figures() {
        let shown = |value: f64, decimals: u32| {
            let mut out = Vec::new();
            show_decimals(value, decimals, &mut out);
            String::from_utf8(out).unwrap()
        };
        let cases = [
            (0.0, 3, "0"),
            (-0.0004, 3, "0"),
            (0.5, 3, ".5"),
            (-0.25, 2, "-.25"),
            (90.003, 3, "90.003"),
            (1200.0, 3, "1200"),
            (-17.1, 0, "-17"),
            (0.0035, 4, ".0035"),
            (99.9996, 3, "100"),
            (f64::NAN, 3, "0"),
            (1e300, 3, "0"),
        ];
        for (value, decimals, wanted) in cases {
            assert_eq!(shown(value, decimals), wanted);
        }
        for n in -2000..2000 {
            let value = f64::from(n) * 0.0137;
            let read: f64 = shown(value, 3).parse().unwrap();
            assert!((read - value).abs() <= 0.0005 + 1e-9, "{value}");
        }
    }
}
