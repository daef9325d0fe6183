//! The layers of docs/architecture.md hold: a module uses only modules of a lower layer,
//! and each third-party crate is named where it belongs and nowhere else.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every module of the crate and its layer.
const LAYERS: [(&str, u8); 28] = [
    ("diag", 0),
    ("geom", 0),
    ("seed", 0),
    ("lang", 0),
    ("memo", 0),
    ("lanes", 0),
    ("period", 1),
    ("picture", 1),
    ("raster", 2),
    ("field", 2),
    ("data", 3),
    ("document", 3),
    ("font", 3),
    ("markup", 4),
    ("style", 4),
    ("paper", 4),
    ("anachronism", 5),
    ("page", 5),
    ("template", 5),
    ("ink", 6),
    ("layout", 7),
    ("export", 8),
    ("press", 9),
    ("batch", 10),
    ("cli", 11),
    // The roots name modules to make them public or to run them.
    ("lib", 12),
    ("main", 12),
    ("tests", 12),
];

/// Crates and the modules that may name them. Serde is everywhere.
const CRATES: [(&str, &[&str]); 39] = [
    ("base64", &["cli"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("signal_hook", &["cli"]),
    ("indicatif", &["cli"]),
    ("opener", &["cli"]),
    ("mimalloc", &["main"]),
    ("tempfile", &["press", "batch"]),
    ("rayon", &["batch", "export"]),
    ("unicode_normalization", &["batch"]),
    ("image", &["picture"]),
    ("pulp", &["lanes"]),
    ("tiny_skia", &["raster"]),
    ("printpdf", &["export"]),
    ("lopdf", &["export"]),
    ("flate2", &["export", "picture"]),
    ("simd_adler32", &["export"]),
    ("moxcms", &["export"]),
    ("sha2", &["export", "batch"]),
    ("rusttype", &["font"]),
    ("harfrust", &["font"]),
    ("subsetter", &["font"]),
    ("write_fonts", &["font"]),
    ("hypher", &["layout"]),
    ("smallvec", &["layout"]),
    ("unicode_linebreak", &["layout"]),
    ("jotdown", &["markup"]),
    ("regex_lite", &["anachronism"]),
    ("minijinja", &["template"]),
    ("csv", &["data"]),
    ("encoding_rs", &["data"]),
    ("chardetng", &["data"]),
    ("serde_json", &["data", "cli", "batch"]),
    ("jiff", &["period"]),
    ("strsim", &["diag"]),
    ("tar", &["batch"]),
    ("zip", &["batch"]),
    ("skrifa", &[]),
    ("toml", &["data", "press", "template", "style", "paper", "anachronism"]),
];

/// The layer of a module.
fn layer(module: &str) -> Option<u8> {
    LAYERS.iter().find(|(name, _)| *name == module).map(|(_, layer)| *layer)
}

/// The Rust files under a folder.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src can be read") {
        let path = entry.expect("src can be read").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The module a file belongs to: `layout` for `src/layout/line.rs`, `page` for `src/page.rs`.
fn module_of(path: &Path, root: &Path) -> String {
    let inside = path.strip_prefix(root).expect("it lies in src");
    let first = inside.iter().next().expect("it has a name");
    first.to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// The code of a file without comments and without what only tests see.
fn code(text: &str) -> String {
    let code = text.split("\n#[cfg(test)]").next().unwrap_or("");
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The names that follow a prefix such as `crate::`, those in braces too.
fn names_after(code: &str, prefix: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':' || c == '$')
        {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        let Some(list) = rest.strip_prefix('{') else {
            names.push(word(rest));
            continue;
        };
        let mut depth = 0;
        let mut start = true;
        for (i, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' => {}
                _ if depth == 0 && start && c.is_alphabetic() => {
                    names.push(word(&list[i..]));
                }
                _ => {}
            }
            start = (c == ',' && depth == 0) || (start && c.is_whitespace());
        }
    }
    names
}

/// The identifier at the beginning of a text.
fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// What is wrong with a file of a module.
fn faults(module: &str, text: &str) -> Vec<String> {
    let code = code(text);
    let own = layer(module).expect("every module is in the table");
    let mut faults = Vec::new();
    for name in names_after(&code, "crate::") {
        if let Some(other) = layer(&name)
            && name != module
            && other >= own
        {
            faults.push(format!("{module} ({own}) uses {name} ({other})"));
        }
    }
    for (name, homes) in CRATES {
        let named = !names_after(&code, &format!("{name}::")).is_empty();
        // A module of the same name is not the crate.
        if named && !homes.contains(&module) && !code.contains(&format!("mod {name};")) {
            faults.push(format!("{module} names the crate {name}"));
        }
    }
    faults
}

#[test]
fn modules_use_lower_layers_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 50, "the sources were found");
    let mut found = BTreeMap::new();
    for path in files {
        let text = fs::read_to_string(&path).expect("a source can be read");
        let faults = faults(&module_of(&path, &root), &text);
        if !faults.is_empty() {
            found.insert(path, faults);
        }
    }
    assert!(found.is_empty(), "forbidden: {found:#?}");
}

#[test]
fn a_forbidden_import_is_found() {
    let forbidden = [
        ("layout", "use crate::export::PdfOptions;\n"),
        ("paper", "use crate::{diag::Result, press::Press};\n"),
        ("field", "fn f() { crate::layout::layout(); }\n"),
        ("layout", "use printpdf::PdfDocument;\n"),
        ("document", "use minijinja::{Environment, Value};\n"),
    ];
    for (module, text) in forbidden {
        assert_eq!(faults(module, text).len(), 1, "{module}: {text}");
    }
    let allowed = [
        ("layout", "use crate::page::{Pages, Tag};\nuse super::export;\n"),
        ("layout", "// use crate::export::PdfOptions;\n"),
        ("press", "use crate::layout::layout;\n"),
    ];
    for (module, text) in allowed {
        assert_eq!(faults(module, text), [""; 0], "{module}: {text}");
    }
}

#[test]
fn the_table_is_that_of_the_documentation() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/architecture.md");
    let text = fs::read_to_string(path).expect("docs/architecture.md");
    for (module, layer) in LAYERS.iter().filter(|(_, layer)| *layer < 12) {
        let row = format!("| {layer} | `{module}` |");
        assert!(text.contains(&row), "docs/architecture.md lacks the row {row}");
    }
}
