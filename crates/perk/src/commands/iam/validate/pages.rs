//! `--list-checks` and `--explain`: what the checks are.

use perk_config::Config;
use perk_diag::{Class, ExitCode, Explain, Hint};
use perk_iam::{Code, UnknownCode};
use perk_term::Terminal;

use super::arguments::ReportFormat;
use super::settings::levels;
use super::sieve::finding_type;
use crate::command_error::CommandError;
use crate::render;
use crate::render::iam::ListedCheck;

/// Lists the checks, with the types that the configuration gives them.
pub(super) fn list(
    format: ReportFormat,
    config: &Config,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    let levels = levels(&config.iam.checks)?;
    let checks: Vec<ListedCheck> = Code::ALL
        .iter()
        .map(|&code| ListedCheck {
            code,
            finding_type: match levels.get(&code) {
                Some(&level) => finding_type(level),
                None => Some(code.finding_type()),
            },
        })
        .collect();
    match format {
        ReportFormat::Text => render::iam::checks_text(&checks, terminal)?,
        ReportFormat::Json => terminal.json(&render::iam::ChecksDocument::new(&checks))?,
        _ => return Err(NoSuchList.into()),
    }
    Ok(ExitCode::Success)
}

/// Prints the page of a check.
pub(super) fn explain(code: &str, terminal: &mut Terminal) -> Result<ExitCode, CommandError> {
    let code: Code = code.parse().map_err(UnknownCheck)?;
    render::iam::page(code, terminal)?;
    Ok(ExitCode::Success)
}

#[derive(Debug, thiserror::Error)]
#[error("the checks are not listed in this format")]
struct NoSuchList;

impl Explain for NoSuchList {
    fn class(&self) -> Class {
        Class::User
    }

    fn hints(&self) -> Vec<Hint> {
        vec![Hint::new("use `--format text` or `--format json`")]
    }
}

#[derive(Debug, thiserror::Error)]
#[error(transparent)]
struct UnknownCheck(UnknownCode);

impl Explain for UnknownCheck {
    fn class(&self) -> Class {
        Class::User
    }

    fn hints(&self) -> Vec<Hint> {
        vec![match self.0.nearest {
            Some(nearest) => Hint::new(format!("did you mean `{nearest}`?")),
            None => Hint::new("list the checks with `perk iam validate --list-checks`"),
        }]
    }
}
