//! What perk itself was told: by its options, and in perk.toml.

use perk_config::{DockerRunSettings, Origin, Setting};
use perk_network::source::given::{Given, GivenKey, find};
use perk_network::{Field, Place, Secret};

use super::super::arguments::DockerRunArgs;
use super::Outcome;

/// What perk was told.
#[derive(Debug)]
pub(crate) struct Asked {
    flags: Vec<Given>,
    configuration: Vec<Given>,
}

impl Asked {
    pub(crate) fn new(arguments: &DockerRunArgs, settings: &DockerRunSettings) -> Self {
        let flag = |key, name: &str, value: &String| Given {
            key,
            value: Secret::new(value.as_str()),
            place: Place::Flag(name.to_owned()),
        };
        let exemptions = GivenKey::Field(Field::NoProxy);
        let proxy = arguments.proxy.iter();
        let flags = proxy.map(|value| flag(GivenKey::Proxy, "--proxy", value));
        let no_proxy = arguments.no_proxy.iter();
        let flags = flags.chain(no_proxy.map(|value| flag(exemptions, "--no-proxy", value)));
        let keys = [
            (GivenKey::Proxy, &settings.proxy),
            (exemptions, &settings.no_proxy),
        ];
        let configured = keys.into_iter();
        let configured =
            configured.filter_map(|(key, setting)| Some(configured_as(key, setting.as_ref()?)));
        Self {
            flags: flags.collect(),
            configuration: configured.collect(),
        }
    }

    pub(super) fn flags(&self) -> Outcome {
        find(&self.flags)
    }

    pub(super) fn configuration(&self) -> Outcome {
        find(&self.configuration)
    }
}

fn configured_as(key: GivenKey, setting: &Setting<String>) -> Given {
    let place = match &setting.origin {
        Origin::File { place, .. } => Place::line(
            place.path.as_str(),
            usize::try_from(place.position.line).unwrap_or_default(),
        ),
        other => Place::Key(other.to_string()),
    };
    Given {
        key,
        value: Secret::new(setting.value.as_str()),
        place,
    }
}
