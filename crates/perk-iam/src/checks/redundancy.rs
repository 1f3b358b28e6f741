//! What could be left out: actions, resources and statements that others cover.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use foldhash::fast::RandomState;

use super::{Effort, Subject};
use crate::code::Code;
use crate::finding::Draft;
use crate::hash::{quick, quick_ignoring_case};
use crate::json::{Kind as Json, Member, Value};
use crate::known::{ActionPattern, Named, lower};
use crate::policy::{Arn, Pattern, Patterns, Statement, glob};

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    for (statement, meanings) in subject.statements() {
        if let Some(actions) = &statement.actions {
            redundant_actions(subject, actions, meanings, found);
        }
        if let Some(resources) = &statement.resources {
            redundant_resources(subject, resources, found);
        }
    }
    statements(&subject.policy.statements, found);
}

fn redundant_actions(
    subject: &Subject<'_, '_>,
    actions: &Patterns<'_>,
    meanings: &[ActionPattern<'_>],
    found: &mut Vec<Draft>,
) {
    let items = actions.items;
    if items.len() < 2 {
        return;
    }
    // What names one action has no wildcard.
    let may_be_open = |at: usize| !matches!(meanings[at].named, Named::One(_));
    let covers =
        |one: usize, other: usize| glob::covers_ignoring_case(items[one].text, items[other].text);
    if !names_one_twice(subject, items, meanings)
        && !any_covers(
            items,
            &open(items, may_be_open),
            begins_ignoring_case,
            covers,
        )
    {
        return;
    }
    let texts: Vec<_> = items.iter().map(|item| lower(item.text)).collect();
    let covers = |one: usize, other: usize| glob::covers(&texts[one], &texts[other]);
    let groups = groups(&texts, covers, subject.effort);
    report(Code::RedundantAction, "actions", actions, &groups, found);
}

/// Tells whether two patterns of actions are the same but for case.
fn names_one_twice(
    subject: &Subject<'_, '_>,
    items: &[Pattern<'_>],
    meanings: &[ActionPattern<'_>],
) -> bool {
    let seen = &subject.known.is_action_seen;
    seen.forget();
    let mut others = Vec::new();
    for (item, meaning) in items.iter().zip(meanings) {
        let Named::One(action) = meaning.named else {
            others.push(quick_ignoring_case(item.text));
            continue;
        };
        if seen.get(action.index()).is_some() {
            return true;
        }
        seen.keep(action.index(), true);
    }
    has_repeats(others)
}

fn redundant_resources(
    subject: &Subject<'_, '_>,
    resources: &Patterns<'_>,
    found: &mut Vec<Draft>,
) {
    let items = resources.items;
    if items.len() < 2 {
        return;
    }
    let hashes = items.iter().map(|item| quick(item.text));
    let repeats = has_repeats(hashes.collect());
    let open = open(items, |_| true);
    if !repeats && open.is_empty() {
        return;
    }
    let arns = items.iter().map(|item| (item.text, Arn::parse(item.text)));
    let arns: Vec<_> = arns.collect();
    let begins = |text: &str, start: &str| text.starts_with(start);
    let covers = |one: usize, other: usize| glob::arn_covers_parsed(&arns[one], &arns[other]);
    if !repeats && !any_covers(items, &open, begins, covers) {
        return;
    }
    let texts: Vec<&str> = items.iter().map(|item| item.text).collect();
    let groups = groups(&texts, covers, subject.effort);
    report(
        Code::RedundantResource,
        "resources",
        resources,
        &groups,
        found,
    );
}

/// Returns the positions of the patterns with wildcards, among those that may have some.
fn open(items: &[Pattern<'_>], may_have: impl Fn(usize) -> bool) -> Vec<usize> {
    (0..items.len())
        .filter(|&at| may_have(at) && glob::has_wildcard(items[at].text))
        .collect()
}

/// Longer lists are sorted at once.
const FEW_COMPARISONS: usize = 20_000;

/// Tells, without allocating, whether one of the open patterns may cover another one; nearly none
/// does. `begins` takes a pattern and what it may begin with, `covers` the positions of two patterns.
fn any_covers(
    items: &[Pattern<'_>],
    open: &[usize],
    begins: impl Fn(&str, &str) -> bool,
    covers: impl Fn(usize, usize) -> bool,
) -> bool {
    open.len() * items.len() > FEW_COMPARISONS
        || open.iter().any(|&one| {
            let start = literal_start(items[one].text);
            let others = (0..items.len()).filter(|&other| other != one);
            let mut near = others.filter(|&other| begins(items[other].text, start));
            near.any(|other| covers(one, other))
        })
}

fn begins_ignoring_case(text: &str, start: &str) -> bool {
    let (text, start) = (text.as_bytes(), start.as_bytes());
    let Some(begin) = text.get(..start.len()) else {
        return false;
    };
    // The last letters differ more often than the first.
    let ends_alike = match (begin.last(), start.last()) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => true,
    };
    ends_alike && begin.eq_ignore_ascii_case(start)
}

/// Lists of hashes up to this length are compared pair by pair, longer ones sorted.
const FEW_HASHES: usize = 64;

fn has_repeats(mut hashes: Vec<u64>) -> bool {
    if hashes.len() <= FEW_HASHES {
        let mut rest = hashes.as_slice();
        while let Some((first, others)) = rest.split_first() {
            if others.contains(first) {
                return true;
            }
            rest = others;
        }
        return false;
    }
    hashes.sort_unstable();
    hashes.windows(2).any(|pair| pair[0] == pair[1])
}

fn text_hash(text: &str, ignores_case: bool) -> u64 {
    if ignores_case {
        quick_ignoring_case(text)
    } else {
        quick(text)
    }
}

/// Returns what stands before the first wildcard, with which all that a pattern covers begins.
fn literal_start(pattern: &str) -> &str {
    let end = memchr::memchr2(b'*', b'?', pattern.as_bytes());
    &pattern[..end.unwrap_or(pattern.len())]
}

/// A pattern and all that it covers, as indices in order, and which it is.
struct Group {
    covering: usize,
    members: Vec<usize>,
}

/// A pattern with the indices of its places in the list.
struct Entry<'s> {
    text: &'s str,
    /// Pairs of the pattern and a place.
    places: &'s [(&'s str, usize)],
}

impl<'t> Entry<'t> {
    /// Returns its places, in order.
    fn places(&self) -> impl Iterator<Item = usize> {
        self.places.iter().map(|(_, place)| *place)
    }

    /// Returns its first place.
    fn first(&self) -> usize {
        self.places[0].1
    }

    /// Returns what stands before the first wildcard.
    fn start(&self) -> &'t str {
        literal_start(self.text)
    }

    /// Tells whether it may cover others or itself in another place.
    fn may_cover(&self) -> bool {
        self.places.len() > 1 || glob::has_wildcard(self.text)
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
/// other, the first one covers. `covers` takes the positions of two patterns.
fn groups<T: AsRef<str>>(
    texts: &[T],
    covers: impl Fn(usize, usize) -> bool,
    effort: &Effort,
) -> Vec<Group> {
    let mut sorted: Vec<(&str, usize)> = texts.iter().map(T::as_ref).zip(0..).collect();
    sorted.sort_unstable();
    let entries = entries(&sorted);
    let may_cover = |index: &usize| entries[*index].may_cover();
    let mut widest_first: Vec<usize> = (0..entries.len()).filter(may_cover).collect();
    widest_first
        .sort_by_cached_key(|&index| (entries[index].start().len(), entries[index].text.len()));
    let mut is_covered = vec![false; entries.len()];
    let mut groups = Vec::new();
    'patterns: for one in widest_first {
        if is_covered[one] {
            continue;
        }
        let entry = &entries[one];
        let mut members: Vec<usize> = Vec::new();
        for other in candidates(&entries, entry).filter(|&other| other != one) {
            let candidate = &entries[other];
            if !effort.spend(entry.steps(candidate)) {
                break 'patterns;
            }
            if !covers(entry.first(), candidate.first()) {
                continue;
            }
            if candidate.first() < entry.first() && covers(candidate.first(), entry.first()) {
                is_covered[one] = true;
                continue 'patterns;
            }
            is_covered[other] = true;
            members.extend(candidate.places());
        }
        if !members.is_empty() || entry.places.len() > 1 {
            members.extend(entry.places());
            members.sort_unstable();
            let covering = entry.first();
            groups.push((one, Group { covering, members }));
        }
    }
    groups.retain(|(one, _)| !is_covered[*one]);
    groups.sort_unstable_by_key(|(_, group)| group.covering);
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Returns sorted patterns without repetition.
fn entries<'s>(sorted: &'s [(&'s str, usize)]) -> Vec<Entry<'s>> {
    let repeated = sorted.chunk_by(|(one, _), (other, _)| one == other);
    let entry = |places: &'s [(&'s str, usize)]| Entry {
        text: places[0].0,
        places,
    };
    repeated.map(entry).collect()
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
    let sizes = statements.iter().map(|statement| size(statement.value));
    let sizes: Vec<u64> = sizes.collect();
    let mut sorted = sizes.clone();
    sorted.sort_unstable();
    let is_repeated = |size: u64| {
        let first = sorted.partition_point(|other| *other < size);
        sorted.get(first + 1) == Some(&size)
    };
    let mut first_with: HashMap<u64, Vec<&Statement<'_>>, RandomState> = HashMap::default();
    let like_others = statements.iter().zip(sizes);
    for (statement, _) in like_others.filter(|(_, size)| is_repeated(*size)) {
        let alike = first_with.entry(meaning_hash(statement.value)).or_default();
        match alike
            .iter()
            .find(|first| means_the_same(first.value, statement.value))
        {
            None => alike.push(statement),
            Some(first) => {
                let message = "an earlier statement says the same";
                let draft = Draft::new(Code::RedundantStatement, statement.value.span, message);
                found.push(draft.and(first.value.span).help("remove one of them"));
            }
        }
    }
}

/// Returns a number that is equal for statements that mean the same, and differs for most others.
fn size(statement: &Value<'_>) -> u64 {
    fn of(value: &Value<'_>) -> usize {
        match value.kind {
            Json::Object(members) => {
                let sizes = members.iter().map(|member| of(&member.value));
                members.len() + sizes.sum::<usize>()
            }
            Json::Array(elements) => elements.iter().map(of).sum(),
            Json::String(text) => 1 + text.len(),
            Json::Number(_) | Json::Bool(_) | Json::Null => 1,
        }
    }
    let sizes =
        meaningful_members(statement).map(|member| member.key.text.len() + of(&member.value));
    sizes.sum::<usize>() as u64
}

fn meaningful_members<'d>(statement: &'d Value<'d>) -> impl Iterator<Item = &'d Member<'d>> {
    let members = statement.as_object().unwrap_or_default();
    members.iter().filter(|member| member.key.text != "Sid")
}

fn names_actions(key: &str) -> bool {
    matches!(key, "Action" | "NotAction")
}

/// Returns a hash that is equal for statements that mean the same, in whatever order.
fn meaning_hash(statement: &Value<'_>) -> u64 {
    meaningful_members(statement).fold(0, |sum, member| {
        let key = text_hash(member.key.text, false);
        let value = value_hash(&member.value, names_actions(member.key.text));
        sum.wrapping_add(key.rotate_left(17) ^ value)
    })
}

fn value_hash(value: &Value<'_>, ignores_case: bool) -> u64 {
    match value.kind {
        Json::Object(members) => members.iter().fold(1, |sum, member| {
            let key = text_hash(member.key.text, false);
            sum.wrapping_add(key.rotate_left(17) ^ value_hash(&member.value, ignores_case))
        }),
        Json::Array(elements) => {
            let hashes = elements
                .iter()
                .map(|element| value_hash(element, ignores_case));
            hashes.fold(0, u64::wrapping_add)
        }
        Json::String(text) => text_hash(text, ignores_case),
        Json::Number(digits) => text_hash(digits, false),
        Json::Bool(truth) => u64::from(truth) + 2,
        Json::Null => 4,
    }
}

/// Compares statements but for their ids, lists in whatever order.
fn means_the_same(one: &Value<'_>, other: &Value<'_>) -> bool {
    meaningful_members(one).count() == meaningful_members(other).count()
        && meaningful_members(one).all(|member| {
            other
                .get(member.key.text)
                .is_some_and(|value| same(&member.value, value, names_actions(member.key.text)))
        })
}

fn same(one: &Value<'_>, other: &Value<'_>, ignores_case: bool) -> bool {
    match (&one.kind, &other.kind) {
        (Json::Object(members), Json::Object(others)) => {
            members.len() == others.len()
                && members.iter().all(|member| {
                    other
                        .get(member.key.text)
                        .is_some_and(|value| same(&member.value, value, ignores_case))
                })
        }
        (Json::Array(_), _) | (_, Json::Array(_)) => {
            let normal = |value: &Value<'_>| {
                let texts = value
                    .one_or_many()
                    .iter()
                    .map(|element| match element.kind {
                        Json::String(text) if ignores_case => text.to_ascii_lowercase(),
                        Json::String(text) => text.to_owned(),
                        kind => format!("{kind:?}"),
                    });
                texts.collect::<BTreeSet<String>>()
            };
            normal(one) == normal(other)
        }
        (Json::String(text), Json::String(other)) if ignores_case => {
            text.eq_ignore_ascii_case(other)
        }
        (one, other) => one == other,
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
            let covers = |one: usize, other: usize| glob::covers(&texts[one], &texts[other]);
            let found = groups(&texts, covers, &Effort::for_text(100));
            let found: Vec<_> = found.into_iter().map(|g| (g.covering, g.members)).collect();
            prop_assert_eq!(found, by_definition(&texts));
        }
    }
}
