//! The value of one answer.

use std::fmt;

use serde_json::Value;

use super::check::{check_entries, check_text, one_of};
use super::{AnswerProblem, problem};
use crate::manifest::Kind;

/// An answer, of the type of its question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A text, also the value of a choice.
    String(String),
    /// A whole number.
    Int(i64),
    /// A number, which is finite.
    Float(f64),
    /// Yes or no.
    Bool(bool),
    /// Texts, also the values of several choices.
    List(Vec<String>),
    /// A text that is never kept or shown.
    Secret(Secret),
}

/// A text that is neither shown nor serialized.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Returns the text, for the one who asked for it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Answer {
    /// Reads an answer from what was typed; the entries of a list stand between commas.
    pub fn parse(kind: &Kind, text: &str) -> Result<Self, AnswerProblem> {
        let trimmed = text.trim();
        let shown = || problem::shown(trimmed);
        match kind {
            Kind::String | Kind::Secret => Self::from_text(kind, text.to_owned()),
            Kind::Choice(_) => Self::from_text(kind, trimmed.to_owned()),
            Kind::Int => trimmed
                .parse()
                .map(Self::Int)
                .map_err(|_| AnswerProblem::NotInt(shown())),
            Kind::Float => trimmed
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite())
                .map(Self::Float)
                .ok_or_else(|| AnswerProblem::NotFloat(shown())),
            Kind::Bool => parse_bool(trimmed)
                .map(Self::Bool)
                .ok_or_else(|| AnswerProblem::NotBool(shown())),
            Kind::Choices(_) | Kind::List if trimmed.is_empty() => Ok(Self::List(Vec::new())),
            Kind::Choices(_) | Kind::List => {
                let entries = trimmed.split(',').map(|entry| entry.trim().to_owned());
                Self::from_entries(kind, entries.collect())
            }
        }
    }

    /// Reads an answer from data, such as a file of answers.
    pub fn from_value(kind: &Kind, value: &Value) -> Result<Self, AnswerProblem> {
        let wrong_type = || AnswerProblem::WrongType {
            expected: expected(kind),
            found: found(value),
        };
        match (kind, value) {
            (Kind::String | Kind::Choice(_) | Kind::Secret, Value::String(text)) => {
                Self::from_text(kind, text.clone())
            }
            (Kind::Int, Value::Number(number)) => {
                number.as_i64().map(Self::Int).ok_or_else(wrong_type)
            }
            (Kind::Float, Value::Number(number)) => {
                number.as_f64().map(Self::Float).ok_or_else(wrong_type)
            }
            (Kind::Bool, Value::Bool(truth)) => Ok(Self::Bool(*truth)),
            (Kind::Choices(_) | Kind::List, Value::Array(entries)) => {
                let texts = entries
                    .iter()
                    .map(|entry| entry.as_str().map(str::to_owned));
                let entries: Option<Vec<String>> = texts.collect();
                Self::from_entries(kind, entries.ok_or_else(wrong_type)?)
            }
            _ => Err(wrong_type()),
        }
    }

    /// Returns the answer to a question that is not asked and has no default.
    pub(crate) fn empty(kind: &Kind) -> Self {
        match kind {
            Kind::String | Kind::Choice(_) => Self::String(String::new()),
            Kind::Int => Self::Int(0),
            Kind::Float => Self::Float(0.0),
            Kind::Bool => Self::Bool(false),
            Kind::Choices(_) | Kind::List => Self::List(Vec::new()),
            Kind::Secret => Self::Secret(Secret(String::new())),
        }
    }

    fn from_text(kind: &Kind, text: String) -> Result<Self, AnswerProblem> {
        check_text(&text)?;
        match kind {
            Kind::Secret => Ok(Self::Secret(Secret(text))),
            Kind::Choice(choices) => {
                one_of(&text, choices)?;
                Ok(Self::String(text))
            }
            _ => Ok(Self::String(text)),
        }
    }

    fn from_entries(kind: &Kind, entries: Vec<String>) -> Result<Self, AnswerProblem> {
        check_entries(&entries)?;
        if let Some(choices) = kind.choices() {
            for entry in &entries {
                one_of(entry, choices)?;
            }
        }
        Ok(Self::List(entries))
    }

    /// Returns the value as templates see it.
    pub(crate) fn to_value(&self) -> Value {
        match self {
            Self::String(text) => Value::from(text.as_str()),
            Self::Int(number) => Value::from(*number),
            Self::Float(number) => Value::from(*number),
            Self::Bool(truth) => Value::from(*truth),
            Self::List(entries) => Value::from(entries.as_slice()),
            Self::Secret(secret) => Value::from(secret.reveal()),
        }
    }

    /// Returns the answer as it would be typed; nothing of a secret.
    pub fn to_text(&self) -> String {
        match self {
            Self::String(text) => text.clone(),
            Self::Int(number) => number.to_string(),
            Self::Float(number) => number.to_string(),
            Self::Bool(truth) => truth.to_string(),
            Self::List(entries) => entries.join(", "),
            Self::Secret(_) => String::new(),
        }
    }
}

fn parse_bool(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "y" => Some(true),
        "false" | "no" | "n" => Some(false),
        _ => None,
    }
}

fn expected(kind: &Kind) -> &'static str {
    match kind {
        Kind::String | Kind::Choice(_) | Kind::Secret => "a text",
        Kind::Int => "a whole number",
        Kind::Float => "a number",
        Kind::Bool => "true or false",
        Kind::Choices(_) | Kind::List => "a list of texts",
    }
}

fn found(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_f64() => "a number with a fraction",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a table",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::manifest::Choice;

    fn choices() -> Vec<Choice> {
        let choice = |value: &str| Choice {
            value: value.to_owned(),
            label: value.to_uppercase(),
        };
        vec![choice("none"), choice("postgresql")]
    }

    fn texts(values: &[&str]) -> Answer {
        Answer::List(values.iter().map(|&value| value.to_owned()).collect())
    }

    #[test]
    fn typed_text_becomes_the_type_of_the_question() {
        for (kind, text, answer) in [
            (Kind::String, " a ", Answer::String(" a ".to_owned())),
            (Kind::Int, " -7 ", Answer::Int(-7)),
            (Kind::Float, "1e3", Answer::Float(1000.0)),
            (Kind::Bool, "Yes", Answer::Bool(true)),
            (Kind::Bool, "n", Answer::Bool(false)),
            (Kind::List, "a, b,c", texts(&["a", "b", "c"])),
            (Kind::List, " ", texts(&[])),
            (
                Kind::Choice(choices()),
                "none",
                Answer::String("none".to_owned()),
            ),
            (
                Kind::Choices(choices()),
                "postgresql,none",
                texts(&["postgresql", "none"]),
            ),
        ] {
            assert_eq!(Answer::parse(&kind, text).unwrap(), answer, "{text}");
        }
    }

    #[test]
    fn other_text_is_refused_with_the_reason() {
        for (kind, text, problem) in [
            (Kind::Int, "7.5", "`7.5` is not a whole number"),
            (
                Kind::Int,
                "9223372036854775808",
                "`9223372036854775808` is not a whole number",
            ),
            (Kind::Float, "NaN", "`NaN` is not a number"),
            (Kind::Float, "inf", "`inf` is not a number"),
            (Kind::Bool, "1", "`1` is neither `yes` nor `no`"),
            (Kind::List, "a,,b", "an entry of the list is empty"),
            (Kind::List, "a,a", "`a` is in the list twice"),
            (
                Kind::Choice(choices()),
                "mysql",
                "`mysql` is not one of `none`, `postgresql`",
            ),
            (
                Kind::Choices(choices()),
                "none,x",
                "`x` is not one of `none`, `postgresql`",
            ),
            (Kind::String, "a\u{1b}[2J", "it has a control character"),
            (Kind::String, "a\u{202e}b", "it has an invisible character"),
            (Kind::Secret, "a\u{0}", "it has a control character"),
        ] {
            assert_eq!(
                Answer::parse(&kind, text).unwrap_err().to_string(),
                problem,
                "{text}"
            );
        }
        assert!(Answer::parse(&Kind::String, &"a".repeat(70_000)).is_err());
    }

    #[test]
    fn data_must_have_the_type_of_the_question() {
        assert_eq!(
            Answer::from_value(&Kind::Int, &json!(7)).unwrap(),
            Answer::Int(7)
        );
        assert_eq!(
            Answer::from_value(&Kind::Float, &json!(7)).unwrap(),
            Answer::Float(7.0)
        );
        for (kind, value, problem) in [
            (
                Kind::Int,
                json!(7.5),
                "it must be a whole number, not a number with a fraction",
            ),
            (
                Kind::Int,
                json!("7"),
                "it must be a whole number, not a text",
            ),
            (
                Kind::List,
                json!(["a", 1]),
                "it must be a list of texts, not a list",
            ),
            (Kind::String, json!({}), "it must be a text, not a table"),
        ] {
            let found = Answer::from_value(&kind, &value).unwrap_err().to_string();
            assert_eq!(found, problem, "{value}");
        }
    }

    #[test]
    fn a_secret_is_not_shown() {
        let answer = Answer::parse(&Kind::Secret, "hunter2").unwrap();
        assert!(!format!("{answer:?}").contains("hunter2"));
        assert_eq!(answer.to_text(), "");
    }
}
