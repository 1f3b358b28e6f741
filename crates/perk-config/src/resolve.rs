//! Layers to one configuration: the last one that says something wins.

use std::collections::BTreeMap;

use crate::keys::{COLOR_VARIABLE, FAIL_ON_VARIABLE, FORCE_COLOR_VARIABLE, NO_COLOR_VARIABLE};
use crate::{
    CheckLevel, Choice, ColorWhen, ConfigError, DockerRunSettings, FailOn, FileSettings, Origin,
    Setting, Suppression,
};
use perk_diag::nearest;

/// The settings that hold.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// `[output]`.
    pub output: OutputSettings,
    /// `[iam]`.
    pub iam: IamSettings,
    /// `[scaffold]`.
    pub scaffold: ScaffoldSettings,
    /// `[docker-run]`.
    pub docker_run: DockerRunSettings,
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

/// What concerns `perk scaffold`.
#[derive(Debug, Clone, Default)]
pub struct ScaffoldSettings {
    /// Where templates come from, by name. What the texts mean is not known here.
    pub sources: BTreeMap<String, Setting<String>>,
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
    config.scaffold.sources.extend(file.sources);
    config.docker_run.merge(file.docker_run);
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

#[cfg(test)]
mod tests {
    use perk_diag::Explain as _;

    use super::*;
    use crate::{Layer, parse_file};

    fn file(layer: Layer, text: &str) -> FileSettings {
        parse_file(layer, "perk.toml".into(), text).unwrap()
    }

    fn color(files: &[&str], variables: &[(&str, &str)], flag: Option<ColorWhen>) -> String {
        let files = files
            .iter()
            .map(|text| file(Layer::Project, text))
            .collect();
        let variable = |name: &'static str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let color = resolve(files, &variable, Flags { color: flag })
            .unwrap()
            .output
            .color;
        format!("{} ({})", color.value.name(), color.origin)
    }

    #[test]
    fn later_layers_win() {
        let (always, never) = ("output.color = 'always'", "output.color = 'never'");
        assert_eq!(color(&[], &[], None), "auto (built in)");
        assert_eq!(
            color(&[always, never], &[], None),
            "never (project: perk.toml:1:16)"
        );
        assert_eq!(
            color(&[never], &[("PERK_COLOR", "always")], None),
            "always (variable: PERK_COLOR)"
        );
        assert_eq!(
            color(
                &[never],
                &[("PERK_COLOR", "never")],
                Some(ColorWhen::Always)
            ),
            "always (flag: --color)"
        );
    }

    #[test]
    fn the_conventions_only_decide_what_is_left_open() {
        let both = [("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")];
        assert_eq!(color(&[], &both, None), "never (variable: NO_COLOR)");
        assert_eq!(
            color(&[], &both[1..], None),
            "always (variable: CLICOLOR_FORCE)"
        );
        assert_eq!(
            color(&[], &[("CLICOLOR_FORCE", "0")], None),
            "auto (built in)"
        );
        assert_eq!(color(&[], &[("NO_COLOR", "")], None), "auto (built in)");
        assert_eq!(
            color(&["output.color = 'always'"], &both, None),
            "always (project: perk.toml:1:16)"
        );
    }

    #[test]
    fn sources_of_all_layers_hold_and_the_nearest_wins() {
        let files = vec![
            file(Layer::User, "[scaffold.sources]\na = './user'\nb = '/b'"),
            file(Layer::Project, "scaffold.sources.a = './project'"),
        ];
        let config = resolve(files, &|_| None, Flags::default()).unwrap();
        let shown: Vec<String> = config
            .scaffold
            .sources
            .iter()
            .map(|(name, source)| format!("{name} = {} ({})", source.value, source.origin))
            .collect();
        assert_eq!(
            shown,
            [
                "a = ./project (project: perk.toml:1:22)",
                "b = /b (user: perk.toml:3:5)"
            ]
        );
    }

    #[test]
    fn sources_have_names_that_can_be_typed() {
        for name in ["Company", "a/b", "", "-x", "1a", "a_b", "ä", "built-in"] {
            let text = format!("[scaffold.sources]\n\"{name}\" = './x'");
            let error = parse_file(Layer::Project, "perk.toml".into(), &text).unwrap_err();
            assert!(
                error.to_string().ends_with("is not the name of a source"),
                "{error}"
            );
        }
        let error = parse_file(Layer::Project, "perk.toml".into(), "scaffold.source = 1");
        assert_eq!(
            error.unwrap_err().hints()[0].to_string(),
            "did you mean `sources`?"
        );
    }

    fn checks(text: &str) -> CheckSettings {
        let files = vec![file(Layer::Project, text)];
        resolve(files, &|_| None, Flags::default())
            .unwrap()
            .iam
            .checks
    }

    #[test]
    fn unknown_checks_are_found_by_those_who_know_them() {
        let known = ["PASS_ROLE", "REDUNDANT_ACTION"];
        let good = checks("[iam.checks]\nPASS_ROLE = 'off'");
        assert!(good.verify(&known).is_ok());
        let error = checks("[iam.checks]\nPASS_ROL = 'off'")
            .verify(&known)
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "unknown check `PASS_ROL` at perk.toml:2:1"
        );
        assert_eq!(error.hints()[0].to_string(), "did you mean `PASS_ROLE`?");
        let text = "[[iam.checks.suppress]]\nreason = 'r'\ncode = 'X'";
        let error = checks(text).verify(&known).unwrap_err();
        assert_eq!(error.to_string(), "unknown check `X` at perk.toml:3:8");
    }
}
