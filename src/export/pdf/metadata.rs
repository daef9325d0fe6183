//! What the file says of itself: Info and XMP, which agree.

use lopdf::{Dictionary, Object, dictionary};

use super::tags::{fitting, text};
use crate::page::Info;

/// Who made the file.
const PRODUCER: &str = concat!("engross ", env!("CARGO_PKG_VERSION"));

/// The Info dictionary (ISO 32000-1, 14.3.3).
pub(super) fn info(info: &Info) -> Dictionary {
    let mut out = dictionary! {
        "Title" => text(&info.title),
        "Subject" => text(&info.subject),
        "Keywords" => text(&keywords(info)),
        "Creator" => text(PRODUCER),
        "Producer" => text(PRODUCER),
    };
    if let Some(date) = date(info) {
        out.set("CreationDate", date.clone());
        out.set("ModDate", date);
    }
    out
}

/// The day of making as a date of PDF (ISO 32000-1, 7.9.4).
pub(super) fn date(info: &Info) -> Option<Object> {
    let made = info.made.as_ref()?;
    let digits: String = made.chars().filter(char::is_ascii_digit).collect();
    Some(Object::string_literal(format!("D:{digits}000000Z")))
}

/// The template and the word by which searches find what is not an original.
fn keywords(info: &Info) -> String {
    format!("facsimile, {}", info.template)
}

/// What PDF/A wants to be told of properties it does not know (ISO 19005-2, 6.6.2.3.3): the
/// part of PDF/UA that the file follows.
const EXTENSION: &str = "<rdf:Description rdf:about=\"\" \
    xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
    xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
    xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\
    <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\
    <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\
    <pdfaProperty:name>part</pdfaProperty:name>\
    <pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
    <pdfaProperty:category>internal</pdfaProperty:category>\
    <pdfaProperty:description>The part of ISO 14289 that the file follows\
    </pdfaProperty:description>\
    </rdf:li></rdf:Seq></pdfaSchema:property>\
    </rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>";

/// The XMP packet (ISO 16684-1), escaped. With a file inside, what is PDF/A-2 is PDF/A-3.
pub(super) fn xmp(info: &Info, carries_file: bool) -> String {
    let part = if carries_file { 3 } else { 2 };
    let dates = info.made.as_ref().map_or_else(String::new, |made| {
        let made = escape(made);
        format!(
            "<xmp:CreateDate>{made}T00:00:00Z</xmp:CreateDate>\
             <xmp:ModifyDate>{made}T00:00:00Z</xmp:ModifyDate>"
        )
    });
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" \
         xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\
         <dc:format>application/pdf</dc:format>\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\
         <dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{subject}</rdf:li></rdf:Alt>\
         </dc:description>\
         <dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>\
         <dc:type><rdf:Bag><rdf:li>facsimile</rdf:li></rdf:Bag></dc:type>\
         <pdf:Producer>{PRODUCER}</pdf:Producer><pdf:Keywords>{keywords}</pdf:Keywords>\
         <xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>{dates}\
         <pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>\
         <pdfuaid:part>1</pdfuaid:part>\
         </rdf:Description>{EXTENSION}</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>",
        title = escape(&fitting(&info.title)),
        subject = escape(&fitting(&info.subject)),
        keywords = escape(&fitting(&keywords(info))),
        lang = info.lang,
    )
}

/// A text with the signs of XML escaped and without characters that XML forbids.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c < ' ' && !matches!(c, '\n' | '\t' | '\r') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_archives_do_not_take_is_cut_alike_everywhere() {
        let info = Info { title: "long 𝄞 ".repeat(9_000), ..Info::default() };
        let Ok(Object::String(title, _)) = self::info(&info).get(b"Title").cloned()
        else {
            unreachable!("it has a title");
        };
        assert!(title.len() <= 32_767, "{}", title.len());
        let units = title[2..].chunks_exact(2).map(|b| u16::from_be_bytes([b[0], b[1]]));
        let title = String::from_utf16(&units.collect::<Vec<_>>()).expect("it is sound");
        assert!(title.ends_with('…'));
        assert!(xmp(&info, false).contains(&format!("x-default\">{title}<")));
    }
}
