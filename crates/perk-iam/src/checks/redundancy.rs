//! What could be left out: actions, resources and statements that others cover.

use std::collections::HashMap;
use std::ops::Range;

use super::{Effort, Subject};
use crate::code::Code;
use crate::finding::Draft;
use crate::json::{Kind as Json, Value};
use crate::policy::{Patterns, Statement, glob};

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Draft>) {
    for statement in &subject.policy.statements {
        if let Some(actions) = &statement.actions {
            let texts = actions
                .items
                .iter()
                .map(|item| item.text.to_ascii_lowercase());
            let groups = groups(&texts.collect::<Vec<_>>(), glob::covers, subject.effort);
            report(Code::RedundantAction, "actions", actions, &groups, found);
        }
        if let Some(resources) = &statement.resources {
            let texts: Vec<&str> = resources.items.iter().map(|item| item.text).collect();
            let groups = groups(&texts, glob::arn_covers, subject.effort);
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

/// A pattern and all that it covers, as indices in order, and which it is.
struct Group {
    covering: usize,
    members: Vec<usize>,
}

/// A pattern with the indices of its places in the list.
struct Entry<'t> {
    text: &'t str,
    places: Vec<usize>,
}

impl<'t> Entry<'t> {
    /// Returns what stands before the first wildcard, with which all that it covers begins.
    fn start(&self) -> &'t str {
        let end = memchr::memchr2(b'*', b'?', self.text.as_bytes());
        &self.text[..end.unwrap_or(self.text.len())]
    }

    /// Returns about how many steps it takes to compare it with another.
    fn steps(&self, other: &Self) -> usize {
        let wildcards = memchr::memchr2_iter(b'*', b'?', self.text.as_bytes()).take(2);
        let rounds = if wildcards.count() < 2 {
            1
        } else {
            self.text.len()
        };
        1 + rounds * other.text.len() / 64
    }
}

/// Finds the patterns that cover others and are not themselves covered. Of two that cover each
/// other, the first one covers.
fn groups<T: AsRef<str>>(
    texts: &[T],
    covers: impl Fn(&str, &str) -> bool,
    effort: &Effort,
) -> Vec<Group> {
    if texts.len() < 2 {
        return Vec::new();
    }
    let entries = entries(texts);
    let mut widest_first: Vec<usize> = (0..entries.len()).collect();
    widest_first.sort_by_key(|&index| (entries[index].start().len(), entries[index].text.len()));
    let mut is_covered = vec![false; entries.len()];
    let mut groups = Vec::new();
    'patterns: for one in widest_first {
        if is_covered[one] {
            continue;
        }
        let entry = &entries[one];
        let mut members = entry.places.clone();
        for other in candidates(&entries, entry).filter(|&other| other != one) {
            let candidate = &entries[other];
            if !effort.spend(entry.steps(candidate)) {
                break 'patterns;
            }
            if !covers(entry.text, candidate.text) {
                continue;
            }
            if candidate.places < entry.places && covers(candidate.text, entry.text) {
                is_covered[one] = true;
                continue 'patterns;
            }
            is_covered[other] = true;
            members.extend(&candidate.places);
        }
        if members.len() > 1 {
            members.sort_unstable();
            let covering = entry.places[0];
            groups.push((one, Group { covering, members }));
        }
    }
    groups.retain(|(one, _)| !is_covered[*one]);
    groups.sort_unstable_by_key(|(_, group)| group.covering);
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Returns the patterns without repetition, sorted.
fn entries<T: AsRef<str>>(texts: &[T]) -> Vec<Entry<'_>> {
    let mut sorted: Vec<(&str, usize)> = texts.iter().map(T::as_ref).zip(0..).collect();
    sorted.sort_unstable();
    let repeated = sorted.chunk_by(|(one, _), (other, _)| one == other);
    let entry = |places: &[(&'_ str, usize)]| places.iter().map(|&(_, place)| place).collect();
    repeated
        .map(|places| Entry {
            text: places[0].0,
            places: entry(places),
        })
        .collect()
}

/// Returns the range of the patterns that a pattern may cover.
fn candidates(entries: &[Entry<'_>], pattern: &Entry<'_>) -> Range<usize> {
    let start = pattern.start();
    if start.len() == pattern.text.len() {
        return 0..0;
    }
    let first = entries.partition_point(|entry| entry.text < start);
    let count = entries[first..].partition_point(|entry| entry.text.starts_with(start));
    first..first + count
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
    if statements.len() < 2 {
        return;
    }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition: every pair is compared.
    fn by_definition(texts: &[String]) -> Vec<(usize, Vec<usize>)> {
        let covers = |one: usize, other: usize| glob::covers(&texts[one], &texts[other]);
        let all = 0..texts.len();
        let is_covered = |one: usize| {
            let mut others = all.clone().filter(|&other| other != one);
            others.any(|other| covers(other, one) && (other < one || !covers(one, other)))
        };
        let kept = all.clone().filter(|&one| !is_covered(one));
        let group = |one: usize| {
            (
                one,
                all.clone()
                    .filter(|&o| o == one || covers(one, o))
                    .collect(),
            )
        };
        kept.map(group)
            .filter(|(_, members): &(usize, Vec<usize>)| members.len() > 1)
            .collect()
    }

    proptest! {
        #[test]
        fn finds_what_covers_others(texts in prop::collection::vec("[ab*?]{0,4}", 0..9)) {
            let found = groups(&texts, glob::covers, &Effort::for_text(100));
            let found: Vec<_> = found.into_iter().map(|g| (g.covering, g.members)).collect();
            prop_assert_eq!(found, by_definition(&texts));
        }
    }
}
