//! Actions that give away credentials, access of others, or data, allowed without limit.
//!
//! The lists are `data/sensitive-actions.txt`. An action that acts on `*` only has no narrower
//! form and is not held against a policy.

use std::collections::HashMap;
use std::sync::LazyLock;

use perk_diag::Span;

use super::circumstance::leaves_open;
use super::grant::{
    Denied, Need, Reach, denied, granted, is_judgeable, pattern_span, required_forms,
};
use super::index::ActionIndex;
use super::listing::listing;
use super::wildcard::gives_everything;
use crate::checks::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::policy::{Kind, Statement, glob};

/// A list of sensitive actions and what to say about them.
struct Class {
    list: &'static str,
    code: Code,
    what: &'static str,
    help: &'static str,
}

const CLASSES: [Class; 3] = [
    Class {
        list: "credential-exposure",
        code: Code::CredentialExposure,
        what: "credentials can be obtained on every resource",
        help: "name the resources, or require a condition that narrows them",
    },
    Class {
        list: "resource-exposure",
        code: Code::ResourceExposure,
        what: "access and sharing can be changed on every resource",
        help: "name the resources, or leave such actions to those who administer them",
    },
    Class {
        list: "data-access",
        code: Code::DataAccessWithoutConstraint,
        what: "data can be read on every resource",
        help: "name the resources that hold the data, or require a condition that narrows them",
    },
];

/// Every sensitive action, and the classes it is in.
#[derive(Debug)]
struct Sensitive {
    actions: ActionIndex,
    /// For each action, a bit for each of `CLASSES`.
    classes: Vec<u8>,
}

static SENSITIVE: LazyLock<Sensitive> = LazyLock::new(|| {
    let text = include_str!("../../data/sensitive-actions.txt");
    let lists: Vec<Vec<&str>> = CLASSES
        .iter()
        .map(|class| section(text, class.list).collect())
        .collect();
    let actions = ActionIndex::new(lists.iter().flatten().copied());
    let mut classes = vec![0; actions.len()];
    for (class, list) in lists.iter().enumerate() {
        for position in list.iter().filter_map(|name| actions.position(name)) {
            classes[position] |= 1 << class;
        }
    }
    Sensitive { actions, classes }
});

fn section(text: &'static str, name: &str) -> impl Iterator<Item = &'static str> {
    let heading = format!("[{name}]");
    text.lines()
        .skip_while(move |line| *line != heading)
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.is_empty())
}

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Draft>) {
    if subject.kind != Kind::Identity || !is_judgeable(subject.policy) {
        return;
    }
    let sensitive = &*SENSITIVE;
    let mut rulings = HashMap::new();
    let statements = subject.policy.statements.iter();
    for statement in statements.filter(|statement| may_be_wide(statement)) {
        let mut wide = named_positions(statement, &sensitive.actions);
        wide.retain(|&position| {
            let name = sensitive.actions.name(position);
            let ruling = rulings
                .entry(position)
                .or_insert_with(|| Ruling::new(subject, name));
            ruling.is_wide(statement)
        });
        for (number, class) in CLASSES.iter().enumerate() {
            let of_class = wide
                .iter()
                .filter(|&&position| sensitive.classes[position] & 1 << number != 0)
                .map(|&position| sensitive.actions.name(position));
            found.extend(report(class, statement, &of_class.collect::<Vec<_>>()));
        }
    }
}

/// What a policy says on one action, whatever the statement that allows it.
struct Ruling<'a> {
    need: Need<'a>,
    denied: Vec<Denied<'a>>,
}

impl<'a> Ruling<'a> {
    fn new(subject: &Subject<'a>, name: &'a str) -> Self {
        let action = subject.catalog.action(name);
        let need = Need {
            action: name,
            forms: action.map(required_forms).unwrap_or_default(),
            reach: Reach::Every,
            passed_to: &[],
        };
        let denied = denied(subject.policy, &need);
        Self { need, denied }
    }

    fn is_wide(&self, statement: &Statement<'_>) -> bool {
        !self.need.forms.is_empty() && !granted(statement, &self.need, &self.denied).is_empty()
    }
}

/// A quick look before the careful one.
fn may_be_wide(statement: &Statement<'_>) -> bool {
    statement.allows()
        && !gives_everything(statement)
        && statement
            .conditions
            .iter()
            .all(|condition| leaves_open(condition, &[]))
        && statement.resources.as_ref().is_some_and(|resources| {
            let mut items = resources.items.iter();
            resources.negated || items.any(|item| glob::has_wildcard(item.text))
        })
}

/// Returns the positions of the actions that a statement names, in order.
fn named_positions(statement: &Statement<'_>, index: &ActionIndex) -> Vec<usize> {
    let Some(actions) = &statement.actions else {
        return Vec::new();
    };
    let mut named: Vec<usize> = actions
        .items
        .iter()
        .flat_map(|item| index.matching(item.text))
        .collect();
    named.sort_unstable();
    named.dedup();
    if actions.negated {
        let kept = |position: &usize| named.binary_search(position).is_err();
        (0..index.len()).filter(kept).collect()
    } else {
        named
    }
}

fn report(class: &Class, statement: &Statement<'_>, actions: &[&str]) -> Option<Draft> {
    let mut spans: Vec<Span> = Vec::new();
    for action in actions {
        let span = pattern_span(statement, action);
        if !spans.contains(&span) {
            spans.push(span);
        }
    }
    let (first, others) = spans.split_first()?;
    let message = format!("{}: {}", class.what, listing(actions.iter().copied()));
    let draft = Draft::new(class.code, *first, message).and_all(others.iter().copied());
    Some(draft.help(class.help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_a_list() {
        let length = |bit: u8| {
            let classes = SENSITIVE.classes.iter();
            classes.filter(|&&classes| classes & bit != 0).count()
        };
        assert_eq!([length(1), length(2), length(4)], [49, 293, 151]);
    }
}
