//! `--explain`: where each value is from, in place of the command.

use perk_term::Terminal;

use super::arguments::{DockerRunArgs, RunFormat};
use super::forecast::forecasts_of;
use super::shown::Shown;
use crate::command_error::CommandError;
use crate::render::docker_run as render;

/// Says why the command is as it is, and what a program in the container will do.
pub(super) fn explain(
    arguments: &DockerRunArgs,
    shown: &Shown,
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    let forecasts = match &arguments.program {
        Some(name) => forecasts_of(name, shown)?,
        None => Vec::new(),
    };
    match arguments.format {
        RunFormat::Json => terminal.json(&render::ExplainDocument::new(shown, &forecasts))?,
        _ => render::explain_text(shown, &forecasts, terminal)?,
    }
    Ok(())
}
