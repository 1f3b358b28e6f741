//! The templates of records as they are now: each is read once, and each repository asked once.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use camino::Utf8Path;
use perk_scaffold::{
    GitReference, GitSource, Known, Location, Network, ScaffoldError, Template, TemplateRecord,
};

use crate::command_error::CommandError;
use crate::commands::scaffold::built_in;
use crate::commands::scaffold::found::BUILT_IN;
use crate::commands::scaffold::places::{Places, Reach};

/// Every template that was asked for, by all threads.
#[derive(Debug)]
pub(super) struct KnownTemplates<'p> {
    places: &'p Places,
    network: Network,
    known: Once<Place, Known>,
    /// The repositories that were asked, each for one branch or tag, with the reason if in vain.
    asked: Once<GitSource, Result<(), String>>,
}

/// Where a template can be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Place {
    BuiltIn(String),
    At(Location),
}

impl<'p> KnownTemplates<'p> {
    pub(super) fn new(places: &'p Places, network: Network) -> Self {
        Self {
            places,
            network,
            known: Once::default(),
            asked: Once::default(),
        }
    }

    /// Returns what is known of the template of a project.
    pub(super) fn of(&self, record: &TemplateRecord, project: &Utf8Path) -> Known {
        let place = match self.place(record, project) {
            Ok(place) => place,
            Err(error) => return unknown(&error),
        };
        if is_settled(&place, record) {
            return Known::Template {
                name: record.name.clone(),
                version: record.version.clone(),
                content: record.content,
            };
        }
        match self.known.get(&place, || self.read(&place)) {
            Known::Template { name, .. } if name != record.name => Known::Unknown {
                reason: format!("its source has the template `{name}` now"),
            },
            known => known,
        }
    }

    /// Returns the place of a source; a relative folder is from the project.
    fn place(&self, record: &TemplateRecord, project: &Utf8Path) -> Result<Place, CommandError> {
        if record.source == BUILT_IN {
            return Ok(Place::BuiltIn(record.name.clone()));
        }
        let location = self.places.recorded(&record.source)?;
        Ok(Place::At(location.relative_to(project)))
    }

    fn read(&self, place: &Place) -> Known {
        match place {
            Place::BuiltIn(name) => match built_in::find(name) {
                Some(template) => known(template.load()),
                None => Known::Unknown {
                    reason: "this version of perk does not have it".to_owned(),
                },
            },
            Place::At(Location::Folder(path)) => known(Template::load(path)),
            Place::At(Location::Git(source)) => self.read_git(source),
        }
    }

    fn read_git(&self, source: &GitSource) -> Known {
        let repository = GitSource {
            folder: None,
            ..source.clone()
        };
        let asked = self.asked.get(&repository, || self.ask(&repository));
        if let Err(reason) = asked {
            return Known::Unknown { reason };
        }
        match self
            .places
            .template(&Location::Git(source.clone()), Reach::HERE)
        {
            Ok(found) => Known::from(&found.template),
            Err(error) => unknown(&error.into()),
        }
    }

    /// Asks a repository what its branch or tag is now, and has that fetched.
    fn ask(&self, repository: &GitSource) -> Result<(), String> {
        if self.network == Network::Offline {
            return Ok(());
        }
        let reach = Reach {
            network: Network::Online,
            // Several are asked at once, of which none could be told from another.
            may_ask: false,
        };
        let refreshed = self.places.refresh(repository, reach);
        match refreshed.map_err(|error| reason(&error.into()))? {
            None => Ok(()),
            Some(outdated) => {
                let error = CommandError::from(outdated.reason);
                let cause = error.chain().last().unwrap_or_default();
                Err(format!("cannot reach `{}`: {cause}", repository.url))
            }
        }
    }
}

/// Returns whether a project was made from what its source always is: a commit.
fn is_settled(place: &Place, record: &TemplateRecord) -> bool {
    let Place::At(Location::Git(source)) = place else {
        return false;
    };
    let pinned = source
        .reference
        .as_ref()
        .filter(|reference| reference.is_commit());
    pinned
        .map(GitReference::as_str)
        .is_some_and(|commit| record.commit.as_deref() == Some(commit))
}

fn known(template: Result<Template, ScaffoldError>) -> Known {
    match template {
        Ok(template) => Known::from(&template),
        Err(error) => unknown(&error.into()),
    }
}

fn unknown(error: &CommandError) -> Known {
    Known::Unknown {
        reason: reason(error),
    }
}

/// Returns an error with all its causes on one line.
fn reason(error: &CommandError) -> String {
    let chain: Vec<String> = error.chain().collect();
    chain.join(": ")
}

/// Values that are worked out once for each key, by the thread that is first to need it.
#[derive(Debug)]
struct Once<K, V>(Mutex<HashMap<K, Arc<OnceLock<V>>>>);

impl<K, V> Default for Once<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Clone + Eq + Hash, V: Clone> Once<K, V> {
    fn get(&self, key: &K, work_out: impl FnOnce() -> V) -> V {
        let mut values = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let cell = Arc::clone(values.entry(key.clone()).or_default());
        // Others may work out theirs meanwhile.
        drop(values);
        cell.get_or_init(work_out).clone()
    }
}
