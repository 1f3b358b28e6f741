//! Reads typed values from environment variables and collects every mistake on the way.
//!
//! Values are never repeated in a message, since a variable may hold a secret.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::time::Duration;

/// Looks one variable up; `None` when it is not set.
pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What is wrong with one variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The variable's name.
    pub variable: &'static str,
    /// What it should be instead.
    pub message: String,
}

/// The environment as it is read: hands out values, remembers what was wrong.
pub struct Environment<'a> {
    lookup: Lookup<'a>,
    problems: Vec<Problem>,
}

impl std::fmt::Debug for Environment<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Environment")
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}

impl<'a> Environment<'a> {
    /// Reads through `lookup`.
    pub fn new(lookup: Lookup<'a>) -> Self {
        Self {
            lookup,
            problems: Vec::new(),
        }
    }

    /// Returns a text, or the default where the variable is unset or empty.
    pub fn text(&self, variable: &'static str, default: &str) -> String {
        self.find(variable).unwrap_or_else(|| default.to_owned())
    }

    /// Returns a text that has no default; its absence is a problem.
    pub fn required(&mut self, variable: &'static str) -> Option<String> {
        let value = self.find(variable);
        if value.is_none() {
            self.reject(variable, "must be set");
        }
        value
    }

    /// Returns a text that may be absent.
    pub fn optional(&self, variable: &'static str) -> Option<String> {
        self.find(variable)
    }

    /// Returns a parsed value; `expected` finishes the sentence "must be …".
    pub fn parsed<T: FromStr>(&mut self, variable: &'static str, default: T, expected: &str) -> T {
        let Some(text) = self.find(variable) else {
            return default;
        };
        text.parse().unwrap_or_else(|_| {
            self.reject(variable, format!("must be {expected}"));
            default
        })
    }

    /// Returns a number inside `range`.
    pub fn number<T>(&mut self, variable: &'static str, default: T, range: &RangeInclusive<T>) -> T
    where
        T: FromStr + PartialOrd + Display,
    {
        let Some(text) = self.find(variable) else {
            return default;
        };
        if let Ok(value) = text.parse()
            && range.contains(&value)
        {
            return value;
        }
        let message = format!("must be a number from {} to {}", range.start(), range.end());
        self.reject(variable, message);
        default
    }

    /// Returns a duration such as `500ms` or `10s` inside `range`.
    pub fn duration(
        &mut self,
        variable: &'static str,
        default: Duration,
        range: &RangeInclusive<Duration>,
    ) -> Duration {
        let Some(text) = self.find(variable) else {
            return default;
        };
        if let Some(value) = parse_duration(&text).filter(|value| range.contains(value)) {
            return value;
        }
        let message = format!(
            "must be a duration from {:?} to {:?}, written like `500ms` or `10s`",
            range.start(),
            range.end(),
        );
        self.reject(variable, message);
        default
    }

    /// Notes that the value of `variable` cannot be used.
    pub fn reject(&mut self, variable: &'static str, message: impl Into<String>) {
        self.problems.push(Problem {
            variable,
            message: message.into(),
        });
    }

    /// Returns everything that was wrong.
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    fn find(&self, variable: &str) -> Option<String> {
        (self.lookup)(variable).filter(|value| !value.is_empty())
    }
}

fn parse_duration(text: &str) -> Option<Duration> {
    if let Some(number) = text.strip_suffix("ms") {
        return number.parse().ok().map(Duration::from_millis);
    }
    text.strip_suffix('s')?
        .parse()
        .ok()
        .map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_a_unit() {
        assert_eq!(parse_duration("250ms"), Some(Duration::from_millis(250)));
        assert_eq!(parse_duration("10s"), Some(Duration::from_secs(10)));
        for text in [
            "10",
            "s",
            "1.5s",
            "-1s",
            "10m",
            "ten s",
            "18446744073709551616s",
        ] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }

    #[test]
    fn an_empty_variable_counts_as_unset() {
        let lookup = |_: &str| Some(String::new());
        let mut environment = Environment::new(&lookup);

        assert_eq!(environment.number("PORT", 7, &(1..=9)), 7);
        assert_eq!(environment.required("TOKEN"), None);
        assert_eq!(environment.into_problems().len(), 1);
    }

    #[test]
    fn a_message_does_not_repeat_the_value() {
        let lookup = |_: &str| Some("hunter2".to_owned());
        let mut environment = Environment::new(&lookup);
        environment.number("PORT", 7, &(1..=9));
        environment.parsed("ADDRESS", 1_u8, "an address");

        for problem in environment.into_problems() {
            assert!(!problem.message.contains("hunter2"), "{problem:?}");
        }
    }
}
