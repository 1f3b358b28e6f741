//! AWS services as principals: the confused deputy.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html>

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::policy::{Condition, Family, Kind, PrincipalKey, Statement};

/// Keys that say on whose behalf a service calls.
const SOURCE_KEYS: [&str; 4] = [
    "aws:SourceArn",
    "aws:SourceAccount",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
];

/// Keys that describe a principal of IAM, which a service is not.
const PRINCIPAL_KEYS: [&str; 7] = [
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalType",
    "aws:userid",
    "aws:username",
];

/// Keys that narrow an S3 policy to what its resource already says.
const RESOURCE_KEYS: [&str; 2] = ["s3:ResourceAccount", "aws:ResourceAccount"];

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    if !matches!(subject.kind, Kind::Resource | Kind::VpcEndpoint) {
        return;
    }
    for statement in &subject.policy.statements {
        if statement.allows() {
            source(statement, found);
            principal_keys(statement, found);
        }
        irrelevant_keys(subject, statement, found);
    }
}

fn source(statement: &Statement<'_>, found: &mut Vec<Draft>) {
    let Some(principal) = statement.listed_principals() else {
        return;
    };
    let Some(service) = principal.under(PrincipalKey::Service).next() else {
        return;
    };
    let is_source = |condition: &Condition<'_>| SOURCE_KEYS.iter().any(|key| condition.is_on(key));
    if statement.conditions.iter().any(is_source) {
        return;
    }
    let referer = statement
        .conditions
        .iter()
        .find(|condition| condition.is_on("aws:Referer"));
    let help = "add `aws:SourceArn`, `aws:SourceAccount`, `aws:SourceOrgID` or \
                `aws:SourceOrgPaths` to the `Condition`";
    found.push(if let Some(condition) = referer {
        let message = format!(
            "`{}` is not the key to hold a service by",
            condition.key.text
        );
        let code = Code::RecommendedConditionKeyForServicePrincipal;
        Draft::new(code, condition.key.span, message)
            .and(service.span)
            .help(help)
    } else {
        let message = format!(
            "`{}` may call on behalf of anybody's resources",
            service.text
        );
        Draft::new(
            Code::RestrictAccessToServicePrincipal,
            service.span,
            message,
        )
        .help(help)
    });
}

fn principal_keys(statement: &Statement<'_>, found: &mut Vec<Draft>) {
    let Some(principal) = &statement.principal else {
        return;
    };
    let only_services = principal
        .values
        .iter()
        .all(|value| value.key == Some(PrincipalKey::Service));
    if principal.values.is_empty() || !only_services {
        return;
    }
    for condition in &statement.conditions {
        let about_principal = PRINCIPAL_KEYS.iter().any(|key| condition.is_on(key))
            || condition.is_under("aws:PrincipalTag/");
        let judged = condition
            .operator
            .is_some_and(|operator| operator.family != Family::Null);
        if about_principal && judged {
            let message = format!("a service has no `{}`", condition.key.text);
            let code = Code::UnsupportedConditionKeyForServicePrincipal;
            let draft = Draft::new(code, condition.key.span, message);
            found.push(draft.help("use `aws:SourceOrgID`, `aws:SourceAccount` or `aws:SourceArn`"));
        }
    }
}

fn irrelevant_keys(subject: &Subject<'_, '_>, statement: &Statement<'_>, found: &mut Vec<Draft>) {
    if !subject
        .resource_type
        .is_some_and(|name| name.starts_with("AWS::S3::"))
    {
        return;
    }
    for condition in &statement.conditions {
        if RESOURCE_KEYS.iter().any(|key| condition.is_on(key)) {
            let message = format!(
                "`{}` says nothing in the policy of a resource",
                condition.key.text
            );
            let draft = Draft::new(
                Code::IrrelevantConditionKeyInPolicy,
                condition.key.span,
                message,
            );
            found.push(draft.help(
                "the resource is what the policy is attached to; use the key in identity policies",
            ));
        }
    }
}
