//! What could be left out: actions, resources and statements that others cover.

use std::borrow::Cow;
use std::collections::HashMap;

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::json::{Kind as Json, Value};
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
    if items.len() < 2 {
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
            parts.join("\u{2}")
        }
        Json::String(text) if ignores_case => text.to_ascii_lowercase(),
        Json::String(text) => text.to_string(),
        Json::Number(digits) => (*digits).to_owned(),
        Json::Bool(truth) => truth.to_string(),
        Json::Null => String::from("null"),
    }
}
