//! Which questions and computed values nothing uses.

use std::collections::BTreeSet;

use super::Code;
use super::finding::Finding;
use crate::MANIFEST_FILE;
use crate::manifest::{DefaultValue, Manifest, ManifestPlaces, Question};
use crate::render::Condition;

/// Returns what nothing uses; `used` are the names that the files use.
pub(super) fn check(
    manifest: &Manifest,
    places: &ManifestPlaces,
    mut used: BTreeSet<String>,
) -> Vec<Finding> {
    let conditions = manifest.rules.conditions();
    let hooks = manifest.hooks.iter().filter_map(|hook| hook.when.as_ref());
    for condition in conditions.chain(hooks) {
        used.extend(condition.used().iter().cloned());
    }
    for computed in &manifest.computed {
        used.extend(computed.value.used().iter().cloned());
    }
    for question in &manifest.questions {
        used.extend(used_by(question).cloned());
    }
    let finding = |code, key: &str, what, range| {
        Finding::new(
            code,
            MANIFEST_FILE,
            format!("nothing uses the {what} `{key}`"),
        )
        .at(range)
        .with_help("use it in a file, a name or a condition, or remove it".to_owned())
    };
    let questions = manifest.questions.iter().zip(&places.questions);
    let questions = questions
        .filter(|(question, _)| !used.contains(&question.key))
        .map(|(question, places)| {
            let range = places.key.clone();
            finding(Code::UnusedQuestion, &question.key, "answer to", range)
        });
    let computed = manifest.computed.iter().zip(&places.computed);
    let computed = computed
        .filter(|(computed, _)| !used.contains(&computed.key))
        .map(|(computed, range)| {
            let code = Code::UnusedComputed;
            finding(code, &computed.key, "computed value", range.clone())
        });
    questions.chain(computed).collect()
}

/// Returns the names that a question uses of others.
fn used_by(question: &Question) -> impl Iterator<Item = &String> {
    let default = match &question.default {
        Some(DefaultValue::Rendered(expression)) => Some(expression.used()),
        _ => None,
    };
    let when = question.when.as_ref().map(Condition::used);
    let valid = question.valid.as_ref().map(Condition::used);
    let all = [default, when, valid].into_iter().flatten().flatten();
    all.filter(|&name| *name != question.key)
}
