//! Numbers in Chinese characters and in Hangul.
//!
//! Characters against forgery (갖은자, 大寫, 大字) replace 一 二 三 … in amounts of money:
//! a stroke turns 一 into 二, but not 壹 into 貳.

use super::names::named;

/// How a number is written in East Asia.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CjkStyle {
    /// Korean text in Hanja: 一千九百五十三, no zero between.
    Hanja,
    /// Digit by digit: 一九五三, 一九五〇.
    Digits,
    /// Korean words: 천구백오십삼.
    Hangul,
    /// Korean words of contracts, every 일 kept: 일천구백오십삼.
    HangulContract,
    /// Chinese text, traditional: 一百零五, 一萬.
    Chinese,
    /// Chinese text, simplified: 一百零五, 一万.
    ChineseSimplified,
    /// Korean amounts, only 壹貳參拾 replaced: 壹千九百五拾參.
    KoreanLight,
    /// Korean amounts, all replaced: 壹仟玖佰伍拾參.
    KoreanFinancial,
    /// Chinese amounts, traditional: 壹佰零伍.
    ChineseFinancial,
    /// Chinese amounts, simplified: 壹佰零伍, 贰万.
    ChineseSimplifiedFinancial,
    /// Japanese amounts, 壱弐参拾 replaced: 壱千九百五拾参.
    JapaneseFinancial,
}

/// The styles by name.
const NAMES: &[(&str, CjkStyle)] = &[
    ("hanja", CjkStyle::Hanja),
    ("digits", CjkStyle::Digits),
    ("hangul", CjkStyle::Hangul),
    ("hangul-contract", CjkStyle::HangulContract),
    ("chinese", CjkStyle::Chinese),
    ("chinese-simplified", CjkStyle::ChineseSimplified),
    ("korean-light", CjkStyle::KoreanLight),
    ("korean-financial", CjkStyle::KoreanFinancial),
    ("chinese-financial", CjkStyle::ChineseFinancial),
    ("chinese-simplified-financial", CjkStyle::ChineseSimplifiedFinancial),
    ("japanese-financial", CjkStyle::JapaneseFinancial),
];
named!(CjkStyle, "numeral style", NAMES);

/// Where the digit one is left unsaid.
#[derive(Clone, Copy, PartialEq, Eq)]
enum One {
    /// Nowhere.
    Said,
    /// Before ten only at the very front: 十二, but 一百一十二.
    DroppedInFrontOfTen,
    /// Before every ten: 一百十二.
    DroppedBeforeTen,
    /// Before ten, hundred, thousand, and a leading ten thousand: 백십이, 만.
    DroppedBeforeUnits,
}

/// The signs of a system with names for the powers of ten.
struct System {
    /// Zero to nine.
    digits: [&'static str; 10],
    /// Ten, hundred, thousand; nothing for one.
    units: [&'static str; 4],
    /// 10⁴, 10⁸, 10¹², 10¹⁶; nothing for one.
    groups: [&'static str; 5],
    /// Whether a gap is filled with a zero.
    zero: bool,
    /// Where one is left unsaid.
    one: One,
}

/// The digits of plain text.
const PLAIN: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
/// The units of plain text.
const PLAIN_UNITS: [&str; 4] = ["", "十", "百", "千"];
/// The units of amounts.
const FULL_UNITS: [&str; 4] = ["", "拾", "佰", "仟"];
/// The units of amounts with only ten replaced.
const LIGHT_UNITS: [&str; 4] = ["", "拾", "百", "千"];
/// Ten thousands, traditional.
const GROUPS: [&str; 5] = ["", "萬", "億", "兆", "京"];
/// Ten thousands, simplified.
const SIMPLE_GROUPS: [&str; 5] = ["", "万", "亿", "兆", "京"];
/// The digits in Hangul.
const HANGUL: [&str; 10] = ["영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"];

/// A number written in a style; every number has a form in each.
///
/// Powers are 萬 億 兆 京 in all of them, 兆 being 10¹²; the 万亿 of modern China is not
/// used.
pub fn cjk_number(n: u64, style: CjkStyle) -> String {
    match style {
        CjkStyle::Digits => write_digits(n),
        CjkStyle::Hanja => HANJA.write(n),
        CjkStyle::Hangul => System { one: One::DroppedBeforeUnits, ..CONTRACT }.write(n),
        CjkStyle::HangulContract => CONTRACT.write(n),
        CjkStyle::Chinese => CHINESE.write(n),
        CjkStyle::ChineseSimplified => {
            System { groups: SIMPLE_GROUPS, ..CHINESE }.write(n)
        }
        CjkStyle::KoreanLight => KOREAN_LIGHT.write(n),
        CjkStyle::KoreanFinancial => KOREAN_FULL.write(n),
        CjkStyle::ChineseFinancial => CHINESE_FULL.write(n),
        CjkStyle::ChineseSimplifiedFinancial => CHINESE_SIMPLE_FULL.write(n),
        CjkStyle::JapaneseFinancial => JAPANESE_FULL.write(n),
    }
}

/// Korean text in Hanja.
const HANJA: System = System {
    digits: PLAIN,
    units: PLAIN_UNITS,
    groups: GROUPS,
    zero: false,
    one: One::DroppedBeforeTen,
};
/// Korean words of contracts.
const CONTRACT: System = System {
    digits: HANGUL,
    units: ["", "십", "백", "천"],
    groups: ["", "만", "억", "조", "경"],
    zero: false,
    one: One::Said,
};
/// Chinese text.
const CHINESE: System = System { zero: true, one: One::DroppedInFrontOfTen, ..HANJA };
/// Korean amounts, few characters replaced.
const KOREAN_LIGHT: System = System {
    digits: ["零", "壹", "貳", "參", "四", "五", "六", "七", "八", "九"],
    units: LIGHT_UNITS,
    groups: GROUPS,
    zero: false,
    one: One::Said,
};
/// Korean amounts, all characters replaced.
const KOREAN_FULL: System = System {
    digits: ["零", "壹", "貳", "參", "肆", "伍", "陸", "柒", "捌", "玖"],
    units: FULL_UNITS,
    groups: GROUPS,
    zero: false,
    one: One::Said,
};
/// Chinese amounts, traditional.
const CHINESE_FULL: System = System {
    digits: ["零", "壹", "貳", "叄", "肆", "伍", "陸", "柒", "捌", "玖"],
    units: FULL_UNITS,
    groups: GROUPS,
    zero: true,
    one: One::Said,
};
/// Chinese amounts, simplified.
const CHINESE_SIMPLE_FULL: System = System {
    digits: ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"],
    units: FULL_UNITS,
    groups: SIMPLE_GROUPS,
    zero: true,
    one: One::Said,
};
/// Japanese amounts.
const JAPANESE_FULL: System = System {
    digits: ["零", "壱", "弐", "参", "四", "五", "六", "七", "八", "九"],
    units: LIGHT_UNITS,
    groups: ["", "万", "億", "兆", "京"],
    zero: false,
    one: One::Said,
};

/// Each digit by itself, zero as 〇.
fn write_digits(n: u64) -> String {
    n.to_string()
        .bytes()
        .map(|b| if b == b'0' { "〇" } else { PLAIN[usize::from(b - b'0')] })
        .collect()
}

impl System {
    /// A number in this system.
    fn write(&self, n: u64) -> String {
        if n == 0 {
            return self.digits[0].to_owned();
        }
        let mut text = String::new();
        let mut gap = false;
        for power in (0..self.groups.len()).rev() {
            let group = (n / 10_u64.pow(4 * power as u32) % 10_000) as usize;
            if group == 0 {
                gap = !text.is_empty();
                continue;
            }
            if self.zero && !text.is_empty() && (gap || group < 1000) {
                text.push_str(self.digits[0]);
            }
            gap = false;
            let bare = self.one == One::DroppedBeforeUnits && power == 1;
            if !(bare && group == 1 && text.is_empty()) {
                self.write_group(group, &mut text);
            }
            text.push_str(self.groups[power]);
        }
        text
    }

    /// A number under ten thousand.
    fn write_group(&self, group: usize, text: &mut String) {
        let mut gap = false;
        let mut begun = false;
        for power in (0..self.units.len()).rev() {
            let digit = group / 10_usize.pow(power as u32) % 10;
            if digit == 0 {
                gap = begun;
                continue;
            }
            if self.zero && gap {
                text.push_str(self.digits[0]);
            }
            gap = false;
            begun = true;
            if digit != 1 || self.says_one(power, text.is_empty()) {
                text.push_str(self.digits[digit]);
            }
            text.push_str(self.units[power]);
        }
    }

    /// Whether one is said before a unit, at the front of the number or within it.
    fn says_one(&self, power: usize, front: bool) -> bool {
        match self.one {
            One::Said => true,
            One::DroppedInFrontOfTen => power != 1 || !front,
            One::DroppedBeforeTen => power != 1,
            One::DroppedBeforeUnits => power == 0,
        }
    }
}
