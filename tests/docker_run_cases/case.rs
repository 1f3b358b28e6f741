//! A case as it is written.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cases {
    pub(super) case: Vec<Case>,
}

/// What is there and typed, and what comes out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Case {
    pub(super) name: String,
    /// Words between blanks, or one by one.
    pub(super) arguments: Words,
    /// A variable a line.
    #[serde(default)]
    pub(super) environment: String,
    /// Texts by their paths below the root of the test.
    #[serde(default)]
    pub(super) files: BTreeMap<String, String>,
    /// Whether to show what is added whatever the proxy is.
    #[serde(default)]
    pub(super) whole: bool,
    pub(super) code: Option<i32>,
    #[serde(default)]
    pub(super) command: Vec<String>,
    /// The file of variables that the command names.
    #[serde(default)]
    pub(super) file: Vec<String>,
    #[serde(default)]
    pub(super) warnings: Vec<String>,
    #[serde(default)]
    pub(super) error: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Words {
    Text(String),
    List(Vec<String>),
}

impl Words {
    pub(super) fn list(&self) -> Vec<String> {
        match self {
            Self::Text(text) => text.split_whitespace().map(str::to_owned).collect(),
            Self::List(list) => list.clone(),
        }
    }
}

impl Cases {
    pub(super) fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    pub(super) fn to_toml(&self) -> String {
        let cases: Vec<_> = self.case.iter().map(Case::to_toml).collect();
        cases.join("\n")
    }
}

impl Case {
    fn to_toml(&self) -> String {
        let mut text = format!("[[case]]\nname = {}\n", quoted(&self.name));
        match &self.arguments {
            Words::Text(words) => writeln!(text, "arguments = {}", quoted(words)).unwrap(),
            Words::List(words) => {
                let words: Vec<_> = words.iter().map(|word| quoted(word)).collect();
                writeln!(text, "arguments = [{}]", words.join(", ")).unwrap();
            }
        }
        if !self.environment.is_empty() {
            writeln!(text, "environment = {}", block(&self.environment)).unwrap();
        }
        for (path, contents) in &self.files {
            writeln!(text, "files.{} = {}", quoted(path), block(contents)).unwrap();
        }
        if self.whole {
            text.push_str("whole = true\n");
        }
        if let Some(code) = self.code {
            writeln!(text, "code = {code}").unwrap();
        }
        for (key, lines) in [
            ("command", &self.command),
            ("file", &self.file),
            ("warnings", &self.warnings),
            ("error", &self.error),
        ] {
            if !lines.is_empty() {
                let lines: Vec<_> = lines.iter().map(|line| quoted(line)).collect();
                writeln!(text, "{key} = [\n    {},\n]", lines.join(",\n    ")).unwrap();
            }
        }
        text
    }
}

/// Texts of several lines are written as they are.
fn block(text: &str) -> String {
    let is_plain = |letter: char| letter == '\n' || !letter.is_control();
    if text.contains('\n') && text.chars().all(is_plain) && !text.contains("'''") {
        format!("'''\n{text}'''")
    } else {
        quoted(text)
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
