//! Conditions of identity policies: whether they narrow what can be done, or only when and from
//! where.

use crate::policy::{Condition, Family, glob};

/// Keys about the circumstances of a request, which the holder of a policy can often meet.
const CIRCUMSTANCES: [&str; 19] = [
    "aws:CurrentTime",
    "aws:EpochTime",
    "aws:MultiFactorAuthAge",
    "aws:MultiFactorAuthPresent",
    "aws:PrincipalAccount",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:Referer",
    "aws:RequestedRegion",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:ResourceOrgPaths",
    "aws:SecureTransport",
    "aws:SourceIp",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:TokenIssueTime",
    "aws:UserAgent",
    "aws:VpcSourceIp",
];

/// Keys about who holds the policy.
const HOLDER: [&str; 4] = [
    "aws:PrincipalArn",
    "aws:PrincipalType",
    "aws:userid",
    "aws:username",
];

const PASSED_TO: &str = "iam:PassedToService";

/// Tells whether an `Allow` under this condition still gives the action on all that it names.
///
/// `passed_to` are the services that a role would be passed to, for the action that passes it.
pub(super) fn leaves_open(condition: &Condition<'_>, passed_to: &[&str]) -> bool {
    let Some(operator) = condition.operator else {
        return false;
    };
    if condition.is_on(PASSED_TO) && !passed_to.is_empty() {
        return passed_to.iter().any(|service| passes(condition, service));
    }
    operator.holds_without_key() || is_circumstance(condition) || is_about_holder(condition)
}

/// Tells whether a `Deny` under this condition takes away the action but for narrow exceptions.
pub(super) fn takes_away(condition: &Condition<'_>, passed_to: &[&str]) -> bool {
    let Some(operator) = condition.operator else {
        return false;
    };
    if condition.is_on(PASSED_TO) && !passed_to.is_empty() {
        return passed_to.iter().all(|service| passes(condition, service));
    }
    let without_key = match operator.family {
        Family::Null => condition
            .strings()
            .all(|text| text.eq_ignore_ascii_case("true")),
        _ => operator.negated && operator.holds_without_key(),
    };
    without_key && !is_circumstance(condition)
}

fn is_circumstance(condition: &Condition<'_>) -> bool {
    CIRCUMSTANCES.iter().any(|key| condition.is_on(key))
}

fn is_about_holder(condition: &Condition<'_>) -> bool {
    HOLDER.iter().any(|key| condition.is_on(key)) || condition.is_under("aws:PrincipalTag/")
}

/// Tells whether a condition on `iam:PassedToService` holds when a role is passed to a service.
fn passes(condition: &Condition<'_>, service: &str) -> bool {
    let Some(operator) = condition.operator else {
        return false;
    };
    match operator.family {
        Family::Null => condition
            .strings()
            .all(|text| text.eq_ignore_ascii_case("false")),
        Family::String => {
            let named = condition.strings().any(|text| {
                let text = text.strip_suffix(".cn").unwrap_or(text);
                if operator.wildcards {
                    glob::matches_ignoring_case(text, service)
                } else {
                    text.eq_ignore_ascii_case(service)
                }
            });
            named != operator.negated
        }
        _ => false,
    }
}
