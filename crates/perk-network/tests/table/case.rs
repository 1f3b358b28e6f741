//! The form of a case.

use std::fmt::Write as _;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cases {
    #[serde(default)]
    pub(crate) case: Vec<Case>,
}

/// What stands in each place, and what comes out. Texts of more than one file are separated by
/// lines of the form `--- path`. `programs` asks for forecasts with the variables that come out, or
/// with those of the environment as they are if it is `raw`.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) flags: Option<String>,
    pub(crate) configuration: Option<String>,
    pub(crate) environment: Option<String>,
    pub(crate) docker_config: Option<String>,
    pub(crate) daemon: Option<String>,
    pub(crate) daemon_json: Option<String>,
    pub(crate) systemd: Option<String>,
    pub(crate) etc_environment: Option<String>,
    pub(crate) apt: Option<String>,
    pub(crate) git: Option<String>,
    pub(crate) npm: Option<String>,
    pub(crate) gnome: Option<String>,
    pub(crate) macos: Option<String>,
    pub(crate) pac: Option<String>,
    pub(crate) exempt: Option<String>,
    pub(crate) java: bool,
    pub(crate) raw: bool,
    pub(crate) programs: Option<String>,
    pub(crate) settings: Vec<String>,
    pub(crate) variables: Vec<String>,
    pub(crate) remarks: Vec<String>,
    pub(crate) losers: Vec<String>,
    pub(crate) forecasts: Vec<String>,
}

impl Cases {
    pub(crate) fn to_toml(&self) -> String {
        let texts: Vec<String> = self.case.iter().map(Case::to_toml).collect();
        texts.join("\n")
    }
}

impl Case {
    fn to_toml(&self) -> String {
        let mut text = format!("[[case]]\nname = {}\n", one_line(&self.name));
        for (key, value) in [
            ("flags", &self.flags),
            ("configuration", &self.configuration),
            ("environment", &self.environment),
            ("docker-config", &self.docker_config),
            ("daemon", &self.daemon),
            ("daemon-json", &self.daemon_json),
            ("systemd", &self.systemd),
            ("etc-environment", &self.etc_environment),
            ("apt", &self.apt),
            ("git", &self.git),
            ("npm", &self.npm),
            ("gnome", &self.gnome),
            ("macos", &self.macos),
            ("pac", &self.pac),
            ("exempt", &self.exempt),
            ("programs", &self.programs),
        ] {
            if let Some(value) = value {
                let _ = writeln!(text, "{key} = {}", string(value));
            }
        }
        for (key, value) in [("java", self.java), ("raw", self.raw)] {
            if value {
                let _ = writeln!(text, "{key} = true");
            }
        }
        for (key, lines) in [
            ("settings", &self.settings),
            ("variables", &self.variables),
            ("remarks", &self.remarks),
            ("losers", &self.losers),
            ("forecasts", &self.forecasts),
        ] {
            if !lines.is_empty() {
                let _ = writeln!(text, "{key} = [");
                for line in lines {
                    let _ = writeln!(text, "    {},", one_line(line));
                }
                let _ = writeln!(text, "]");
            }
        }
        text
    }
}

fn string(text: &str) -> String {
    let is_plain = |letter: char| letter == '\n' || !letter.is_control();
    if text.contains('\n') && text.chars().all(is_plain) && !text.contains("'''") {
        format!("'''\n{text}'''")
    } else {
        one_line(text)
    }
}

fn one_line(text: &str) -> String {
    if !text.contains('\'') && !text.contains(char::is_control) && text.contains(['"', '\\']) {
        return format!("'{text}'");
    }
    serde_json::to_string(text).expect("a string")
}
