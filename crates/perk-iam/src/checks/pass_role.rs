//! Statements that let any role be passed or any service-linked role be created.

use perk_diag::Span;

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::policy::{Condition, Patterns, Statement, glob};

/// What a sensitive action needs to be narrow, and the codes of its six wide forms.
struct Rule {
    action: &'static str,
    /// Condition keys that narrow it.
    guards: &'static [&'static str],
    /// Whether a guard may be in the form `…IfExists` for some values.
    tolerated_if_exists: &'static [&'static str],
    star_in_resource: Code,
    star_in_action_and_resource: Code,
    star_in_resource_and_not_action: Code,
    not_resource: Code,
    star_in_action_and_not_resource: Code,
    not_action_and_not_resource: Code,
    message: &'static str,
    help: &'static str,
}

const RULES: [Rule; 2] = [
    Rule {
        action: "iam:CreateServiceLinkedRole",
        guards: &["iam:AWSServiceName"],
        tolerated_if_exists: &[],
        star_in_resource: Code::CreateSlrWithStarInResource,
        star_in_action_and_resource: Code::CreateSlrWithStarInActionAndResource,
        star_in_resource_and_not_action: Code::CreateSlrWithStarInResourceAndNotAction,
        not_resource: Code::CreateSlrWithNotResource,
        star_in_action_and_not_resource: Code::CreateSlrWithStarInActionAndNotResource,
        not_action_and_not_resource: Code::CreateSlrWithNotActionAndNotResource,
        message: "a service-linked role of any service can be created",
        help: "name the roles in `Resource`, or the services by `iam:AWSServiceName`",
    },
    Rule {
        action: "iam:PassRole",
        guards: &["iam:PassedToService", "iam:AssociatedResourceArn"],
        // AWS lets this one service pass and flags others in the same form.
        tolerated_if_exists: &["lambda.amazonaws.com"],
        star_in_resource: Code::PassRoleWithStarInResource,
        star_in_action_and_resource: Code::PassRoleWithStarInActionAndResource,
        star_in_resource_and_not_action: Code::PassRoleWithStarInResourceAndNotAction,
        not_resource: Code::PassRoleWithNotResource,
        star_in_action_and_not_resource: Code::PassRoleWithStarInActionAndNotResource,
        not_action_and_not_resource: Code::PassRoleWithNotActionAndNotResource,
        message: "any role can be passed to any service",
        help: "name the roles in `Resource`, or the service by `iam:PassedToService`",
    },
];

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    if !subject.kind.is_identity_like() {
        return;
    }
    for statement in subject
        .policy
        .statements
        .iter()
        .filter(|statement| statement.allows())
    {
        if may_name_rule(statement) {
            for rule in &RULES {
                check_rule(rule, statement, found);
            }
        }
    }
}

/// Tells whether a statement may name an action of the rules, by the first letters: most do not.
fn may_name_rule(statement: &Statement<'_>) -> bool {
    statement.actions.as_ref().is_some_and(|actions| {
        let mut first = actions
            .items
            .iter()
            .map(|item| item.text.as_bytes().first());
        actions.negated || first.any(|first| matches!(first, Some(b'i' | b'I' | b'*' | b'?')))
    })
}

fn check_rule(rule: &Rule, statement: &Statement<'_>, found: &mut Vec<Draft>) {
    let (Some(actions), Some(resources)) = (&statement.actions, &statement.resources) else {
        return;
    };
    let Some((form, action)) = form(rule, actions) else {
        return;
    };
    let Some(resource) = wide_resource(resources) else {
        return;
    };
    if statement
        .conditions
        .iter()
        .any(|condition| is_guard(rule, condition))
    {
        return;
    }
    let code = match (form, resources.negated) {
        (Form::Name, false) => rule.star_in_resource,
        (Form::Wildcard, false) => rule.star_in_action_and_resource,
        (Form::NotAction, false) => rule.star_in_resource_and_not_action,
        (Form::Name, true) => rule.not_resource,
        (Form::Wildcard, true) => rule.star_in_action_and_not_resource,
        (Form::NotAction, true) => rule.not_action_and_not_resource,
    };
    found.push(
        Draft::new(code, action, rule.message)
            .and(resource)
            .help(rule.help),
    );
}

/// How a statement comes to allow an action.
#[derive(Debug, Clone, Copy)]
enum Form {
    Name,
    Wildcard,
    NotAction,
}

fn form(rule: &Rule, actions: &Patterns<'_>) -> Option<(Form, Span)> {
    let mut naming = actions
        .items
        .iter()
        .filter(|item| glob::matches_ignoring_case(item.text, rule.action));
    if actions.negated {
        return naming
            .next()
            .is_none()
            .then_some((Form::NotAction, actions.value.span));
    }
    let first = naming.next()?;
    // A name says more than a pattern that stands before it.
    let plain = std::iter::once(first)
        .chain(naming)
        .find(|item| !glob::has_wildcard(item.text));
    Some(match plain {
        Some(item) => (Form::Name, item.span),
        None => (Form::Wildcard, first.span),
    })
}

/// Returns the place of a resource that is every role there is.
fn wide_resource(resources: &Patterns<'_>) -> Option<Span> {
    if resources.negated {
        return Some(resources.value.span);
    }
    let every_role = "arn:aws:iam::111122223333:role/*";
    let wide = |text: &str| text == "*" || glob::arn_covers(text, every_role);
    resources
        .items
        .iter()
        .find(|item| wide(item.text))
        .map(|item| item.span)
}

fn is_guard(rule: &Rule, condition: &Condition<'_>) -> bool {
    let Some(operator) = condition.operator else {
        return false;
    };
    let on_guard = rule.guards.iter().any(|key| condition.is_on(key));
    let values_are_named = condition.strings().all(|text| !text.starts_with('*'));
    let tolerated = || {
        condition
            .strings()
            .all(|text| rule.tolerated_if_exists.contains(&text))
    };
    on_guard
        && values_are_named
        && operator.takes_variables()
        && !operator.negated
        && (!operator.holds_without_key() || tolerated())
}
