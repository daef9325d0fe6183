//! Numbers in Hanja and in Hangul.

/// The digits from nought to nine.
const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// A number as it is spoken: 一千九百五十三, 三百零五.
///
/// Chinese puts 零 for gaps; beyond 9,999,999,999,999,999 the digits are written out.
pub fn hanja(number: u64) -> String {
    if number == 0 {
        return "零".to_owned();
    }
    if number >= 10_000_000_000_000_000 {
        return hanja_digits(number);
    }
    let groups = [(1_000_000_000_000, "兆"), (100_000_000, "億"), (10_000, "萬"), (1, "")];
    let mut out = String::new();
    let mut gap = false;
    for (unit, name) in groups {
        let group = (number / unit % 10_000) as usize;
        if group == 0 {
            gap = !out.is_empty();
            continue;
        }
        if !out.is_empty() && (gap || group < 1000) {
            out.push('零');
        }
        gap = false;
        out.push_str(&group_words(group, out.is_empty()));
        out.push_str(name);
    }
    out
}

/// A number below ten thousand; the leading 一 of 十 falls away at the very beginning.
fn group_words(group: usize, leads: bool) -> String {
    let mut out = String::new();
    let mut gap = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = group / unit % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        if !(leads && out.is_empty() && unit == 10 && digit == 1) {
            out.push_str(DIGITS[digit]);
        }
        out.push_str(name);
    }
    out
}

/// A number digit by digit, as years are written: 一九五三, 一九五〇.
pub fn hanja_digits(number: u64) -> String {
    let digit = |b: u8| DIGITS[usize::from(b - b'0')];
    number.to_string().bytes().map(digit).collect()
}

/// A number as Korean reads it: 천구백오십삼. Only the leading 만 loses its 일.
pub fn hangul_number(number: u64) -> String {
    /// The digits.
    const DIGITS: [&str; 10] = ["영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"];
    if number == 0 {
        return DIGITS[0].to_owned();
    }
    let groups = [
        (10_000_000_000_000_000, "경"), (1_000_000_000_000, "조"), (100_000_000, "억"),
        (10_000, "만"), (1, ""),
    ];
    let mut out = String::new();
    for (unit, name) in groups {
        let group = number / unit % 10_000;
        if group == 0 {
            continue;
        }
        let bare = group == 1 && unit == 10_000 && out.is_empty();
        if !bare {
            for (unit, name) in [(1000, "천"), (100, "백"), (10, "십"), (1, "")] {
                let digit = (group / unit % 10) as usize;
                if digit > 1 || (digit == 1 && unit == 1) {
                    out.push_str(DIGITS[digit]);
                }
                if digit > 0 {
                    out.push_str(name);
                }
            }
        }
        out.push_str(name);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hanja_follow_speech_and_years_their_digits() {
        assert_eq!(hanja(1953), "一千九百五十三");
        assert_eq!(hanja(27), "二十七");
        assert_eq!(hanja(105), "一百零五");
        assert_eq!(hanja(10), "十");
        assert_eq!(hanja(110), "一百一十");
        assert_eq!(hanja(300_002_627), "三億零二千六百二十七");
        assert_eq!(hanja_digits(1950), "一九五〇");
        assert_eq!(hangul_number(1953), "천구백오십삼");
        assert_eq!(hangul_number(10_000), "만");
        assert_eq!(hanja(u64::MAX).chars().count(), 20);
    }
}
