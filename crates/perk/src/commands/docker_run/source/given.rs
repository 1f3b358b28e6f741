//! What perk itself was told: by its options, and in perk.toml.

use camino::Utf8PathBuf;
use perk_config::{DockerRunSettings, Origin, Setting};
use perk_network::source::given::{Given, GivenKey, find};
use perk_network::{Field, Found, Place, Secret};

use super::super::arguments::DockerRunArgs;
use super::super::certificates::named_file;
use super::super::error::DockerRunError;
use super::super::machine::Machine;
use super::Outcome;
use super::script::{self, Script};

/// What perk was told.
#[derive(Debug)]
pub(crate) struct Asked {
    flags: Vec<Given>,
    configuration: Vec<Given>,
    script_of_flags: Option<Script>,
    script_of_configuration: Option<Script>,
    /// The file of certificates that a server of a script may be vouched for by.
    certificates: Option<Utf8PathBuf>,
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
        // A script that would not count is not run.
        let has_proxy = arguments.proxy.is_some() || arguments.pac.is_some();
        let script = settings.pac.as_ref();
        let script = script.filter(|_| !has_proxy && settings.proxy.is_none());
        Self {
            flags: flags.collect(),
            configuration: configured.collect(),
            script_of_flags: arguments.pac.as_deref().map(Script::of),
            script_of_configuration: script.map(Script::configured),
            certificates: named_file(arguments, settings),
        }
    }

    pub(super) fn flags(&self, machine: &Machine<'_>) -> Result<Outcome, DockerRunError> {
        self.with_script(find(&self.flags), self.script_of_flags.as_ref(), machine)
    }

    pub(super) fn configuration(&self, machine: &Machine<'_>) -> Result<Outcome, DockerRunError> {
        let script = self.script_of_configuration.as_ref();
        self.with_script(find(&self.configuration), script, machine)
    }

    /// Asks a script.
    pub(super) fn ask_script(
        &self,
        script: &Script,
        machine: &Machine<'_>,
    ) -> Result<Found, DockerRunError> {
        script::find(script, self.certificates.as_deref(), machine)
    }

    /// Adds what was given beside a script to what the script says.
    fn with_script(
        &self,
        given: Outcome,
        script: Option<&Script>,
        machine: &Machine<'_>,
    ) -> Result<Outcome, DockerRunError> {
        let (Some(script), Ok(given)) = (script, &given) else {
            return Ok(given);
        };
        let mut found = self.ask_script(script, machine)?;
        if let Some(given) = given {
            let settings = &mut found.settings;
            settings.no_proxy = settings.no_proxy.extended(&given.settings.no_proxy);
            found.places.extend(given.places.iter().cloned());
        }
        Ok(Ok(Some(found)))
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
