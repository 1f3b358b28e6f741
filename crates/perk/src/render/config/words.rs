//! The settings that are one word each, as a list.

use perk_config::{Choice as _, Config, Origin};

use crate::render::toml::TomlKey;

/// A setting whose value is a word.
pub(super) struct Word<'c> {
    pub(super) key: String,
    pub(super) value: &'static str,
    pub(super) origin: &'c Origin,
}

/// Lists them, in the order of the reference.
pub(super) fn words(config: &Config) -> Vec<Word<'_>> {
    let (color, fail_on) = (&config.output.color, &config.iam.fail_on);
    let mut words = vec![
        Word {
            key: "output.color".to_owned(),
            value: color.value.name(),
            origin: &color.origin,
        },
        Word {
            key: "iam.fail-on".to_owned(),
            value: fail_on.value.name(),
            origin: &fail_on.origin,
        },
    ];
    words.extend(config.iam.checks.levels.iter().map(|(code, level)| Word {
        key: format!("iam.checks.{}", TomlKey(code)),
        value: level.value.name(),
        origin: &level.origin,
    }));
    words
}
