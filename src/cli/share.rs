//! Which share of the rows a run makes: as it is told, or as the scheduler that started
//! it says.

use std::env;

use super::report::Report;
use crate::batch::Shard;
use crate::diag::{Diagnostic, Result};

/// A share as the command line names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Share {
    /// This one.
    Own(Shard),
    /// The one of this task, of so many.
    OfTask(u32),
}

/// Reads `2/8`, or `/8` for the number of the task of that many.
pub(super) fn share(text: &str) -> core::result::Result<Share, String> {
    if let Some(count) = text.strip_prefix('/') {
        let count = count.parse().ok().filter(|count| *count > 0);
        return count.map(Share::OfTask).ok_or_else(|| "write /N, such as /8".to_owned());
    }
    text.parse()
        .map(Share::Own)
        .map_err(|wrong: crate::batch::NotAShard| wrong.to_string())
}

/// The share of a run. Without `--shard` the environment of a Slurm array or of a
/// Kubernetes indexed job says which; the user is told so.
pub(super) fn shard(asked: Option<Share>, report: &Report) -> Result<Shard> {
    let (task, count) = match asked {
        Some(Share::Own(shard)) => return Ok(shard),
        Some(Share::OfTask(count)) => (task(&number)?, Some(count)),
        None => (task(&number)?, number("ENGROSS_SHARDS")?),
    };
    match (task, count) {
        (None, None) => Ok(Shard::ALL),
        (None, Some(count)) => {
            let message = format!("which of the {count} shards is this?");
            Err(Diagnostic::usage("shard", message)
                .hint(format!("write --shard 1/{count}, or run it as a task of an array"))
                .into())
        }
        (Some(task), count) => {
            let Some(count) = count.or(task.count) else {
                let message =
                    format!("{} is set, but not how many tasks there are", task.variable);
                return Err(Diagnostic::usage("shard", message)
                    .hint("add --shard /N, or --shard 1/1 for all rows")
                    .into());
            };
            let shard =
                Shard::new(task.index.saturating_add(1), count).map_err(|_| {
                    let message =
                        format!("{} is {}, of {count} tasks", task.variable, task.index);
                    Diagnostic::usage("shard", message).hint("write --shard I/N")
                })?;
            report.line(&format!("shard {shard}, as {} says", task.variable));
            Ok(shard)
        }
    }
}

/// A task of a scheduler.
struct Task {
    /// The variable that says which.
    variable: &'static str,
    /// Which one, from 0.
    index: u32,
    /// How many there are, if it is known.
    count: Option<u32>,
}

/// The task that this run is, if it is one.
fn task(number: &dyn Fn(&'static str) -> Result<Option<u32>>) -> Result<Option<Task>> {
    // https://slurm.schedmd.com/job_array.html
    let variable = "SLURM_ARRAY_TASK_ID";
    if let Some(id) = number(variable)? {
        let first = number("SLURM_ARRAY_TASK_MIN")?.unwrap_or(0);
        let step = number("SLURM_ARRAY_TASK_STEP")?.unwrap_or(1).max(1);
        let index = id.saturating_sub(first) / step;
        return Ok(Some(Task {
            variable,
            index,
            count: number("SLURM_ARRAY_TASK_COUNT")?,
        }));
    }
    // https://kubernetes.io/docs/tasks/job/indexed-parallel-processing-static/
    let variable = "JOB_COMPLETION_INDEX";
    Ok(number(variable)?.map(|index| Task { variable, index, count: None }))
}

/// A number from the environment.
fn number(variable: &'static str) -> Result<Option<u32>> {
    let Ok(text) = env::var(variable) else { return Ok(None) };
    match text.trim().parse() {
        Ok(number) => Ok(Some(number)),
        Err(_) => Err(Diagnostic::usage(
            "shard",
            format!("{variable} is `{text}`, not a number"),
        )
        .hint("write --shard I/N, or --shard 1/1 for all rows")
        .into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_of_schedulers_are_understood() {
        let task = |set: &[(&str, u32)]| {
            let set: Vec<(String, u32)> =
                set.iter().map(|(k, v)| ((*k).to_owned(), *v)).collect();
            let number = move |name: &'static str| {
                Ok(set.iter().find(|(known, _)| known == name).map(|(_, value)| *value))
            };
            task(&number).unwrap().map(|task| (task.index, task.count))
        };
        assert_eq!(task(&[]), None);
        let slurm = [
            ("SLURM_ARRAY_TASK_ID", 7),
            ("SLURM_ARRAY_TASK_MIN", 1),
            ("SLURM_ARRAY_TASK_STEP", 2),
            ("SLURM_ARRAY_TASK_COUNT", 5),
        ];
        assert_eq!(task(&slurm), Some((3, Some(5))));
        assert_eq!(task(&[("JOB_COMPLETION_INDEX", 2)]), Some((2, None)));
    }

    #[test]
    fn shares_are_read() {
        assert_eq!(share("/8"), Ok(Share::OfTask(8)));
        assert_eq!(share("2/8"), Ok(Share::Own(Shard::new(2, 8).unwrap())));
        for wrong in ["", "/", "/0", "9/8", "x"] {
            assert!(share(wrong).is_err(), "{wrong}");
        }
    }
}
