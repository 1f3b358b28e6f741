//! What could be left out: actions, resources and statements that others cover.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::json::{Kind as Json, Member, Value};
use crate::policy::{Arn, Pattern, Patterns, Statement, glob};

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Draft>) {
    for statement in &subject.policy.statements {
        if let Some(actions) = &statement.actions {
            let groups = groups(&actions.items, &ACTIONS);
            report(Code::RedundantAction, "actions", actions, &groups, found);
        }
        if let Some(resources) = &statement.resources {
            let groups = groups(&resources.items, &RESOURCES);
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

/// How the patterns of an element compare.
struct Language {
    /// Returns the service of a pattern; patterns of two services do not cover each other.
    service: fn(&str) -> &str,
    /// Whether the case of letters is ignored.
    ignores_case: bool,
    covers: fn(&str, &str) -> bool,
}

const ACTIONS: Language = Language {
    service: |text| text.split_once(':').map_or("", |(service, _)| service),
    ignores_case: true,
    covers: glob::covers_ignoring_case,
};

const RESOURCES: Language = Language {
    service: |text| Arn::parse(text).map_or("", |arn| arn.service),
    ignores_case: false,
    covers: glob::arn_covers,
};

impl Language {
    fn normal<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.ignores_case && text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(text.to_ascii_lowercase())
        } else {
            Cow::Borrowed(text)
        }
    }
}

/// A pattern and all that it covers, as indices in order, and which it is.
struct Group {
    covering: usize,
    members: Vec<usize>,
}

/// Finds the patterns that cover others and are not themselves covered.
///
/// Only a pattern with wildcards covers other patterns than its equals, and only within its
/// service, unless it has a wildcard in the service too: so long lists of names cost little.
fn groups(items: &[Pattern<'_>], language: &Language) -> Vec<Group> {
    if !any_redundancy(items, language) {
        return Vec::new();
    }
    let index = Index::new(items, language);
    let covers = |one: usize, other: usize| {
        one != other && (language.covers)(items[one].text, items[other].text)
    };
    let mut taken = vec![false; items.len()];
    let mut groups = Vec::new();
    for candidate in 0..items.len() {
        let shut = |&open: &usize| {
            covers(open, candidate) && !(covers(candidate, open) && candidate < open)
        };
        if taken[candidate] || index.open_around(candidate).any(shut) {
            continue;
        }
        let mut members: Vec<usize> = index
            .reach(candidate)
            .iter()
            .copied()
            .filter(|&other| other == candidate || covers(candidate, other))
            .collect();
        if members.len() < 2 {
            continue;
        }
        members.sort_unstable();
        for &member in &members {
            taken[member] = true;
        }
        groups.push(Group {
            covering: candidate,
            members,
        });
    }
    groups
}

/// Up to so many comparisons are made before an index is.
const FEW_COMPARISONS: usize = 20_000;

/// Tells, without allocating much, whether a list can have anything redundant; nearly none has.
fn any_redundancy(items: &[Pattern<'_>], language: &Language) -> bool {
    if items.len() < 2 {
        return false;
    }
    let mut hashes: Vec<u64> = items
        .iter()
        .map(|item| text_hash(item.text, language.ignores_case))
        .collect();
    hashes.sort_unstable();
    let repeats = hashes.windows(2).any(|pair| pair[0] == pair[1]);
    let open = || items.iter().filter(|item| glob::has_wildcard(item.text));
    repeats
        || open().count() * items.len() > FEW_COMPARISONS
        || open().any(|one| {
            items
                .iter()
                .any(|other| one.span != other.span && (language.covers)(one.text, other.text))
        })
}

/// FNV-1a: <https://www.rfc-editor.org/rfc/rfc9923>.
fn text_hash(text: &str, ignores_case: bool) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        let byte = if ignores_case {
            byte.to_ascii_lowercase()
        } else {
            byte
        };
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The patterns of a list, by service and by text.
struct Index<'i> {
    /// The service of each pattern, as an index into `services`.
    service_of: Vec<usize>,
    services: Vec<Service>,
    /// Patterns that reach every service.
    wide: Vec<usize>,
    all: Vec<usize>,
    equals: HashMap<Cow<'i, str>, Vec<usize>>,
    texts: Vec<Cow<'i, str>>,
    is_open: Vec<bool>,
}

/// The patterns of one service, and those of them that have wildcards.
#[derive(Default)]
struct Service {
    all: Vec<usize>,
    open: Vec<usize>,
}

impl<'i> Index<'i> {
    fn new(items: &[Pattern<'i>], language: &Language) -> Self {
        let mut numbers: HashMap<Cow<'i, str>, usize> = HashMap::new();
        let mut index = Self {
            service_of: Vec::with_capacity(items.len()),
            services: Vec::new(),
            wide: Vec::new(),
            all: (0..items.len()).collect(),
            equals: HashMap::new(),
            texts: items
                .iter()
                .map(|item| language.normal(item.text))
                .collect(),
            is_open: items
                .iter()
                .map(|item| glob::has_wildcard(item.text))
                .collect(),
        };
        for (position, item) in items.iter().enumerate() {
            let service = (language.service)(item.text);
            let next = index.services.len();
            let number = *numbers.entry(language.normal(service)).or_insert(next);
            if number == next {
                index.services.push(Service::default());
            }
            index.service_of.push(number);
            index.services[number].all.push(position);
            if index.is_open[position] && (service.is_empty() || glob::has_wildcard(service)) {
                index.wide.push(position);
            } else if index.is_open[position] {
                index.services[number].open.push(position);
            }
            index
                .equals
                .entry(index.texts[position].clone())
                .or_default()
                .push(position);
        }
        index
    }

    /// Returns the patterns with wildcards that can cover one.
    fn open_around(&self, position: usize) -> impl Iterator<Item = &usize> {
        self.services[self.service_of[position]]
            .open
            .iter()
            .chain(&self.wide)
    }

    /// Returns the patterns that one can cover, itself among them.
    fn reach(&self, position: usize) -> &[usize] {
        if !self.is_open[position] {
            &self.equals[&self.texts[position]]
        } else if self.wide.contains(&position) {
            &self.all
        } else {
            &self.services[self.service_of[position]].all
        }
    }
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
    let mut first_with: HashMap<u64, Vec<&Statement<'_>>> =
        HashMap::with_capacity(statements.len());
    for statement in statements {
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
        let key = text_hash(&member.key.text, false);
        let value = value_hash(&member.value, names_actions(&member.key.text));
        sum.wrapping_add(key.rotate_left(17) ^ value)
    })
}

fn value_hash(value: &Value<'_>, ignores_case: bool) -> u64 {
    match &value.kind {
        Json::Object(members) => members.iter().fold(1, |sum, member| {
            let key = text_hash(&member.key.text, false);
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
        Json::Bool(truth) => u64::from(*truth) + 2,
        Json::Null => 4,
    }
}

/// Compares statements but for their ids, lists in whatever order.
fn means_the_same(one: &Value<'_>, other: &Value<'_>) -> bool {
    meaningful_members(one).count() == meaningful_members(other).count()
        && meaningful_members(one).all(|member| {
            other
                .get(&member.key.text)
                .is_some_and(|value| same(&member.value, value, names_actions(&member.key.text)))
        })
}

fn same(one: &Value<'_>, other: &Value<'_>, ignores_case: bool) -> bool {
    match (&one.kind, &other.kind) {
        (Json::Object(members), Json::Object(others)) => {
            members.len() == others.len()
                && members.iter().all(|member| {
                    other
                        .get(&member.key.text)
                        .is_some_and(|value| same(&member.value, value, ignores_case))
                })
        }
        (Json::Array(_), _) | (_, Json::Array(_)) => {
            let normal = |value: &Value<'_>| {
                let texts = value
                    .one_or_many()
                    .iter()
                    .map(|element| match &element.kind {
                        Json::String(text) if ignores_case => text.to_ascii_lowercase(),
                        Json::String(text) => text.to_string(),
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
