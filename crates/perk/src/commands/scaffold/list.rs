//! `perk scaffold list`: which templates there are.

use perk_diag::ExitCode;
use perk_term::Terminal;

use super::found;
use crate::command_error::CommandError;
use crate::render::scaffold as render;
use crate::words::Format;

/// List the templates that projects can be made from
#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// Format to write
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn list(
    arguments: &ListArgs,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    let templates = found::all()?;
    match arguments.format {
        Format::Text => render::templates_text(&templates, terminal)?,
        Format::Json => terminal.json(&render::TemplatesDocument::new(&templates))?,
    }
    Ok(ExitCode::Success)
}
