//! Layers to one configuration: the last one that says something wins.

use std::collections::BTreeMap;

use crate::keys::{COLOR_VARIABLE, FAIL_ON_VARIABLE, FORCE_COLOR_VARIABLE, NO_COLOR_VARIABLE};
use crate::nearest::nearest;
use crate::{
    CheckLevel, Choice, ColorWhen, ConfigError, FailOn, FileSettings, Origin, Setting, Suppression,
};

/// The settings that hold.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// `[output]`.
    pub output: OutputSettings,
    /// `[iam]`.
    pub iam: IamSettings,
}

/// What concerns the output of every command.
#[derive(Debug, Clone, Default)]
pub struct OutputSettings {
    /// When to color.
    pub color: Setting<ColorWhen>,
}

/// What concerns `perk iam`.
#[derive(Debug, Clone, Default)]
pub struct IamSettings {
    /// The mildest type of finding that gives exit code 1.
    pub fail_on: Setting<FailOn>,
    /// `[iam.checks]`.
    pub checks: CheckSettings,
}

/// What concerns single checks. Their codes are not known here: see [`CheckSettings::verify`].
#[derive(Debug, Clone, Default)]
pub struct CheckSettings {
    /// The levels of checks, by code.
    pub levels: BTreeMap<String, Setting<CheckLevel>>,
    /// Findings to drop, in the order of the layers.
    pub suppressions: Vec<Suppression>,
}

impl CheckSettings {
    /// Finds the first code that is not among the known ones.
    pub fn verify(&self, known: &[&str]) -> Result<(), ConfigError> {
        let levels = self
            .levels
            .iter()
            .filter_map(|(code, level)| match &level.origin {
                Origin::File { place, .. } => Some((code, place)),
                _ => None,
            });
        let suppressions = self
            .suppressions
            .iter()
            .map(|entry| (&entry.code, &entry.code_place));
        match levels
            .chain(suppressions)
            .find(|(code, _)| !known.contains(&code.as_str()))
        {
            None => Ok(()),
            Some((code, place)) => Err(ConfigError::UnknownCheck {
                code: code.clone(),
                place: place.clone(),
                nearest: nearest(code, known.iter().copied()).map(str::to_owned),
            }),
        }
    }
}

/// What the command line says.
#[derive(Debug, Clone, Copy, Default)]
pub struct Flags {
    /// `--color`.
    pub color: Option<ColorWhen>,
}

/// Merges files (weakest first), variables and flags over the defaults.
///
/// `variable` returns the value of an environment variable; an empty one counts as not set.
pub fn resolve(
    files: Vec<FileSettings>,
    variable: &dyn Fn(&'static str) -> Option<String>,
    flags: Flags,
) -> Result<Config, ConfigError> {
    let mut config = Config::default();
    for file in files {
        merge_file(&mut config, file);
    }
    replace(
        &mut config.output.color,
        from_variable(COLOR_VARIABLE, variable)?,
    );
    replace(
        &mut config.iam.fail_on,
        from_variable(FAIL_ON_VARIABLE, variable)?,
    );
    replace(&mut config.output.color, flags.color.map(from_color_flag));
    if config.output.color.value == ColorWhen::Auto {
        replace(&mut config.output.color, color_convention(variable));
    }
    Ok(config)
}

fn merge_file(config: &mut Config, file: FileSettings) {
    replace(&mut config.output.color, file.color);
    replace(&mut config.iam.fail_on, file.fail_on);
    config.iam.checks.levels.extend(file.levels);
    config.iam.checks.suppressions.extend(file.suppressions);
}

fn replace<T>(current: &mut Setting<T>, newer: Option<Setting<T>>) {
    if let Some(newer) = newer {
        *current = newer;
    }
}

fn from_variable<T: Choice>(
    name: &'static str,
    variable: &dyn Fn(&'static str) -> Option<String>,
) -> Result<Option<Setting<T>>, ConfigError> {
    let Some(word) = variable(name).filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    match T::parse(&word) {
        Some(value) => Ok(Some(Setting {
            value,
            origin: Origin::Variable { name },
        })),
        None => Err(ConfigError::UnknownWord {
            key: name.to_owned(),
            value: word,
            place: "environment".to_owned(),
            known: T::names(),
        }),
    }
}

fn from_color_flag(value: ColorWhen) -> Setting<ColorWhen> {
    Setting {
        value,
        origin: Origin::Flag { name: "--color" },
    }
}

/// Returns what the variables of <https://no-color.org> and <https://bixense.com/clicolors> say.
fn color_convention(
    variable: &dyn Fn(&'static str) -> Option<String>,
) -> Option<Setting<ColorWhen>> {
    let says_yes = |name| variable(name).is_some_and(|value| !value.is_empty());
    let forces = |name| says_yes(name) && variable(name).as_deref() != Some("0");
    let (name, value) = if says_yes(NO_COLOR_VARIABLE) {
        (NO_COLOR_VARIABLE, ColorWhen::Never)
    } else if forces(FORCE_COLOR_VARIABLE) {
        (FORCE_COLOR_VARIABLE, ColorWhen::Always)
    } else {
        return None;
    };
    Some(Setting {
        value,
        origin: Origin::Variable { name },
    })
}
