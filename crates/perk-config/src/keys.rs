//! The table of all keys: the one source of the reference, and of which variables are read.

use crate::choice::{CheckLevel, Choice, ColorWhen, EngineName, FailOn, PresetUser, RelayWhen};
use perk_diag::nearest;

/// A key of `perk.toml`, for people to read.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The key with all tables before it.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What holds when nobody says anything; empty where there is no default.
    pub default: &'static str,
    /// The variable that sets it, if there is one.
    pub variable: Option<&'static str>,
    /// What it does, in a sentence or two.
    pub about: &'static str,
}

/// What a key takes.
#[derive(Debug, Clone, Copy)]
pub enum Takes {
    /// One of a few words.
    Word(fn() -> Vec<&'static str>),
    /// Any text.
    Text,
    /// A list of texts.
    Texts,
    /// A date such as `2027-01-31`.
    Date,
}

/// Names another file in place of the system's configuration file.
pub const SYSTEM_FILE_VARIABLE: &str = "PERK_SYSTEM_CONFIG";

/// Says what day it is, in place of the clock; for tests.
pub const TODAY_VARIABLE: &str = "PERK_TODAY";

/// Names a folder in place of `/` to look for the settings of other programs in; for tests.
pub const ROOT_VARIABLE: &str = "PERK_ROOT";

pub(crate) const COLOR_VARIABLE: &str = "PERK_COLOR";
pub(crate) const FAIL_ON_VARIABLE: &str = "PERK_IAM_FAIL_ON";
pub(crate) const NO_COLOR_VARIABLE: &str = "NO_COLOR";
pub(crate) const FORCE_COLOR_VARIABLE: &str = "CLICOLOR_FORCE";

/// All keys, in the order of the reference.
pub const KEYS: &[Key] = &[
    Key {
        name: "output.color",
        takes: Takes::Word(ColorWhen::names),
        default: "auto",
        variable: Some(COLOR_VARIABLE),
        about: "When to color. With `auto`, perk colors at a terminal, never where `NO_COLOR` is \
                set, and always where `CLICOLOR_FORCE` is.",
    },
    Key {
        name: "iam.fail-on",
        takes: Takes::Word(FailOn::names),
        default: "security-warning",
        variable: Some(FAIL_ON_VARIABLE),
        about: "The mildest type of finding that makes `perk iam validate` exit with 1.",
    },
    Key {
        name: "iam.checks.CODE",
        takes: Takes::Word(CheckLevel::names),
        default: "",
        variable: None,
        about: "Switches the check of this code off, or changes the type of its findings.",
    },
    Key {
        name: "iam.checks.suppress[].code",
        takes: Takes::Text,
        default: "",
        variable: None,
        about: "The check whose findings to drop. Required.",
    },
    Key {
        name: "iam.checks.suppress[].path",
        takes: Takes::Text,
        default: "",
        variable: None,
        about: "Only in files that match this pattern, such as `legacy/**`.",
    },
    Key {
        name: "iam.checks.suppress[].sid",
        takes: Takes::Text,
        default: "",
        variable: None,
        about: "Only in the statement with this `Sid`.",
    },
    Key {
        name: "iam.checks.suppress[].reason",
        takes: Takes::Text,
        default: "",
        variable: None,
        about: "Why this is acceptable. Required.",
    },
    Key {
        name: "iam.checks.suppress[].expires",
        takes: Takes::Date,
        default: "",
        variable: None,
        about: "The last day on which the entry counts, written as a TOML date without quotes.",
    },
    Key {
        name: "scaffold.sources.NAME",
        takes: Takes::Text,
        default: "",
        variable: None,
        about: "Where the templates of this name come from: a folder, or a git repository such as \
                `git+https://git.example.com/team/templates//services#v1`. A relative folder \
                begins in the folder of the file.",
    },
    Key {
        name: "docker-run.engine",
        takes: Takes::Word(EngineName::names),
        default: "",
        variable: None,
        about: "The engine that `perk docker-run` writes commands for. Without it, the first of \
                these that is installed.",
    },
    Key {
        name: "docker-run.proxy",
        takes: Takes::Text,
        default: "",
        variable: None,
        about: "The proxy for containers, such as `http://proxy.example.com:3128`, or `none`.",
    },
    Key {
        name: "docker-run.no-proxy",
        takes: Takes::Text,
        default: "",
        variable: None,
        about: "The hosts that containers reach without the proxy, separated by commas.",
    },
    Key {
        name: "docker-run.pac",
        takes: Takes::Text,
        default: "",
        variable: None,
        about: "A PAC script that says which proxy is for which address, as a file or as an \
                address with `https:` or `http:`; it counts where `docker-run.proxy` is not set. A \
                relative path begins in the folder of the file.",
    },
    Key {
        name: "docker-run.ca",
        takes: Takes::Text,
        default: "",
        variable: None,
        about: "A file of certificates that containers have to trust besides the usual ones, or \
                `none`. A relative path begins in the folder of the file.",
    },
    Key {
        name: "docker-run.relay",
        takes: Takes::Word(RelayWhen::names),
        default: "auto",
        variable: None,
        about: "When `perk docker-run --exec` brings the container to the proxy by a relay on this \
                machine. With `auto`, where the proxy listens on the loopback of this machine \
                alone; with `always`, passwords of proxies do not get into containers.",
    },
    Key {
        name: "docker-run.targets",
        takes: Takes::Text,
        default: "",
        variable: None,
        about: "The destinations that `perk docker-run --doctor` tries to reach, separated by \
                commas. Without them it tries `https://example.com`.",
    },
    Key {
        name: "docker-run.presets.NAME.image",
        takes: Takes::Text,
        default: "",
        variable: None,
        about: "The image of `--preset NAME`. What stands behind the options is then the command. \
                Without it, the image is named as usual.",
    },
    Key {
        name: "docker-run.presets.NAME.options",
        takes: Takes::Texts,
        default: "",
        variable: None,
        about: "Options of the engine, one word each, which stand before your own.",
    },
    Key {
        name: "docker-run.presets.NAME.command",
        takes: Takes::Texts,
        default: "",
        variable: None,
        about: "What is run where you say nothing else.",
    },
    Key {
        name: "docker-run.presets.NAME.workdir",
        takes: Takes::Text,
        default: "",
        variable: None,
        about: "Where the project is in the container, such as `/src`: the folder of the project's \
                `perk.toml`, or the working folder where there is none. It \
                is mounted there, and commands run there.",
    },
    Key {
        name: "docker-run.presets.NAME.user",
        takes: Takes::Word(PresetUser::names),
        default: "",
        variable: None,
        about: "Who the programs in the container are. With `host`, what they write in the \
                project is yours.",
    },
    Key {
        name: "docker-run.presets.NAME.caches",
        takes: Takes::Texts,
        default: "",
        variable: None,
        about: "Folders of the container that outlive it, such as `/root/.npm`: volumes, or with \
                `user = \"host\"` folders below perk's cache, which are yours.",
    },
    Key {
        name: "docker-run.presets.NAME.environment.NAME",
        takes: Takes::Text,
        default: "",
        variable: None,
        about: "The value of a variable of the container.",
    },
];

/// Returns the variable that somebody who wrote this name probably meant, if it is not one.
pub fn misspelled_variable(name: &str) -> Option<&'static str> {
    let known = || variable_names().chain([SYSTEM_FILE_VARIABLE]);
    let is_for_tests = [TODAY_VARIABLE, ROOT_VARIABLE].contains(&name);
    let is_known = is_for_tests || known().any(|known| known == name);
    let is_ours = name.starts_with("PERK_") && !is_known;
    if is_ours {
        nearest(name, known())
    } else {
        None
    }
}

/// Returns the names of all variables that [`crate::resolve()`] wants to know.
pub fn variable_names() -> impl Iterator<Item = &'static str> {
    KEYS.iter()
        .filter_map(|key| key.variable)
        .chain([NO_COLOR_VARIABLE, FORCE_COLOR_VARIABLE])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Layer, parse_file, resolve};

    /// Writes a file that gives one key a value it takes.
    fn example(key: &Key) -> String {
        let value = match key.takes {
            Takes::Word(words) => format!("'{}'", words()[0]),
            Takes::Text => "'text'".to_owned(),
            Takes::Texts => "['text']".to_owned(),
            Takes::Date => "2027-01-31".to_owned(),
        };
        match key.name.split_once("[].") {
            None => format!("{} = {value}", key.name.replace("NAME", "name")),
            Some((table, name)) => {
                let others = ["code", "reason"]
                    .into_iter()
                    .filter(|other| *other != name);
                let others: Vec<String> = others.map(|other| format!("{other} = 'x'\n")).collect();
                format!("[[{table}]]\n{}{name} = {value}", others.concat())
            }
        }
    }

    #[test]
    fn every_key_of_the_table_is_read() {
        for key in KEYS {
            let text = example(key);
            let result = parse_file(Layer::Project, "perk.toml".into(), &text);
            assert!(result.is_ok(), "{text}: {result:?}");
        }
    }

    #[test]
    fn every_variable_of_the_table_is_read() {
        for name in KEYS.iter().filter_map(|key| key.variable) {
            let variable = |asked| (asked == name).then(|| "nonsense".to_owned());
            let error = resolve(Vec::new(), &variable, crate::Flags::default()).unwrap_err();
            assert!(error.to_string().contains(name));
        }
    }

    #[test]
    fn the_defaults_of_the_table_hold() {
        let config = crate::Config::default();
        let holding = [
            config.output.color.value.name(),
            config.iam.fail_on.value.name(),
            config
                .docker_run
                .relay
                .map(|relay| relay.value)
                .unwrap_or_default()
                .name(),
        ];
        let defaults = KEYS
            .iter()
            .map(|key| key.default)
            .filter(|default| !default.is_empty());
        assert!(defaults.eq(holding));
    }

    #[test]
    fn only_slips_in_our_own_variables_are_noticed() {
        assert_eq!(
            misspelled_variable("PERK_IAM_FAILON"),
            Some(FAIL_ON_VARIABLE)
        );
        assert_eq!(misspelled_variable("PERK_IAM_FAIL_ON"), None);
        assert_eq!(misspelled_variable("PERK_TOKEN"), None);
        assert_eq!(misspelled_variable("NO_COLOUR"), None);
    }
}
