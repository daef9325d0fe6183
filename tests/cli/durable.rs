//! A batch loses nothing: manifests, going on after any end, shards, locks.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use crate::{Desk, Ended};

/// So many rows.
fn rows(count: usize) -> String {
    let row =
        |n: usize| format!("Guest {n},1865-03-14,\"Parcel {n}, as promised.\",Henry\n");
    let rows: String = (1..=count).map(row).collect();
    format!("last,date,paragraphs,signature\n{rows}")
}

/// A batch over `guests.csv`, quick to make.
const BATCH: [&str; 9] = [
    "batch",
    "letter",
    "guests.csv",
    "--out",
    "out",
    "--finish",
    "clean",
    "--name",
    "{{ row }}-{{ last }}",
];

/// Runs a batch with more arguments.
fn run(desk: &Desk, rest: &[&str]) -> Ended {
    desk.run(&[&BATCH[..], rest].concat())
}

/// A folder with a table of so many rows.
fn desk(count: usize) -> Desk {
    Desk::with(&[("guests.csv", &rows(count))])
}

/// The files of a folder with their bytes.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|e| (e.file_name().into_string().unwrap(), fs::read(e.path()).unwrap()))
        .collect()
}

/// The folder of a run over so many rows that was never stopped.
fn whole(count: usize) -> BTreeMap<String, Vec<u8>> {
    let desk = desk(count);
    assert_eq!(run(&desk, &[]).code, Some(0));
    contents(&desk.path().join("out"))
}

/// Checks that `verify` is content.
fn sound(desk: &Desk) {
    let ended = desk.run(&["verify", "out"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
}

#[test]
fn the_manifest_tells_what_became_of_each_row() {
    let table = rows(3).replace("Parcel 2, as promised.", "");
    let desk = Desk::with(&[("guests.csv", &table)]);
    assert_eq!(run(&desk, &[]).code, Some(1));
    let text = String::from_utf8(desk.read("out/manifest.jsonl")).unwrap();
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 5, "head, three rows, end");
    assert_eq!(lines[0]["shard"], "1/1");
    assert_eq!(lines[1]["row"], 1);
    assert_eq!(lines[1]["status"], "done");
    assert_eq!(lines[1]["files"][0]["file"], "1-Guest 1.pdf");
    assert_eq!(lines[1]["files"][0]["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(lines[2]["status"], "failed");
    assert!(lines[2]["errors"][0].as_str().unwrap().contains("paragraphs"));
    assert_eq!(lines[4]["rows"], 3);
    desk.run(&["verify", "out"]).says(1, &["row 2 failed"]);
}

#[test]
fn a_folder_with_a_batch_is_not_written_over() {
    let desk = desk(2);
    assert_eq!(run(&desk, &[]).code, Some(0));
    run(&desk, &[]).says(2, &["`out` holds a batch already", "--resume", "--force"]);
    assert_eq!(run(&desk, &["--force"]).code, Some(0));
    let ended = run(&desk, &["--resume"]);
    assert_eq!(ended.out, b"0 written to out, 2 there already, 0 failed\n");
    sound(&desk);
}

#[test]
fn damage_is_found_and_mended() {
    let desk = desk(5);
    assert_eq!(run(&desk, &[]).code, Some(0));
    let before = contents(&desk.path().join("out"));
    let out = desk.path().join("out");
    fs::remove_file(out.join("2-Guest 2.pdf")).unwrap();
    fs::write(out.join("3-Guest 3.pdf"), "").unwrap();
    fs::write(out.join("4-Guest 4.pdf"), "%PDF, but not ours").unwrap();
    fs::write(out.join(".engross~torn"), "half a file").unwrap();
    desk.run(&["verify", "out"]).says(
        1,
        &["the file of row 2 is not there", "row 3 was changed", "row 4 was changed"],
    );
    let ended = run(&desk, &["--resume"]);
    assert_eq!(ended.out, b"3 written to out, 2 there already, 0 failed\n");
    assert!(contents(&out) == before, "as if nothing had happened");
    sound(&desk);
}

#[test]
fn a_torn_manifest_is_mended_wherever_it_was_torn() {
    let before = whole(4);
    let manifest = &before["manifest.jsonl"];
    for share in 0..12 {
        let cut = manifest.len() * share / 12;
        let desk = desk(4);
        let out = desk.path().join("out");
        fs::create_dir(&out).unwrap();
        for (name, bytes) in &before {
            fs::write(out.join(name), bytes).unwrap();
        }
        fs::write(out.join("manifest.jsonl"), &manifest[..cut]).unwrap();
        let ended = run(&desk, &["--resume"]);
        assert_eq!(ended.code, Some(0), "{cut}: {}", ended.err);
        assert!(contents(&out) == before, "cut at {cut}");
    }
}

#[test]
fn a_manifest_that_is_none_is_refused() {
    let desk = Desk::with(&[("guests.csv", &rows(1)), ("out/manifest.jsonl", "hello\n")]);
    run(&desk, &["--resume"]).says(2, &["line 1 is not one of a manifest", "--force"]);
    assert_eq!(desk.read("out/manifest.jsonl"), b"hello\n");
}

#[test]
fn changed_input_is_refused() {
    let desk = desk(3);
    assert_eq!(run(&desk, &[]).code, Some(0));
    let before = contents(&desk.path().join("out"));
    let refused = |rest: &[&str], says: &str| {
        run(&desk, &[&["--resume"], rest].concat()).says(2, &[says, "--force"]);
        assert!(contents(&desk.path().join("out")) == before, "nothing was written");
    };
    refused(&["--seed", "2"], "the settings are not those");
    refused(&["-s", "signature=Ann"], "the settings are not those");
    refused(&["--made", "1999-01-01"], "the settings are not those");
    let table = desk.path().join("guests.csv");
    fs::write(&table, rows(3).replace("Parcel 2", "Parcel two")).unwrap();
    refused(&[], "row 2 is not what it was");
    fs::write(&table, rows(2)).unwrap();
    refused(&[], "there are 2 rows, but row 3 was made");
    fs::write(&table, rows(3).replace("date", "Date ")).unwrap();
    assert_eq!(run(&desk, &["--resume"]).code, Some(0), "the same column");
}

#[test]
fn rows_that_failed_are_tried_again() {
    let desk = desk(3);
    let out = desk.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("2-Guest 2.pdf"), "mine").unwrap();
    run(&desk, &[]).says(1, &["`out/2-Guest 2.pdf` is there already"]);
    assert_eq!(desk.read("out/2-Guest 2.pdf"), b"mine");
    run(&desk, &["--resume"]).says(1, &["is there already"]);
    assert_eq!(desk.read("out/2-Guest 2.pdf"), b"mine");
    fs::remove_file(out.join("2-Guest 2.pdf")).unwrap();
    assert_eq!(run(&desk, &["--resume"]).code, Some(0));
    assert!(contents(&out) == whole(3));
}

#[test]
fn shards_make_what_one_run_makes() {
    let whole = whole(7);
    let desk = desk(7);
    let mut runs: Vec<_> = (1..=3)
        .map(|index| {
            let shard = format!("{index}/3");
            desk.command(&[&BATCH[..], &["--shard", &shard]].concat())
                .stdout(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for run in &mut runs {
        assert!(run.wait().unwrap().success());
    }
    sound(&desk);
    let mut made = contents(&desk.path().join("out"));
    made.retain(|name, _| !name.starts_with("manifest"));
    let mut whole = whole;
    whole.remove("manifest.jsonl");
    assert!(made == whole);
    fs::remove_file(desk.path().join("out/manifest-2-of-3.jsonl")).unwrap();
    desk.run(&["verify", "out"])
        .says(1, &["the shard 2/3 is missing", "2 rows are missing"]);
}

#[test]
fn tasks_of_slurm_and_kubernetes_are_shards() {
    let desk = desk(4);
    let run = |rest: &[&str], variables: &[(&str, &str)]| {
        let mut command = desk.command(&[&BATCH[..], rest].concat());
        Ended::of(command.envs(variables.iter().copied()))
    };
    let slurm = [
        ("SLURM_ARRAY_TASK_ID", "1"),
        ("SLURM_ARRAY_TASK_MIN", "1"),
        ("SLURM_ARRAY_TASK_COUNT", "2"),
    ];
    run(&[], &slurm).says(0, &["shard 1/2, as SLURM_ARRAY_TASK_ID says"]);
    let kubernetes = [("JOB_COMPLETION_INDEX", "1")];
    run(&[], &kubernetes).says(2, &["JOB_COMPLETION_INDEX is set", "--shard /N"]);
    assert_eq!(run(&["--shard", "/2"], &kubernetes).code, Some(0));
    sound(&desk);
    run(&["--shard", "/2"], &[]).says(2, &["which of the 2 shards is this?"]);
    run(&["--shard", "3/2"], &[]).says(2, &["write I/N"]);
}

#[test]
fn another_day_zone_place_and_thread_count_change_nothing() {
    let desk = desk(4);
    let out = desk.path().join("out");
    assert_eq!(run(&desk, &["--shard", "1/1"]).code, Some(0));
    let before = contents(&out);
    let manifest = &before["manifest.jsonl"];
    fs::write(out.join("manifest.jsonl"), &manifest[..manifest.len() * 2 / 3]).unwrap();
    fs::remove_file(out.join("4-Guest 4.pdf")).unwrap();
    let mut command = desk.command(&[]);
    let path = |name: &str| desk.path().join(name).to_str().unwrap().to_owned();
    let (table, folder) = (path("guests.csv"), path("out"));
    let args = BATCH.map(|arg| match arg {
        "guests.csv" => table.as_str(),
        "out" => folder.as_str(),
        other => other,
    });
    command.args(args).arg("--resume").current_dir("/");
    command.env("SOURCE_DATE_EPOCH", "1900000000").env("TZ", "Asia/Seoul");
    command.env("LC_ALL", "tr_TR.UTF-8").env("RAYON_NUM_THREADS", "1");
    let ended = Ended::of(&mut command);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(contents(&out) == before);
}

/// Begins a batch that takes a while: each letter has a sheet of its own.
#[cfg(unix)]
fn begin(desk: &Desk, rest: &[&str]) -> std::process::Child {
    let args = ["batch", "letter", "guests.csv", "--out", "out", "--sheets", "unique"];
    let args = [&args[..], &["--ppi", "50"], rest].concat();
    desk.command(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Waits until a batch has written a file.
#[cfg(unix)]
fn wait_for_file(desk: &Desk) {
    for _ in 0..2000 {
        if desk.files().iter().any(|name| name.ends_with(".pdf")) {
            return;
        }
        sleep(Duration::from_millis(10));
    }
    unreachable!("no file came");
}

#[cfg(unix)]
#[test]
fn a_run_that_is_ended_goes_on() {
    let count = 40;
    let made = |desk: &Desk| contents(&desk.path().join("out"));
    let never_stopped = desk(count);
    assert!(begin(&never_stopped, &[]).wait().unwrap().success());
    let desk = desk(count);
    let mut rest: &[&str] = &[];
    for (signal, code) in [("INT", Some(130)), ("TERM", Some(143)), ("HUP", Some(129))] {
        let mut run = begin(&desk, rest);
        wait_for_file(&desk);
        sleep(Duration::from_millis(100));
        let kill = ["-s", signal, &run.id().to_string()];
        assert!(
            std::process::Command::new("kill").args(kill).status().unwrap().success()
        );
        let began = std::time::Instant::now();
        let ended = run.wait().unwrap();
        assert!(began.elapsed() < Duration::from_secs(20), "it stops soon");
        // It may have been quicker than the signal.
        assert!(ended.code() == code || ended.success(), "{ended:?}");
        rest = &["--resume"];
    }
    for pause in [1, 30, 120] {
        let mut run = begin(&desk, rest);
        sleep(Duration::from_millis(pause));
        run.kill().unwrap();
        run.wait().unwrap();
    }
    assert!(begin(&desk, rest).wait().unwrap().success());
    assert!(made(&desk) == made(&never_stopped), "byte for byte");
    sound(&desk);
}

#[cfg(unix)]
#[test]
fn two_runs_do_not_work_in_one_folder() {
    let desk = desk(60);
    let mut first = begin(&desk, &[]);
    wait_for_file(&desk);
    let second = desk.run(&["batch", "letter", "guests.csv", "--out", "out", "--resume"]);
    // The first may have been quicker.
    if first.try_wait().unwrap().is_none() {
        second.says(4, &["error[busy]: another run is at work"]);
    }
    first.kill().unwrap();
    first.wait().unwrap();
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_told_once() {
    let desk = desk(200);
    // Nobody, not even root, makes files there.
    let args = ["batch", "letter", "guests.csv", "--out", "/proc/self"];
    let ended = desk.run(&args);
    ended.says(3, &["cannot be written"]);
    assert_eq!(ended.err.matches("error[").count(), 1, "{}", ended.err);
}

#[cfg(unix)]
#[test]
fn a_file_size_limit_ends_the_run_and_loses_nothing() {
    let desk = desk(30);
    let args = BATCH.map(|arg| format!("'{arg}'")).join(" ");
    let program = env!("CARGO_BIN_EXE_engross");
    // A limit in blocks stands in for a disk that is full: files end early.
    let script = format!("trap '' XFSZ; ulimit -f 4; '{program}' {args}");
    let mut command = std::process::Command::new("bash");
    command.args(["-c", &script]).current_dir(desk.path());
    command.env("SOURCE_DATE_EPOCH", "1795392000").stdin(Stdio::null());
    let ended = Ended::of(&mut command);
    ended.says(3, &["cannot be written"]);
    // What was in hand, a row a core, is told, and not the rest.
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    assert!(ended.err.matches("error[").count() <= cores, "{}", ended.err);
    let names: Vec<String> = contents(&desk.path().join("out")).into_keys().collect();
    assert!(names.iter().all(|name| !name.starts_with(".engross")), "{names:?}");
    assert_eq!(run(&desk, &["--resume"]).code, Some(0));
    assert!(contents(&desk.path().join("out")) == whole(30));
}

#[cfg(unix)]
#[test]
fn few_descriptors_are_enough() {
    let desk = desk(30);
    let args = BATCH.map(|arg| format!("'{arg}'")).join(" ");
    let script = format!("ulimit -n 16; '{}' {args}", env!("CARGO_BIN_EXE_engross"));
    let mut command = std::process::Command::new("bash");
    command.args(["-c", &script]).current_dir(desk.path()).stdin(Stdio::null());
    let ended = Ended::of(&mut command);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
}

#[cfg(unix)]
#[test]
fn a_pipe_that_stalls_is_waited_for() {
    let desk = desk(6);
    let args = ["batch", "letter", "-", "--out", "out", "--finish", "clean"];
    let mut command = desk.command(&args);
    let mut run = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut pipe = run.stdin.take().unwrap();
    for part in rows(6).as_bytes().chunks(70) {
        std::io::Write::write_all(&mut pipe, part).unwrap();
        sleep(Duration::from_millis(40));
    }
    drop(pipe);
    assert!(run.wait().unwrap().success());
    assert_eq!(desk.files().len(), 7);
    sound(&desk);
}

#[test]
fn pictures_are_written_and_kept_like_files() {
    let desk = desk(2);
    let args = ["-f", "png", "--ppi", "20"];
    assert_eq!(run(&desk, &args).code, Some(0));
    assert_eq!(
        desk.files(),
        ["guests.csv", "out/1-Guest 1.1.png", "out/2-Guest 2.1.png"]
    );
    fs::remove_file(desk.path().join("out/1-Guest 1.1.png")).unwrap();
    let ended = run(&desk, &[&args[..], &["--resume"]].concat());
    assert_eq!(ended.out, b"1 written to out, 1 there already, 0 failed\n");
    sound(&desk);
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_run_that_waits_for_rows() {
    for args in [&["--out", "out"][..], &["--merge", "all.pdf"]] {
        let desk = Desk::new();
        let args = [&["batch", "letter", "-", "--finish", "clean"], args].concat();
        let mut command = desk.command(&args);
        command.stdin(Stdio::piped()).stderr(Stdio::null());
        let mut run = command.spawn().unwrap();
        let mut pipe = run.stdin.take().unwrap();
        std::io::Write::write_all(&mut pipe, rows(2).as_bytes()).unwrap();
        sleep(Duration::from_millis(600));
        let kill = ["-s", "TERM", &run.id().to_string()];
        assert!(
            std::process::Command::new("kill").args(kill).status().unwrap().success()
        );
        assert_eq!(run.wait().unwrap().code(), Some(143));
        drop(pipe);
        assert_eq!(desk.files(), [""; 0]);
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_where_a_link_leads() {
    let desk = Desk::with(&[("guests.csv", &rows(1)), ("mine", "mine"), ("out/x", "")]);
    let link = desk.path().join("out/1-Guest 1.pdf");
    std::os::unix::fs::symlink("../mine", &link).unwrap();
    run(&desk, &[]).says(1, &["is there already"]);
    assert_eq!(run(&desk, &["--force"]).code, Some(0));
    assert_eq!(desk.read("mine"), b"mine");
    assert!(fs::symlink_metadata(&link).unwrap().is_file());
    sound(&desk);
}
