//! Condition values: whether they fit their operator and their key.

use base64::Engine as _;
use time::format_description::well_known::Iso8601;

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::json::{Kind as Json, Value};
use crate::policy::{Arn, Condition, Family, Operator, Quantifier, glob, variable};

const REGION_KEYS: [&str; 2] = ["aws:RequestedRegion", "ec2:Region"];
const SERVICE_KEYS: [&str; 6] = [
    "iam:PassedToService",
    "aws:CalledVia",
    "aws:CalledViaFirst",
    "aws:CalledViaLast",
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
];
const KMS_KEY_KEYS: [&str; 1] = ["s3:x-amz-server-side-encryption-aws-kms-key-id"];

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    for condition in subject.policy.conditions() {
        let Some(operator) = condition.operator else {
            continue;
        };
        if condition.values().is_empty() {
            found.push(empty(condition, operator));
        }
        mixed_types(condition, found);
        for value in condition.values() {
            operator_value(condition, operator, value, found);
            if let (Some(text), Family::String | Family::Arn) = (value.as_str(), operator.family) {
                let open = variable::has_variable(text)
                    || (operator.wildcards && glob::has_wildcard(text));
                if !open {
                    key_value(subject, condition, value, text, found);
                }
            }
        }
        match operator.family {
            Family::Bool if condition.values().len() > 1 => {
                let message = "a Boolean key has one value, and this is a list";
                let code = Code::InvalidConditionMultipleBoolean;
                let draft = Draft::new(code, condition.value.span, message);
                found.push(draft.help("write `true` or `false`"));
            }
            Family::Numeric => redundant_number(condition, found),
            _ => {}
        }
    }
}

fn empty(condition: &Condition<'_>, operator: Operator) -> Draft {
    let (code, effect) = match operator.quantifier {
        Some(Quantifier::ForAllValues) => (
            Code::EmptyArrayConditionForallvalues,
            "holds only for requests without the key",
        ),
        Some(Quantifier::ForAnyValue) => (Code::EmptyArrayConditionForanyvalue, "never holds"),
        None if operator.if_exists => (
            Code::EmptyArrayConditionIfexists,
            "holds only for requests without the key",
        ),
        None => (Code::EmptyArrayCondition, "lists no value"),
    };
    let message = format!("the condition on `{}` {effect}", condition.key.text);
    Draft::new(code, condition.key.span, message)
        .help("list values, or ask with `Null` whether the key is there")
}

fn mixed_types(condition: &Condition<'_>, found: &mut Vec<Draft>) {
    let mut types = condition
        .values()
        .iter()
        .filter(|value| {
            matches!(
                value.kind,
                Json::String(_) | Json::Number(_) | Json::Bool(_)
            )
        })
        .map(Value::type_name);
    let first = types.next();
    if types.any(|name| Some(name) != first) {
        let message = format!(
            "the values of `{}` are of different JSON types",
            condition.key.text
        );
        let draft = Draft::new(
            Code::InvalidConditionDataType,
            condition.value.span,
            message,
        );
        found.push(draft.help("write all of them as strings"));
    }
}

/// Judges a value by the operator it stands under.
fn operator_value(
    condition: &Condition<'_>,
    operator: Operator,
    value: &Value<'_>,
    found: &mut Vec<Draft>,
) {
    let (text, is_string) = match value.kind {
        Json::String(text) => (text, true),
        Json::Number(digits) => (digits, false),
        Json::Bool(true) => ("true", false),
        Json::Bool(false) => ("false", false),
        _ => return,
    };
    if is_string && variable::is_opened(text) {
        return;
    }
    let name = &condition.operator_key.text;
    let (code, what, help) = match operator.family {
        Family::Bool | Family::Null if !is_boolean(text) => (
            Code::TypeMismatchBoolean,
            "a Boolean",
            "write `true` or `false`",
        ),
        Family::Numeric if text.trim().parse::<f64>().is_err() => {
            (Code::TypeMismatchNumber, "a number", "write a number")
        }
        Family::Date if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() => {
            let message = format!("`{text}` is read as seconds since 1970");
            let draft = Draft::new(Code::InvalidDateValue, value.span, message);
            found.push(draft.help("write a date such as `2030-01-31` or `2030-01-31T12:00:00Z`"));
            return;
        }
        Family::Date if !is_date(text) => (
            Code::TypeMismatchDate,
            "a date",
            "write a date such as `2030-01-31T12:00:00Z`",
        ),
        Family::IpAddress if super::source_ip::Network::parse(text).is_none() => (
            Code::TypeMismatchIpRange,
            "an address or range",
            "write an address or a range such as `203.0.113.0/24`",
        ),
        Family::Binary if !is_base64(text) => (
            Code::TypeMismatchString,
            "text in Base64",
            "encode the value in Base64",
        ),
        _ => return,
    };
    let message = format!("`{text}` is not {what}, as `{name}` needs");
    found.push(Draft::new(code, value.span, message).help(help));
}

fn is_boolean(text: &str) -> bool {
    text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")
}

/// Dates as W3C's profile of ISO 8601 has them: <https://www.w3.org/TR/NOTE-datetime>.
fn is_date(text: &str) -> bool {
    time::Date::parse(text, &Iso8601::DATE).is_ok()
        || time::PrimitiveDateTime::parse(text, &Iso8601::DATE_TIME).is_ok()
        || time::OffsetDateTime::parse(text, &Iso8601::DATE_TIME_OFFSET).is_ok()
}

fn is_base64(text: &str) -> bool {
    base64::engine::general_purpose::STANDARD
        .decode(text)
        .is_ok()
}

/// Judges a literal value by the key it is compared with.
fn key_value(
    subject: &Subject<'_, '_>,
    condition: &Condition<'_>,
    value: &Value<'_>,
    text: &str,
    found: &mut Vec<Draft>,
) {
    let is_one_of = |keys: &[&str]| keys.iter().any(|key| condition.is_on(key));
    if is_one_of(&REGION_KEYS) {
        region(subject, value, text, found);
    } else if is_one_of(&SERVICE_KEYS) && !is_service_principal(text) {
        let help = "write it in lower case, as in `lambda.amazonaws.com`";
        found.push(service_principal(value, text, help));
    } else if condition.is_on("kms:ViaService") && !is_regional_service(text) {
        let help = "write service and region, as in `s3.eu-west-1.amazonaws.com`";
        found.push(service_principal(value, text, help));
    } else if is_one_of(&KMS_KEY_KEYS) && !is_kms_key(text) {
        let message = format!("`{text}` is not the ARN of a KMS key");
        let draft = Draft::new(Code::InvalidKmsKeyValue, value.span, message);
        found.push(draft.help("write `arn:aws:kms:REGION:ACCOUNT:key/KEY-ID`"));
    } else if condition.is_on("aws:SourceVpc") && !is_id(text, "vpc-") {
        found.push(id(Code::InvalidVpcFormat, value, text, "vpc-"));
    } else if condition.is_on("aws:SourceVpce") && !is_id(text, "vpce-") {
        found.push(id(Code::InvalidVpceFormat, value, text, "vpce-"));
    }
}

fn region(subject: &Subject<'_, '_>, value: &Value<'_>, text: &str, found: &mut Vec<Draft>) {
    if subject.catalog.region(text).is_some() || text == "aws-global" {
        return;
    }
    let draft = Draft::new(
        Code::InvalidRegion,
        value.span,
        format!("`{text}` is not a region"),
    );
    let regions = subject.catalog.regions();
    found.push(match subject.nearest(text, regions) {
        Some(meant) => draft.help(format!("did you mean `{meant}`?")),
        None => draft.help("write the code of a region, such as `eu-central-1`"),
    });
}

fn service_principal(value: &Value<'_>, text: &str, help: &str) -> Draft {
    let message = format!("`{text}` is not the name of a service principal");
    Draft::new(Code::InvalidServicePrincipalFormat, value.span, message).help(help)
}

/// Returns what stands before `.amazonaws.com` or `.amazonaws.com.cn`.
fn service_labels(text: &str) -> Option<Vec<&str>> {
    let stem = text
        .strip_suffix(".cn")
        .unwrap_or(text)
        .strip_suffix(".amazonaws.com")?;
    let labels: Vec<&str> = stem.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
    };
    labels.iter().all(is_label).then_some(labels)
}

fn is_service_principal(text: &str) -> bool {
    service_labels(text).is_some()
}

fn is_regional_service(text: &str) -> bool {
    service_labels(text).is_some_and(|labels| {
        let is_region = |label: &&str| {
            let parts: Vec<&str> = label.split('-').collect();
            parts.len() >= 3
                && parts
                    .last()
                    .is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()))
        };
        labels.len() >= 2 && labels.last().is_some_and(is_region)
    })
}

fn is_kms_key(text: &str) -> bool {
    Arn::parse(text).is_some_and(|arn| {
        arn.service == "kms"
            && !arn.region.is_empty()
            && !arn.account.is_empty()
            && arn
                .resource
                .strip_prefix("key/")
                .is_some_and(|id| !id.is_empty())
    })
}

fn is_id(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix).is_some_and(|rest| {
        matches!(rest.len(), 8 | 17) && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

fn id(code: Code, value: &Value<'_>, text: &str, prefix: &str) -> Draft {
    Draft::new(
        code,
        value.span,
        format!("`{text}` is not an id of the form `{prefix}…`"),
    )
    .help(format!("write `{prefix}` and 8 or 17 letters and digits"))
}

fn redundant_number(condition: &Condition<'_>, found: &mut Vec<Draft>) {
    let name = condition.operator_key.text.to_ascii_lowercase();
    let wants_least = name.contains("greaterthan");
    if !wants_least && !name.contains("lessthan") {
        return;
    }
    let number = |value: &Value<'_>| match value.kind {
        Json::String(text) => text.trim().parse::<f64>().ok(),
        Json::Number(digits) => digits.parse().ok(),
        _ => None,
    };
    let numbers: Vec<f64> = condition.values().iter().filter_map(number).collect();
    if numbers.len() < 2 {
        return;
    }
    let decisive = numbers
        .iter()
        .copied()
        .reduce(if wants_least { f64::min } else { f64::max });
    let message = format!(
        "of the values of `{}` only {} decides",
        condition.key.text,
        decisive.unwrap_or_default()
    );
    let draft = Draft::new(
        Code::RedundantConditionValueNum,
        condition.key.span,
        message,
    );
    found.push(draft.help("remove the other values"));
}
