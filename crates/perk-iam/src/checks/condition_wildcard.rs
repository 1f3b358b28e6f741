//! Wildcards in condition values: where they do nothing, where they do too much.

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::json::Value;
use crate::policy::{Condition, Effect, Family, Operator, Statement, glob, variable};

/// Keys with which no wildcard makes sense:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sensitive>.
const SENSITIVE: [&str; 10] = [
    "aws:PrincipalAccount",
    "aws:PrincipalOrgID",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:SourceAccount",
    "aws:SourceOrgID",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:VpceAccount",
    "aws:VpceOrgID",
];

/// Keys whose values are paths within an organization.
const PATHS: [&str; 4] = [
    "aws:PrincipalOrgPaths",
    "aws:ResourceOrgPaths",
    "aws:SourceOrgPaths",
    "aws:VpceOrgPaths",
];

/// How many literal characters make a wildcard after them specific.
const LITERAL_RUN: usize = 6;

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    for statement in &subject.policy.statements {
        for condition in &statement.conditions {
            let Some(operator) = condition.operator else {
                continue;
            };
            literal_wildcards(condition, operator, found);
            any_value(condition, operator, found);
            if operator.wildcards {
                too_permissive(subject, condition, found);
            }
            s3_prefix(statement, condition, operator, found);
        }
    }
}

fn literal_wildcards(condition: &Condition<'_>, operator: Operator, found: &mut Vec<Draft>) {
    if operator.family != Family::String || operator.wildcards {
        return;
    }
    for value in condition.values() {
        let Some(text) = value.as_str().filter(|text| has_wildcard(text)) else {
            continue;
        };
        let written = condition.operator_key.text;
        let like = if operator.negated {
            "StringNotLike"
        } else {
            "StringLike"
        };
        let message = format!("`{written}` takes the wildcard in `{text}` for a plain character");
        let draft = Draft::new(Code::WildcardWithoutLikeOperator, value.span, message);
        found.push(draft.help(format!(
            "use `{like}`, or `${{*}}` for the character itself"
        )));
    }
}

/// Tells whether a value has a wildcard outside of `${…}`.
fn has_wildcard(text: &str) -> bool {
    glob::has_wildcard(text) && glob::has_wildcard(&variable::replace(text, ""))
}

/// Conditions with the value `*`, which say only whether the key is there.
fn any_value(condition: &Condition<'_>, operator: Operator, found: &mut Vec<Draft>) {
    if !operator.wildcards {
        return;
    }
    let matches_all = |value: &Value<'_>| {
        value
            .as_str()
            .is_some_and(|text| !text.is_empty() && text.bytes().all(|byte| byte == b'*'))
    };
    let judged_by_key = || is_sensitive(condition) || condition.is_on("aws:userid");
    if !condition.values().iter().any(matches_all) || judged_by_key() {
        return;
    }
    let names_tag = condition.key.text.contains('/');
    let key = condition.key.text;
    let (code, message, help) = match (!operator.negated, operator.holds_without_key()) {
        (true, false) if !names_tag => (
            Code::EquivalentToNullFalse,
            format!("the condition asks only whether `{key}` is there"),
            format!("write `\"Null\": {{\"{key}\": \"false\"}}`"),
        ),
        (false, true) if !names_tag => (
            Code::EquivalentToNullTrue,
            format!("the condition asks only whether `{key}` is missing"),
            format!("write `\"Null\": {{\"{key}\": \"true\"}}`"),
        ),
        (true, true) => (
            Code::RedundantKeyDueToWildcardInCondition,
            format!("the condition on `{key}` always holds"),
            String::from("remove it, or name values"),
        ),
        (false, false) => (
            Code::RedundantStatementDueToWildcardInCondition,
            format!("the condition on `{key}` never holds, and so the statement has no effect"),
            String::from("remove the statement, or name values"),
        ),
        _ => return,
    };
    found.push(Draft::new(code, condition.key.span, message).help(help));
}

fn is_sensitive(condition: &Condition<'_>) -> bool {
    SENSITIVE.iter().any(|key| condition.is_on(key))
}

fn too_permissive(subject: &Subject<'_, '_>, condition: &Condition<'_>, found: &mut Vec<Draft>) {
    // AWS lets variables pass where no principal is named, as in its own identity policies.
    let variables_count = !subject.kind.is_identity_like();
    let key = condition.key.text;
    for value in condition.values() {
        let Some(text) = value.as_str() else { continue };
        let mut openings = openings(text);
        openings.retain(|opening| variables_count || !opening.is_variable);
        let verdict = if is_sensitive(condition) {
            (!openings.is_empty()).then(|| {
                (
                    format!("`{key}` must be an exact value"),
                    "list the exact values",
                )
            })
        } else if condition.is_on("aws:userid") {
            (!openings.is_empty() && !is_user_id(text)).then(|| {
                let message = format!("`{text}` does not hold the user before the colon");
                (message, "write `ID:*`, or `*:*` for every session")
            })
        } else if PATHS.iter().any(|key| condition.is_on(key)) || is_subject(key) {
            openings
                .iter()
                .any(|opening| opening.literals_before < LITERAL_RUN)
                .then(|| {
                    let message = format!("`{text}` is open too early");
                    (
                        message,
                        "write at least 6 characters before each wildcard or variable",
                    )
                })
        } else {
            None
        };
        let Some((message, help)) = verdict else {
            continue;
        };
        let is_all = text.bytes().all(|byte| byte == b'*');
        if is_all && !is_sensitive(condition) && !condition.is_on("aws:userid") {
            continue;
        }
        let by_variable = openings.iter().any(|opening| opening.is_variable);
        let code = if by_variable {
            Code::VariableUsageTooPermissive
        } else {
            Code::WildcardUsageTooPermissive
        };
        found.push(Draft::new(code, value.span, message).help(help));
    }
}

/// Tells whether a key is the subject claim of an OIDC provider.
fn is_subject(key: &str) -> bool {
    key.rsplit_once(':')
        .is_some_and(|(prefix, claim)| claim == "sub" && prefix.contains('.'))
}

/// A place in a pattern that anything may fill.
struct Opening {
    literals_before: usize,
    is_variable: bool,
}

fn openings(text: &str) -> Vec<Opening> {
    let mut openings = Vec::new();
    let mut literals = 0;
    let mut rest = text;
    // Whether a brace may still follow, so that a missing one is looked for once.
    let mut closes = true;
    while let Some(character) = rest.chars().next() {
        let variable = rest
            .strip_prefix("${")
            .filter(|_| closes)
            .and_then(|inner| {
                let end = inner.find('}');
                closes = end.is_some();
                end
            });
        if let Some(end) = variable {
            let inner = &rest[..end + 3];
            if variable::has_variable(inner) {
                openings.push(Opening {
                    literals_before: literals,
                    is_variable: true,
                });
                literals = 0;
            }
            rest = &rest[inner.len()..];
            continue;
        }
        if matches!(character, '*' | '?') {
            openings.push(Opening {
                literals_before: literals,
                is_variable: false,
            });
            literals = 0;
        } else {
            literals += 1;
        }
        rest = &rest[character.len_utf8()..];
    }
    openings
}

/// Values of `aws:userid` are `ID:SESSION`; the user must be held, or all of it left open.
fn is_user_id(text: &str) -> bool {
    let pattern = variable::replace(text, "*");
    match pattern.split_once(':') {
        None => !glob::has_wildcard(&pattern),
        Some((user, _)) => user == "*" || !glob::has_wildcard(user),
    }
}

/// A listing with a shorter prefix shows what a longer prefix was to hide.
fn s3_prefix(
    statement: &Statement<'_>,
    condition: &Condition<'_>,
    operator: Operator,
    found: &mut Vec<Draft>,
) {
    if !condition.is_on("s3:prefix") || operator.family != Family::String {
        return;
    }
    let lists = super::names_action(statement, "s3:ListBucket")
        || super::names_action(statement, "s3:ListBucketVersions");
    let negative = match statement.effect {
        Some(Effect::Deny) => !operator.negated,
        Some(Effect::Allow) => operator.negated,
        None => false,
    };
    if lists && negative {
        let message = "a listing with a shorter prefix gets around this condition";
        let draft = Draft::new(Code::S3PrefixInNegativeContext, condition.key.span, message);
        found.push(draft.help(
            "allow the prefixes wanted with `StringLike`, or deny all others with `StringNotLike`",
        ));
    }
}
