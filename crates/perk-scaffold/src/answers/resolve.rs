//! Answers without anybody to ask: what was given, defaults, and what is missing.

use std::collections::BTreeMap;

use serde_json::Value;

use super::evaluate::{Evaluator, entry};
use super::settled::Entry;
use super::{Answer, AnswerProblem, Answers, Circumstances, Source};
use crate::ScaffoldError;
use crate::manifest::{Manifest, Question};
use perk_diag::nearest;

/// An answer that was given beforehand.
#[derive(Clone)]
pub enum Given {
    /// As it would be typed: from a flag or a variable.
    Text(String),
    /// As data: from a file.
    Value(Value),
}

impl std::fmt::Debug for Given {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // It may be a secret.
        f.write_str("Given(…)")
    }
}

/// The answers that were given beforehand, by key.
pub type GivenAnswers = BTreeMap<String, Given>;

/// Whether a question that nobody answered takes its default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Defaults {
    /// It takes its default.
    Take,
    /// It is missing.
    Refuse,
}

/// Returns complete answers, or all that is missing.
pub fn resolve(
    manifest: &Manifest,
    circumstances: &Circumstances,
    given: &GivenAnswers,
    defaults: Defaults,
) -> Result<Answers, ScaffoldError> {
    check_keys(manifest, given)?;
    let evaluator = Evaluator::new(manifest, circumstances);
    let (mut entries, mut missing, mut ignored) = (Vec::new(), Vec::new(), Vec::new());
    for question in &manifest.questions {
        if !evaluator.is_asked(question, &entries)? {
            ignored.extend(
                given
                    .contains_key(&question.key)
                    .then(|| question.key.clone()),
            );
            entries.push(evaluator.not_asked(question, &entries)?);
            continue;
        }
        let given = given_entry(&evaluator, question, given, &entries)?;
        let found = match given {
            Some(entry) => Some(entry),
            None => default_entry(&evaluator, question, &entries, defaults)?,
        };
        let entry = if let Some(entry) = found {
            entry
        } else {
            missing.push(question.key.clone());
            // What follows is worked out as if it had been left empty, so that everything that is
            // missing is said at once.
            evaluator.not_asked(question, &entries)?
        };
        entries.push(entry);
    }
    if missing.is_empty() {
        evaluator.settle(entries, ignored)
    } else {
        Err(ScaffoldError::Missing { keys: missing })
    }
}

/// Fails if an answer was given to something that is no question.
pub(crate) fn check_keys(manifest: &Manifest, given: &GivenAnswers) -> Result<(), ScaffoldError> {
    match given.keys().find(|key| manifest.question(key).is_none()) {
        None => Ok(()),
        Some(key) => {
            let known: Vec<&str> = manifest
                .questions
                .iter()
                .map(|question| question.key.as_str())
                .collect();
            Err(ScaffoldError::UnknownAnswer {
                key: key.clone(),
                nearest: nearest(key, known.iter().copied()).map(str::to_owned),
                known: known.iter().map(|&key| key.to_owned()).collect(),
            })
        }
    }
}

/// Returns the answer that was given to a question, if one was and it fits.
pub(super) fn given_entry(
    evaluator: &Evaluator<'_>,
    question: &Question,
    given: &GivenAnswers,
    before: &[Entry],
) -> Result<Option<Entry>, ScaffoldError> {
    let Some(answer) = given_answer(question, given)? else {
        return Ok(None);
    };
    evaluator
        .check(question, &answer, before)
        .map_err(|problem| refused(question, problem))?;
    Ok(Some(entry(question, answer, Source::Given)))
}

/// Returns the answer that was given to a question, if one was, whether it fits or not.
pub(crate) fn given_answer(
    question: &Question,
    given: &GivenAnswers,
) -> Result<Option<Answer>, ScaffoldError> {
    let answer = match given.get(&question.key) {
        None => return Ok(None),
        Some(Given::Text(text)) => Answer::parse(&question.kind, text),
        Some(Given::Value(value)) => Answer::from_value(&question.kind, value),
    };
    answer
        .map(Some)
        .map_err(|problem| refused(question, problem))
}

fn default_entry(
    evaluator: &Evaluator<'_>,
    question: &Question,
    before: &[Entry],
    defaults: Defaults,
) -> Result<Option<Entry>, ScaffoldError> {
    match defaults {
        Defaults::Refuse => Ok(None),
        Defaults::Take => evaluator.valid_default(question, before),
    }
}

fn refused(question: &Question, problem: AnswerProblem) -> ScaffoldError {
    ScaffoldError::Answer {
        key: question.key.clone(),
        problem,
    }
}
