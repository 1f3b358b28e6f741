//! Templates in folders of this machine.

use camino::Utf8Path;

use super::spec::is_name;
use super::{FoundTemplate, SourceError};
use crate::Template;
use crate::manifest::MANIFEST_FILE;

/// Returns the template of a folder.
pub(super) fn template(path: &Utf8Path) -> Result<FoundTemplate, SourceError> {
    let names = names(path)?;
    if !names.is_empty() {
        return Err(SourceError::Several {
            spec: path.to_string(),
            names,
        });
    }
    let template = Template::load(path).map_err(|source| SourceError::Template {
        spec: path.to_string(),
        source: Box::new(source),
    })?;
    Ok(FoundTemplate {
        template,
        commit: None,
        outdated: None,
    })
}

/// Returns the names of the templates in a folder of several; none if it is itself one.
pub(super) fn names(path: &Utf8Path) -> Result<Vec<String>, SourceError> {
    check_folder(path)?;
    if path.join(MANIFEST_FILE).exists() {
        return Ok(Vec::new());
    }
    let entries = path
        .read_dir_utf8()
        .map_err(SourceError::cache("read", path))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter(|entry| is_name(entry.file_name()))
        .filter(|entry| entry.path().join(MANIFEST_FILE).is_file())
        .map(|entry| entry.file_name().to_owned())
        .collect();
    names.sort_unstable();
    Ok(names)
}

fn check_folder(path: &Utf8Path) -> Result<(), SourceError> {
    if path.is_dir() {
        Ok(())
    } else {
        let path = path.to_owned();
        Err(SourceError::NoFolder { path })
    }
}
