//! What every answer must keep to, whatever its question.

use std::collections::BTreeSet;

use super::{Answer, AnswerProblem, problem::shown};
use crate::manifest::{Choice, Question};
use crate::path::is_invisible;

/// The most bytes of a text.
const MAX_TEXT: usize = 64 * 1024;
/// The most entries of a list.
const MAX_ENTRIES: usize = 1_000;

/// Fails if a text is too long or could trick a terminal or a reader.
pub(crate) fn check_text(text: &str) -> Result<(), AnswerProblem> {
    if text.len() > MAX_TEXT {
        return Err(AnswerProblem::LongText(MAX_TEXT));
    }
    let is_control = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
    if text.chars().any(is_control) {
        return Err(AnswerProblem::Control);
    }
    if text.chars().any(is_invisible) {
        return Err(AnswerProblem::Invisible);
    }
    Ok(())
}

/// Fails if entries do not make a list.
pub(super) fn check_entries(entries: &[String]) -> Result<(), AnswerProblem> {
    if entries.len() > MAX_ENTRIES {
        return Err(AnswerProblem::LongList(MAX_ENTRIES));
    }
    let mut seen = BTreeSet::new();
    for entry in entries {
        check_text(entry)?;
        if entry.is_empty() {
            return Err(AnswerProblem::EmptyEntry);
        }
        if !seen.insert(entry) {
            return Err(AnswerProblem::DuplicateEntry(shown(entry)));
        }
    }
    Ok(())
}

/// Fails if a value is none of the choices.
pub(crate) fn one_of(value: &str, choices: &[Choice]) -> Result<(), AnswerProblem> {
    if choices.iter().any(|choice| choice.value == value) {
        return Ok(());
    }
    let known: Vec<String> = choices
        .iter()
        .map(|choice| format!("`{}`", choice.value))
        .collect();
    Err(AnswerProblem::NotAChoice {
        value: shown(value),
        known: known.join(", "),
    })
}

/// Fails if an answer, or an entry of a list, does not match the pattern of its question.
pub(crate) fn check_pattern(question: &Question, answer: &Answer) -> Result<(), AnswerProblem> {
    let Some(pattern) = &question.pattern else {
        return Ok(());
    };
    let matches = match answer {
        Answer::String(text) => pattern.is_match(text),
        Answer::Secret(secret) => pattern.is_match(secret.reveal()),
        Answer::List(entries) => entries.iter().all(|entry| pattern.is_match(entry)),
        Answer::Int(_) | Answer::Float(_) | Answer::Bool(_) => true,
    };
    if matches {
        return Ok(());
    }
    Err(match &question.message {
        Some(message) => AnswerProblem::Message(message.clone()),
        None => AnswerProblem::Pattern(pattern.to_string()),
    })
}
