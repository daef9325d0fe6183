//! Paragraphs that end in block tags. A tag that has a line for itself leaves none behind:
//! so minijinja does it with every tag at the end of a line, and a paragraph that ends in
//! `{% endif %}` would lose the blank line behind it and run into the next.

/// Ends of tags, after which minijinja drops the end of a line.
const ENDS: [&str; 2] = ["%}", "#}"];
/// Their beginnings.
const BEGINS: [&str; 2] = ["{%", "{#"];

/// The text with a space behind tags at the ends of lines that have text too and a blank
/// line after them, so that these lines end. No line and no column in it moves.
pub(super) fn keep_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut inside: Option<&str> = None;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let has_text = scan(line, &mut inside);
        let bare = line.trim_end_matches(['\n', '\r']);
        out.push_str(bare);
        let ends = lines.peek().is_none_or(|next| next.trim().is_empty());
        if has_text && ends && ENDS.iter().any(|end| bare.ends_with(end)) {
            out.push(' ');
        }
        out.push_str(&line[bare.len()..]);
    }
    out
}

/// Whether a line has something besides tags; `inside` is the end of the tag that is open
/// where it begins, and then of that which is open where it ends.
fn scan(line: &str, inside: &mut Option<&'static str>) -> bool {
    let mut has_text = false;
    let mut rest = line;
    while !rest.is_empty() {
        if let Some(end) = *inside {
            let Some(at) = rest.find(end) else { return has_text };
            rest = &rest[at + end.len()..];
            *inside = None;
            continue;
        }
        let next = BEGINS.iter().zip(ENDS).filter_map(|(begin, end)| {
            let at = rest.find(begin)?;
            Some((at, begin.len(), end))
        });
        let Some((at, length, end)) = next.min() else {
            return has_text || !rest.trim().is_empty();
        };
        has_text |= !rest[..at].trim().is_empty();
        rest = &rest[at + length..];
        *inside = Some(end);
    }
    has_text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_ends_of_paragraphs_are_kept() {
        let cases = [
            ("{% if a %}\nx\n{% endif %}\n", "{% if a %}\nx\n{% endif %}\n"),
            ("{% if a %}x{% endif %}\n\ny", "{% if a %}x{% endif %} \n\ny"),
            ("{% if a %}x{% endif %}\ny", "{% if a %}x{% endif %}\ny"),
            ("{{ a }}{# note #}\r\n\r\n", "{{ a }}{# note #} \r\n\r\n"),
            ("{% set a = [\n  1\n] %}\nx", "{% set a = [\n  1\n] %}\nx"),
            ("{# one\ntwo #}\nx", "{# one\ntwo #}\nx"),
            ("  {% if a %}{% if b %}\n", "  {% if a %}{% if b %}\n"),
            ("x{% endif %}", "x{% endif %} "),
        ];
        for (text, expected) in cases {
            assert_eq!(keep_lines(text), expected);
        }
    }
}
