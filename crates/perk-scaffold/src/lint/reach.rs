//! Files that no answers bring about.

use std::collections::{BTreeMap, BTreeSet};

use super::Code;
use super::combination::Combination;
use super::covering::{Levels, Model, Row, all_rows};
use super::finding::Finding;
use super::questionnaire::Questionnaire;
use crate::manifest::{DefaultValue, Kind, Manifest};
use crate::plan::sources;
use crate::render::{Delimiters, Reach, compile};
use crate::template::FILES_FOLDER;
use crate::{Circumstances, Template};

/// The most combinations of the answers that one file depends on.
const MOST_ROWS: usize = 512;

/// Returns the files that surely no answers bring about, of those that none has so far.
///
/// That is known of a file only if it depends on nothing but choices, and yes and no: of these all
/// combinations are tried.
pub(super) fn check(
    template: &Template,
    circumstances: &Circumstances,
    questionnaire: &Questionnaire<'_>,
    reached: &BTreeSet<&str>,
) -> Vec<Finding> {
    let manifest = template.manifest();
    let mut groups: BTreeMap<BTreeSet<&str>, BTreeSet<&str>> = BTreeMap::new();
    for path in template.paths().filter(|path| !reached.contains(path)) {
        if let Some(keys) = decisive_keys(manifest, path) {
            groups.entry(keys).or_default().insert(path);
        }
    }
    let mut findings = Vec::new();
    for (keys, mut paths) in groups {
        let model = Restricted {
            questionnaire,
            is_free: manifest
                .questions
                .iter()
                .map(|question| keys.contains(question.key.as_str()))
                .collect(),
        };
        let Some(rows) = all_rows(&model, MOST_ROWS) else {
            continue;
        };
        for row in rows {
            paths.retain(|path| !reaches(template, circumstances, questionnaire, &row, path));
        }
        findings.extend(paths.into_iter().map(unreachable));
    }
    findings
}

fn unreachable(path: &str) -> Finding {
    let message = "no answers bring this file about";
    Finding::new(Code::UnreachableFile, format!("{FILES_FOLDER}/{path}"), message).with_help(
        "all rules that match a file must hold; look at their `when`, and at names that can be empty"
            .to_owned(),
    )
}

/// Returns whether a file is made with some answers; also if that cannot be said.
fn reaches(
    template: &Template,
    circumstances: &Circumstances,
    questionnaire: &Questionnaire<'_>,
    row: &Row,
    path: &str,
) -> bool {
    let chosen = questionnaire.answers(row);
    let combination = Combination::new(template.manifest(), circumstances, &chosen);
    let sources = combination.and_then(|combination| sources(template, combination.answers()));
    sources.map_or(true, |sources| sources.contains(path))
}

/// Returns the keys of the questions on which it depends whether there is a file, if all that they
/// can be is tried.
fn decisive_keys<'m>(manifest: &'m Manifest, path: &str) -> Option<BTreeSet<&'m str>> {
    if manifest.rules.of_any(path).each.is_some() {
        return None;
    }
    let mut open: Vec<String> = Vec::new();
    for condition in manifest.rules.conditions_of(path) {
        open.extend(condition.used().iter().cloned());
    }
    let reach = Reach {
        names: &manifest.names,
        has_moment: false,
    };
    for name in path.split('/') {
        let compiled = compile(name, &Delimiters::braces(), reach).ok()?;
        open.extend(compiled.used().iter().cloned());
    }
    let mut keys = BTreeSet::new();
    while let Some(name) = open.pop() {
        if let Some(computed) = manifest.computed.iter().find(|it| it.key == name) {
            open.extend(computed.value.used().iter().cloned());
        } else if let Some(question) = manifest.question(&name) {
            if !matches!(question.kind, Kind::Bool | Kind::Choice(_)) {
                return None;
            }
            if !keys.insert(question.key.as_str()) {
                continue;
            }
            open.extend(
                question
                    .when
                    .iter()
                    .flat_map(|when| when.used().iter().cloned()),
            );
            if let Some(DefaultValue::Rendered(default)) = &question.default {
                open.extend(default.used().iter().cloned());
            }
        }
    }
    Some(keys)
}

/// A questionnaire in which only some questions have more than one answer.
struct Restricted<'q, 'm> {
    questionnaire: &'q Questionnaire<'m>,
    is_free: Vec<bool>,
}

impl Model for Restricted<'_, '_> {
    fn level_counts(&self) -> Vec<usize> {
        self.questionnaire.level_counts()
    }

    fn levels(&self, before: &[Option<usize>]) -> Levels {
        match self.questionnaire.levels(before) {
            Levels::OneOf(mut levels) if !self.is_free[before.len()] => {
                levels.truncate(1);
                Levels::OneOf(levels)
            }
            levels => levels,
        }
    }
}
