//! What `perk iam` says: findings in every format, and the checks.

pub(crate) mod catalog;
mod checks;
mod digest;
mod github;
mod gitlab;
mod json;
mod junit;
mod markdown;
mod page;
#[cfg(test)]
mod sample;
mod sarif;
mod summary;
mod text;

use perk_iam::{FindingType, Report};
use perk_term::{OutputError, Terminal};

pub(crate) use checks::{ChecksDocument, ListedCheck, checks_text};
pub(crate) use json::ReportDocument;
pub(crate) use page::page;
pub(crate) use summary::{baseline_written, stale_baseline};

use crate::commands::ReportFormat;

/// Writes the findings to standard output and a summary of them to standard error.
///
/// Some formats have to know which types of findings fail the run.
pub(crate) fn report(
    report: &Report,
    format: ReportFormat,
    fails: impl Fn(FindingType) -> bool,
    terminal: &mut Terminal,
) -> Result<(), OutputError> {
    match format {
        ReportFormat::Text => text::write(report, terminal)?,
        ReportFormat::Json => terminal.json(&ReportDocument::new(report))?,
        ReportFormat::Sarif => sarif::write(report, terminal)?,
        ReportFormat::Junit => junit::write(report, fails, terminal)?,
        ReportFormat::Github => github::write(report, terminal)?,
        ReportFormat::Gitlab => gitlab::write(report, terminal)?,
        ReportFormat::Markdown => markdown::write(report, terminal)?,
    }
    summary::summary(report, terminal);
    Ok(())
}
