//! The shape of a policy: elements, their JSON types, what is missing, what cannot stand together.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::json::{Kind as Json, Member, Value};
use crate::policy::{Kind, POLICY_ELEMENTS, STATEMENT_ELEMENTS, Statement};
use perk_diag::nearest;

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    let policy = subject.policy;
    let members = policy.root.as_object().unwrap_or_default();
    unknown_elements(members, &POLICY_ELEMENTS, found);
    version(subject, found);
    if let Some(id) = policy.root.get("Id") {
        expect_string(id, "Id", found);
    }
    match policy.root.get("Statement") {
        None => found.push(missing_statement(policy.root)),
        Some(statements) => {
            if statements.as_array().is_some_and(<[_]>::is_empty) {
                found.push(missing_statement(statements));
            }
            for value in statements.one_or_many() {
                if value.as_object().is_none() {
                    found.push(wrong_type(value, "a statement", "object"));
                }
            }
        }
    }
    for statement in &policy.statements {
        check_statement(subject, statement, found);
    }
    sids(subject, found);
}

fn missing_statement(value: &Value<'_>) -> Draft {
    Draft::new(
        Code::MissingStatement,
        value.span,
        "the policy has no statement",
    )
    .help("add a `Statement` with at least one statement")
}

fn version(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    let root = subject.policy.root;
    let Some(version) = root.get("Version") else {
        found.push(
            Draft::new(
                Code::MissingVersion,
                root.span,
                "the policy has no `Version`",
            )
            .help(
                "add `\"Version\": \"2012-10-17\"`; without it the language of 2008 applies, \
                 which has no policy variables",
            ),
        );
        return;
    };
    match version.as_str() {
        None => found.push(wrong_type(version, "`Version`", "string")),
        Some(text) if subject.policy.version.is_none() => found.push(
            Draft::new(
                Code::InvalidVersion,
                version.span,
                format!("`{text}` is not a version of the policy language"),
            )
            .help("use `2012-10-17`"),
        ),
        Some(_) => {}
    }
}

fn check_statement(subject: &Subject<'_, '_>, statement: &Statement<'_>, found: &mut Vec<Draft>) {
    let members = statement.value.as_object().unwrap_or_default();
    unknown_elements(members, &STATEMENT_ELEMENTS, found);
    types(members, found);
    effect(statement, found);
    // Nearly no statement has a negated element at all.
    if members
        .iter()
        .any(|member| member.key.text.starts_with("Not"))
    {
        combinations(statement, found);
    }
    missing_elements(subject, statement, found);
    empty_elements(members, found);
}

fn unknown_elements(members: &[Member<'_>], known: &[&'static str], found: &mut Vec<Draft>) {
    for member in members {
        let name = member.key.text;
        if known.contains(&name) {
            continue;
        }
        let draft = Draft::new(
            Code::InvalidPolicyElement,
            member.key.span,
            format!("`{name}` is not an element of the policy language here"),
        );
        found.push(match nearest(name, known.iter().copied()) {
            Some(meant) => draft.help(format!("did you mean `{meant}`?")),
            None => draft.help(format!("use one of {}", known.join(", "))),
        });
    }
}

fn types(members: &[Member<'_>], found: &mut Vec<Draft>) {
    for member in members {
        let value = &member.value;
        match member.key.text {
            name @ ("Sid" | "Effect") => expect_string(value, name, found),
            name @ ("Action" | "NotAction" | "Resource" | "NotResource") => {
                for element in value.one_or_many() {
                    expect_string(element, name, found);
                }
            }
            name @ ("Principal" | "NotPrincipal") => principal_types(name, value, found),
            "Condition" => condition_types(value, found),
            _ => {}
        }
    }
}

fn principal_types(name: &str, value: &Value<'_>, found: &mut Vec<Draft>) {
    match value.kind {
        Json::Object(members) => {
            for element in members.iter().flat_map(|member| member.value.one_or_many()) {
                expect_string(element, name, found);
            }
        }
        // A string or an array is a matter of the principal's format.
        Json::String(_) | Json::Array(_) => {}
        _ => found.push(wrong_type(value, &format!("`{name}`"), "object")),
    }
}

fn condition_types(condition: &Value<'_>, found: &mut Vec<Draft>) {
    let Some(operators) = condition.as_object() else {
        found.push(wrong_type(condition, "`Condition`", "object"));
        return;
    };
    for operator in operators {
        let Some(keys) = operator.value.as_object() else {
            let what = format!("the condition operator `{}`", operator.key.text);
            found.push(wrong_type(&operator.value, &what, "object"));
            continue;
        };
        for value in keys.iter().flat_map(|member| member.value.one_or_many()) {
            if !matches!(
                value.kind,
                Json::String(_) | Json::Bool(_) | Json::Number(_)
            ) {
                found.push(wrong_type(value, "a condition value", "string"));
            }
        }
    }
}

fn expect_string(value: &Value<'_>, name: &str, found: &mut Vec<Draft>) {
    if value.as_str().is_none() {
        found.push(wrong_type(value, &format!("`{name}`"), "string"));
    }
}

fn wrong_type(value: &Value<'_>, what: &str, expected: &str) -> Draft {
    let actual = value.type_name();
    Draft::new(
        Code::DataTypeMismatch,
        value.span,
        format!("{what} must be of the JSON type {expected}, and this is of the type {actual}"),
    )
}

fn effect(statement: &Statement<'_>, found: &mut Vec<Draft>) {
    match statement.value.get("Effect") {
        None => found.push(
            Draft::new(
                Code::MissingEffect,
                statement.value.span,
                "the statement has no `Effect`",
            )
            .help("add `\"Effect\": \"Allow\"` or `\"Effect\": \"Deny\"`"),
        ),
        Some(effect) => {
            if let (Some(text), None) = (effect.as_str(), statement.effect) {
                let message = format!("`{text}` is not an effect");
                let draft = Draft::new(Code::InvalidEffect, effect.span, message);
                found.push(draft.help("write `Allow` or `Deny`, in this case"));
            }
        }
    }
}

fn combinations(statement: &Statement<'_>, found: &mut Vec<Draft>) {
    let pairs = [
        ("Action", "NotAction"),
        ("Resource", "NotResource"),
        ("Principal", "NotPrincipal"),
    ];
    for (one, other) in pairs {
        if let (Some(first), Some(second)) =
            (statement.element_key(one), statement.element_key(other))
        {
            let message = format!("`{one}` and `{other}` cannot stand in one statement");
            let draft = Draft::new(Code::UnsupportedElementCombination, first.span, message);
            found.push(
                draft
                    .and(second.span)
                    .help("remove one of them, or use two statements"),
            );
        }
    }
}

fn missing_elements(subject: &Subject<'_, '_>, statement: &Statement<'_>, found: &mut Vec<Draft>) {
    let span = statement.value.span;
    if statement.actions.is_none() {
        let draft = Draft::new(Code::MissingAction, span, "the statement names no action");
        found.push(draft.help("add an `Action` or `NotAction`"));
    }
    if statement.resources.is_none() && subject.kind != Kind::Trust {
        let draft = Draft::new(
            Code::MissingResource,
            span,
            "the statement names no resource",
        );
        found.push(draft.help("add a `Resource` or `NotResource`"));
    }
    if statement.principal.is_none() && subject.kind.has_principals() {
        let message = "the statement says nobody to whom it applies";
        let draft = Draft::new(Code::MissingPrincipal, span, message);
        found.push(draft.help("add a `Principal`, such as `{\"AWS\": \"111122223333\"}`"));
    }
}

fn empty_elements(members: &[Member<'_>], found: &mut Vec<Draft>) {
    let is_empty_array = |value: &Value<'_>| value.as_array().is_some_and(<[_]>::is_empty);
    let is_empty_object = |value: &Value<'_>| value.as_object().is_some_and(<[_]>::is_empty);
    for member in members {
        let value = &member.value;
        let name = member.key.text;
        match name {
            "Action" | "NotAction" if is_empty_array(value) => {
                found.push(empty(Code::EmptyArrayAction, value, name));
            }
            "Resource" | "NotResource" if is_empty_array(value) => {
                found.push(empty(Code::EmptyArrayResource, value, name));
            }
            "Principal" | "NotPrincipal" => {
                if is_empty_object(value) {
                    found.push(empty(Code::EmptyObjectPrincipal, value, name));
                }
                let keys = value.as_object().unwrap_or_default();
                for key in keys.iter().filter(|key| is_empty_array(&key.value)) {
                    found.push(empty(Code::EmptyArrayPrincipal, &key.value, name));
                }
            }
            "Condition" => {
                if is_empty_object(value) {
                    found.push(empty(Code::EmptyObjectCondition, value, name));
                }
                let operators = value.as_object().unwrap_or_default();
                for operator in operators
                    .iter()
                    .filter(|member| is_empty_object(&member.value))
                {
                    let name = operator.key.text;
                    found.push(empty(Code::EmptyObjectCondition, &operator.value, name));
                }
            }
            _ => {}
        }
    }
}

fn empty(code: Code, value: &Value<'_>, name: &str) -> Draft {
    Draft::new(code, value.span, format!("`{name}` is empty"))
        .help("name something, or remove the element")
}

fn sids(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    // Services that keep resource policies allow more in a Sid than IAM and Organizations do.
    let strict = !matches!(subject.kind, Kind::Resource | Kind::VpcEndpoint);
    let mut first_with: HashMap<&str, &Value<'_>, RandomState> = HashMap::default();
    for statement in &subject.policy.statements {
        let (Some(value), Some(sid)) = (statement.sid, statement.sid_text()) else {
            continue;
        };
        if sid.is_empty() {
            let draft = Draft::new(Code::EmptySidValue, value.span, "the `Sid` is empty");
            found.push(draft.help("give the statement a name, or remove the `Sid`"));
            continue;
        }
        if strict && !sid.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            let message = format!("`{sid}` has characters that a `Sid` cannot have");
            let draft = Draft::new(Code::UnsupportedSid, value.span, message);
            found.push(draft.help("use the letters A-Z and a-z and the digits 0-9 only"));
        }
        match first_with.get(sid) {
            None => {
                first_with.insert(sid, value);
            }
            Some(first) => {
                let code = if strict {
                    Code::UniqueSidsRequired
                } else {
                    Code::UniqueSidsRecommended
                };
                let message = format!("an earlier statement has the `Sid` `{sid}` too");
                let draft = Draft::new(code, value.span, message).and(first.span);
                found.push(draft.help("give each statement a `Sid` of its own"));
            }
        }
    }
}
