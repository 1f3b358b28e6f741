//! `perk scaffold check`: a template to findings, and the projects it makes through its checks.

mod arguments;
mod error;
mod place;
mod run;

use std::time::Duration;

use perk_diag::ExitCode;
use perk_scaffold::lint::{Draft, LintReport, Severity, lint};
use perk_scaffold::{Circumstances, Given, GivenAnswers};
use perk_term::Terminal;
use time::OffsetDateTime;

pub(crate) use arguments::CheckArgs;
pub(crate) use run::{CheckOutcome, CheckResult, CheckRun, CombinationRun};

use crate::command_error::CommandError;
use crate::render;
use error::{CheckError, Stop};
use run::Runner;

/// What the projects are called that are made to be checked.
const PROJECT_NAME: &str = "example-project";

pub(super) fn check(
    arguments: &CheckArgs,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    let given = given(&arguments.set)?;
    if !arguments.folder.is_dir() {
        let path = arguments.folder.clone();
        return Err(CheckError::NotAFolder { path }.into());
    }
    let draft = Draft::load(&arguments.folder)?;
    let report = lint(&draft, &circumstances(), &given)?;
    let run = match run_checks(arguments, &report, terminal) {
        Ok(run) => run,
        Err(Stop::Failed(error)) => return Err(error),
        Err(Stop::Interrupted) => {
            terminal.status("Interrupted before all checks were run.");
            return Ok(ExitCode::Interrupted);
        }
    };
    let checked = render::scaffold::Checked {
        folder: &arguments.folder,
        project_name: PROJECT_NAME,
        draft: &draft,
        report: &report,
        run: run.as_ref(),
    };
    render::scaffold::checked(&checked, arguments.format, terminal)?;
    if arguments.run && run.is_none() {
        terminal.note("no check was run because of the errors");
    }
    let has_failed = run.is_some_and(|run| run.has_failed());
    if has_failed || report.count(Severity::Error) > 0 {
        Ok(ExitCode::No)
    } else {
        Ok(ExitCode::Success)
    }
}

/// Runs the checks if they are to be run and the template has no error.
fn run_checks(
    arguments: &CheckArgs,
    report: &LintReport,
    terminal: &mut Terminal,
) -> Result<Option<CheckRun>, Stop> {
    match &report.template {
        Some(template) if arguments.run && report.count(Severity::Error) == 0 => {
            let runner = Runner {
                template,
                report,
                most: arguments.combinations,
                keep: arguments.keep.as_deref(),
                time_limit: Duration::from_secs(arguments.timeout.get()),
            };
            runner.run(terminal).map(Some)
        }
        _ => Ok(None),
    }
}

fn given(settings: &[String]) -> Result<GivenAnswers, CheckError> {
    let answers = settings.iter().map(|setting| {
        let (key, text) = setting
            .split_once('=')
            .ok_or_else(|| CheckError::NoAnswer(setting.clone()))?;
        Ok((key.to_owned(), Given::Text(text.to_owned())))
    });
    answers.collect()
}

/// Returns what is the same in every check, so that two of them find the same.
fn circumstances() -> Circumstances {
    Circumstances {
        project_name: PROJECT_NAME.to_owned(),
        time: OffsetDateTime::now_utc(),
        entropy: [0; 32],
    }
}
