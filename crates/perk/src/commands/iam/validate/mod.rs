//! `perk iam validate`: policies to findings.

mod arguments;
mod baseline;
mod check;
mod decode;
mod file;
mod inputs;
mod pages;
mod project;
mod settings;
mod sieve;
mod suppressions;
mod unchecked;

use perk_config::{Config, FailOn};
use perk_diag::{Class, ExitCode, Explain, Hint};
use perk_fs::ReadBuffer;
use perk_iam::{FindingType, Report};
use perk_term::Terminal;

pub(crate) use arguments::{ReportFormat, ValidateArgs};
pub(crate) use baseline::BaselineDocument;

use crate::command_error::CommandError;
use crate::commands::iam::catalogue;
use crate::render;
use crate::settings::Surroundings;
use check::{Checked, Checker};
use inputs::Input;
use settings::ValidateSettings;

pub(super) fn validate(
    arguments: &ValidateArgs,
    surroundings: &Surroundings,
    config: Result<Config, CommandError>,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    if let Some(code) = &arguments.explain {
        pages::explain(code, terminal)
    } else if arguments.list_checks {
        pages::list(arguments.format, &config?, terminal)
    } else {
        let settings = ValidateSettings::resolve(arguments, surroundings, config?)?;
        check(settings, surroundings, terminal)
    }
}

fn check(
    settings: ValidateSettings<'_>,
    surroundings: &Surroundings,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    let inputs = inputs_to_check(&settings, terminal)?;
    let cache = catalogue::read_cache(surroundings, terminal);
    let catalog = catalogue::choose(cache.as_ref(), terminal).catalog;
    let mut checker = Checker::new(
        settings.options,
        &settings.project,
        &catalog,
        settings.sieve,
    );
    if settings.format.shows_texts() {
        checker = checker.keep_texts();
    }
    let mut buffer = ReadBuffer::default();
    for input in inputs {
        if let Checked::PassedOver { path } = checker.check(input, &mut buffer) {
            terminal.detail(format_args!("passed over `{path}`: it holds no policy"));
        }
    }
    let (report, stale) = checker.finish();
    if let Some(path) = settings.write_baseline {
        baseline::write(&report, &path, |shown| settings.project.relative(shown))?;
        render::iam::baseline_written(&report, &path, terminal);
        return Ok(ExitCode::Success);
    }
    let fail_on = settings.fail_on;
    let fails = |finding_type| fails(finding_type, fail_on);
    render::iam::report(&report, settings.format, fails, terminal)?;
    render::iam::stale_baseline(stale, terminal);
    Ok(exit_code(&report, settings.fail_on))
}

/// Returns what was named, or standard input when nothing was and something is piped in.
fn inputs_to_check<'p>(
    settings: &ValidateSettings<'p>,
    terminal: &Terminal,
) -> Result<Box<dyn Iterator<Item = Input> + 'p>, NothingToCheck> {
    match settings.paths {
        [] if terminal.stdin_is_terminal() => Err(NothingToCheck),
        [] => Ok(Box::new(std::iter::once(Input::stdin()))),
        paths => Ok(Box::new(inputs::inputs(paths))),
    }
}

fn exit_code(report: &Report, fail_on: FailOn) -> ExitCode {
    let mut findings = report.findings.iter();
    if findings.any(|reported| fails(reported.finding.finding_type, fail_on)) {
        ExitCode::No
    } else {
        ExitCode::Success
    }
}

/// Tells whether a finding of this type makes the answer a no.
fn fails(finding_type: FindingType, fail_on: FailOn) -> bool {
    let mildest = match fail_on {
        FailOn::Error => FindingType::Error,
        FailOn::SecurityWarning => FindingType::SecurityWarning,
        FailOn::Warning => FindingType::Warning,
        FailOn::Suggestion => FindingType::Suggestion,
        FailOn::Never => return false,
    };
    finding_type <= mildest
}

/// Nobody said what to check.
#[derive(Debug, thiserror::Error)]
#[error("no policy was named, and none is piped in")]
struct NothingToCheck;

impl Explain for NothingToCheck {
    fn class(&self) -> Class {
        Class::User
    }

    fn hints(&self) -> Vec<Hint> {
        vec![
            Hint::new("name a file or a folder, as in `perk iam validate policies`"),
            Hint::new("see the options with `perk iam validate --help`"),
        ]
    }
}
