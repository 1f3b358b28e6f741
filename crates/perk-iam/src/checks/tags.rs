//! Conditions on `aws:ResourceTag` for actions whose requests do not carry it.

use perk_iam_catalog::Action;

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::policy::{Condition, Effect, Family, Pattern, Statement, glob};

const KEY: &str = "aws:ResourceTag/";

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Draft>) {
    for statement in &subject.policy.statements {
        for condition in statement
            .conditions
            .iter()
            .filter(|condition| condition.is_under(KEY))
        {
            check_condition(subject, statement, condition, found);
        }
    }
}

fn check_condition(
    subject: &Subject<'_>,
    statement: &Statement<'_>,
    condition: &Condition<'_>,
    found: &mut Vec<Draft>,
) {
    let (Some(effect), Some(actions)) = (statement.effect, &statement.actions) else {
        return;
    };
    // Operators that hold without the key do not turn on whether requests have it.
    let needs_key = condition
        .operator
        .is_some_and(|operator| operator.family != Family::Null && !operator.holds_without_key());
    if !needs_key {
        return;
    }
    let name = &condition.key.text;
    if actions.negated {
        let (code, done) = match effect {
            Effect::Allow => (
                Code::AllowNotactionWithUnsupportedTagConditionKeyForService,
                "allowed",
            ),
            Effect::Deny => (
                Code::DenyNotactionWithUnsupportedTagConditionKeyForService,
                "denied",
            ),
        };
        let message = format!("actions without `{name}` are not {done} by this statement");
        let draft = Draft::new(code, actions.key.span, message).and(condition.key.span);
        found.push(draft.help("list the actions in `Action`"));
        return;
    }
    if !subject.effort.spend_on_pairs(actions.items.len()) {
        return;
    }
    let unsupported: Vec<&Pattern<'_>> = actions
        .items
        .iter()
        .filter(|action| !supports(subject, action.text))
        .collect();
    let Some(first) = unsupported.first() else {
        return;
    };
    let (code, done) = match effect {
        Effect::Allow => (
            Code::AllowWithUnsupportedTagConditionKeyForService,
            "allowed",
        ),
        Effect::Deny => (Code::DenyWithUnsupportedTagConditionKeyForService, "denied"),
    };
    let names: Vec<&str> = unsupported.iter().map(|action| action.text).collect();
    let message = format!(
        "requests of `{}` have no `{name}`, so they are not {done}",
        names.join("`, `")
    );
    found.push(
        Draft::new(code, first.span, message)
            .and_all(unsupported.iter().skip(1).map(|action| action.span))
            .and(condition.key.span)
            .help("move these actions to a statement without this condition"),
    );
}

/// Tells whether every action that a pattern matches may carry the tags of its resource.
fn supports(subject: &Subject<'_>, pattern: &str) -> bool {
    let Some((prefix, name)) = pattern.split_once(':') else {
        return true;
    };
    let Some(service) = subject.catalog.service(prefix) else {
        return true;
    };
    if glob::has_wildcard(name) {
        service.actions_matching(name).all(carries_tags)
    } else {
        service.action(name).is_none_or(carries_tags)
    }
}

/// A request carries the tags of its resource, or, where it makes the resource, those to be.
fn carries_tags(action: Action<'_>) -> bool {
    let creates = action.resource_types().len() == 0;
    action.all_condition_keys().any(|key| {
        let name = key.name().to_ascii_lowercase();
        name.starts_with("aws:resourcetag/") || (creates && name.starts_with("aws:requesttag/"))
    })
}
