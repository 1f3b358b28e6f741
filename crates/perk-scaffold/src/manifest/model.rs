//! The manifest in the terms of the domain, with everything in it checked.

use regex::Regex;

use super::{DefaultValue, Rules};
use crate::render::{Compiled, Condition, Names};

/// What `template.toml` says.
#[derive(Debug)]
pub struct Manifest {
    /// The name of the template.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What it is, in one line.
    pub description: String,
    /// What is asked, in order.
    pub questions: Vec<Question>,
    /// What follows from the answers, in order.
    pub computed: Vec<Computed>,
    /// Programs that run before or after.
    pub hooks: Vec<Hook>,
    /// Programs that a project made from the template must pass.
    pub checks: Vec<Check>,
    pub(crate) rules: Rules,
    /// Everything that a file of the template may name.
    pub(crate) names: Names,
}

impl Manifest {
    /// Returns the question of a key.
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.key == key)
    }

    /// Returns whether the value of a key must not be kept or shown.
    pub fn is_secret(&self, key: &str) -> bool {
        let is_asked = self
            .question(key)
            .is_some_and(|question| question.kind == Kind::Secret);
        let mut computed = self.computed.iter();
        is_asked || computed.any(|computed| computed.key == key && computed.is_secret)
    }
}

/// Something that is asked.
#[derive(Debug)]
pub struct Question {
    /// What the answer is called in the template.
    pub key: String,
    /// The question as it is asked.
    pub ask: String,
    /// More about it.
    pub help: Option<String>,
    /// What an answer is.
    pub kind: Kind,
    /// What is said when an answer does not fit.
    pub message: Option<String>,
    pub(crate) default: Option<DefaultValue>,
    pub(crate) pattern: Option<Regex>,
    pub(crate) valid: Option<Condition>,
    pub(crate) when: Option<Condition>,
}

/// What an answer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    String,
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// Yes or no.
    Bool,
    /// One of some values.
    Choice(Vec<Choice>),
    /// Any number of some values.
    Choices(Vec<Choice>),
    /// Any number of texts.
    List,
    /// A text that is never kept or shown.
    Secret,
}

impl Kind {
    /// Returns the word for it in `template.toml`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Int => "int",
            Self::Float => "float",
            Self::Bool => "bool",
            Self::Choice(_) => "choice",
            Self::Choices(_) => "choices",
            Self::List => "list",
            Self::Secret => "secret",
        }
    }

    /// Returns whether an answer is a list.
    pub fn is_list(&self) -> bool {
        matches!(self, Self::Choices(_) | Self::List)
    }

    /// Returns the values that there are to choose from.
    pub fn choices(&self) -> Option<&[Choice]> {
        match self {
            Self::Choice(choices) | Self::Choices(choices) => Some(choices),
            _ => None,
        }
    }
}

/// A value to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The answer.
    pub value: String,
    /// What is shown for it.
    pub label: String,
}

/// A value that follows from the answers.
#[derive(Debug)]
pub struct Computed {
    /// What the value is called in the template.
    pub key: String,
    /// It is made from a secret, so it is one.
    pub is_secret: bool,
    pub(crate) value: Compiled,
}

/// A program that runs before or after the files are written.
#[derive(Debug)]
pub struct Hook {
    /// When it runs.
    pub at: HookMoment,
    /// The program and its arguments.
    pub run: Vec<String>,
    pub(crate) when: Option<Condition>,
}

/// When a hook runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HookMoment {
    /// Before anything is written.
    Before,
    /// After everything is written.
    After,
}

/// A program that a generated project must pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What it is called.
    pub name: String,
    /// The program and its arguments.
    pub run: Vec<String>,
}
