//! Whether a folder holds what its manifests say.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Shard;
use super::manifest::{self, Account, Record, Status};
use crate::diag::{Diagnostic, Place, Problems, Result};

/// What a folder holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// How many manifests it has.
    pub manifests: usize,
    /// How many rows there are.
    pub rows: usize,
    /// How many files are there, as they were made.
    pub files: usize,
}

/// Checks a folder against its manifests: every row once, every file as it was made.
///
/// # Errors
/// A folder without a manifest or that cannot be read; everything that is not as the
/// manifests say: shards that are missing, not finished, or of another batch, rows that
/// failed, are missing or come twice, files that are missing or changed.
pub fn verify(folder: &Path) -> Result<Verdict> {
    let accounts = accounts(folder)?;
    let mut check = Check { folder, problems: Vec::new(), verdict: Verdict::default() };
    check.verdict.manifests = accounts.len();
    check.shards(&accounts);
    let mut rows: BTreeMap<usize, &Record> = BTreeMap::new();
    for (path, account) in &accounts {
        for (row, record) in &account.records {
            if rows.insert(*row, record).is_some() {
                check.fault(
                    path,
                    format!("row {row} is in two manifests"),
                    "make it anew",
                );
            }
        }
    }
    check.records(&rows);
    let total = accounts.iter().find_map(|(_, account)| account.end).map(|end| end.rows);
    if let Some(total) = total {
        check.verdict.rows = total;
        let missing: Vec<usize> =
            (1..=total).filter(|row| !rows.contains_key(row)).collect();
        if let Some(first) = missing.first() {
            let message =
                format!("{} rows are missing, the first is {first}", missing.len());
            check.fault(folder, message, "go on with --resume");
        }
    }
    Problems::check(check.verdict, check.problems)
}

/// The manifests of a folder, in the order of their names.
fn accounts(folder: &Path) -> Result<Vec<(PathBuf, Account)>> {
    let unreadable = |error: std::io::Error| {
        let message = format!("`{}` cannot be read: {error}", folder.display());
        Diagnostic::io("unreadable", message).hint("give the folder of a batch")
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("manifest") && name.ends_with(".jsonl") {
            paths.push(entry.path());
        }
    }
    paths.sort();
    if paths.is_empty() {
        let message =
            format!("`{}` holds no batch: it has no manifest", folder.display());
        return Err(Diagnostic::usage("no-manifest", message)
            .hint("give the folder that `engross batch --out` wrote")
            .into());
    }
    paths
        .into_iter()
        .map(|path| manifest::read(&path).map(|found| (path, found)))
        .collect()
}

/// A check in progress.
struct Check<'a> {
    /// What is checked.
    folder: &'a Path,
    /// What is wrong with it.
    problems: Vec<Diagnostic>,
    /// What is in it.
    verdict: Verdict,
}

impl Check<'_> {
    /// Notes a problem.
    fn fault(&mut self, path: &Path, message: String, hint: &str) {
        let place = Place::whole(path.display().to_string());
        self.problems.push(Diagnostic::invalid("verify", message).at(place).hint(hint));
    }

    /// Checks that all shards are there, finished, and of one batch.
    fn shards(&mut self, accounts: &[(PathBuf, Account)]) {
        let first = accounts.iter().find_map(|(_, account)| account.head.as_ref());
        let mut found: Vec<Shard> = Vec::new();
        for (path, account) in accounts {
            let Some(head) = &account.head else {
                self.fault(path, "it says nothing".to_owned(), "go on with --resume");
                continue;
            };
            if first.is_some_and(|first| first.job != head.job || first.made != head.made)
            {
                let message = "it is of another batch than the others".to_owned();
                self.fault(path, message, "make them all anew in one folder");
            }
            match head.shard.parse::<Shard>() {
                Ok(shard) => found.push(shard),
                Err(wrong) => {
                    self.fault(path, format!("its shard: {wrong}"), "make it anew");
                }
            }
            if account.end.is_none() {
                let message = "the run was not finished".to_owned();
                self.fault(path, message, "go on with --resume");
            }
        }
        let counts: Vec<u32> = found.iter().map(|shard| shard.count()).collect();
        let count = counts.iter().copied().max().unwrap_or(0);
        if counts.iter().any(|other| *other != count) {
            let message = "the rows were divided in two ways".to_owned();
            self.fault(self.folder, message, "keep the manifests of one");
            return;
        }
        for index in (1..=count).filter(|index| found.iter().all(|s| s.index() != *index))
        {
            let message = format!("the shard {index}/{count} is missing");
            self.fault(
                self.folder,
                message,
                &format!("make it: --shard {index}/{count}"),
            );
        }
    }

    /// Checks what is said of the rows.
    fn records(&mut self, rows: &BTreeMap<usize, &Record>) {
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        for (row, record) in rows {
            match &record.status {
                Status::Failed { errors } => {
                    let why = errors.first().map_or("", String::as_str);
                    let hint = "mend the row and make it anew";
                    self.fault(self.folder, format!("row {row} failed: {why}"), hint);
                }
                Status::Done { files } => {
                    for made in files {
                        if let Some(other) = names.insert(made.file.to_lowercase(), *row)
                        {
                            let message = format!(
                                "`{}` is of the rows {other} and {row}",
                                made.file
                            );
                            self.fault(self.folder, message, "make the batch anew");
                        }
                        let path = self.folder.join(&made.file);
                        if made.is_in(self.folder) {
                            self.verdict.files += 1;
                        } else if path.exists() {
                            let message = format!("the file of row {row} was changed");
                            self.fault(&path, message, "make it again with --resume");
                        } else {
                            let message = format!("the file of row {row} is not there");
                            self.fault(&path, message, "make it again with --resume");
                        }
                    }
                }
            }
        }
    }
}
