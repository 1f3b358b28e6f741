//! The table of all keys: the one source of the reference, and of which variables are read.

use crate::choice::{CheckLevel, Choice, ColorWhen, FailOn};

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
    /// A date such as `2027-01-31`.
    Date,
}

/// Names another file in place of the system's configuration file.
pub const SYSTEM_FILE_VARIABLE: &str = "PERK_SYSTEM_CONFIG";

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
];

/// Returns the names of all variables that [`crate::resolve`] wants to know.
pub fn variable_names() -> impl Iterator<Item = &'static str> {
    KEYS.iter()
        .filter_map(|key| key.variable)
        .chain([NO_COLOR_VARIABLE, FORCE_COLOR_VARIABLE])
}
