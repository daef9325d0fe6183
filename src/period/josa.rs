//! Korean particles, which follow the sound before them.

/// A word with the one of two particles that fits its last sound.
///
/// `pair` names both as dictionaries do, the form after a consonant first: `을/를`,
/// `은/는`, `이/가`, `과/와`, `으로/로`. After a word whose last sound is not known (Latin
/// letters, Hanja) the form after a vowel is taken. `None` when `pair` is not two forms.
pub fn with_particle(word: &str, pair: &str) -> Option<String> {
    let (consonant, vowel) = pair.split_once('/')?;
    let last = word.chars().rev().find(|c| c.is_alphanumeric());
    let sound = last.map_or(Sound::Vowel, final_sound);
    let particle = match sound {
        Sound::Consonant => consonant,
        Sound::Vowel => vowel,
        Sound::Rieul if consonant == "으로" => vowel,
        Sound::Rieul => consonant,
    };
    Some(format!("{word}{particle}"))
}

/// The last sound of a syllable.
enum Sound {
    /// An open syllable.
    Vowel,
    /// A closed one.
    Consonant,
    /// Closed by ㄹ, which takes 로 like an open one.
    Rieul,
}

/// The last sound of a character as it is read in Korean.
fn final_sound(c: char) -> Sound {
    if ('가'..='힣').contains(&c) {
        return match (u32::from(c) - 0xac00) % 28 {
            0 => Sound::Vowel,
            8 => Sound::Rieul,
            _ => Sound::Consonant,
        };
    }
    match c {
        // 영 일 이 삼 사 오 육 칠 팔 구
        '1' | '7' | '8' => Sound::Rieul,
        '0' | '3' | '6' => Sound::Consonant,
        _ => Sound::Vowel,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_follow_the_last_sound() {
        let with = |word, pair| with_particle(word, pair).unwrap();
        assert_eq!(with("총사령관", "을/를"), "총사령관을");
        assert_eq!(with("대표", "을/를"), "대표를");
        assert_eq!(with("서울", "으로/로"), "서울로");
        assert_eq!(with("판문점", "으로/로"), "판문점으로");
        assert_eq!(with("1953", "은/는"), "1953은");
        assert_eq!(with_particle("말", "을"), None);
    }
}
