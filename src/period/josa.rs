//! Korean particles, whose form depends on the sound before them.

use core::fmt;
use core::str::FromStr;

/// A particle with two forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Particle {
    /// 을/를, the object.
    Object,
    /// 은/는, the topic.
    Topic,
    /// 이/가, the subject.
    Subject,
    /// 과/와, "and, with".
    With,
    /// 으로/로, "to, by, as".
    Toward,
}

impl Particle {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Object, Self::Topic, Self::Subject, Self::With, Self::Toward];

    /// After a consonant, after a vowel, and where the sound is unknown.
    const fn forms(self) -> [&'static str; 3] {
        match self {
            Self::Object => ["을", "를", "을(를)"],
            Self::Topic => ["은", "는", "은(는)"],
            Self::Subject => ["이", "가", "이(가)"],
            Self::With => ["과", "와", "과(와)"],
            Self::Toward => ["으로", "로", "(으)로"],
        }
    }
}

/// A text that is none of the particles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAParticle(String);

impl fmt::Display for NotAParticle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a particle: write 을/를, 은/는, 이/가, 과/와 or 으로/로",
            self.0
        )
    }
}
impl core::error::Error for NotAParticle {}

impl FromStr for Particle {
    type Err = NotAParticle;

    /// Reads either form (`을`, `를`) or both (`을/를`, `을(를)`).
    fn from_str(text: &str) -> Result<Self, NotAParticle> {
        Self::ALL
            .into_iter()
            .find(|particle| {
                let [closed, open, both] = particle.forms();
                let pair = text.split_once('/');
                text == closed
                    || text == open
                    || text == both
                    || pair == Some((closed, open))
                    || pair == Some((open, closed))
            })
            .ok_or_else(|| NotAParticle(text.to_owned()))
    }
}

/// How a word ends, as the particles hear it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// In a vowel.
    Open,
    /// In ㄹ, which 으로/로 takes for a vowel.
    Rieul,
    /// In another consonant.
    Closed,
    /// Its reading is not known here.
    Unknown,
}

/// The form of a particle after a word: `josa("협정", Particle::Object)` is 을.
///
/// Figures are read in Sino-Korean, Latin letters by name or by the usual transcription.
/// Where the reading is unknown (Chinese characters) both forms come back, as printed
/// Korean forms have them: 을(를).
pub fn josa(word: &str, particle: Particle) -> &'static str {
    let [closed, open, both] = particle.forms();
    match (ending_of(word), particle) {
        (Ending::Open, _) | (Ending::Rieul, Particle::Toward) => open,
        (Ending::Closed | Ending::Rieul, _) => closed,
        (Ending::Unknown, _) => both,
    }
}

/// The word and its particle.
pub fn with_josa(word: &str, particle: Particle) -> String {
    format!("{word}{}", josa(word, particle))
}

/// How a word ends.
fn ending_of(word: &str) -> Ending {
    let spoken = spoken_part(word);
    match spoken.chars().next_back() {
        Some(c @ '가'..='힣') => match (u32::from(c) - 0xAC00) % 28 {
            0 => Ending::Open,
            8 => Ending::Rieul,
            _ => Ending::Closed,
        },
        // Letters by their names: 기역, 리을; 아.
        Some('ㄹ' | '\u{11AF}') => Ending::Rieul,
        Some('ㄱ'..='ㅎ' | '\u{11A8}'..='\u{11C2}') => Ending::Closed,
        Some('ㅏ'..='ㅣ' | '\u{1161}'..='\u{1175}') => Ending::Open,
        Some('0'..='9') => number_ending(spoken),
        Some(c) if c.is_ascii_alphabetic() => latin_ending(spoken),
        _ => Ending::Unknown,
    }
}

/// The word without what is not spoken at its end: quotes, points, and a gloss in
/// parentheses (팽덕회(彭德懷)).
fn spoken_part(word: &str) -> &str {
    let word = word.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_closing(c));
    match word.chars().next_back().filter(|c| is_closing(*c)) {
        Some(closing) => {
            let inside = &word[..word.len() - closing.len_utf8()];
            let outside =
                inside.rfind(['(', '\u{ff08}']).map_or("", |open| &inside[..open]);
            let bare = if outside.trim().is_empty() { inside } else { outside };
            bare.trim_end_matches(|c: char| !c.is_alphanumeric())
        }
        None => word,
    }
}

/// Whether a character closes a parenthesis, of Latin or of full width.
fn is_closing(c: char) -> bool {
    matches!(c, ')' | '\u{ff09}')
}

/// How a number ends when read in Sino-Korean: 일 이 삼 사 오 육 칠 팔 구, and 십 백 천 만
/// 억 조 after zeros.
fn number_ending(word: &str) -> Ending {
    let figure = |c: &char| c.is_ascii_digit() || *c == ',';
    let digits: String =
        word.chars().rev().take_while(figure).filter(char::is_ascii_digit).collect();
    let zeros = digits.bytes().take_while(|b| *b == b'0').count();
    match digits.as_bytes().first() {
        // 조 alone of the powers ends in a vowel; a row of nothing but zeros is read 영.
        Some(b'0') if (12..16).contains(&zeros) && zeros < digits.len() => Ending::Open,
        Some(b'1' | b'7' | b'8') => Ending::Rieul,
        Some(b'2' | b'4' | b'5' | b'9') => Ending::Open,
        _ => Ending::Closed,
    }
}

/// How a word in Latin letters ends in its usual Korean transcription (외래어 표기법).
fn latin_ending(word: &str) -> Ending {
    let start = word
        .rfind(|c: char| !c.is_ascii_alphabetic())
        .map_or(0, |at| at + word[at..].chars().next().map_or(1, char::len_utf8));
    let last = &word[start..];
    let lower = last.to_ascii_lowercase();
    let vowel = |c: &u8| matches!(c, b'a' | b'e' | b'i' | b'o' | b'u');
    let capitals = last.bytes().all(|b| b.is_ascii_uppercase());
    // Initials are read letter by letter: UN 유엔, USA 유에스에이; NATO is a word.
    if capitals && (last.len() <= 3 || !lower.bytes().any(|b| vowel(&b))) {
        return match lower.as_bytes().last() {
            Some(b'l' | b'r') => Ending::Rieul,
            Some(b'm' | b'n') => Ending::Closed,
            _ => Ending::Open,
        };
    }
    match lower.as_bytes() {
        [.., b'l'] | [.., b'b' | b'c' | b'd' | b'g' | b'k' | b'p' | b't', b'l', b'e'] => {
            Ending::Rieul
        }
        [.., b'm' | b'n'] | [.., b'n', b'g'] | [.., b'c', b'k'] | [.., b't', b't'] => {
            Ending::Closed
        }
        // A stop after a short vowel closes the syllable: Philip 필립, Eric 에릭.
        [.., before, short, b'p' | b't' | b'k' | b'c']
            if vowel(short) && !vowel(before) =>
        {
            Ending::Closed
        }
        _ => Ending::Open,
    }
}
