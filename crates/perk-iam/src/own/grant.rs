//! Whether a policy as a whole gives an action, and on which resources: every `Allow`, less what
//! a `Deny` takes away.
//!
//! It knows identity policies only: nothing here looks at principals.

use std::rc::Rc;

use perk_diag::Span;

use super::circumstance::{leaves_open, takes_away};
use super::dangerous::DangerousSet;
use crate::checks::Subject;
use crate::known::ActionPattern;
use crate::policy::{Arn, Effect, Patterns, Policy, Statement, glob, variable};

/// How far the resources of a statement must reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Every resource of the type, at least of one account and region.
    Every,
    /// Every user, or the caller's own.
    EveryOrOwn,
    /// Any resource that the action can act on.
    Any,
}

/// An action that is looked for.
#[derive(Debug)]
pub(super) struct Need<'n> {
    /// Its place among the dangerous actions.
    pub(super) position: usize,
    /// The forms of the ARNs that count, with `*` for what varies; none for an action that acts
    /// on `*` only.
    pub(super) forms: Rc<[String]>,
    /// How far it must reach.
    pub(super) reach: Reach,
    /// For `iam:PassRole`, the services of which one has to get the role.
    pub(super) passed_to: &'n [&'n str],
}

/// A statement that gives an action.
#[derive(Debug)]
pub(super) struct Grant<'s> {
    /// The index of the statement among those that name a dangerous action.
    pub(super) index: usize,
    /// The statement.
    pub(super) naming: &'s NamingStatement<'s>,
    /// On what it gives the action, after every `Deny`.
    pub(super) resources: Vec<&'s str>,
}

/// How many pairs of a resource of an `Allow` and one of a `Deny` are compared; a policy that IAM
/// stores has a tenth of them.
const MOST_PAIRS: usize = 20_000;

/// Tells whether a policy is short enough to be judged as a whole: every `Allow` is held against
/// every `Deny`.
pub(super) fn is_judgeable(policy: &Policy<'_>) -> bool {
    let count = |effect: Effect| -> usize {
        let statements = policy.statements.iter();
        statements
            .filter(|statement| statement.effect == Some(effect))
            .filter_map(|statement| statement.resources.as_ref())
            .map(|resources| resources.items.len())
            .sum()
    };
    count(Effect::Allow).saturating_mul(count(Effect::Deny)) <= MOST_PAIRS
}

/// A statement that names dangerous actions.
#[derive(Debug)]
pub(super) struct NamingStatement<'s> {
    /// The statement.
    pub(super) statement: &'s Statement<'s>,
    /// What its actions mean.
    pub(super) patterns: &'s [ActionPattern<'s>],
    /// The dangerous actions that it names, at least one.
    pub(super) named: DangerousSet,
}

impl NamingStatement<'_> {
    /// Returns the pattern that gives a dangerous action: where to point.
    pub(super) fn pattern_span(&self, position: usize) -> Span {
        let Some(actions) = &self.statement.actions else {
            return self.statement.value.span;
        };
        let mut items = actions.items.iter().zip(self.patterns);
        let names = |pattern: &ActionPattern<'_>| pattern.dangerous.has(position);
        let naming = items.find(|(_, pattern)| !actions.negated && names(pattern));
        naming.map_or(actions.key.span, |(item, _)| item.span)
    }
}

/// Returns the statements of a policy that name dangerous actions.
pub(super) fn naming<'s>(subject: &Subject<'s, '_>) -> Vec<NamingStatement<'s>> {
    let statements = subject.statements();
    let naming = statements.filter_map(|(statement, patterns)| {
        Some(NamingStatement {
            statement,
            patterns,
            named: DangerousSet::named(statement, patterns)?,
        })
    });
    naming.collect()
}

/// Returns the statements that give an action, in order.
pub(super) fn grants<'s>(
    naming: &'s [NamingStatement<'s>],
    need: &'s Need<'_>,
) -> impl Iterator<Item = Grant<'s>> {
    let denied = denied(naming, need);
    let gives = |naming: &NamingStatement<'_>| {
        let statement = naming.statement;
        naming.named.has(need.position)
            && statement.allows()
            && statement
                .conditions
                .iter()
                .all(|condition| leaves_open(condition, need.passed_to))
    };
    let statements = naming.iter().enumerate();
    let giving = statements.filter(move |(_, naming)| gives(naming));
    giving.filter_map(move |(index, naming)| {
        let resources = naming.statement.resources.as_ref()?;
        let resources: Vec<&str> = remaining(resources, need, &denied).collect();
        (!resources.is_empty()).then_some(Grant {
            index,
            naming,
            resources,
        })
    })
}

/// Returns which of the resources of an `Allow` reach far enough and remain after every `Deny`.
pub(super) fn remaining<'r>(
    resources: &'r Patterns<'_>,
    need: &'r Need<'_>,
    denied: &[Denied<'_>],
) -> impl Iterator<Item = &'r str> {
    reached(resources, need).filter(|resource| {
        let arn = Arn::parse(resource);
        !denied
            .iter()
            .any(|denied| denied.takes(need, resource, arn))
    })
}

/// Returns the resources of every `Deny` that takes an action away.
pub(super) fn denied<'s>(naming: &[NamingStatement<'s>], need: &Need<'_>) -> Vec<Denied<'s>> {
    let takes = |naming: &&NamingStatement<'_>| {
        let statement = naming.statement;
        statement.effect == Some(Effect::Deny)
            && naming.named.has(need.position)
            && statement
                .conditions
                .iter()
                .all(|condition| takes_away(condition, need.passed_to))
    };
    let denying = naming.iter().filter(takes);
    denying
        .filter_map(|naming| naming.statement.resources.as_ref())
        .map(Denied::new)
        .collect()
}

/// Tells whether a pattern is nothing but `*`.
pub(super) fn is_everything(pattern: &str) -> bool {
    !pattern.is_empty() && pattern.bytes().all(|byte| byte == b'*')
}

/// Returns which of the resources of an `Allow` reach far enough; where it has more than their
/// forms, these.
fn reached<'r>(resources: &'r Patterns<'_>, need: &'r Need<'_>) -> impl Iterator<Item = &'r str> {
    let items = resources.items;
    let is_open = resources.negated || items.iter().any(|item| is_everything(item.text));
    let everything = (is_open && need.forms.is_empty()).then_some("*");
    let forms = need.forms.iter().map(String::as_str);
    let open = everything.into_iter().chain(forms).filter(move |form| {
        is_open && !(resources.negated && items.iter().any(|item| spans(item.text, form)))
    });
    let named = items.iter().map(|item| item.text);
    open.chain(named.filter(move |text| !is_open && reaches(text, need)))
}

/// Tells whether a resource reaches far enough.
fn reaches(resource: &str, need: &Need<'_>) -> bool {
    match need.reach {
        Reach::Any => {
            let resource = variable::replace(resource, "*");
            need.forms.iter().any(|form| overlap(form, &resource))
        }
        Reach::EveryOrOwn if is_own_user(resource) => true,
        Reach::Every | Reach::EveryOrOwn => need.forms.iter().any(|form| spans(resource, form)),
    }
}

/// The resources of a `Deny`, taken apart once.
#[derive(Debug)]
pub(super) struct Denied<'d> {
    negated: bool,
    items: Vec<(&'d str, Option<Arn<'d>>)>,
}

impl<'d> Denied<'d> {
    fn new(resources: &'d Patterns<'_>) -> Self {
        let items = resources.items.iter();
        Self {
            negated: resources.negated,
            items: items
                .map(|item| (item.text, Arn::parse(item.text)))
                .collect(),
        }
    }

    fn takes(&self, need: &Need<'_>, resource: &str, arn: Option<Arn<'_>>) -> bool {
        let mut items = self.items.iter();
        if !self.negated {
            return items.any(|(text, item)| is_everything(text) || covers(*item, arn));
        }
        // What a `NotResource` leaves counts only if it still reaches far enough.
        !items.any(|(text, _)| match need.reach {
            Reach::Any => overlap(&variable::replace(text, "*"), resource),
            Reach::Every | Reach::EveryOrOwn => spans(text, resource),
        })
    }
}

/// Tells whether a pattern is every resource of a form, at least in one account and region.
fn spans(pattern: &str, form: &str) -> bool {
    if is_everything(pattern) {
        return true;
    }
    match (Arn::parse(pattern), Arn::parse(form)) {
        (Some(pattern), Some(form)) => {
            glob::covers(pattern.service, form.service)
                && glob::covers(pattern.resource, form.resource)
        }
        _ => false,
    }
}

/// Tells whether a pattern is all that another is, whatever the partition.
fn covers(pattern: Option<Arn<'_>>, other: Option<Arn<'_>>) -> bool {
    let (Some(pattern), Some(other)) = (pattern, other) else {
        return false;
    };
    glob::covers(pattern.account, other.account)
        && glob::covers(pattern.service, other.service)
        && glob::covers(pattern.region, other.region)
        && glob::covers(pattern.resource, other.resource)
}

/// Tells whether some resource is meant by both patterns.
pub(super) fn overlap(one: &str, other: &str) -> bool {
    is_everything(one) || is_everything(other) || glob::arns_overlap(one, other)
}

fn is_own_user(text: &str) -> bool {
    Arn::parse(text).is_some_and(|arn| {
        arn.resource.starts_with("user/") && arn.resource.ends_with("/${aws:username}")
    })
}
