//! Policies of resources and roles that let everybody in.

use super::callers::{denies_strangers, narrows};
use super::listing::listing;
use crate::checks::{Subject, names_action};
use crate::code::Code;
use crate::finding::Draft;
use crate::policy::{Kind, Patterns, PrincipalValue, Statement, glob};

/// How many statements that deny strangers are looked at; no policy that AWS stores has more.
const MOST_CLOSING: usize = 200;

/// The actions by which somebody gets a role.
const ASSUMING: [&str; 3] = [
    "sts:AssumeRole",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
];

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    let statements = &subject.policy.statements;
    let closing: Vec<&Statement<'_>> = statements
        .iter()
        .filter(|statement| denies_strangers(statement))
        .take(MOST_CLOSING)
        .collect();
    for statement in statements {
        let Some(everyone) = open_to(statement) else {
            continue;
        };
        if closing.iter().any(|deny| closes(deny, statement)) {
            continue;
        }
        match subject.kind {
            Kind::Resource => found.push(public(statement, everyone)),
            Kind::Trust if assumes(statement) => found.push(open_trust(everyone)),
            _ => {}
        }
    }
}

/// Returns the principal by which a statement allows everybody something, if it does.
fn open_to<'s, 'd>(statement: &'s Statement<'d>) -> Option<&'s PrincipalValue<'d>> {
    let everyone = statement.principal.as_ref()?.everyone()?;
    let open = statement.allows() && !statement.conditions.iter().any(narrows);
    open.then_some(everyone)
}

/// Tells whether a statement that denies strangers covers all that another opens.
fn closes(deny: &Statement<'_>, open: &Statement<'_>) -> bool {
    covers(
        deny.actions.as_ref(),
        open.actions.as_ref(),
        glob::covers_ignoring_case,
    ) && covers(
        deny.resources.as_ref(),
        open.resources.as_ref(),
        glob::arn_covers,
    )
}

/// Tells whether a list of a `Deny` covers all that a list of an `Allow` names.
fn covers(
    denied: Option<&Patterns<'_>>,
    open: Option<&Patterns<'_>>,
    covers: fn(&str, &str) -> bool,
) -> bool {
    match (denied, open) {
        (Some(denied), Some(open)) if !denied.negated && !open.negated => {
            open.items.iter().all(|open| {
                denied
                    .items
                    .iter()
                    .any(|denied| covers(denied.text, open.text))
            })
        }
        (Some(denied), _) => !denied.negated && denied.items.iter().any(|item| item.text == "*"),
        (None, None) => true,
        (None, Some(_)) => false,
    }
}

fn public(statement: &Statement<'_>, everyone: &PrincipalValue<'_>) -> Draft {
    let what = match &statement.actions {
        Some(actions) if actions.negated => String::from("everything but what `NotAction` names"),
        Some(actions) => listing(actions.items.iter().map(|item| item.text)),
        None => String::from("the action"),
    };
    let message = format!("everybody is allowed {what}: any AWS account, or the whole internet");
    Draft::new(Code::PublicAccess, everyone.span, message).help(
        "name the principals, or require `aws:PrincipalOrgID`, `aws:SourceAccount` or \
         `aws:SourceVpce`",
    )
}

fn assumes(statement: &Statement<'_>) -> bool {
    ASSUMING
        .iter()
        .any(|action| names_action(statement, action))
}

fn open_trust(everyone: &PrincipalValue<'_>) -> Draft {
    let message = "anybody with an AWS account can assume the role";
    Draft::new(Code::TrustPolicyOpenToWorld, everyone.span, message).help(
        "name the accounts or roles, or require `aws:PrincipalOrgID`; `sts:ExternalId` is no secret",
    )
}
