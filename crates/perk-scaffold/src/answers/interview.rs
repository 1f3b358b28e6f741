//! Answers from somebody who is asked, question by question, and who may go back.
//!
//! The interview asks nothing itself: it says what to ask next and takes what was typed.

use std::collections::BTreeMap;

use super::evaluate::{Evaluator, entry};
use super::resolve::{check_keys, given_entry};
use super::settled::Entry;
use super::{Answer, AnswerProblem, Answers, Circumstances, GivenAnswers, Source};
use crate::ScaffoldError;
use crate::manifest::{Manifest, Question};

/// A conversation about a manifest.
#[derive(Debug)]
pub struct Interview<'m> {
    evaluator: Evaluator<'m>,
    given: GivenAnswers,
    /// One entry for each question that is behind us.
    entries: Vec<Entry>,
    /// What was typed for questions that were left by going back.
    remembered: BTreeMap<String, Answer>,
}

/// What to ask next.
#[derive(Debug)]
pub struct Prompt<'m> {
    /// The question.
    pub question: &'m Question,
    /// What to propose: what was typed before, or the default.
    pub proposal: Option<Answer>,
    /// Whether there is an earlier question to go back to.
    pub can_go_back: bool,
}

impl<'m> Interview<'m> {
    /// Begins a conversation; what was given is not asked.
    pub fn new(
        manifest: &'m Manifest,
        circumstances: &Circumstances,
        given: GivenAnswers,
    ) -> Result<Self, ScaffoldError> {
        check_keys(manifest, &given)?;
        let mut interview = Self {
            evaluator: Evaluator::new(manifest, circumstances),
            given,
            entries: Vec::new(),
            remembered: BTreeMap::new(),
        };
        interview.advance()?;
        Ok(interview)
    }

    /// Returns what to ask next, or nothing when everything is answered.
    pub fn prompt(&self) -> Result<Option<Prompt<'m>>, ScaffoldError> {
        let Some(question) = self.question() else {
            return Ok(None);
        };
        let proposal = match self.remembered.get(&question.key) {
            Some(answer) => Some(answer.clone()),
            None => self.evaluator.default(question, &self.entries)?,
        };
        Ok(Some(Prompt {
            question,
            proposal,
            can_go_back: self.last_typed().is_some(),
        }))
    }

    /// Returns the answer that a typed text is to the question at hand, without taking it.
    pub fn check(&self, text: &str) -> Result<Answer, AnswerProblem> {
        let Some(question) = self.question() else {
            return Err(AnswerProblem::NotValid);
        };
        let answer = Answer::parse(&question.kind, text)?;
        self.check_answer(&answer)?;
        Ok(answer)
    }

    /// Says whether an answer, such as the proposal, fits the question at hand.
    pub fn check_answer(&self, answer: &Answer) -> Result<(), AnswerProblem> {
        match self.question() {
            Some(question) => self.evaluator.check(question, answer, &self.entries),
            None => Err(AnswerProblem::NotValid),
        }
    }

    /// Takes the answer to the question at hand and goes on to the next.
    pub fn answer(&mut self, answer: Answer) -> Result<(), ScaffoldError> {
        let Some(question) = self.question() else {
            return Ok(());
        };
        self.check_answer(&answer)
            .map_err(|problem| ScaffoldError::Answer {
                key: question.key.clone(),
                problem,
            })?;
        self.entries.push(entry(question, answer, Source::Typed));
        self.advance()
    }

    /// Goes back to the question that was asked last; returns whether there was one.
    pub fn go_back(&mut self) -> bool {
        let Some(index) = self.last_typed() else {
            return false;
        };
        for entry in self
            .entries
            .drain(index..)
            .filter(|entry| entry.source == Source::Typed)
        {
            self.remembered.insert(entry.key, entry.answer);
        }
        true
    }

    /// Returns the complete answers; fails while a question is open.
    pub fn finish(self) -> Result<Answers, ScaffoldError> {
        if let Some(question) = self.question() {
            let keys = vec![question.key.clone()];
            return Err(ScaffoldError::Missing { keys });
        }
        let is_ignored = |entry: &&Entry| {
            entry.source == Source::NotAsked && self.given.contains_key(&entry.key)
        };
        let ignored = self
            .entries
            .iter()
            .filter(is_ignored)
            .map(|entry| entry.key.clone());
        let ignored = ignored.collect();
        self.evaluator.settle(self.entries, ignored)
    }

    fn question(&self) -> Option<&'m Question> {
        self.evaluator.manifest.questions.get(self.entries.len())
    }

    fn last_typed(&self) -> Option<usize> {
        self.entries
            .iter()
            .rposition(|entry| entry.source == Source::Typed)
    }

    /// Goes on over the questions that need not be asked.
    fn advance(&mut self) -> Result<(), ScaffoldError> {
        while let Some(question) = self.question() {
            let entry = if self.evaluator.is_asked(question, &self.entries)? {
                given_entry(&self.evaluator, question, &self.given, &self.entries)?
            } else {
                Some(self.evaluator.not_asked(question, &self.entries)?)
            };
            match entry {
                Some(entry) => self.entries.push(entry),
                None => break,
            }
        }
        Ok(())
    }
}
