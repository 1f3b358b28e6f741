//! The settings that are a text or a few each, as a list.

use std::borrow::Cow;
use std::fmt;

use perk_config::{Choice as _, Config, DockerRunSettings, Origin, Preset, Setting};
use perk_network::{MASK, ProxyUrl};
use perk_process::without_credentials;
use schemars::JsonSchema;
use serde::Serialize;

use crate::render::toml::{TomlKey, TomlString};

/// A setting with its key and origin.
pub(super) struct Word<'c> {
    pub(super) key: String,
    pub(super) value: Value<'c>,
    pub(super) origin: &'c Origin,
}

/// The value of a setting.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Value<'c> {
    /// A text.
    Text(Cow<'c, str>),
    /// A list of texts.
    List(Vec<Cow<'c, str>>),
}

impl<'c> Value<'c> {
    /// A value that is refused where it is used may still be shown before that.
    fn shown(text: &'c str) -> Self {
        Self::Text(without_credentials(text))
    }
}

impl<'c> From<&'c str> for Value<'c> {
    fn from(text: &'c str) -> Self {
        Self::Text(text.into())
    }
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => TomlString(text).fmt(f),
            Self::List(texts) => {
                let texts: Vec<_> = texts
                    .iter()
                    .map(|text| TomlString(text).to_string())
                    .collect();
                write!(f, "[{}]", texts.join(", "))
            }
        }
    }
}

/// Lists them, in the order of the reference.
pub(super) fn words(config: &Config) -> Vec<Word<'_>> {
    let (color, fail_on) = (&config.output.color, &config.iam.fail_on);
    let mut words = vec![
        Word {
            key: "output.color".to_owned(),
            value: color.value.name().into(),
            origin: &color.origin,
        },
        Word {
            key: "iam.fail-on".to_owned(),
            value: fail_on.value.name().into(),
            origin: &fail_on.origin,
        },
    ];
    words.extend(config.iam.checks.levels.iter().map(|(code, level)| Word {
        key: format!("iam.checks.{}", TomlKey(code)),
        value: level.value.name().into(),
        origin: &level.origin,
    }));
    words.extend(config.scaffold.sources.iter().map(|(name, source)| Word {
        key: format!("scaffold.sources.{}", TomlKey(name)),
        value: Value::shown(&source.value),
        origin: &source.origin,
    }));
    words.extend(docker_run(&config.docker_run));
    words
}

fn docker_run(settings: &DockerRunSettings) -> Vec<Word<'_>> {
    let engine = settings.engine.as_ref().map(|engine| Word {
        key: "docker-run.engine".to_owned(),
        value: engine.value.name().into(),
        origin: &engine.origin,
    });
    let proxy = settings.proxy.as_ref().map(|proxy| Word {
        key: "docker-run.proxy".to_owned(),
        value: Value::Text(shown_proxy(&proxy.value)),
        origin: &proxy.origin,
    });
    let texts = [
        ("no-proxy", &settings.no_proxy),
        ("pac", &settings.pac),
        ("ca", &settings.ca),
        ("targets", &settings.targets),
    ];
    let texts = texts.into_iter().filter_map(|(key, text)| {
        let text = text.as_ref()?;
        Some(Word {
            key: format!("docker-run.{key}"),
            value: Value::shown(&text.value),
            origin: &text.origin,
        })
    });
    let relay = settings.relay.as_ref().map(|relay| Word {
        key: "docker-run.relay".to_owned(),
        value: relay.value.name().into(),
        origin: &relay.origin,
    });
    let presets = settings.presets.iter();
    let presets = presets.flat_map(|(name, preset)| preset_words(name, preset));
    let first = engine.into_iter().chain(proxy);
    first.chain(texts).chain(relay).chain(presets).collect()
}

/// The address of a proxy may be written without a scheme, or with a password that has a `/` in it.
fn shown_proxy(text: &str) -> Cow<'_, str> {
    match (text.contains('@'), ProxyUrl::parse(text)) {
        (false, _) => text.into(),
        (true, Ok((proxy, _))) => proxy.to_string().into(),
        (true, Err(_)) => MASK.into(),
    }
}

fn preset_words<'c>(name: &str, preset: &'c Preset) -> Vec<Word<'c>> {
    let key = |key: &str| format!("docker-run.presets.{}.{key}", TomlKey(name));
    let text = |name: &str, setting: &'c Option<Setting<String>>| {
        let setting = setting.as_ref()?;
        Some(Word {
            key: key(name),
            value: Value::shown(&setting.value),
            origin: &setting.origin,
        })
    };
    let list = |name: &str, setting: &'c Option<Setting<Vec<String>>>| {
        let setting = setting.as_ref()?;
        let texts = setting.value.iter();
        Some(Word {
            key: key(name),
            value: Value::List(texts.map(|text| without_credentials(text)).collect()),
            origin: &setting.origin,
        })
    };
    let user = preset.user.as_ref().map(|user| Word {
        key: key("user"),
        value: user.value.name().into(),
        origin: &user.origin,
    });
    let words = [
        text("image", &preset.image),
        list("options", &preset.options),
        list("command", &preset.command),
        text("workdir", &preset.workdir),
        user,
        list("caches", &preset.caches),
    ];
    let variables = preset.environment.iter().map(|(name, setting)| Word {
        key: format!("{}.{}", key("environment"), TomlKey(name)),
        value: Value::shown(&setting.value),
        origin: &setting.origin,
    });
    words.into_iter().flatten().chain(variables).collect()
}
