//! Conditions on `aws:ResourceTag` for actions whose requests do not carry it.

use perk_iam_catalog::Action;

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::known::ActionPattern;
use crate::policy::{Condition, Effect, Family, Pattern, Statement};

const KEY: &str = "aws:ResourceTag/";

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    for (statement, meanings) in subject.statements() {
        for condition in statement
            .conditions
            .iter()
            .filter(|condition| condition.is_under(KEY))
        {
            check_condition(subject, (statement, meanings), condition, found);
        }
    }
}

fn check_condition(
    subject: &Subject<'_, '_>,
    (statement, meanings): (&Statement<'_>, &[ActionPattern<'_>]),
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
    let name = condition.key.text;
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
    let patterns = actions.items.iter().zip(meanings);
    let unsupported: Vec<&Pattern<'_>> = patterns
        .filter(|(action, meaning)| !meaning.actions(action.text).all(carries_tags))
        .map(|(action, _)| action)
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

/// A request carries the tags of its resource, or, where it makes the resource, those to be.
fn carries_tags(action: Action<'_>) -> bool {
    let creates = action.resource_types().len() == 0;
    action.all_condition_keys().any(|key| {
        let is_under = |prefix: &str| {
            let start = key.name().get(..prefix.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        is_under(KEY) || (creates && is_under("aws:RequestTag/"))
    })
}
