//! The checks of a template, run in folders with what it makes of some combinations.

use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use perk_process::{ProcessError, SearchPath};
use perk_scaffold::lint::{Combination, LintReport};
use perk_scaffold::{Check, Existing, Template, write};
use perk_term::Terminal;

use super::error::{CheckError, Stop};
use super::place::Place;
use crate::render;

/// The most bytes of a program's output that are kept: the last ones.
const KEPT: usize = 256 * 1024;

/// What became of all checks that were run.
#[derive(Debug, Default)]
pub(crate) struct CheckRun {
    pub(crate) combinations: Vec<CombinationRun>,
}

/// What became of the checks in one combination.
#[derive(Debug)]
pub(crate) struct CombinationRun {
    /// Its place in the report, from 0.
    pub(crate) number: usize,
    /// Where it was left, if it was.
    pub(crate) folder: Option<Utf8PathBuf>,
    /// The checks in their order, up to the first that failed.
    pub(crate) results: Vec<CheckResult>,
}

/// What became of a check.
#[derive(Debug)]
pub(crate) struct CheckResult {
    pub(crate) name: String,
    pub(crate) command: Vec<String>,
    pub(crate) outcome: CheckOutcome,
    pub(crate) duration: Duration,
}

/// How a check ended.
#[derive(Debug)]
pub(crate) enum CheckOutcome {
    Passed,
    Failed {
        /// How the program ended, in words.
        status: String,
        /// What it said.
        output: String,
    },
    /// Its program is not installed.
    Skipped {
        program: String,
    },
}

impl CheckRun {
    /// Returns whether a check failed.
    pub(crate) fn has_failed(&self) -> bool {
        let mut results = self.combinations.iter().flat_map(|it| &it.results);
        results.any(CheckResult::has_failed)
    }
}

impl CheckResult {
    /// Returns whether the check failed.
    pub(crate) fn has_failed(&self) -> bool {
        matches!(self.outcome, CheckOutcome::Failed { .. })
    }

    /// Returns whether the check was not run.
    pub(crate) fn is_skipped(&self) -> bool {
        matches!(self.outcome, CheckOutcome::Skipped { .. })
    }
}

/// What to run and where.
pub(super) struct Runner<'r> {
    pub(super) template: &'r Template,
    pub(super) report: &'r LintReport,
    pub(super) most: Option<NonZeroUsize>,
    pub(super) keep: Option<&'r Utf8Path>,
    /// How long one check may take.
    pub(super) time_limit: Duration,
}

impl Runner<'_> {
    /// Runs the checks in the selected combinations, one after the other.
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<CheckRun, Stop> {
        // The folders are removed also when somebody ends it.
        let signals = perk_process::hold_signals().map_err(CheckError::Signals)?;
        let place = Place::new(self.keep)?;
        let selected = self.selected();
        let checks = &self.template.manifest().checks;
        let progress = terminal.progress("checking", Some((selected.len() * checks.len()) as u64));
        let mut run = CheckRun::default();
        for (number, combination) in selected {
            render::scaffold::combination_begins(number, combination, terminal);
            let folder = place.folder(number);
            let plan = combination.plan(self.template)?;
            write(&plan, &folder, Existing::Refuse, &|_| ())?;
            let mut results = Vec::new();
            for check in checks {
                if signals.has_come() {
                    return Err(Stop::Interrupted);
                }
                let result = run_check(check, &folder, self.time_limit)?;
                render::scaffold::check_ended(&result, terminal);
                progress.advance(1);
                let has_failed = result.has_failed();
                results.push(result);
                if has_failed {
                    break;
                }
            }
            run.combinations.push(CombinationRun {
                number,
                results,
                folder: place.leave(folder)?,
            });
        }
        Ok(run)
    }

    /// Returns the combinations with the most files, in the order of the report.
    fn selected(&self) -> Vec<(usize, &Combination)> {
        let all = self.report.combinations.iter().enumerate();
        let mut all: Vec<(usize, &Combination)> = all.collect();
        if let Some(most) = self.most {
            all.sort_by_key(|(_, combination)| std::cmp::Reverse(combination.files));
            all.truncate(most.get());
            all.sort_by_key(|(number, _)| *number);
        }
        all
    }
}

/// Runs one check to its end.
fn run_check(check: &Check, folder: &Utf8Path, time_limit: Duration) -> Result<CheckResult, Stop> {
    let start = Instant::now();
    let outcome = outcome(check, folder, time_limit).map_err(|source| match source {
        ProcessError::Interrupted { .. } => Stop::Interrupted,
        source => {
            let check = check.name.clone();
            CheckError::Run { check, source }.into()
        }
    })?;
    Ok(CheckResult {
        name: check.name.clone(),
        command: check.run.clone(),
        duration: start.elapsed(),
        outcome,
    })
}

fn outcome(
    check: &Check,
    folder: &Utf8Path,
    time_limit: Duration,
) -> Result<CheckOutcome, ProcessError> {
    let (program, arguments) = match check.run.split_first() {
        Some((program, arguments)) => (program.as_str(), arguments),
        None => ("", &[][..]),
    };
    let found = SearchPath::of_process().find_from(folder.as_std_path(), program, "run a check");
    let Ok(found) = found else {
        return Ok(missing(program));
    };
    let transcript = found
        .invocation("come to its end")
        .arguments(arguments.iter().cloned())
        // Answers that are secret may be in them.
        .without_variables_like("PERK_")
        .variable("PWD", folder.as_str())
        .folder(folder)
        .time_limit(time_limit)
        .output_limit(KEPT)
        .transcript()?;
    let status = match transcript.outcome {
        Ok(()) => return Ok(CheckOutcome::Passed),
        Err(ProcessError::Failed { ending, .. }) => ending,
        Err(_) => format!("no end within {} s", time_limit.as_secs()),
    };
    Ok(CheckOutcome::Failed {
        status,
        output: String::from_utf8_lossy(&transcript.output).into_owned(),
    })
}

/// A program of the machine may be missing here and now; one of the project itself must not.
fn missing(program: &str) -> CheckOutcome {
    if program.contains('/') {
        CheckOutcome::Failed {
            status: "there is no such program".to_owned(),
            output: String::new(),
        }
    } else {
        CheckOutcome::Skipped {
            program: program.to_owned(),
        }
    }
}
