//! The questions of a template as factors, with answers to try as their levels.

use std::cell::RefCell;

use super::Code;
use super::covering::{Levels, Model};
use super::finding::Finding;
use super::samples::{Sample, samples};
use crate::answers::{Entry, Evaluator, GivenAnswers, entry, given_answer};
use crate::manifest::{Manifest, ManifestPlaces, Question};
use crate::{Answer, Circumstances, MANIFEST_FILE, ScaffoldError, Source};

/// Questions with the answers to try.
pub(super) struct Questionnaire<'m> {
    manifest: &'m Manifest,
    places: &'m ManifestPlaces,
    evaluator: Evaluator<'m>,
    samples: Vec<Vec<Sample>>,
    /// The questions whose answers are given, so that no other is tried.
    is_given: Vec<bool>,
    /// The levels that were asked for last, with the entries that they lead to.
    last: RefCell<(Vec<Option<usize>>, Vec<Entry>)>,
    findings: RefCell<Vec<Finding>>,
}

impl<'m> Questionnaire<'m> {
    /// Prepares the questions; a given answer is the only one that is tried.
    pub(super) fn new(
        manifest: &'m Manifest,
        places: &'m ManifestPlaces,
        circumstances: &Circumstances,
        given: &GivenAnswers,
    ) -> Result<Self, ScaffoldError> {
        let questions = manifest.questions.iter();
        let samples = questions.clone().map(|question| {
            Ok(match given_answer(question, given)? {
                Some(answer) => vec![Sample::FirstFitting(vec![answer])],
                None => samples(question),
            })
        });
        Ok(Self {
            manifest,
            places,
            evaluator: Evaluator::new(manifest, circumstances),
            samples: samples.collect::<Result<_, ScaffoldError>>()?,
            is_given: questions
                .map(|question| given.contains_key(&question.key))
                .collect(),
            last: RefCell::default(),
            findings: RefCell::default(),
        })
    }

    /// Returns what was found on the way, each thing once.
    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings.into_inner()
    }

    /// Returns the answers of a combination that are not defaults, and whether each was given.
    pub(super) fn answers(&self, row: &[Option<usize>]) -> Vec<(&'m Question, Answer, bool)> {
        let entries = self.entries(row);
        let questions = self.manifest.questions.iter().zip(&self.is_given);
        let chosen = questions.zip(entries).zip(row);
        let chosen = chosen.filter_map(|(((question, is_given), entry), level)| {
            (level.is_some() && entry.source == Source::Given).then_some((
                question,
                entry.answer,
                *is_given,
            ))
        });
        chosen.collect()
    }

    /// Returns the entries that levels lead to.
    fn entries(&self, levels: &[Option<usize>]) -> Vec<Entry> {
        let mut last = self.last.borrow_mut();
        let same = last
            .0
            .iter()
            .zip(levels)
            .take_while(|(one, other)| one == other);
        let same = same.count();
        let mut entries = std::mem::take(&mut last.1);
        entries.truncate(same);
        for level in &levels[same..] {
            match self.entry(&entries, *level) {
                Some(entry) => entries.push(entry),
                None => break,
            }
        }
        *last = (levels[..entries.len()].to_vec(), entries.clone());
        entries
    }

    /// Returns the entry that a level of the next question leads to.
    fn entry(&self, before: &[Entry], level: Option<usize>) -> Option<Entry> {
        let question = self.manifest.questions.get(before.len())?;
        match level {
            None => self.evaluator.not_asked(question, before).ok(),
            Some(level) => {
                let sample = self.samples.get(before.len())?.get(level)?;
                self.try_sample(question, sample, before).ok()?
            }
        }
    }

    /// Returns the entry of a sample, if it fits after these answers.
    fn try_sample(
        &self,
        question: &Question,
        sample: &Sample,
        before: &[Entry],
    ) -> Result<Option<Entry>, ScaffoldError> {
        let evaluator = &self.evaluator;
        match sample {
            Sample::FirstFitting(answers) => {
                let fits = |answer: &&Answer| evaluator.check(question, answer, before).is_ok();
                let answer = answers.iter().find(fits).cloned();
                Ok(answer.map(|answer| entry(question, answer, Source::Given)))
            }
            Sample::Default => evaluator.valid_default(question, before),
        }
    }

    /// Keeps a finding about the next question, unless it is there.
    fn find(&self, number: usize, finding: Finding) {
        let finding = match self.places.of_default(number) {
            Some(range) => finding.at(range),
            None => finding,
        };
        let mut findings = self.findings.borrow_mut();
        let is_same = |other: &Finding| other.code == finding.code && other.span == finding.span;
        if !findings.iter().any(is_same) {
            findings.push(finding);
        }
    }
}

impl Model for Questionnaire<'_> {
    fn level_counts(&self) -> Vec<usize> {
        self.samples.iter().map(Vec::len).collect()
    }

    fn levels(&self, before: &[Option<usize>]) -> Levels {
        let number = before.len();
        let entries = self.entries(before);
        let question = &self.manifest.questions[number];
        match self.evaluator.is_asked(question, &entries) {
            Ok(true) => {}
            Ok(false) => return Levels::NotAsked,
            Err(error) => {
                self.find(number, Finding::of_error(&error));
                return Levels::OneOf(Vec::new());
            }
        }
        let samples = self.samples[number].iter().enumerate();
        let mut has_failed = false;
        let levels = samples.filter_map(|(level, sample)| {
            match self.try_sample(question, sample, &entries) {
                Ok(entry) => entry.map(|_| level),
                Err(error) => {
                    has_failed = true;
                    self.find(number, Finding::of_error(&error));
                    None
                }
            }
        });
        let levels: Vec<usize> = levels.collect();
        if levels.is_empty() && !has_failed {
            self.find(number, no_sample(question));
        }
        Levels::OneOf(levels)
    }
}

fn no_sample(question: &Question) -> Finding {
    let key = &question.key;
    let message = format!("no answer to `{key}` can be made up, so nothing is tried after it");
    Finding::new(Code::NoSample, MANIFEST_FILE, message).with_help(format!(
        "give it a `default`, or an answer with `--set {key}=…`"
    ))
}
