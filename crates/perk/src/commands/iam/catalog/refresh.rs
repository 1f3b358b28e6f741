//! `perk iam catalog refresh`: newer data from AWS's service reference into the user's cache.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use camino::{Utf8Path, Utf8PathBuf};
use perk_diag::{Class, ExitCode, Explain, Hint};
use perk_iam_catalog::{Catalog, Date, PackError, pack, service_reference};
use perk_term::Terminal;

use super::catalogue;
use crate::command_error::CommandError;
use crate::settings::Surroundings;

/// Take over AWS's service reference from a folder
///
/// The folder holds one JSON file for each service, as AWS publishes them. perk packs them into
/// its cache and uses that until it brings newer data along itself. What the files do not say is
/// taken from the data that perk brings along.
#[derive(Debug, clap::Args)]
pub(super) struct RefreshArgs {
    /// Folder of the JSON files
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
}

/// The cache cannot be written.
#[derive(Debug, thiserror::Error)]
enum CacheError {
    #[error("there is no folder for the cache")]
    NoFolder,
    #[error("cannot create the folder `{path}`")]
    Folder {
        path: Utf8PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("`{}` holds data that does not fit together", path.display())]
    Unfit {
        path: PathBuf,
        #[source]
        source: PackError,
    },
}

impl Explain for CacheError {
    fn class(&self) -> Class {
        match self {
            Self::NoFolder | Self::Folder { .. } => Class::Environment,
            Self::Unfit { .. } => Class::User,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::NoFolder => vec![Hint::new("set `XDG_CACHE_HOME` or `HOME`")],
            Self::Folder { .. } => vec![Hint::new("set `XDG_CACHE_HOME` to another folder")],
            Self::Unfit { .. } => Vec::new(),
        }
    }
}

pub(super) fn refresh(
    arguments: &RefreshArgs,
    surroundings: &Surroundings,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    let path = catalogue::cache_path(surroundings).ok_or(CacheError::NoFolder)?;
    let bytes = packed(&arguments.from, surroundings)?;
    // What has been packed is opened again before it takes the place of what is in use.
    let info = Catalog::open(&bytes)?.info();
    create_folder_of(&path)?;
    perk_fs::write_atomic(&path, &bytes)?;
    terminal.status(format_args!(
        "wrote `{path}`: {} services, {} actions",
        info.services, info.actions
    ));
    let embedded = Catalog::embedded().date();
    if info.date < embedded {
        terminal.warn(format_args!(
            "it is not used: the data that perk brings along is newer, of {embedded}"
        ));
    }
    Ok(ExitCode::Success)
}

/// Returns the catalog of the folder's files, dated today.
fn packed(folder: &Path, surroundings: &Surroundings) -> Result<Vec<u8>, CommandError> {
    let today = surroundings.today();
    let date = Date::parse(&today.to_string()).unwrap_or(Catalog::embedded().date());
    let source = service_reference::read(folder, date, Catalog::embedded())?;
    Ok(pack(&source).map_err(|source| CacheError::Unfit {
        path: folder.to_owned(),
        source,
    })?)
}

fn create_folder_of(path: &Utf8Path) -> Result<(), CacheError> {
    let Some(folder) = path.parent() else {
        return Ok(());
    };
    fs::create_dir_all(folder).map_err(|source| CacheError::Folder {
        path: folder.to_owned(),
        source,
    })
}
