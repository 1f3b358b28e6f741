//! What `perk iam` says: findings in every format, and the checks.

mod checks;
mod json;
mod page;
mod summary;
mod text;

use perk_diag::{Class, Explain};
use perk_iam::Report;
use perk_term::Terminal;

pub(crate) use checks::{ChecksDocument, ListedCheck, checks_text};
pub(crate) use json::ReportDocument;
pub(crate) use page::page;
pub(crate) use summary::{baseline_written, stale_baseline};

use crate::command_error::CommandError;
use crate::commands::ReportFormat;

/// Writes the findings to standard output and a summary of them to standard error.
pub(crate) fn report(
    report: &Report,
    format: ReportFormat,
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    match format {
        ReportFormat::Text => text::write(report, terminal)?,
        ReportFormat::Json => terminal.json(&ReportDocument::new(report))?,
        _ => return Err(UnwrittenFormat.into()),
    }
    summary::summary(report, terminal);
    Ok(())
}

/// A format for which there is no writer.
#[derive(Debug, thiserror::Error)]
#[error("this format cannot be written yet")]
struct UnwrittenFormat;

impl Explain for UnwrittenFormat {
    fn class(&self) -> Class {
        Class::User
    }
}
