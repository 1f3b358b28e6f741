//! What concerns `perk docker-run`.

mod preset;

use std::collections::BTreeMap;

use toml::de::DeTable;

use crate::reader::Reader;
use crate::{ConfigError, EngineName, RelayWhen, Setting};

pub use preset::Preset;

const KEYS: &[&str] = &[
    "engine", "proxy", "no-proxy", "pac", "ca", "relay", "targets", "presets",
];

/// What concerns `perk docker-run`. What the texts mean is not known here.
#[derive(Debug, Clone, Default)]
pub struct DockerRunSettings {
    /// The engine.
    pub engine: Option<Setting<EngineName>>,
    /// The proxy, which may have a password in it.
    pub proxy: Option<Setting<String>>,
    /// The hosts that are reached without it.
    pub no_proxy: Option<Setting<String>>,
    /// A script that says which proxy is for which address.
    pub pac: Option<Setting<String>>,
    /// A file of certificates.
    pub ca: Option<Setting<String>>,
    /// When a relay brings containers to the proxy.
    pub relay: Option<Setting<RelayWhen>>,
    /// The destinations that are tried when something does not work, between commas.
    pub targets: Option<Setting<String>>,
    /// Words under a name.
    pub presets: BTreeMap<String, Preset>,
}

impl DockerRunSettings {
    /// Takes what a stronger layer says.
    pub(crate) fn merge(&mut self, stronger: Self) {
        let Self {
            engine,
            proxy,
            no_proxy,
            pac,
            ca,
            relay,
            targets,
            presets,
        } = stronger;
        replace(&mut self.engine, engine);
        replace(&mut self.proxy, proxy);
        replace(&mut self.no_proxy, no_proxy);
        replace(&mut self.pac, pac);
        replace(&mut self.ca, ca);
        replace(&mut self.relay, relay);
        replace(&mut self.targets, targets);
        for (name, preset) in presets {
            self.presets.entry(name).or_default().merge(preset);
        }
    }
}

fn replace<T>(current: &mut Option<T>, newer: Option<T>) {
    if newer.is_some() {
        *current = newer;
    }
}

/// Reads the table `[docker-run]`.
pub(crate) fn read(
    reader: &Reader<'_>,
    table: &DeTable<'_>,
) -> Result<DockerRunSettings, ConfigError> {
    let mut settings = DockerRunSettings::default();
    for (name, value) in table {
        let key = name.get_ref().as_ref();
        let name_of_key = format!("docker-run.{key}");
        let text = || Ok(Some(reader.text_setting(&name_of_key, value)?));
        match key {
            "engine" => settings.engine = Some(reader.word(&name_of_key, value)?),
            "proxy" => settings.proxy = text()?,
            "no-proxy" => settings.no_proxy = text()?,
            "pac" => settings.pac = text()?,
            "ca" => settings.ca = text()?,
            "relay" => settings.relay = Some(reader.word("docker-run.relay", value)?),
            "targets" => settings.targets = text()?,
            "presets" => {
                settings.presets = preset::read_all(reader, reader.table(&name_of_key, value)?)?;
            }
            _ => return Err(reader.unknown("docker-run.", name, KEYS)),
        }
    }
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use perk_diag::Explain as _;

    use crate::{Flags, Layer, parse_file, resolve};

    #[test]
    fn each_key_is_that_of_the_strongest_layer() {
        let file = |layer, text| parse_file(layer, "perk.toml".into(), text).unwrap();
        let files = vec![
            file(Layer::User, "[docker-run]\nproxy = 'a'\nca = 'user.pem'"),
            file(Layer::Project, "docker-run.proxy = 'b'"),
        ];
        let config = resolve(files, &|_| None, Flags::default()).unwrap();
        let shown =
            |setting: &crate::Setting<String>| format!("{} ({})", setting.value, setting.origin);
        let proxy = config.docker_run.proxy.as_ref().map(shown);
        assert_eq!(proxy.unwrap(), "b (project: perk.toml:1:20)");
        let ca = config.docker_run.ca.as_ref().map(shown);
        assert_eq!(ca.unwrap(), "user.pem (user: perk.toml:3:6)");
    }

    #[test]
    fn mistakes_are_named() {
        let hint = |text| {
            let error = parse_file(Layer::Project, "perk.toml".into(), text).unwrap_err();
            error.hints()[0].to_string()
        };
        assert_eq!(hint("docker-run.noproxy = 'x'"), "did you mean `no-proxy`?");
        assert_eq!(hint("[docker_run]\nca = 'x'"), "did you mean `docker-run`?");
    }
}
