//! Actions that give away credentials, access of others, or data, allowed without limit.
//!
//! The lists are `data/sensitive-actions.txt`. An action that acts on `*` only has no narrower
//! form and is not held against a policy.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use perk_diag::Span;

use super::circumstance::leaves_open;
use super::dangerous::{DANGEROUS, DangerousSet};
use super::grant::{Denied, NamingStatement, Need, Reach, denied, remaining};
use super::listing::listing;
use super::wildcard::gives_everything;
use crate::checks::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::policy::{Patterns, Statement, glob};

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

const LISTS: &str = include_str!("../../data/sensitive-actions.txt");

/// The actions of each of `CLASSES`.
static SENSITIVE: LazyLock<[DangerousSet; CLASSES.len()]> = LazyLock::new(|| {
    CLASSES.each_ref().map(|class| {
        let names = section(class.list);
        names.filter_map(|name| DANGEROUS.position(name)).collect()
    })
});

/// Returns the names of all sensitive actions.
pub(super) fn action_names() -> impl Iterator<Item = &'static str> {
    CLASSES.iter().flat_map(|class| section(class.list))
}

fn section(name: &str) -> impl Iterator<Item = &'static str> {
    let heading = format!("[{name}]");
    LISTS
        .lines()
        .skip_while(move |line| *line != heading)
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.is_empty())
}

/// Looks at a policy that is short enough to be judged as a whole.
pub(super) fn check(
    subject: &Subject<'_, '_>,
    naming: &[NamingStatement<'_>],
    found: &mut Vec<Draft>,
) {
    let [credentials, resources, data] = *SENSITIVE;
    let sensitive = credentials | resources | data;
    let mut rulings: HashMap<usize, Ruling<'_>, RandomState> = HashMap::default();
    for statement in naming {
        let named = statement.named & sensitive;
        if named.is_empty() || !may_be_wide(statement.statement) {
            continue;
        }
        let Some(resources) = &statement.statement.resources else {
            continue;
        };
        let wide = named.positions().filter(|&position| {
            let ruling = rulings
                .entry(position)
                .or_insert_with(|| Ruling::new(subject, naming, position));
            ruling.is_wide(resources)
        });
        let wide: DangerousSet = wide.collect();
        for (class, sensitive) in CLASSES.iter().zip(*SENSITIVE) {
            found.extend(report(class, statement, wide & sensitive));
        }
    }
}

/// What a policy says on one action, whatever the statement that allows it.
struct Ruling<'a> {
    need: Need<'a>,
    denied: Vec<Denied<'a>>,
}

impl<'a> Ruling<'a> {
    fn new(subject: &Subject<'_, '_>, naming: &[NamingStatement<'a>], position: usize) -> Self {
        let need = Need {
            position,
            forms: subject.known.required_resources(position),
            reach: Reach::Every,
            passed_to: &[],
        };
        let denied = denied(naming, &need);
        Self { need, denied }
    }

    /// Tells whether the action is allowed on all that it can act on, by resources that a
    /// statement gives it on.
    fn is_wide(&self, resources: &Patterns<'_>) -> bool {
        !self.need.forms.is_empty()
            && remaining(resources, &self.need, &self.denied)
                .next()
                .is_some()
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

fn report(class: &Class, statement: &NamingStatement<'_>, actions: DangerousSet) -> Option<Draft> {
    let mut spans: Vec<Span> = Vec::new();
    for position in actions.positions() {
        let span = statement.pattern_span(position);
        if !spans.contains(&span) {
            spans.push(span);
        }
    }
    let (first, others) = spans.split_first()?;
    let names = actions.positions().map(|at| DANGEROUS.name(at));
    let message = format!("{}: {}", class.what, listing(names));
    let draft = Draft::new(class.code, *first, message).and_all(others.iter().copied());
    Some(draft.help(class.help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_a_list() {
        let lengths = SENSITIVE.map(|actions| actions.positions().count());
        assert_eq!(lengths, [49, 293, 151]);
    }
}
