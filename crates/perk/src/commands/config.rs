//! `perk config`: which settings hold, and where they come from.

use perk_config::Config;
use perk_diag::ExitCode;
use perk_term::Terminal;

use crate::command_error::CommandError;
use crate::render;
use crate::settings::Surroundings;
use crate::words::Format;

/// Show the configuration and the files it comes from
#[derive(Debug, clap::Args)]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    command: ConfigCommand,
}

#[derive(Debug, clap::Subcommand)]
enum ConfigCommand {
    Show(ShowArgs),
    Path(PathArgs),
}

/// Show every setting that holds, as a perk.toml
#[derive(Debug, clap::Args)]
struct ShowArgs {
    /// Say where each value comes from
    #[arg(long)]
    origin: bool,
    /// Format to write
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// List the configuration files, the strongest last
#[derive(Debug, clap::Args)]
struct PathArgs {
    /// Format to write
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn config(
    arguments: &ConfigArgs,
    surroundings: &Surroundings,
    config: Result<Config, CommandError>,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    match &arguments.command {
        ConfigCommand::Show(arguments) => show(arguments, &config?, terminal),
        ConfigCommand::Path(arguments) => path(arguments, surroundings, terminal),
    }
}

fn show(
    arguments: &ShowArgs,
    config: &Config,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    match arguments.format {
        Format::Text => render::config::settings_text(config, arguments.origin, terminal)?,
        Format::Json => terminal.json(&render::config::SettingsDocument::new(config))?,
    }
    Ok(ExitCode::Success)
}

fn path(
    arguments: &PathArgs,
    surroundings: &Surroundings,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    let files = surroundings.config_files()?;
    match arguments.format {
        Format::Text => render::config::files_text(&files, terminal)?,
        Format::Json => terminal.json(&render::config::FilesDocument::new(&files))?,
    }
    Ok(ExitCode::Success)
}
