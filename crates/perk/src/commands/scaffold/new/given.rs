//! Answers that were given beforehand: by flags, in a file, by variables, the first the strongest.

use camino::Utf8Path;
use perk_scaffold::{Given, GivenAnswers, Kind, Manifest};
use perk_term::Terminal;
use serde_json::{Map, Value};

use super::NewArgs;
use super::error::{AnswersProblem, NewError};
use crate::settings::{ANSWER_PREFIX, Surroundings};

/// A file of answers that is larger than this is some other file.
const LIMIT: u64 = 4 * 1024 * 1024;

pub(super) fn collect(
    arguments: &NewArgs,
    manifest: &Manifest,
    surroundings: &Surroundings,
    terminal: &mut Terminal,
) -> Result<GivenAnswers, NewError> {
    let mut given = of_variables(manifest, surroundings, terminal);
    if let Some(path) = &arguments.answers {
        let answers = read(path)?;
        given.extend(
            answers
                .into_iter()
                .map(|(key, value)| (key, Given::Value(value))),
        );
    }
    for text in &arguments.set {
        let (key, answer) = text
            .split_once('=')
            .ok_or_else(|| NewError::Set(shown(text, manifest)))?;
        if is_secret(manifest, key) {
            terminal.warn(format_args!(
                "`--set {key}=…` shows a secret to everybody on this machine; \
                 use `{}` or `--answers`",
                variable(key)
            ));
        }
        given.insert(key.to_owned(), Given::Text(answer.to_owned()));
    }
    Ok(given)
}

/// Takes the variables that are meant for this template; others may be meant for another.
fn of_variables(
    manifest: &Manifest,
    surroundings: &Surroundings,
    terminal: &mut Terminal,
) -> GivenAnswers {
    let mut given = GivenAnswers::new();
    for (key, text) in surroundings.scaffold_answers() {
        if manifest.question(key).is_some() {
            given.insert(key.clone(), Given::Text(text.clone()));
        } else if let Some(meant) = misspelled(key, manifest) {
            terminal.warn(format_args!(
                "the variable `{}` has no effect here; did you mean `{}`?",
                variable(key),
                variable(meant)
            ));
        }
    }
    given
}

/// Returns the key that was probably meant.
fn misspelled<'m>(key: &str, manifest: &'m Manifest) -> Option<&'m str> {
    let questions = manifest.questions.iter();
    perk_diag::nearest(key, questions.map(|question| question.key.as_str()))
}

fn variable(key: &str) -> String {
    format!("{ANSWER_PREFIX}{}", key.to_ascii_uppercase())
}

fn read(path: &Utf8Path) -> Result<Map<String, Value>, NewError> {
    let text = perk_fs::read_text(path, LIMIT).map_err(NewError::AnswersFile)?;
    let answers = match path.extension() {
        Some("json") => serde_json::from_str(&text).map_err(AnswersProblem::Json),
        _ => toml::from_str(&text).map_err(|error| toml_problem(&text, &error)),
    };
    answers.map_err(|source| NewError::AnswersSyntax {
        path: path.to_owned(),
        source,
    })
}

fn toml_problem(text: &str, error: &toml::de::Error) -> AnswersProblem {
    let before = error.span().and_then(|span| text.get(..span.start));
    AnswersProblem::Toml {
        message: error.message().to_owned(),
        line: before.map(|before| before.matches('\n').count() + 1),
    }
}

fn is_secret(manifest: &Manifest, key: &str) -> bool {
    let question = manifest.question(key);
    question.is_some_and(|question| question.kind == Kind::Secret)
}

/// Returns what was typed without `=`, unless it may be a secret that lost it.
fn shown(text: &str, manifest: &Manifest) -> String {
    let kinds = manifest.questions.iter().map(|question| &question.kind);
    if kinds.into_iter().any(|kind| *kind == Kind::Secret) {
        "…".to_owned()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_in_toml_has_its_line() {
        let text = "a = 1\nb = \n";
        let error = toml::from_str::<Map<String, Value>>(text).unwrap_err();
        assert!(
            toml_problem(text, &error)
                .to_string()
                .ends_with(" at line 2")
        );
    }
}
