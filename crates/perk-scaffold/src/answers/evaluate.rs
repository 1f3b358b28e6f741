//! One question after the other: whether it is asked, what its default is, whether an answer
//! fits.

use super::check::check_pattern;
use super::problem::shown;
use super::settled::{Entry, values};
use super::{Answer, AnswerProblem, Answers, Circumstances, Source};
use crate::ScaffoldError;
use crate::manifest::{Computed, DefaultValue, Kind, Manifest, Question};
use crate::render::{Engine, RenderFault, Values};

/// A manifest with what is needed to work out its expressions.
#[derive(Debug)]
pub(crate) struct Evaluator<'m> {
    pub(super) manifest: &'m Manifest,
    project_name: String,
    engine: Engine,
}

impl<'m> Evaluator<'m> {
    pub(crate) fn new(manifest: &'m Manifest, circumstances: &Circumstances) -> Self {
        Self {
            manifest,
            project_name: circumstances.project_name.clone(),
            engine: Engine::for_values(circumstances.moment()),
        }
    }

    /// Returns whether a question is asked after these answers.
    pub(crate) fn is_asked(
        &self,
        question: &Question,
        before: &[Entry],
    ) -> Result<bool, ScaffoldError> {
        let Some(when) = &question.when else {
            return Ok(true);
        };
        let holds = self.engine.holds(when, &self.values(before));
        holds.map_err(|fault| expression_error(&question.key, fault))
    }

    /// Returns the default of a question after these answers. It need not be valid.
    pub(super) fn default(
        &self,
        question: &Question,
        before: &[Entry],
    ) -> Result<Option<Answer>, ScaffoldError> {
        match &question.default {
            None => Ok(None),
            Some(DefaultValue::Fixed(answer)) => Ok(Some(answer.clone())),
            Some(DefaultValue::Rendered(expression)) => {
                let values = self.values(before);
                let text = self
                    .engine
                    .render(expression, &values, Some(&question.key))
                    .map_err(|fault| expression_error(&question.key, fault))?;
                let answer = Answer::parse(&question.kind, &text);
                answer.map(Some).map_err(|problem| ScaffoldError::Default {
                    key: question.key.clone(),
                    value: shown(&text),
                    problem,
                })
            }
        }
    }

    /// Returns the default of a question after these answers, if it has one; fails if that does
    /// not fit.
    pub(crate) fn valid_default(
        &self,
        question: &Question,
        before: &[Entry],
    ) -> Result<Option<Entry>, ScaffoldError> {
        let Some(answer) = self.default(question, before)? else {
            return Ok(None);
        };
        self.check(question, &answer, before)
            .map_err(|problem| ScaffoldError::Default {
                key: question.key.clone(),
                value: answer.to_text(),
                problem,
            })?;
        Ok(Some(entry(question, answer, Source::Default)))
    }

    /// Fails if an answer does not fit its question.
    pub(crate) fn check(
        &self,
        question: &Question,
        answer: &Answer,
        before: &[Entry],
    ) -> Result<(), AnswerProblem> {
        check_pattern(question, answer)?;
        let Some(valid) = &question.valid else {
            return Ok(());
        };
        let mut entries = before.to_vec();
        entries.push(entry(question, answer.clone(), Source::Given));
        match self.engine.holds(valid, &self.values(&entries)) {
            Ok(true) => Ok(()),
            Ok(false) => Err(match &question.message {
                Some(message) => AnswerProblem::Message(message.clone()),
                None => AnswerProblem::NotValid,
            }),
            Err(fault) => Err(AnswerProblem::Expression(fault.problem)),
        }
    }

    /// Returns what a question that is not asked counts as.
    pub(crate) fn not_asked(
        &self,
        question: &Question,
        before: &[Entry],
    ) -> Result<Entry, ScaffoldError> {
        let default = self.default(question, before)?;
        let answer = default.unwrap_or_else(|| Answer::empty(&question.kind));
        Ok(entry(question, answer, Source::NotAsked))
    }

    /// Adds the computed values to the answers of all questions.
    pub(super) fn settle(
        &self,
        mut entries: Vec<Entry>,
        ignored: Vec<String>,
    ) -> Result<Answers, ScaffoldError> {
        for computed in &self.manifest.computed {
            let entry = self.computed(computed, &entries)?;
            entries.push(entry);
        }
        Ok(Answers::new(self.project_name.clone(), entries, ignored))
    }

    fn computed(&self, computed: &Computed, before: &[Entry]) -> Result<Entry, ScaffoldError> {
        let text = self
            .engine
            .render(&computed.value, &self.values(before), Some(&computed.key))
            .map_err(|fault| expression_error(&computed.key, fault))?;
        let kind = if computed.is_secret {
            Kind::Secret
        } else {
            Kind::String
        };
        let answer = Answer::parse(&kind, &text).map_err(|problem| ScaffoldError::Computed {
            key: computed.key.clone(),
            problem,
        })?;
        Ok(Entry {
            key: computed.key.clone(),
            answer,
            source: Source::Computed,
            is_secret: computed.is_secret,
        })
    }

    fn values(&self, entries: &[Entry]) -> Values {
        values(self.manifest, &self.project_name, entries)
    }
}

pub(crate) fn entry(question: &Question, answer: Answer, source: Source) -> Entry {
    Entry {
        key: question.key.clone(),
        answer,
        source,
        is_secret: question.kind == Kind::Secret,
    }
}

fn expression_error(key: &str, fault: RenderFault) -> ScaffoldError {
    ScaffoldError::Expression {
        key: key.to_owned(),
        source: fault,
    }
}
