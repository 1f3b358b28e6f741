//! `perk scaffold list`: which templates there are.

use perk_diag::ExitCode;
use perk_scaffold::Network;
use perk_term::Terminal;

use super::places::{Places, Reach};
use crate::command_error::CommandError;
use crate::render::scaffold as render;
use crate::words::Format;

/// List the templates that projects can be made from
///
/// These are the templates of perk and those of `[scaffold.sources]` in the configuration, the
/// latter as far as they are on this machine.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  perk scaffold list
  perk scaffold list --refresh
  perk scaffold list --format json")]
pub(super) struct ListArgs {
    /// Ask the repositories of the sources what is new, and fetch it
    #[arg(long, overrides_with = "offline")]
    refresh: bool,
    /// Use only what is on this machine, as without `--refresh`
    #[arg(long)]
    offline: bool,
    /// Format to write
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn list(
    arguments: &ListArgs,
    places: &Places,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    let reach = if arguments.refresh && !arguments.offline {
        Reach {
            network: Network::Online,
            may_ask: terminal.can_ask(),
        }
    } else {
        Reach::HERE
    };
    if reach.network == Network::Online {
        render::refreshing(reach.may_ask, terminal);
    }
    let listed = places.list(reach)?;
    match arguments.format {
        Format::Text => render::templates_text(&listed.templates, terminal)?,
        Format::Json => terminal.json(&render::TemplatesDocument::new(&listed.templates))?,
    }
    for outdated in &listed.outdated {
        render::outdated(outdated, terminal);
    }
    for (name, error) in &listed.failed {
        render::left_out(name, error, terminal);
    }
    Ok(ExitCode::Success)
}
