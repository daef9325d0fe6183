//! The program as its users meet it: the built binary, in a folder of its own.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod again;
mod batch;
mod bundle;
mod commands;
mod durable;
mod output;
mod problems;
mod same_bytes;
mod tables;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A folder to work in.
struct Desk(TempDir);

/// How a run ended.
#[derive(Debug)]
struct Ended {
    /// The exit code.
    code: Option<i32>,
    /// What it wrote to standard output.
    out: Vec<u8>,
    /// What it wrote to standard error.
    err: String,
}

impl Desk {
    /// An empty folder.
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// A folder with files.
    fn with(files: &[(&str, &str)]) -> Self {
        let desk = Self::new();
        for (name, text) in files {
            let path = desk.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        desk
    }

    /// Where it is.
    fn path(&self) -> &Path {
        self.0.path()
    }

    /// The program, ready to run here, on a day that stays the same.
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_engross"));
        command.args(args).current_dir(self.path()).stdin(Stdio::null());
        command.env("SOURCE_DATE_EPOCH", "1795392000").env_remove("NO_COLOR");
        command
    }

    /// Runs the program.
    fn run(&self, args: &[&str]) -> Ended {
        Ended::of(&mut self.command(args))
    }

    /// The files that are here, by path from here, in order; manifests of batches are
    /// left out.
    fn files(&self) -> Vec<String> {
        /// Gathers the files under a folder.
        fn gather(folder: &Path, root: &Path, found: &mut Vec<String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    gather(&path, root, found);
                } else {
                    let name = path.strip_prefix(root).unwrap();
                    found.push(name.to_str().unwrap().replace('\\', "/"));
                }
            }
        }
        let mut found = Vec::new();
        gather(self.path(), self.path(), &mut found);
        found.retain(|name| !name.ends_with(".jsonl") || !name.contains("manifest"));
        found.sort();
        found
    }

    /// The bytes of a file.
    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path().join(name)).unwrap()
    }
}

impl Ended {
    /// Runs a command to its end.
    fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        Self { code: output.status.code(), out: output.stdout, err }
    }

    /// That it ended with a code, having said all of these on standard error.
    #[track_caller]
    fn says(&self, code: i32, words: &[&str]) {
        assert_eq!(self.code, Some(code), "{}", self.err);
        for word in words {
            assert!(self.err.contains(word), "no {word:?} in:\n{}", self.err);
        }
    }

    /// That all was done without a word of warning; what it wrote to standard output.
    #[track_caller]
    fn done(&self) -> String {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""));
        String::from_utf8(self.out.clone()).unwrap()
    }
}

/// A letter, in TOML.
const LETTER: &str = "\
place = \"Seoul\"
date = 1953-07-27
paragraphs = [\"All is well.\"]
signature = \"Henry\"
";
