//! Where templates are: in the binary, in the sources of the configuration, in folders and
//! repositories.

mod error;
mod find;
mod list;

use camino::{Utf8Path, Utf8PathBuf};
use perk_config::{Config, Origin, Setting};
use perk_process::SearchPath;
use perk_scaffold::{Location, NamedSource, NamedSources, Network, Sources, TimeLimits};
use time::OffsetDateTime;

use self::error::NoCacheFolder;
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

    /// Returns the way to a location. Only a repository needs the cache.
    pub(super) fn sources(
        &self,
        location: &Location,
        reach: Reach,
    ) -> Result<Sources, NoCacheFolder> {
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
