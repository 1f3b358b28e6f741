//! The settings that are one text each, as a list.

use std::borrow::Cow;

use perk_config::{Choice as _, Config, DockerRunSettings, Origin};
use perk_process::without_credentials;

use crate::render::toml::TomlKey;

/// A setting whose value is a text.
pub(super) struct Word<'c> {
    pub(super) key: String,
    pub(super) value: Cow<'c, str>,
    pub(super) origin: &'c Origin,
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
        // A source with credentials is refused when it is used, but it is shown before that.
        value: without_credentials(&source.value),
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
    let texts = [
        ("proxy", &settings.proxy),
        ("no-proxy", &settings.no_proxy),
        ("pac", &settings.pac),
        ("ca", &settings.ca),
        ("targets", &settings.targets),
    ];
    let texts = texts.into_iter().filter_map(|(key, text)| {
        let text = text.as_ref()?;
        Some(Word {
            key: format!("docker-run.{key}"),
            value: without_credentials(&text.value),
            origin: &text.origin,
        })
    });
    let relay = settings.relay.as_ref().map(|relay| Word {
        key: "docker-run.relay".to_owned(),
        value: relay.value.name().into(),
        origin: &relay.origin,
    });
    engine.into_iter().chain(texts).chain(relay).collect()
}
