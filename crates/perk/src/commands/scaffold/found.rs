//! Which template is meant: one that is built in, or that of a folder.

use std::fmt;

use camino::{Utf8Path, Utf8PathBuf};
use perk_diag::{Class, Explain, Hint};
use perk_scaffold::{ScaffoldError, Template};

use super::built_in::{self, BUILT_IN};
use crate::command_error::CommandError;

/// A template with where it comes from.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) template: Template,
    pub(crate) origin: Origin,
}

/// Where a template comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The binary.
    BuiltIn,
    /// A folder, by its whole path, so that a project finds it again from wherever it is.
    Folder(Utf8PathBuf),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn => f.write_str("built-in"),
            Self::Folder(path) => f.write_str(path.as_str()),
        }
    }
}

/// There is no template of this name.
#[derive(Debug, thiserror::Error)]
#[error("there is no template `{name}`")]
struct UnknownTemplate {
    name: String,
    is_folder: bool,
}

impl Explain for UnknownTemplate {
    fn class(&self) -> Class {
        Class::User
    }

    fn hints(&self) -> Vec<Hint> {
        let name = &self.name;
        if self.is_folder {
            return vec![Hint::new(format!(
                "for the template of the folder, write `./{name}`"
            ))];
        }
        let known = BUILT_IN.iter().map(|template| template.name);
        vec![Hint::new(match perk_diag::nearest(name, known) {
            Some(known) => format!("did you mean `{known}`?"),
            None => "see the templates with `perk scaffold list`".to_owned(),
        })]
    }
}

/// There is no folder of this path.
#[derive(Debug, thiserror::Error)]
#[error("there is no folder `{0}`")]
struct NoFolder(Utf8PathBuf);

impl Explain for NoFolder {
    fn class(&self) -> Class {
        Class::User
    }
}

/// Finds the template that was asked for, and reads it.
pub(super) fn find(asked: &str) -> Result<Found, CommandError> {
    if is_path(asked) {
        let folder = Utf8PathBuf::from(asked);
        if !folder.is_dir() {
            return Err(NoFolder(folder).into());
        }
        return Ok(Found {
            template: Template::load(&folder)?,
            origin: Origin::Folder(camino::absolute_utf8(&folder).unwrap_or(folder)),
        });
    }
    match built_in::find(asked) {
        Some(template) => Ok(Found {
            template: template.load()?,
            origin: Origin::BuiltIn,
        }),
        None => Err(UnknownTemplate {
            is_folder: Utf8Path::new(asked).is_dir(),
            name: asked.to_owned(),
        }
        .into()),
    }
}

/// Returns every template that can be named.
pub(super) fn all() -> Result<Vec<Found>, ScaffoldError> {
    let found = |template: Template| Found {
        template,
        origin: Origin::BuiltIn,
    };
    let templates = BUILT_IN.iter().map(|template| template.load().map(found));
    templates.collect()
}

/// Returns whether a path was typed and not a name.
fn is_path(asked: &str) -> bool {
    matches!(asked, "." | "..")
        || ["/", "./", "../"]
            .iter()
            .any(|start| asked.starts_with(start))
}
