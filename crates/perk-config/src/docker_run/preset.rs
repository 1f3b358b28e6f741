//! Named words for `perk docker-run`: `[docker-run.presets.NAME]`.

use std::collections::BTreeMap;

use toml::de::DeTable;

use super::replace;
use crate::reader::{Name, Reader, Value};
use crate::{ConfigError, Origin, PresetUser, Setting};

const KEYS: &[&str] = &[
    "image",
    "options",
    "command",
    "workdir",
    "user",
    "caches",
    "environment",
];

/// What is written before the words of the user. What the words mean is not known here.
#[derive(Debug, Clone, Default)]
pub struct Preset {
    /// The image; without it the user names one.
    pub image: Option<Setting<String>>,
    /// Options of the engine.
    pub options: Option<Setting<Vec<String>>>,
    /// What is run where the user says nothing else.
    pub command: Option<Setting<Vec<String>>>,
    /// Where the project is in the container.
    pub workdir: Option<Setting<String>>,
    /// Who the programs in the container are.
    pub user: Option<Setting<PresetUser>>,
    /// Folders of the container that outlive it.
    pub caches: Option<Setting<Vec<String>>>,
    /// Variables of the container.
    pub environment: BTreeMap<String, Setting<String>>,
}

impl Preset {
    /// Takes what a stronger layer says.
    pub(super) fn merge(&mut self, stronger: Self) {
        let Self {
            image,
            options,
            command,
            workdir,
            user,
            caches,
            environment,
        } = stronger;
        replace(&mut self.image, image);
        replace(&mut self.options, options);
        replace(&mut self.command, command);
        replace(&mut self.workdir, workdir);
        replace(&mut self.user, user);
        replace(&mut self.caches, caches);
        self.environment.extend(environment);
    }

    /// Returns where it is first spoken of, if it says anything.
    pub fn origin(&self) -> Option<&Origin> {
        let texts = [&self.image, &self.workdir].into_iter().flatten();
        let lists = [&self.options, &self.command, &self.caches];
        let lists = lists.into_iter().flatten();
        let user = self.user.iter().map(|setting| &setting.origin);
        let variables = self.environment.values().map(|setting| &setting.origin);
        let texts = texts.map(|setting| &setting.origin);
        let lists = lists.map(|setting| &setting.origin);
        texts.chain(lists).chain(user).chain(variables).next()
    }
}

/// Reads the table `[docker-run.presets]`.
pub(super) fn read_all(
    reader: &Reader<'_>,
    table: &DeTable<'_>,
) -> Result<BTreeMap<String, Preset>, ConfigError> {
    let preset = |(name, value): (&Name<'_>, &Value<'_>)| {
        let name = name.get_ref().to_string();
        let key = format!("docker-run.presets.{name}");
        let preset = read(reader, &key, reader.table(&key, value)?)?;
        Ok((name, preset))
    };
    table.iter().map(preset).collect()
}

fn read(reader: &Reader<'_>, prefix: &str, table: &DeTable<'_>) -> Result<Preset, ConfigError> {
    let mut preset = Preset::default();
    for (name, value) in table {
        let key = format!("{prefix}.{}", name.get_ref());
        let text = || Ok(Some(reader.text_setting(&key, value)?));
        let texts = || Ok(Some(reader.texts(&key, value)?));
        match name.get_ref().as_ref() {
            "image" => preset.image = text()?,
            "options" => preset.options = texts()?,
            "command" => preset.command = texts()?,
            "workdir" => preset.workdir = text()?,
            "user" => preset.user = Some(reader.word(&key, value)?),
            "caches" => preset.caches = texts()?,
            "environment" => {
                for (name, value) in reader.table(&key, value)? {
                    let name = name.get_ref().to_string();
                    let setting = reader.text_setting(&format!("{key}.{name}"), value)?;
                    preset.environment.insert(name, setting);
                }
            }
            _ => return Err(reader.unknown(&format!("{prefix}."), name, KEYS)),
        }
    }
    Ok(preset)
}

#[cfg(test)]
mod tests {
    use crate::{Flags, Layer, parse_file, resolve};

    #[test]
    fn each_key_of_a_preset_is_that_of_the_strongest_layer() {
        let file = |layer, text| parse_file(layer, "perk.toml".into(), text).unwrap();
        let files = vec![
            file(
                Layer::User,
                "[docker-run.presets.node]\nimage = 'node:22'\nuser = 'host'\n\
                 environment = { CI = 'true', A = 'user' }",
            ),
            file(
                Layer::Project,
                "[docker-run.presets.node]\nimage = 'node:24'\noptions = ['--rm', '-it']\n\
                 environment.A = 'project'",
            ),
        ];
        let config = resolve(files, &|_| None, Flags::default()).unwrap();
        let preset = &config.docker_run.presets["node"];
        assert_eq!(preset.image.as_ref().unwrap().value, "node:24");
        assert_eq!(preset.options.as_ref().unwrap().value, ["--rm", "-it"]);
        assert!(preset.user.is_some() && preset.command.is_none());
        let variables = preset.environment.iter();
        let variables: Vec<_> = variables
            .map(|(name, setting)| format!("{name}={}", setting.value))
            .collect();
        assert_eq!(variables, ["A=project", "CI=true"]);
        let origin = preset.origin().unwrap().to_string();
        assert_eq!(origin, "project: perk.toml:2:9");
    }

    #[test]
    fn mistakes_are_named() {
        for (text, message) in [
            (
                "docker-run.presets.a.options = '--rm'",
                "`docker-run.presets.a.options` at perk.toml:1:32 must be a list of strings, not a string",
            ),
            (
                "docker-run.presets.a.options = ['--rm', 1]",
                "`docker-run.presets.a.options` at perk.toml:1:41 must be a string, not an integer",
            ),
            (
                "docker-run.presets.a.user = 'me'",
                "`me` is not a value of `docker-run.presets.a.user` (perk.toml:1:29)",
            ),
            (
                "docker-run.presets.a.imgae = 'x'",
                "unknown key `docker-run.presets.a.imgae` at perk.toml:1:22",
            ),
            (
                "docker-run.presets.a = 'x'",
                "`docker-run.presets.a` at perk.toml:1:24 must be a table, not a string",
            ),
        ] {
            let error = parse_file(Layer::Project, "perk.toml".into(), text).unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    }
}
