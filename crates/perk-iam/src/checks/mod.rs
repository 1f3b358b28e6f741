//! The checks, one module for each part of a policy that can be wrong.
//!
//! A check is a function from a [`Subject`] to findings; it sees one policy and the catalog, and
//! nothing else. What each code means stands on its page in `checks/`.

mod action;
mod arn;
mod arn_format;
mod condition_key;
mod condition_value;
mod condition_wildcard;
mod dynamodb;
mod effort;
mod grammar;
mod known_actions;
mod organization;
mod pass_role;
mod principal;
mod quota;
mod redundancy;
mod resource_type;
mod service_principal;
mod services;
mod source_ip;
mod tags;
mod trust;
mod variables;
mod vpc_endpoint_owner;

pub(crate) use arn_format::Formats;
pub(crate) use known_actions::KnownActions;
use perk_iam_catalog::{Action, Catalog};
pub(crate) use services::Services;

pub(crate) use self::effort::Effort;
use crate::finding::Draft;
use crate::policy::{Kind, Policy, Statement, glob};
use crate::suggest::nearest;

/// What the checks look at.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) policy: &'a Policy<'a>,
    pub(crate) text: &'a str,
    pub(crate) kind: Kind,
    pub(crate) resource_type: Option<&'a str>,
    pub(crate) catalog: &'a Catalog<'a>,
    pub(crate) formats: &'a Formats,
    pub(crate) known_actions: &'a KnownActions,
    pub(crate) effort: &'a Effort,
}

impl Subject<'_> {
    /// Returns the candidate that a mistyped name may have meant, while there is effort left.
    pub(crate) fn nearest<'c>(
        &self,
        name: &str,
        candidates: impl ExactSizeIterator<Item = &'c str>,
    ) -> Option<&'c str> {
        let may_look = self.effort.spend_on_names(candidates.len());
        may_look.then(|| nearest(name, candidates)).flatten()
    }
}

type Check = fn(&Subject<'_>, &mut Vec<Draft>);

const CHECKS: &[Check] = &[
    grammar::check,
    action::check,
    arn::check,
    principal::check,
    service_principal::check,
    trust::check,
    organization::check,
    condition_key::check,
    condition_value::check,
    condition_wildcard::check,
    source_ip::check,
    vpc_endpoint_owner::check,
    dynamodb::check,
    variables::check,
    tags::check,
    pass_role::check,
    redundancy::check,
    quota::check,
    crate::own::check,
];

/// Runs every check.
pub(crate) fn run(subject: &Subject<'_>) -> Vec<Draft> {
    let mut found = Vec::new();
    for check in CHECKS {
        check(subject, &mut found);
    }
    found
}

/// Tells whether a statement names an action outright or by a pattern; `name` is `iam:PassRole`.
pub(crate) fn names_action(statement: &Statement<'_>, name: &str) -> bool {
    statement.actions.as_ref().is_some_and(|actions| {
        let named = actions
            .items
            .iter()
            .any(|action| glob::matches_ignoring_case(action.text, name));
        named != actions.negated
    })
}

/// Returns the actions that a statement's `Action` names without wildcards, with their patterns'
/// spans.
pub(crate) fn explicit_actions<'a>(
    subject: &Subject<'a>,
    statement: &'a Statement<'a>,
) -> impl Iterator<Item = (perk_diag::Span, Action<'a>)> {
    let catalog = subject.catalog;
    let patterns = statement.listed_actions();
    patterns
        .into_iter()
        .flat_map(|actions| &actions.items)
        .filter(|pattern| !glob::has_wildcard(pattern.text))
        .filter_map(move |pattern| Some((pattern.span, catalog.action(pattern.text)?)))
}
