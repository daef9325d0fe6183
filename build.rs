//! Lists the bundled templates, styles, papers and fonts, so that adding one needs no Rust.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The folders of the project that are bundled.
const FOLDERS: [&str; 5] = ["anachronisms", "fonts", "papers", "styles", "templates"];

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut files = Vec::new();
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        gather(&root, &root.join(folder), &mut files);
    }
    files.sort();
    let mut list = String::from("&[\n");
    for (name, path) in files {
        writeln!(list, "    ({name:?}, include_bytes!({path:?})),")
            .expect("a string grows");
    }
    list.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("bundled.rs"), list).expect("the build folder can be written");
}

/// Gathers the files under a folder with their names from the root, `/` between.
fn gather(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(root, &path, files);
            continue;
        }
        let wanted = ["dj", "toml", "ttf", "otf", "png", "jpg"];
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("");
        // Specimens are for people who look through the source.
        if !wanted.contains(&extension) || path.ends_with("sample.png") {
            continue;
        }
        let parts = path.strip_prefix(root).expect("it lies under the root").iter();
        let name: Vec<&str> = parts.filter_map(|part| part.to_str()).collect();
        files.push((name.join("/"), path.display().to_string()));
    }
}
