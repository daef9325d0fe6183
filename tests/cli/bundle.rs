//! A batch in one file: a PDF of all documents, or an archive.

use std::collections::BTreeMap;
use std::io::Read as _;

use lopdf::{Document, Object};

use crate::{Desk, Ended};

/// Three guests, the second without a signature.
const GUESTS: &str = "last,date,to,paragraphs,signature
Ames,1865-03-14,Mrs. Ames,The parcel has come.,Henry
Boone,1865-03-15,Mrs. Boone,It has not.,
Lyle,1865-03-16,Mrs. Lyle,It will.,Henry
";

/// Runs a batch over the guests with more arguments.
fn run(desk: &Desk, rest: &[&str]) -> Ended {
    let batch =
        ["batch", "letter", "guests.csv", "--finish", "clean", "--made", "2026-01-01"];
    desk.run(&[&batch[..], rest].concat())
}

/// A folder with the guests.
fn desk() -> Desk {
    Desk::with(&[("guests.csv", GUESTS)])
}

/// The titles of the outline's entries.
fn entries(pdf: &Document) -> Vec<String> {
    let outline =
        pdf.catalog().unwrap().get(b"Outlines").unwrap().as_reference().unwrap();
    let mut entry = pdf.get_dictionary(outline).unwrap().get(b"First").ok().cloned();
    let mut titles = Vec::new();
    while let Some(at) = entry {
        let dict = pdf.get_dictionary(at.as_reference().unwrap()).unwrap();
        let title = dict.get(b"Title").unwrap().as_str().unwrap();
        let units = title[2..].chunks_exact(2).map(|b| u16::from_be_bytes([b[0], b[1]]));
        titles.push(String::from_utf16(&units.collect::<Vec<_>>()).unwrap());
        entry = dict.get(b"Next").ok().cloned();
    }
    titles
}

#[test]
fn good_rows_are_bound_into_one_pdf_and_bad_ones_told() {
    let desk = desk();
    let ended = run(&desk, &["--merge", "all.pdf"]);
    ended.says(1, &["row 2", "signature"]);
    let bytes = desk.read("all.pdf");
    let pdf = Document::load_mem(&bytes).unwrap();
    assert_eq!(pdf.get_pages().len(), 2);
    assert_eq!(entries(&pdf), ["Letter to Mrs. Ames", "Letter to Mrs. Lyle"]);
    // Both are in one structure, and the pages find their places in it.
    let parents = pdf.objects.values().filter_map(|object| match object {
        Object::Dictionary(dict) => dict.get(b"StructParents").ok()?.as_i64().ok(),
        _ => None,
    });
    let mut parents: Vec<i64> = parents.collect();
    parents.sort_unstable();
    assert_eq!(parents, [0, 1]);
}

#[test]
fn entries_are_named_and_the_same_rows_give_the_same_bytes() {
    let desk = desk();
    let made = ["1", "4"].map(|threads| {
        let args = ["--merge", "all.pdf", "--name", "{{ last }}", "--force"];
        let mut command =
            desk.command(&[&["batch", "letter", "guests.csv"][..], &args].concat());
        command.env("RAYON_NUM_THREADS", threads);
        Ended::of(&mut command).says(1, &["row 2"]);
        desk.read("all.pdf")
    });
    assert!(made[0] == made[1]);
    assert_eq!(entries(&Document::load_mem(&made[0]).unwrap()), ["Ames", "Lyle"]);
}

#[test]
fn what_is_there_is_kept_and_nothing_half_made_stays() {
    let desk = Desk::with(&[("guests.csv", GUESTS), ("all.pdf", "mine")]);
    run(&desk, &["--merge", "all.pdf"]).says(2, &["is there already", "--force"]);
    assert_eq!(desk.read("all.pdf"), b"mine");
    run(&desk, &["--merge", "all.pdf", "--force"]).says(1, &["row 2"]);
    assert!(desk.read("all.pdf").starts_with(b"%PDF"));
    run(&desk, &["--merge", "new.pdf", "--fail-fast"]).says(1, &["row 2"]);
    let bad = "last,date,paragraphs,signature\nAmes,never,No.,Henry\n";
    std::fs::write(desk.path().join("guests.csv"), bad).unwrap();
    run(&desk, &["--merge", "none.pdf"]).says(1, &["row 1", "date"]);
    assert_eq!(desk.files(), ["all.pdf", "guests.csv"]);
}

#[test]
fn one_file_does_not_go_with_what_many_files_need() {
    let desk = desk();
    for other in [["--out", "out"], ["--format", "png"]] {
        let args = [&["--merge", "all.pdf"][..], &other].concat();
        run(&desk, &args).says(2, &["cannot be used with"]);
    }
    run(&desk, &["--pack", "tar"]).says(2, &["--out"]);
    run(&desk, &["--out", "out", "--pack", "rar"]).says(2, &["tar or zip"]);
}

/// The files of an archive with their bytes.
fn unpacked(name: &str, bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    if name.ends_with("tar") {
        for entry in tar::Archive::new(bytes).entries().unwrap() {
            let mut entry = entry.unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            out.insert(entry.path().unwrap().display().to_string(), bytes);
        }
        return out;
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        out.insert(entry.name().unwrap().into_owned(), bytes);
    }
    out
}

#[test]
fn an_unpacked_archive_is_the_folder_of_a_batch() {
    let desk = desk();
    run(&desk, &["--out", "out"]).says(1, &["row 2"]);
    let folder: BTreeMap<String, Vec<u8>> = ["1.pdf", "3.pdf", "manifest.jsonl"]
        .map(|name| (name.to_owned(), desk.read(&format!("out/{name}"))))
        .into();
    for kind in ["tar", "zip"] {
        run(&desk, &["--out", "packed", "--pack", kind]).says(1, &["row 2"]);
        let name = format!("packed/documents.{kind}");
        assert_eq!(unpacked(&name, &desk.read(&name)), folder, "{kind}");
    }
    run(&desk, &["--out", "packed", "--pack", "tar"]).says(2, &["is there already"]);
    run(&desk, &["--out", "packed", "--pack", "tar", "--shard", "2/2"])
        .says(1, &["row 2"]);
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_once_and_leaves_nothing() {
    for rest in ["--merge out/all.pdf", "--out out --pack zip", "--out out --pack tar"] {
        let desk = desk();
        std::fs::create_dir(desk.path().join("out")).unwrap();
        let program = env!("CARGO_BIN_EXE_engross");
        let script = format!(
            "trap '' XFSZ; ulimit -f 4; '{program}' batch letter guests.csv {rest} \
             --finish clean"
        );
        let mut command = std::process::Command::new("bash");
        command.args(["-c", &script]).current_dir(desk.path());
        let ended = Ended::of(&mut command);
        ended.says(3, &["cannot be written"]);
        let lines: Vec<&str> = ended.err.lines().collect();
        let told = |line: &&&str| line.starts_with("error[unwritable]");
        assert_eq!(lines.iter().filter(told).count(), 1, "{rest}: {}", ended.err);
        assert!(!ended.err.contains("Writer"), "{rest}: {}", ended.err);
        assert_eq!(desk.files(), ["guests.csv"]);
    }
}
