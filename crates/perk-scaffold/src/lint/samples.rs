//! Answers to try for a question.

use super::example::{Oddness, example};
use crate::Answer;
use crate::answers::check_pattern;
use crate::manifest::{DefaultValue, Kind, Question};

/// An answer to try.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Sample {
    /// The default, worked out from the answers before.
    Default,
    /// The first of these that fits.
    FirstFitting(Vec<Answer>),
}

/// Texts that anybody might answer.
const PLAIN: &[&str] = &[
    "example",
    "example-one",
    "Example",
    "1",
    "8080",
    "1.0.0",
    "example.com",
    "https://example.com",
    "someone@example.com",
    "example/example",
];

/// Texts with what often breaks a format that they are put into.
const AWKWARD: &[&str] = &[
    r#"It's "odd" & <new>: 100% of #1, \n, $HOME, {{x}} and [[y]] – über"#,
    r#"it's "odd""#,
    "odd: yes # no",
    "two  words",
    "über",
];

/// Returns the answers to try, the usual one first.
pub(super) fn samples(question: &Question) -> Vec<Sample> {
    let mut samples = Vec::new();
    samples.extend(question.default.as_ref().map(|_| Sample::Default));
    let has_default = !samples.is_empty();
    let groups = match &question.kind {
        Kind::Bool => one_each([true, false].map(Answer::Bool)),
        Kind::Choice(choices) => {
            let values = choices.iter().map(|choice| choice.value.clone());
            one_each(values.map(Answer::String))
        }
        Kind::Choices(choices) => {
            let all: Vec<String> = choices.iter().map(|choice| choice.value.clone()).collect();
            let first = all.iter().take(1).cloned().collect();
            one_each([all, Vec::new(), first].map(Answer::List))
        }
        Kind::String | Kind::Secret => texts(question, has_default)
            .into_iter()
            .map(|texts| {
                texts
                    .iter()
                    .filter_map(|text| answer(question, text))
                    .collect()
            })
            .collect(),
        Kind::List => lists(question),
        Kind::Int => vec![[1, 0, 8080, -1].map(Answer::Int).to_vec()],
        Kind::Float => vec![[0.5, 1.0, 0.0, 100.0, -1.0].map(Answer::Float).to_vec()],
    };
    for mut group in groups {
        group.retain(|answer| {
            !is_default(question, answer) && check_pattern(question, answer).is_ok()
        });
        let sample = Sample::FirstFitting(group);
        let is_empty = sample == Sample::FirstFitting(Vec::new());
        if !is_empty && !samples.contains(&sample) {
            samples.push(sample);
        }
    }
    samples
}

fn is_default(question: &Question, answer: &Answer) -> bool {
    matches!(&question.default, Some(DefaultValue::Fixed(default)) if default == answer)
}

fn one_each(answers: impl IntoIterator<Item = Answer>) -> Vec<Vec<Answer>> {
    answers.into_iter().map(|answer| vec![answer]).collect()
}

/// Returns plain texts, unless there is a default, and awkward ones.
fn texts(question: &Question, has_default: bool) -> Vec<Vec<String>> {
    let made = |oddness| {
        let pattern = question.pattern.as_ref()?;
        example(pattern.as_str(), oddness)
    };
    let owned =
        |texts: &[&str]| -> Vec<String> { texts.iter().map(|&text| text.to_owned()).collect() };
    let mut plain = owned(PLAIN);
    plain.extend(made(Oddness::Plain));
    plain.extend(made(Oddness::Odd));
    let mut awkward = owned(AWKWARD);
    awkward.extend(made(Oddness::Odd));
    if has_default {
        awkward.extend(plain);
        vec![awkward]
    } else {
        vec![plain, awkward]
    }
}

/// Returns lists of no, of two plain and of one awkward entry.
fn lists(question: &Question) -> Vec<Vec<Answer>> {
    let fits = |entry: &String| {
        let list = Answer::List(vec![entry.clone()]);
        // The entries of a typed list stand between commas.
        !entry.contains(',') && check_pattern(question, &list).is_ok()
    };
    let entries = texts(question, false).into_iter().map(|texts| {
        let fitting = texts.into_iter().filter(fits);
        fitting.collect::<Vec<String>>()
    });
    let entries: Vec<Vec<String>> = entries.collect();
    let first = |group: usize, count: usize| {
        let group = entries.get(group).into_iter().flatten();
        let entries: Vec<String> = group.take(count).cloned().collect();
        vec![Answer::List(entries)]
    };
    vec![first(0, 2), vec![Answer::List(Vec::new())], first(1, 1)]
}

fn answer(question: &Question, text: &str) -> Option<Answer> {
    Answer::parse(&question.kind, text).ok()
}
