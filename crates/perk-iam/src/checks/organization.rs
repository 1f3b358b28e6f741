//! Policies of an organization: service control policies and resource control policies.
//!
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html>

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::json::Kind as Json;
use crate::policy::{Condition, Effect, Family, Kind, Patterns, Principal, Statement};

/// Keys about an IAM principal, which a request of an AWS service does not carry.
const PRINCIPAL_KEYS: [&str; 3] = [
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalAccount",
];

/// Keys about whom a service calls for, which a request of an IAM principal does not carry.
const SOURCE_KEYS: [&str; 3] = ["aws:SourceOrgID", "aws:SourceOrgPaths", "aws:SourceAccount"];

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    for statement in &subject.policy.statements {
        match subject.kind {
            Kind::Scp => scp_principal(statement, found),
            Kind::Rcp => {
                rcp_principal(statement, found);
                rcp_actions(subject, statement, found);
                rcp_allow(statement, found);
                rcp_conditions(statement, found);
            }
            _ => {}
        }
    }
}

fn scp_principal(statement: &Statement<'_>, found: &mut Vec<Draft>) {
    if let Some(principal) = &statement.principal {
        let name = principal.key.text;
        let message = format!("a service control policy cannot have a `{name}`");
        let draft = Draft::new(Code::ScpSyntaxErrorPrincipal, principal.key.span, message);
        found.push(draft.help("use `aws:PrincipalArn` in the `Condition`"));
    }
}

fn rcp_principal(statement: &Statement<'_>, found: &mut Vec<Draft>) {
    let Some(principal) = &statement.principal else {
        return;
    };
    if principal.negated || !is_star(principal) {
        let span = if principal.negated {
            principal.key.span
        } else {
            principal.value.span
        };
        let message = "a resource control policy is about everybody: `\"Principal\": \"*\"`";
        let draft = Draft::new(Code::RcpSyntaxErrorPrincipal, span, message);
        found.push(
            draft.help("write `\"Principal\": \"*\"` and name principals in the `Condition`"),
        );
    }
}

fn is_star(principal: &Principal<'_>) -> bool {
    matches!(principal.value.kind, Json::String(text) if text == "*")
}

fn rcp_actions(subject: &Subject<'_, '_>, statement: &Statement<'_>, found: &mut Vec<Draft>) {
    let Some(actions) = &statement.actions else {
        return;
    };
    if actions.negated {
        let message = "a resource control policy cannot have a `NotAction`";
        let draft = Draft::new(Code::RcpSyntaxErrorNotaction, actions.key.span, message);
        found.push(draft.help("name the actions in `Action`"));
        return;
    }
    for action in actions.items {
        let help =
            "name actions of services that support resource control policies, such as `s3:*`";
        let message = if action.text == "*" {
            if statement.effect == Some(Effect::Allow) {
                continue;
            }
            String::from("a resource control policy must name the services it is for")
        } else {
            let Some(service) = action
                .text
                .split_once(':')
                .and_then(|(prefix, _)| subject.catalog.service(prefix))
            else {
                continue;
            };
            if service.supports_rcp() {
                continue;
            }
            format!(
                "`{}` does not support resource control policies",
                service.prefix()
            )
        };
        found.push(Draft::new(Code::RcpSyntaxErrorAction, action.span, message).help(help));
    }
}

fn rcp_allow(statement: &Statement<'_>, found: &mut Vec<Draft>) {
    if !statement.allows() {
        return;
    }
    let everything = |resources: &Patterns<'_>| {
        !resources.negated && resources.items.iter().any(|resource| resource.text == "*")
    };
    let plain = statement.value.get("Condition").is_none()
        && statement.resources.as_ref().is_none_or(everything)
        && statement
            .principal
            .as_ref()
            .is_none_or(|p| !p.negated && is_star(p));
    if plain {
        return;
    }
    let effect = statement
        .value
        .get("Effect")
        .map_or(statement.value.span, |effect| effect.span);
    let message = "a resource control policy can allow only everything to everybody";
    let draft = Draft::new(Code::RcpSyntaxErrorAllow, effect, message);
    found.push(draft.help("deny what must not be, with `Deny`"));
}

fn rcp_conditions(statement: &Statement<'_>, found: &mut Vec<Draft>) {
    if statement.effect != Some(Effect::Deny) {
        return;
    }
    let conditions = &statement.conditions;
    let about_services = |truth: &str| {
        conditions.iter().any(|condition| {
            condition.is_on("aws:PrincipalIsAWSService")
                && condition.values().iter().any(|value| match value.kind {
                    Json::Bool(value) => value.to_string() == truth,
                    Json::String(value) => value.eq_ignore_ascii_case(truth),
                    _ => false,
                })
        })
    };
    if let Some(condition) =
        negated_on(conditions, &PRINCIPAL_KEYS).filter(|_| !about_services("false"))
    {
        let message = format!(
            "`{}` also denies AWS services that work for you",
            condition.key.text
        );
        let code = Code::RcpMissingRelatedPrincipalConditionKey;
        let draft = Draft::new(code, condition.key.span, message);
        found
            .push(draft.help("add `\"BoolIfExists\": {\"aws:PrincipalIsAWSService\": \"false\"}`"));
    }
    let Some(condition) = negated_on(conditions, &SOURCE_KEYS) else {
        return;
    };
    if !about_services("true") {
        let message = format!("`{}` also denies your own principals", condition.key.text);
        let code = Code::RcpMissingRelatedServicePrincipalConditionKey;
        let draft = Draft::new(code, condition.key.span, message);
        found.push(draft.help("add `\"BoolIfExists\": {\"aws:PrincipalIsAWSService\": \"true\"}`"));
    }
    let checks_presence = conditions.iter().any(|condition| {
        condition
            .operator
            .is_some_and(|operator| operator.family == Family::Null)
            && (condition.is_on("aws:SourceAccount") || condition.is_on("aws:SourceArn"))
    });
    if !checks_presence {
        let message = format!(
            "`{}` also denies services that do not say for whom they call",
            condition.key.text
        );
        let code = Code::RcpMissingServiceConditionKeyNullCheck;
        let draft = Draft::new(code, condition.key.span, message);
        found.push(draft.help("add `\"Null\": {\"aws:SourceAccount\": \"false\"}`"));
    }
}

/// Returns a condition that denies whoever is not on its list.
fn negated_on<'s, 'd>(conditions: &'s [Condition<'d>], keys: &[&str]) -> Option<&'s Condition<'d>> {
    conditions.iter().find(|condition| {
        condition.operator.is_some_and(|operator| operator.negated)
            && keys.iter().any(|key| condition.is_on(key))
    })
}
