//! What is found in a template, and what became of its checks.

mod json;
mod text;
mod words;

use camino::Utf8Path;
use perk_scaffold::lint::{Draft, LintReport};
use perk_term::{OutputError, Terminal};

pub(crate) use json::CheckDocument;
pub(crate) use words::{check_ended, combination_begins};

use crate::commands::CheckRun;
use crate::words::Format;

/// A template that has been checked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Checked<'c> {
    /// The folder of the template, as it was typed.
    pub(crate) folder: &'c Utf8Path,
    /// What the projects are called that were made of it.
    pub(crate) project_name: &'c str,
    pub(crate) draft: &'c Draft,
    pub(crate) report: &'c LintReport,
    /// What became of the checks, if they were run.
    pub(crate) run: Option<&'c CheckRun>,
}

/// Writes what was found to standard output and a summary of it to standard error.
pub(crate) fn checked(
    checked: &Checked<'_>,
    format: Format,
    terminal: &mut Terminal,
) -> Result<(), OutputError> {
    match format {
        Format::Text => text::write(checked, terminal)?,
        Format::Json => terminal.json(&CheckDocument::new(checked))?,
    }
    words::summary(checked, terminal);
    Ok(())
}
