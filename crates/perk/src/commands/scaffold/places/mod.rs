//! Where templates are: in the binary, in the sources of the configuration, in folders and
//! repositories.

mod error;
mod find;
mod list;

use camino::{Utf8Path, Utf8PathBuf};
use perk_config::{Config, Origin, Setting};
use perk_process::SearchPath;
use perk_scaffold::{
    FoundTemplate, GitSource, Location, NamedSource, NamedSources, Network, Outdated, SourceSpec,
    Sources, TimeLimits,
};
use time::OffsetDateTime;

use self::error::NoCacheFolder;
pub(super) use self::error::Unreadable;
use super::built_in::BUILT_IN;
use crate::settings::Surroundings;

/// All places, with what is needed to get there.
#[derive(Debug)]
pub(super) struct Places {
    named: NamedSources,
    cache: Option<Utf8PathBuf>,
    now: OffsetDateTime,
}

/// How far a command goes for a template.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    pub(super) network: Network,
    /// Whether git may ask for a password.
    pub(super) may_ask: bool,
}

impl Reach {
    /// Only what is on this machine.
    pub(super) const HERE: Self = Self {
        network: Network::Offline,
        may_ask: false,
    };
}

impl Places {
    pub(super) fn new(config: &Config, surroundings: &Surroundings) -> Self {
        let configured = config.scaffold.sources.iter();
        let built_in = BUILT_IN.iter().map(|template| template.name.to_owned());
        let cache = surroundings.cache_folder();
        Self {
            named: NamedSources {
                configured: configured
                    .map(|(name, source)| (name.clone(), named(source)))
                    .collect(),
                built_in: built_in.collect(),
            },
            cache: cache.map(|folder| folder.join("templates")),
            now: surroundings.now(),
        }
    }

    /// Returns the location of a source that a project keeps.
    pub(super) fn recorded(&self, source: &str) -> Result<Location, Unreadable> {
        let name = match SourceSpec::parse(source)? {
            SourceSpec::At(location) => return Ok(location),
            SourceSpec::Name(name) => name,
        };
        // A built-in template is kept as such, so the name can only be one of the configuration.
        let Some(location) = self.named.source(&name.name) else {
            return Err(Unreadable::NoSource { name: name.name });
        };
        let location = location?;
        Ok(match &name.template {
            Some(template) => location.template(template)?,
            None => location,
        })
    }

    /// Reads the template of a location.
    pub(super) fn template(
        &self,
        location: &Location,
        reach: Reach,
    ) -> Result<FoundTemplate, Unreadable> {
        Ok(self.sources(location, reach)?.template(location)?)
    }

    /// Returns the names of the templates in a location of several.
    fn names_at(&self, location: &Location, reach: Reach) -> Result<Vec<String>, Unreadable> {
        Ok(self.sources(location, reach)?.names(location)?)
    }

    /// Asks a repository what is new, and fetches it.
    pub(super) fn refresh(
        &self,
        source: &GitSource,
        reach: Reach,
    ) -> Result<Option<Outdated>, Unreadable> {
        let location = Location::Git(source.clone());
        Ok(self.sources(&location, reach)?.refresh(source)?)
    }

    /// Returns the way to a location. Only a repository needs the cache.
    fn sources(&self, location: &Location, reach: Reach) -> Result<Sources, NoCacheFolder> {
        let cache = match (&self.cache, location) {
            (Some(cache), _) => cache.clone(),
            (None, Location::Folder(_)) => Utf8PathBuf::new(),
            (None, Location::Git(_)) => return Err(NoCacheFolder),
        };
        Ok(Sources {
            cache,
            network: reach.network,
            may_ask: reach.may_ask,
            search_path: SearchPath::of_process(),
            now: self.now,
            limits: TimeLimits::default(),
        })
    }
}

fn named(source: &Setting<String>) -> NamedSource {
    let file = match &source.origin {
        Origin::File { place, .. } => place.path.as_path(),
        Origin::BuiltIn | Origin::Variable { .. } | Origin::Flag { .. } => Utf8Path::new(""),
    };
    NamedSource {
        spec: source.value.clone(),
        folder: file.parent().unwrap_or(file).to_owned(),
    }
}
