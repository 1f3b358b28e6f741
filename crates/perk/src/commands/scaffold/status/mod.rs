//! `perk scaffold status`: how projects stand to their templates.

mod known;
mod search;

use camino::{Utf8Path, Utf8PathBuf};
use clap::ValueEnum;
use perk_diag::ExitCode;
use perk_scaffold::{Network, ProjectError, ProjectStatus, project_status};
use perk_term::Terminal;

use known::KnownTemplates;

use super::places::Places;
use crate::command_error::CommandError;
use crate::render::scaffold as render;
use crate::words::Format;

/// Show which projects are behind their templates or have drifted
///
/// A template of a repository is compared with what its branch or tag is now. Each is asked once,
/// however many projects come from it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  perk scaffold status
  perk scaffold status ~/src --format json
  perk scaffold status services/* --fail-on drift
  perk scaffold status --offline")]
pub(super) struct StatusArgs {
    /// Folders of projects, or folders to search for projects
    ///
    /// A folder is searched as git sees it: hidden folders and those that .gitignore leaves out are
    /// passed over. Projects in projects are found, too.
    #[arg(value_name = "DIR", default_value = ".")]
    folders: Vec<Utf8PathBuf>,
    /// What gives exit code 1: a project behind its template, or also a file that has drifted
    #[arg(long, value_enum, value_name = "WHAT", default_value_t)]
    fail_on: FailOn,
    /// Compare with what is on this machine: ask no repository for what is new
    #[arg(long)]
    offline: bool,
    /// Format to write
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What fails a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum FailOn {
    #[default]
    Behind,
    Drift,
}

/// A project, or a folder that cannot be looked at.
#[derive(Debug)]
pub(crate) struct LookedAt {
    pub(crate) path: Utf8PathBuf,
    pub(crate) outcome: Result<ProjectStatus, CommandError>,
}

pub(super) fn status(
    arguments: &StatusArgs,
    places: &Places,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    let network = if arguments.offline {
        Network::Offline
    } else {
        Network::Online
    };
    let known = KnownTemplates::new(places, network);
    let look = |project: &Utf8Path| project_status(project, &|record| known.of(record, project));
    let progress = terminal.progress("Projects", None);
    let mut projects = search::search(&arguments.folders, &look, || progress.advance(1));
    drop(progress);
    for folder in search::without_projects(&arguments.folders, &projects) {
        projects.push(LookedAt {
            path: folder.to_owned(),
            outcome: Err(ProjectError::NoRecord {
                path: folder.to_owned(),
            }
            .into()),
        });
    }
    match arguments.format {
        Format::Text => render::status_text(&projects, terminal)?,
        Format::Json => terminal.json(&render::StatusDocument::new(&projects))?,
    }
    render::status_summary(&projects, terminal);
    Ok(exit_code(&projects, arguments.fail_on))
}

/// Returns the code of the gravest: a failure leaves the answer open, so it goes before a no.
fn exit_code(projects: &[LookedAt], fail_on: FailOn) -> ExitCode {
    let is_no = |status: &ProjectStatus| {
        status.is_behind() || (fail_on == FailOn::Drift && status.has_drifted())
    };
    let codes = projects.iter().map(|project| match &project.outcome {
        Ok(status) if is_no(status) => ExitCode::No,
        Ok(_) => ExitCode::Success,
        Err(error) => error.class().exit_code(),
    });
    codes
        .max_by_key(|code| *code as u8)
        .unwrap_or(ExitCode::Success)
}
