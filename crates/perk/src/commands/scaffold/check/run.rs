//! The checks of a template, run in folders with what it makes of some combinations.

use std::io;
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use perk_scaffold::lint::{Combination, LintReport};
use perk_scaffold::{Check, Existing, Template, write};
use perk_term::Terminal;
use tempfile::TempDir;

use super::error::CheckError;
use super::program::{self, Finished};
use crate::command_error::CommandError;
use crate::render;

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
}

/// What to run and where.
pub(super) struct Runner<'r> {
    pub(super) template: &'r Template,
    pub(super) report: &'r LintReport,
    pub(super) most: Option<NonZeroUsize>,
    pub(super) keep: Option<&'r Utf8Path>,
}

impl Runner<'_> {
    /// Runs the checks in the selected combinations, one after the other.
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<CheckRun, CommandError> {
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
                let result = run_check(check, &folder)?;
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

fn run_check(check: &Check, folder: &Utf8Path) -> Result<CheckResult, CheckError> {
    let start = Instant::now();
    let finished = program::run(&check.run, folder).map_err(|source| {
        let program = check.run.first().cloned().unwrap_or_default();
        let check = check.name.clone();
        if source.kind() == io::ErrorKind::NotFound {
            CheckError::Missing { check, program }
        } else {
            CheckError::Start {
                check,
                program,
                source,
            }
        }
    })?;
    Ok(CheckResult {
        name: check.name.clone(),
        command: check.run.clone(),
        duration: start.elapsed(),
        outcome: outcome(finished),
    })
}

fn outcome(finished: Finished) -> CheckOutcome {
    if finished.status.success() {
        return CheckOutcome::Passed;
    }
    CheckOutcome::Failed {
        status: match finished.status.code() {
            Some(code) => format!("exit code {code}"),
            None => finished.status.to_string(),
        },
        output: finished.output,
    }
}

/// Where the combinations are written.
enum Place {
    Kept(Utf8PathBuf),
    Temporary { path: Utf8PathBuf, _guard: TempDir },
}

impl Place {
    fn new(keep: Option<&Utf8Path>) -> Result<Self, CheckError> {
        match keep {
            Some(path) => kept(path),
            None => temporary(),
        }
    }

    fn folder(&self, number: usize) -> Utf8PathBuf {
        let (Self::Kept(path) | Self::Temporary { path, .. }) = self;
        path.join(format!("combination-{}", number + 1))
    }

    /// Removes the folder of a combination, unless it is to be kept.
    fn leave(&self, folder: Utf8PathBuf) -> Result<Option<Utf8PathBuf>, CheckError> {
        match self {
            Self::Kept(_) => Ok(Some(folder)),
            Self::Temporary { .. } => match std::fs::remove_dir_all(&folder) {
                Ok(()) => Ok(None),
                Err(source) => Err(CheckError::Folder {
                    action: "remove",
                    path: folder,
                    source,
                }),
            },
        }
    }
}

fn kept(path: &Utf8Path) -> Result<Place, CheckError> {
    let failed = |action| {
        move |source| CheckError::Folder {
            action,
            path: path.to_owned(),
            source,
        }
    };
    std::fs::create_dir_all(path).map_err(failed("make"))?;
    let mut entries = path.read_dir_utf8().map_err(failed("read"))?;
    if entries.next().is_some() {
        return Err(CheckError::NotEmpty {
            path: path.to_owned(),
        });
    }
    // The programs begin elsewhere, so the path must not depend on the working folder.
    let path = path.canonicalize_utf8().map_err(failed("find"))?;
    Ok(Place::Kept(path))
}

fn temporary() -> Result<Place, CheckError> {
    let guard = tempfile::Builder::new()
        .prefix("perk-check-")
        .tempdir()
        .map_err(CheckError::Temporary)?;
    let path = Utf8PathBuf::from_path_buf(guard.path().to_owned());
    let path = path.map_err(|path| {
        let message = format!("`{}` is not UTF-8", path.display());
        CheckError::Temporary(io::Error::other(message))
    })?;
    Ok(Place::Temporary {
        path,
        _guard: guard,
    })
}
