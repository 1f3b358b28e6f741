//! Conditions that narrow who calls, in policies that let everybody in.
//!
//! What counts follows S3's definition of "public": a key about the caller, compared with fixed
//! values. <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>

use std::net::IpAddr;

use crate::policy::variable::{Variable, variables};
use crate::policy::{Arn, Condition, Effect, Family, Operator, Statement, glob};

/// Keys that say who calls, or from where, in a way that a stranger cannot choose.
const CALLER: [&str; 26] = [
    "aws:Ec2InstanceSourceVpc",
    "aws:FederatedProvider",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:SourceOwner",
    "aws:SourceVpc",
    "aws:SourceVpcArn",
    "aws:SourceVpce",
    "aws:userid",
    "aws:VpceAccount",
    "aws:VpceOrgID",
    "aws:VpceOrgPaths",
    "kms:CallerAccount",
    "lambda:EventSourceToken",
    "s3:DataAccessPointAccount",
    "s3:DataAccessPointArn",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "sns:Endpoint",
];

/// Keys by which a `Deny` makes an exception for AWS's own services.
const SERVICE_EXCEPTIONS: [&str; 2] = ["aws:PrincipalIsAWSService", "aws:ViaAWSService"];

/// Tells whether an `Allow` under this condition is for certain callers only.
pub(super) fn narrows(condition: &Condition<'_>) -> bool {
    let positive = |operator: Operator| !operator.negated && !operator.holds_without_key();
    condition
        .operator
        .is_some_and(|operator| positive(operator) && is_fixed_caller(condition, operator))
}

/// Tells whether a statement denies everybody but certain callers, or everybody.
pub(super) fn denies_strangers(statement: &Statement<'_>) -> bool {
    if statement.effect != Some(Effect::Deny) {
        return false;
    }
    let Some(principal) = &statement.principal else {
        return false;
    };
    if principal.negated {
        let named = principal
            .values
            .iter()
            .all(|value| !value.text.contains('*'));
        return named && !principal.values.is_empty() && statement.conditions.is_empty();
    }
    let exempts = |condition: &Condition<'_>| {
        condition.operator.is_some_and(|operator| {
            operator.negated && operator.holds_without_key() && is_fixed_caller(condition, operator)
        })
    };
    principal.everyone().is_some()
        && statement
            .conditions
            .iter()
            .all(|condition| exempts(condition) || is_service_exception(condition))
        && (statement.conditions.is_empty() || statement.conditions.iter().any(exempts))
}

fn is_service_exception(condition: &Condition<'_>) -> bool {
    let on_key = SERVICE_EXCEPTIONS.iter().any(|key| condition.is_on(key));
    let is_bool = condition
        .operator
        .is_some_and(|operator| operator.family == Family::Bool);
    let values_are_false = condition.values().iter().all(|value| {
        value
            .as_str()
            .is_some_and(|text| text.eq_ignore_ascii_case("false"))
            || matches!(value.kind, crate::json::Kind::Bool(false))
    });
    on_key && is_bool && values_are_false
}

fn is_fixed_caller(condition: &Condition<'_>, operator: Operator) -> bool {
    let values = condition.values();
    let all_strings = !values.is_empty() && condition.strings().count() == values.len();
    if !all_strings {
        return false;
    }
    match operator.family {
        Family::IpAddress => {
            condition.is_on("aws:SourceIp") && condition.strings().all(is_limited_range)
        }
        Family::String | Family::Arn => {
            CALLER.iter().any(|key| condition.is_on(key))
                && condition
                    .strings()
                    .all(|text| is_fixed(text, operator.wildcards))
        }
        _ => false,
    }
}

/// Tells whether a range is small enough to be somebody's: S3 takes `/8`, and `/32` in version 6.
fn is_limited_range(text: &str) -> bool {
    let (address, prefix) = text.split_once('/').unwrap_or((text, ""));
    let prefix: Option<u8> = (!prefix.is_empty()).then(|| prefix.parse().unwrap_or(0));
    match address.parse() {
        Ok(IpAddr::V4(_)) => prefix.unwrap_or(32) >= 8,
        Ok(IpAddr::V6(_)) => prefix.unwrap_or(128) >= 32,
        Err(_) => false,
    }
}

/// Tells whether a value means certain callers: an account, an organization, a network.
fn is_fixed(text: &str, wildcards: bool) -> bool {
    let of_resource = |variable| match variable {
        Variable::Name(name) => name
            .get(.."aws:resource".len())
            .is_some_and(|start| start.eq_ignore_ascii_case("aws:resource")),
        _ => false,
    };
    if !variables(text).all(of_resource) {
        return false;
    }
    if !wildcards || !glob::has_wildcard(text) {
        return !text.is_empty();
    }
    if let Some(arn) = Arn::parse(text) {
        return !arn.account.is_empty() && !glob::has_wildcard(arn.account);
    }
    // `o-a1b2c3d4e5/*`, `AROAEXAMPLE:*`: the part that says who stands first.
    let first = text.split(['/', ':']).next().unwrap_or_default();
    !text.starts_with("arn") && !first.is_empty() && !glob::has_wildcard(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_fixed_values_from_open_ones() {
        for text in [
            "o-a1b2c3d4e5/*",
            "111122223333",
            "AROAEXAMPLE:*",
            "arn:aws:iam::111122223333:role/*",
            "${aws:ResourceOrgID}",
        ] {
            assert!(is_fixed(text, true), "{text}");
        }
        for text in [
            "*",
            "o-*",
            "arn:aws:s3:::*",
            "arn:aws:iam::*:role/admin",
            "arn:*",
            "${aws:PrincipalOrgID}",
            "",
        ] {
            assert!(!is_fixed(text, true), "{text}");
        }
    }

    #[test]
    fn tells_limited_ranges_from_the_internet() {
        for text in ["203.0.113.0/24", "198.51.100.7", "2001:db8::/32"] {
            assert!(is_limited_range(text), "{text}");
        }
        for text in ["0.0.0.0/0", "0.0.0.0/1", "::/0", "203.0.113.*"] {
            assert!(!is_limited_range(text), "{text}");
        }
    }
}
