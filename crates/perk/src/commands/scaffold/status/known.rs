//! The templates of records as they are now, each read once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use perk_scaffold::{Known, ScaffoldError, Template, TemplateRecord};

use crate::commands::scaffold::built_in;

/// What a template is called that came with perk.
const BUILT_IN: &str = "built-in";

/// Every template that was asked for, by all threads.
#[derive(Debug, Default)]
pub(super) struct KnownTemplates {
    known: Mutex<HashMap<Place, Arc<OnceLock<Known>>>>,
}

/// Where a template can be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Place {
    BuiltIn(String),
    Folder(Utf8PathBuf),
    /// Somewhere else, from where nothing is fetched.
    Elsewhere,
}

impl KnownTemplates {
    /// Returns what is known of the template of a project.
    pub(super) fn of(&self, record: &TemplateRecord, project: &Utf8Path) -> Known {
        let place = Place::of(record, project);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let cell = Arc::clone(known.entry(place.clone()).or_default());
        // Others may look up theirs while this one is read.
        drop(known);
        let known = cell.get_or_init(|| place.read()).clone();
        match known {
            Known::Template { name, .. } if name != record.name => {
                unknown(format!("the folder has the template `{name}` now"))
            }
            known => known,
        }
    }
}

impl Place {
    /// Returns the place of a source; a relative folder is from the project.
    fn of(record: &TemplateRecord, project: &Utf8Path) -> Self {
        let source = record.source.as_str();
        let is_folder = matches!(source, "." | "..")
            || ["/", "./", "../"]
                .iter()
                .any(|start| source.starts_with(start));
        match source {
            BUILT_IN => Self::BuiltIn(record.name.clone()),
            _ if is_folder => Self::Folder(project.join(source)),
            _ => Self::Elsewhere,
        }
    }

    fn read(&self) -> Known {
        match self {
            Self::BuiltIn(name) => match built_in::find(name) {
                Some(template) => known(template.load()),
                None => unknown("this version of perk does not have it".to_owned()),
            },
            Self::Folder(path) => known(Template::load(path)),
            Self::Elsewhere => unknown("its source is not on this disk".to_owned()),
        }
    }
}

fn known(template: Result<Template, ScaffoldError>) -> Known {
    match template {
        Ok(template) => Known::from(&template),
        Err(error) => unknown(error.to_string()),
    }
}

fn unknown(reason: String) -> Known {
    Known::Unknown { reason }
}
