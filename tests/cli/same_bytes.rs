//! The same command gives the same bytes, wherever and whenever it runs.

use crate::{Desk, Ended, LETTER};

/// The document of a command on standard output.
fn document(desk: &Desk, args: &[&str], vars: &[(&str, &str)]) -> Vec<u8> {
    let mut command = desk.command(args);
    let ended = Ended::of(command.envs(vars.iter().copied()));
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    assert!(ended.out.len() > 1000);
    ended.out
}

#[test]
fn neither_folder_nor_zone_nor_locale_matter() {
    let here = Desk::with(&[("mine.toml", LETTER)]);
    let there = Desk::with(&[("mine.toml", LETTER)]);
    for args in [
        &["render", "letter", "mine.toml", "-o", "-"][..],
        &["render", "armistice", "--lang", "ko", "-o", "-"],
        &["paper", "laid-rag", "--ppi", "40", "-f", "png", "-o", "-"],
    ] {
        let one = document(&here, args, &[("TZ", "UTC"), ("LC_ALL", "C")]);
        let other =
            [("TZ", "Asia/Seoul"), ("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8")];
        assert!(one == document(&there, args, &other), "{args:?}");
    }
}

#[test]
fn the_day_of_making_is_said_not_read_from_the_clock() {
    let desk = Desk::new();
    let args = ["render", "letter", "--ppi", "20", "-o", "-"];
    let said = [&args[..], &["--made", "2026-11-23"]].concat();
    let clock = document(&desk, &said, &[("SOURCE_DATE_EPOCH", "0")]);
    // 2026-11-23, a second before midnight UTC.
    assert!(clock == document(&desk, &args, &[("SOURCE_DATE_EPOCH", "1795478399")]));
    assert!(clock != document(&desk, &args, &[("SOURCE_DATE_EPOCH", "1795478400")]));
}

#[test]
fn another_seed_is_another_sheet() {
    let desk = Desk::new();
    let sheet = |seed| {
        let args =
            ["paper", "wove", "--ppi", "30", "-f", "png", "-o", "-", "--seed", seed];
        document(&desk, &args, &[])
    };
    assert!(sheet("1") == sheet("1"));
    assert!(sheet("1") != sheet("2"));
}
