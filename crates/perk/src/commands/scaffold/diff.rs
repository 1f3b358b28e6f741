//! `perk scaffold diff`: what a project has changed of the files that its templates made.

use camino::Utf8PathBuf;
use perk_diag::ExitCode;
use perk_scaffold::project_diff;
use perk_term::Terminal;

use crate::command_error::CommandError;
use crate::render::scaffold as render;

/// Show what a project has changed of the files that its templates made
///
/// Writes a patch that `git apply -R` takes back. Files that no template made are not in it. Binary
/// files are said to differ.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  perk scaffold diff
  perk scaffold diff services/billing --stat
  perk scaffold diff > ours.patch")]
pub(super) struct DiffArgs {
    /// Folder of the project
    #[arg(value_name = "DIR", default_value = ".")]
    folder: Utf8PathBuf,
    /// List the files with their counts of changed lines instead
    #[arg(long)]
    stat: bool,
}

pub(super) fn diff(
    arguments: &DiffArgs,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    let diff = project_diff(&arguments.folder)?;
    if arguments.stat {
        render::diff_stat(&diff, terminal)?;
    } else {
        render::diff_patch(&diff, terminal)?;
    }
    render::diff_remarks(&diff, terminal);
    Ok(ExitCode::Success)
}
