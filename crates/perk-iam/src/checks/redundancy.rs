//! What could be left out: actions, resources and statements that others cover.

use std::collections::HashMap;

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::json::{Kind as Json, Value};
use crate::policy::{Arn, Pattern, Patterns, Statement, glob};

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Draft>) {
    for statement in &subject.policy.statements {
        if let Some(actions) = &statement.actions {
            let prefix = |text: &str| {
                text.split(':')
                    .next()
                    .unwrap_or_default()
                    .to_ascii_lowercase()
            };
            let groups = groups(&actions.items, prefix, glob::covers_ignoring_case);
            report(Code::RedundantAction, "actions", actions, &groups, found);
        }
        if let Some(resources) = &statement.resources {
            let groups = groups(&resources.items, service_of, glob::arn_covers);
            report(
                Code::RedundantResource,
                "resources",
                resources,
                &groups,
                found,
            );
        }
    }
    statements(&subject.policy.statements, found);
}

fn service_of(text: &str) -> String {
    Arn::parse(text)
        .map(|arn| arn.service.to_owned())
        .unwrap_or_default()
}

/// A pattern and all that it covers, as indices in order, and which it is.
struct Group {
    covering: usize,
    members: Vec<usize>,
}

/// Finds the patterns that cover others and are not themselves covered.
///
/// Patterns are compared with those of the same `key` (the service) and with those whose own key
/// has a wildcard, so that a long list costs no quadratic time.
fn groups(
    items: &[Pattern<'_>],
    key: impl Fn(&str) -> String,
    covers: impl Fn(&str, &str) -> bool,
) -> Vec<Group> {
    let mut buckets: HashMap<String, Vec<usize>> = HashMap::new();
    let mut wide = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let key = key(item.text);
        if key.is_empty() || glob::has_wildcard(&key) {
            wide.push(index);
        }
        buckets.entry(key).or_default().push(index);
    }
    let mut taken = vec![false; items.len()];
    let mut groups = Vec::new();
    let covers_index =
        |one: usize, other: usize| one != other && covers(items[one].text, items[other].text);
    for index in 0..items.len() {
        if taken[index] {
            continue;
        }
        let is_wide = wide.contains(&index);
        let own_bucket = buckets
            .get(&key(items[index].text))
            .map_or(&[][..], Vec::as_slice);
        let covered_by_wider = own_bucket.iter().chain(&wide).any(|&other| {
            covers_index(other, index) && !(covers_index(index, other) && index < other)
        });
        if covered_by_wider
            || !(is_wide || glob::has_wildcard(items[index].text) || own_bucket.len() > 1)
        {
            continue;
        }
        let candidates: Vec<usize> = if is_wide {
            (0..items.len()).collect()
        } else {
            own_bucket.to_vec()
        };
        let covered: Vec<usize> = candidates
            .into_iter()
            .filter(|&other| covers_index(index, other))
            .collect();
        if covered.is_empty() {
            continue;
        }
        for &member in &covered {
            taken[member] = true;
        }
        let mut members = covered;
        members.push(index);
        members.sort_unstable();
        groups.push(Group {
            covering: index,
            members,
        });
    }
    groups
}

fn report(
    code: Code,
    what: &str,
    patterns: &Patterns<'_>,
    groups: &[Group],
    found: &mut Vec<Draft>,
) {
    for group in groups {
        let covering = patterns.items[group.covering].text;
        let spans: Vec<_> = group
            .members
            .iter()
            .map(|&index| patterns.items[index].span)
            .collect();
        let covered = group.members.len() - 1;
        let message = if covered == 1 {
            format!("`{covering}` covers one other of the {what}")
        } else {
            format!("`{covering}` covers {covered} others of the {what}")
        };
        let draft = Draft::new(code, spans[0], message).and_all(spans.into_iter().skip(1));
        found.push(draft.help(format!(
            "keep `{covering}` only, or remove it and keep the others"
        )));
    }
}

fn statements(statements: &[Statement<'_>], found: &mut Vec<Draft>) {
    let mut seen: HashMap<String, &Statement<'_>> = HashMap::new();
    for statement in statements {
        let meaning = meaning(statement.value);
        match seen.get(&meaning) {
            None => {
                seen.insert(meaning, statement);
            }
            Some(first) => {
                let message = "an earlier statement says the same";
                let draft = Draft::new(Code::RedundantStatement, statement.value.span, message);
                found.push(draft.and(first.value.span).help("remove one of them"));
            }
        }
    }
}

/// Returns a text that is equal for statements that mean the same: no `Sid`, lists in order.
fn meaning(statement: &Value<'_>) -> String {
    let mut parts: Vec<String> = statement
        .as_object()
        .unwrap_or_default()
        .iter()
        .filter(|member| member.key.text != "Sid")
        .map(|member| {
            let ignores_case = matches!(member.key.text.as_ref(), "Action" | "NotAction");
            format!(
                "{}={}",
                member.key.text,
                normal(&member.value, ignores_case)
            )
        })
        .collect();
    parts.sort_unstable();
    parts.join("\u{1}")
}

fn normal(value: &Value<'_>, ignores_case: bool) -> String {
    match &value.kind {
        Json::Object(members) => {
            let mut parts: Vec<String> = members
                .iter()
                .map(|member| {
                    format!(
                        "{}={}",
                        member.key.text,
                        normal(&member.value, ignores_case)
                    )
                })
                .collect();
            parts.sort_unstable();
            format!("{{{}}}", parts.join("\u{1}"))
        }
        Json::Array(elements) => {
            let mut parts: Vec<String> = elements
                .iter()
                .map(|element| normal(element, ignores_case))
                .collect();
            parts.sort_unstable();
            parts.dedup();
            parts.join("\u{2}")
        }
        Json::String(text) if ignores_case => text.to_ascii_lowercase(),
        Json::String(text) => text.to_string(),
        Json::Number(digits) => (*digits).to_owned(),
        Json::Bool(truth) => truth.to_string(),
        Json::Null => String::from("null"),
    }
}
