//! The checks, one module for each part of a policy that can be wrong.
//!
//! A check is a function from a [`Subject`] to findings; it sees one policy and the catalog, and
//! nothing else. What each code means stands on its page in `checks/`.

mod action;
mod arn;
mod condition_key;
mod condition_value;
mod condition_wildcard;
mod dynamodb;
mod effort;
mod grammar;
mod organization;
mod pass_role;
mod principal;
mod quota;
mod redundancy;
mod resource_type;
mod service_principal;
mod source_ip;
mod tags;
mod trust;
mod variables;
mod vpc_endpoint_owner;

use perk_iam_catalog::{Catalog, Entries, Entry};

pub(crate) use self::effort::Effort;
use crate::finding::Draft;
use crate::known::{ActionPattern, Known};
use crate::policy::{Kind, Policy, Statement, glob};
use perk_diag::nearest;

/// What the checks look at.
#[derive(Debug)]
pub(crate) struct Subject<'a, 'c> {
    pub(crate) policy: &'a Policy<'a>,
    /// What the actions of all statements mean, one after the other.
    pub(crate) actions: &'a [ActionPattern<'c>],
    pub(crate) text: &'a str,
    pub(crate) kind: Kind,
    pub(crate) resource_type: Option<&'a str>,
    pub(crate) catalog: &'c Catalog<'c>,
    pub(crate) known: &'a Known<'c>,
    pub(crate) effort: &'a Effort,
}

impl<'a, 'c> Subject<'a, 'c> {
    /// Returns every statement with what its actions mean.
    pub(crate) fn statements(
        &self,
    ) -> impl Iterator<Item = (&'a Statement<'a>, &'a [ActionPattern<'c>])> + use<'a, 'c> {
        let mut rest = self.actions;
        self.policy.statements.iter().map(move |statement| {
            let (own, others) = rest.split_at(statement.action_items().len());
            rest = others;
            (statement, own)
        })
    }

    /// Returns the name of the entry that a mistyped name may have meant, while there is effort
    /// left.
    pub(crate) fn nearest<E: Entry<'c>>(
        &self,
        name: &str,
        entries: Entries<'c, E>,
    ) -> Option<&'c str> {
        let may_look = self.effort.spend_on_names(entries.len());
        let found = may_look.then(|| nearest(name, entries.iter().map(Entry::sort_key)));
        str::from_utf8(found??).ok()
    }
}

type Check = fn(&Subject<'_, '_>, &mut Vec<Draft>);

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
pub(crate) fn run(subject: &Subject<'_, '_>) -> Vec<Draft> {
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
