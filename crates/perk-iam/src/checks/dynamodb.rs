//! Conditions that limit what DynamoDB returns, and the ways around them.
//!
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html>

use perk_diag::Span;

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::policy::{Condition, Family, Operator, Statement, glob, variable};

/// Condition key, its values, the code of a value that is none of them.
type Row = (&'static str, &'static [&'static str], Code);

const VALUES: [Row; 3] = [
    (
        "dynamodb:ReturnConsumedCapacity",
        &["TOTAL", "NONE"],
        Code::DynamodbInvalidReturnConsumedCapacity,
    ),
    (
        "dynamodb:ReturnValues",
        &["NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"],
        Code::DynamodbInvalidReturnValues,
    ),
    (
        "dynamodb:Select",
        &[
            "ALL_ATTRIBUTES",
            "ALL_PROJECTED_ATTRIBUTES",
            "SPECIFIC_ATTRIBUTES",
            "COUNT",
        ],
        Code::DynamodbInvalidSelectValue,
    ),
];

const READS: [&str; 4] = [
    "dynamodb:GetItem",
    "dynamodb:BatchGetItem",
    "dynamodb:Query",
    "dynamodb:Scan",
];
const WRITES: [&str; 4] = [
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:BatchWriteItem",
];
const RETURNING_WRITES: [&str; 3] = [
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
];
const REPLACING_WRITES: [&str; 2] = ["dynamodb:PutItem", "dynamodb:BatchWriteItem"];

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    for statement in &subject.policy.statements {
        let is_ours = |condition: &&Condition<'_>| condition.is_under("dynamodb:");
        if !statement
            .conditions
            .iter()
            .any(|condition| is_ours(&condition))
        {
            continue;
        }
        for condition in statement.conditions.iter().filter(is_ours) {
            known_values(condition, found);
            wrong_action(subject, statement, condition, found);
        }
        if statement.allows() {
            leading_keys(statement, found);
            attributes(statement, found);
        }
    }
}

fn known_values(condition: &Condition<'_>, found: &mut Vec<Draft>) {
    let Some((_, known, code)) = VALUES.iter().find(|(key, ..)| condition.is_on(key)) else {
        return;
    };
    let Some(operator) = condition.operator.filter(|o| o.family == Family::String) else {
        return;
    };
    for value in condition.values() {
        let Some(text) = value.as_str().filter(|text| !variable::is_opened(text)) else {
            continue;
        };
        if known.iter().any(|known| equals(operator, text, known)) {
            continue;
        }
        let message = format!("`{}` is never `{text}`", condition.key.text);
        let draft = Draft::new(*code, value.span, message);
        found.push(draft.help(format!("use one of {}", known.join(", "))));
    }
}

fn equals(operator: Operator, pattern: &str, text: &str) -> bool {
    match (operator.wildcards, operator.ignores_case) {
        (true, _) => glob::covers(pattern, text),
        (false, true) => pattern.eq_ignore_ascii_case(text),
        (false, false) => pattern == text,
    }
}

/// `Select` is for reads, `ReturnValues` for writes.
fn wrong_action(
    subject: &Subject<'_, '_>,
    statement: &Statement<'_>,
    condition: &Condition<'_>,
    found: &mut Vec<Draft>,
) {
    let wrong = if condition.is_on("dynamodb:Select") {
        WRITES
    } else if condition.is_on("dynamodb:ReturnValues") {
        READS
    } else {
        return;
    };
    let Some(actions) = statement.listed_actions() else {
        return;
    };
    if !subject.effort.spend_on_pairs(actions.items.len()) {
        return;
    }
    let is_wrong = |text: &str| wrong.iter().any(|name| name.eq_ignore_ascii_case(text));
    for action in actions.items.iter().filter(|action| is_wrong(action.text)) {
        let message = format!(
            "requests of `{}` have no `{}`",
            action.text, condition.key.text
        );
        let code = Code::DynamodbWrongConditionForAction;
        let draft = Draft::new(code, action.span, message).and(condition.key.span);
        found.push(draft.help("move the action to a statement without this condition"));
    }
}

fn leading_keys(statement: &Statement<'_>, found: &mut Vec<Draft>) {
    let Some(condition) = statement
        .conditions
        .iter()
        .find(|c| c.is_on("dynamodb:LeadingKeys"))
    else {
        return;
    };
    if let Some(span) = spans_of(statement, &["dynamodb:Scan"]).first() {
        let message = "`dynamodb:Scan` reads the whole table, whatever the leading keys";
        let code = Code::DynamodbScanBypassesLeadingKeys;
        let draft = Draft::new(code, *span, message).and(condition.key.span);
        found.push(draft.help("remove the action, or use `dynamodb:Query`"));
    }
}

fn attributes(statement: &Statement<'_>, found: &mut Vec<Draft>) {
    let Some(condition) = statement
        .conditions
        .iter()
        .find(|c| c.is_on("dynamodb:Attributes"))
    else {
        return;
    };
    let key = condition.key.span;
    let replacing = spans_of(statement, &REPLACING_WRITES);
    if let Some(&first) = replacing.first() {
        let message = "an action replaces whole items, whatever the attributes";
        let draft = Draft::new(Code::DynamodbReplaceOperationWithAttributes, first, message);
        found.push(
            draft
                .and_all(replacing.into_iter().skip(1))
                .and(key)
                .help("allow `dynamodb:UpdateItem` instead"),
        );
    }
    if !spans_of(statement, &READS).is_empty()
        && !limits(statement, "dynamodb:Select", &["SPECIFIC_ATTRIBUTES"])
    {
        let message = "reads that ask for no attributes return all of them";
        let draft = Draft::new(Code::DynamodbAttributesWithoutSelect, key, message);
        found.push(
            draft.help("add `\"StringEquals\": {\"dynamodb:Select\": \"SPECIFIC_ATTRIBUTES\"}`"),
        );
    }
    if !spans_of(statement, &RETURNING_WRITES).is_empty()
        && !limits(
            statement,
            "dynamodb:ReturnValues",
            &["NONE", "UPDATED_OLD", "UPDATED_NEW"],
        )
    {
        let message = "writes can return all attributes of the item";
        let draft = Draft::new(Code::DynamodbAttributesWithoutReturnValues, key, message);
        found.push(
            draft.help("limit `dynamodb:ReturnValues` to `NONE`, `UPDATED_OLD` and `UPDATED_NEW`"),
        );
    }
}

/// Tells whether a condition lets a key have only some of the values given.
fn limits(statement: &Statement<'_>, key: &str, allowed: &[&str]) -> bool {
    statement.conditions.iter().any(|condition| {
        let compares = condition
            .operator
            .is_some_and(|operator| operator.family == Family::String && !operator.negated);
        compares
            && condition.is_on(key)
            && condition.strings().next().is_some()
            && condition.strings().all(|text| allowed.contains(&text))
    })
}

/// Returns where a statement names one of these actions, outright or by a pattern.
fn spans_of(statement: &Statement<'_>, names: &[&str]) -> Vec<Span> {
    let Some(actions) = &statement.actions else {
        return Vec::new();
    };
    if actions.negated {
        let left = names
            .iter()
            .any(|name| super::names_action(statement, name));
        return if left {
            vec![actions.key.span]
        } else {
            Vec::new()
        };
    }
    let is_named = |text: &str| {
        names
            .iter()
            .any(|name| glob::matches_ignoring_case(text, name))
    };
    actions
        .items
        .iter()
        .filter(|action| is_named(action.text))
        .map(|action| action.span)
        .collect()
}
