//! Condition keys and operators: whether they exist, and whether they go together.

use std::collections::HashMap;

use perk_diag::Span;
use perk_iam_catalog::{ConditionKey, ValueType};

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::json::Value;
use crate::known::{ActionPattern, Named};
use crate::policy::{
    Condition, Family, Kind, Operator, Quantifier, Statement, split_full_name, variable,
};
use perk_diag::nearest;

/// Keys that callers can set as they like.
const FORGEABLE: [&str; 2] = ["aws:Referer", "aws:UserAgent"];

/// Services whose own keys AWS holds against the actions that do not support them, in policies of
/// resources and in trust policies.
const JUDGED_BY_ACTION: [&str; 4] = ["dynamodb", "kms", "s3", "sts"];

/// Claims of identity providers that have one value, which the catalog does not type.
const SINGLE_CLAIMS: [&str; 2] = ["aud", "sub"];

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    for (statement, patterns) in subject.statements() {
        operators(statement, found);
        for condition in &statement.conditions {
            let known = subject.known.condition_key(condition.key.text);
            key(subject, condition, known, found);
            if let (Some(known), Some(operator)) = (known, condition.operator) {
                types(condition, operator, known, found);
            }
            single_claims(condition, found);
            if matches!(subject.kind, Kind::Resource | Kind::Trust) {
                supported_actions(subject, (statement, patterns), condition, found);
            }
        }
        pairing(statement, found);
        same_key_in_other_case(statement, found);
    }
}

fn operators(statement: &Statement<'_>, found: &mut Vec<Draft>) {
    let members = statement.value.get("Condition").and_then(Value::as_object);
    for member in members.unwrap_or_default() {
        let text = member.key.text;
        let span = member.key.span;
        match Operator::parse(text) {
            Some(operator) if operator.family == Family::Null && operator.if_exists => {
                let message = "`Null` already asks whether the key exists";
                let draft = Draft::new(Code::NullWithIfExists, span, message);
                found.push(draft.help("remove `IfExists`"));
            }
            Some(operator) if operator.family == Family::Null && operator.quantifier.is_some() => {
                let message = format!("`{text}` has the same answer for every request");
                let draft = Draft::new(Code::NullWithQualifier, span, message);
                found.push(draft.help("write `Null`, or use a string operator"));
            }
            Some(_) => {}
            None if variable::has_variable(text) => {}
            None => {
                let message = format!("`{text}` is not a condition operator");
                let draft = Draft::new(Code::InvalidConditionOperator, span, message);
                found.push(match nearest_operator(text) {
                    Some(meant) => draft.help(format!("did you mean `{meant}`?")),
                    None => draft.help("use an operator such as `StringEquals` or `ArnLike`"),
                });
            }
        }
    }
}

fn nearest_operator(text: &str) -> Option<String> {
    let (prefix, rest) = text.split_once(':').unwrap_or(("", text));
    let name = rest.strip_suffix("IfExists").unwrap_or(rest);
    let suffix = &rest[name.len()..];
    let name = nearest(name, Operator::names())?;
    match nearest(prefix, ["ForAllValues", "ForAnyValue"]) {
        Some(prefix) => Some(format!("{prefix}:{name}{suffix}")),
        None => Some(format!("{name}{suffix}")),
    }
}

fn key(
    subject: &Subject<'_, '_>,
    condition: &Condition<'_>,
    known: Option<ConditionKey<'_>>,
    found: &mut Vec<Draft>,
) {
    let text = condition.key.text;
    let span = condition.key.span;
    if variable::is_opened(text) {
        return;
    }
    let parts = split_full_name(text).filter(|(prefix, name)| {
        !prefix.is_empty() && !name.is_empty() && !prefix.contains(char::is_whitespace)
    });
    let Some((prefix, name)) = parts else {
        let message = format!("`{text}` is not of the form `service:key`");
        let draft = Draft::new(Code::InvalidConditionKeyFormat, span, message);
        found.push(draft.help("write the service's prefix or `aws`, a colon and the key"));
        return;
    };
    if tag_is_missing(text, name) {
        let stem = text.trim_end_matches('/');
        let message = format!("`{text}` does not say which tag");
        let draft = Draft::new(Code::MissingTagKeyInCondition, span, message);
        found.push(draft.help(format!("write `{stem}/TAG`")));
        return;
    }
    if prefix.eq_ignore_ascii_case("aws") {
        global_key(subject, condition, known, found);
    } else if known.is_none() {
        unknown_service_key(subject, condition, prefix, found);
    }
}

/// Tells whether a key that holds the name of a tag lacks it.
fn tag_is_missing(text: &str, name: &str) -> bool {
    let tag_keys = [
        "resourcetag",
        "requesttag",
        "principaltag",
        "existingobjecttag",
        "requestobjecttag",
    ];
    let stem = name.trim_end_matches('/');
    let is_tag_key = tag_keys.iter().any(|key| stem.eq_ignore_ascii_case(key));
    is_tag_key && !text.trim_end_matches('/').contains('/')
}

fn global_key(
    subject: &Subject<'_, '_>,
    condition: &Condition<'_>,
    known: Option<ConditionKey<'_>>,
    found: &mut Vec<Draft>,
) {
    let text = condition.key.text;
    let span = condition.key.span;
    if condition.is_on("aws:ARN") {
        let help = "use `aws:PrincipalArn` for who calls, `aws:SourceArn` for the resource on whose behalf";
        let message = "`aws:ARN` is not supported";
        found.push(Draft::new(Code::UnsupportedGlobalConditionKey, span, message).help(help));
        let message = "`aws:ARN` is deprecated";
        found.push(Draft::new(Code::DeprecatedGlobalConditionKey, span, message).help(help));
        return;
    }
    if known.is_none() {
        let message = format!("`{text}` is not a global condition key");
        let draft = Draft::new(Code::InvalidGlobalConditionKey, span, message);
        let known = subject.catalog.global_condition_keys();
        found.push(match subject.nearest(text, known) {
            Some(meant) => draft.help(format!("did you mean `{meant}`?")),
            None => draft.help("`perk iam catalog search WORD` finds condition keys"),
        });
    }
    if FORGEABLE.iter().any(|key| condition.is_on(key)) && !is_null(condition) {
        let message = format!("callers can set `{text}` as they like");
        let draft = Draft::new(Code::UntrustworthyConditionKey, span, message);
        found.push(draft.help("decide by a key that AWS sets, such as `aws:SourceArn`"));
    }
}

fn unknown_service_key(
    subject: &Subject<'_, '_>,
    condition: &Condition<'_>,
    prefix: &str,
    found: &mut Vec<Draft>,
) {
    let text = condition.key.text;
    let span = condition.key.span;
    let catalog = subject.catalog;
    if prefix.contains('.') {
        return;
    }
    let Some(service) = subject.known.service(prefix) else {
        if catalog.is_federation_prefix(prefix) {
            return;
        }
        let message = format!("no service has the prefix `{prefix}`");
        let draft = Draft::new(Code::InvalidService, span, message);
        found.push(match subject.nearest(prefix, catalog.services()) {
            Some(meant) => draft.help(format!("did you mean `{meant}`?")),
            None => draft.help("`perk iam catalog search WORD` finds services by name"),
        });
        return;
    };
    let message = format!(
        "the service `{}` has no condition key `{text}`",
        service.prefix()
    );
    let draft = Draft::new(Code::InvalidServiceConditionKey, span, message);
    let keys = service.condition_keys();
    found.push(match subject.nearest(text, keys) {
        Some(meant) => draft.help(format!("did you mean `{meant}`?")),
        None => draft.help(format!(
            "`perk iam catalog show {}` lists its keys",
            service.prefix()
        )),
    });
}

fn is_null(condition: &Condition<'_>) -> bool {
    condition
        .operator
        .is_some_and(|operator| operator.family == Family::Null)
}

fn pairing(statement: &Statement<'_>, found: &mut Vec<Draft>) {
    let conditions = &statement.conditions;
    let is_pair =
        |other: &Condition<'_>| other.is_on("aws:SourceVpc") || other.is_on("aws:SourceVpce");
    if conditions.iter().any(is_pair) {
        return;
    }
    let lonely = conditions.iter().filter(|c| c.is_on("aws:VpcSourceIp"));
    for condition in lonely {
        let message = "private addresses repeat from VPC to VPC";
        let code = Code::MissingPairedConditionKeys;
        let draft = Draft::new(code, condition.key.span, message);
        found.push(draft.help("add `aws:SourceVpc` or `aws:SourceVpce` to the `Condition`"));
    }
}

fn types(
    condition: &Condition<'_>,
    operator: Operator,
    known: ConditionKey<'_>,
    found: &mut Vec<Draft>,
) {
    let span = condition.key.span;
    let name = condition.key.text;
    if operator.family == Family::Null {
        return;
    }
    if !goes_with(operator.family, known) {
        let message = format!(
            "`{name}` is of the type {}, and `{}` is not for it",
            known.value_type(),
            condition.operator_key.text
        );
        let draft = Draft::new(Code::TypeMismatch, span, message);
        found.push(draft.help(format!("use `{}`", operator_for(known.value_type()))));
    }
    let compares_strings_by_pattern = operator.family == Family::String && operator.wildcards;
    if known.value_type() == ValueType::Arn && compares_strings_by_pattern {
        let message = format!(
            "`{name}` is an ARN, and `{}` does not heed its fields",
            condition.operator_key.text
        );
        let draft = Draft::new(Code::StringLikeOperatorWithArnConditionKeys, span, message);
        let arn_operator = condition.operator_key.text.replacen("String", "Arn", 1);
        found.push(draft.help(format!("use `{arn_operator}`")));
    }
    if known.is_multivalued() && operator.quantifier.is_none() {
        let message = format!("`{name}` has many values, and the operator is for one");
        let draft = Draft::new(Code::MissingQualifier, span, message);
        let operator = condition.operator_key.text;
        found.push(draft.help(format!(
            "write `ForAllValues:{operator}` or `ForAnyValue:{operator}`"
        )));
    }
    if !known.is_multivalued() && operator.quantifier == Some(Quantifier::ForAllValues) {
        found.push(for_all_values(condition));
    }
}

fn for_all_values(condition: &Condition<'_>) -> Draft {
    let name = condition.key.text;
    let message =
        format!("`{name}` has one value, and `ForAllValues` also holds when there is none");
    let draft = Draft::new(
        Code::ForallvaluesWithSingleValuedKey,
        condition.key.span,
        message,
    );
    draft.help("remove `ForAllValues:`")
}

/// The claims of providers that the catalog does not have; those it has are typed there.
fn single_claims(condition: &Condition<'_>, found: &mut Vec<Draft>) {
    let claim = condition.key.text.strip_prefix("gitlab.com:");
    let quantified = condition
        .operator
        .is_some_and(|o| o.quantifier == Some(Quantifier::ForAllValues));
    if quantified && claim.is_some_and(|claim| SINGLE_CLAIMS.contains(&claim)) {
        found.push(for_all_values(condition));
    }
}

/// Tells whether a family of operators compares a type of key. An ARN is a string too.
fn goes_with(family: Family, known: ConditionKey<'_>) -> bool {
    let epoch = || known.name().eq_ignore_ascii_case("aws:EpochTime");
    match family {
        Family::String => matches!(
            known.value_type(),
            ValueType::String | ValueType::Arn | ValueType::Binary
        ),
        Family::Numeric => known.value_type() == ValueType::Numeric || epoch(),
        Family::Date => known.value_type() == ValueType::Date || epoch(),
        Family::Bool => known.value_type() == ValueType::Bool,
        Family::IpAddress => known.value_type() == ValueType::IpAddress,
        Family::Arn => matches!(known.value_type(), ValueType::Arn | ValueType::String),
        Family::Binary | Family::Null => true,
    }
}

fn operator_for(value_type: ValueType) -> &'static str {
    match value_type {
        ValueType::String => "StringEquals",
        ValueType::Bool => "Bool",
        ValueType::Numeric => "NumericEquals",
        ValueType::Date => "DateLessThan",
        ValueType::Arn => "ArnLike",
        ValueType::IpAddress => "IpAddress",
        ValueType::Binary => "BinaryEquals",
    }
}

fn supported_actions(
    subject: &Subject<'_, '_>,
    (statement, patterns): (&Statement<'_>, &[ActionPattern<'_>]),
    condition: &Condition<'_>,
    found: &mut Vec<Draft>,
) {
    let text = condition.key.text;
    let Some((prefix, _)) = split_full_name(text) else {
        return;
    };
    let catalog = subject.catalog;
    let prefix = prefix.to_ascii_lowercase();
    let federated = catalog.is_federation_prefix(&prefix);
    // The tags of an object are documented for fewer actions than have them.
    let unsure = condition.is_under("s3:ExistingObjectTag/");
    if !(federated || JUDGED_BY_ACTION.contains(&prefix.as_str())) || unsure {
        return;
    }
    let Some(known) = subject.known.condition_key(text) else {
        return;
    };
    let mut spans = Vec::new();
    let mut names = Vec::new();
    let actions = statement
        .actions
        .as_ref()
        .map_or(0, |actions| actions.items.len());
    if !subject.effort.spend_on_pairs(actions) {
        return;
    }
    let listed = statement
        .listed_actions()
        .map_or(&[][..], |actions| actions.items);
    for (pattern, meaning) in listed.iter().zip(patterns) {
        let Named::One(action) = meaning.named else {
            continue;
        };
        let supported = action
            .all_condition_keys()
            .any(|key| key.name() == known.name());
        let assumes = federated && action.name().starts_with("AssumeRole");
        if !supported && !assumes {
            spans.push(pattern.span);
            names.push(action.full_name());
        }
    }
    if let Some(&first) = spans.first() {
        let message = format!("`{text}` is not in requests of `{}`", names.join("`, `"));
        let draft = Draft::new(Code::UnsupportedActionForConditionKey, first, message);
        found.push(
            draft
                .and_all(spans.into_iter().skip(1))
                .and(condition.key.span)
                .help("move these actions to a statement without this condition"),
        );
    }
}

/// How many conditions are compared pair by pair before they are put into a table.
const FEW_CONDITIONS: usize = 12;

/// Tells whether two keys under the same operator differ in case at most.
fn has_same_keys(conditions: &[Condition<'_>]) -> bool {
    let has_same = |(index, one): (usize, &Condition<'_>)| {
        conditions[..index].iter().any(|other| {
            one.operator_key.span == other.operator_key.span && one.is_on(other.key.text)
        })
    };
    conditions.iter().enumerate().any(has_same)
}

fn same_key_in_other_case(statement: &Statement<'_>, found: &mut Vec<Draft>) {
    let conditions = &statement.conditions;
    if conditions.len() < 2 || (conditions.len() <= FEW_CONDITIONS && !has_same_keys(conditions)) {
        return;
    }
    let mut first_with: HashMap<(Span, String), &Condition<'_>> = HashMap::new();
    for condition in conditions {
        let name = condition.key.text.to_ascii_lowercase();
        let earlier = first_with
            .entry((condition.operator_key.span, name))
            .or_insert(condition);
        if earlier.key.span != condition.key.span {
            let message = format!(
                "`{}` and `{}` are one key",
                earlier.key.text, condition.key.text
            );
            let code = Code::DuplicateKeysWithDifferentCase;
            let draft = Draft::new(code, condition.key.span, message).and(earlier.key.span);
            found.push(draft.help("merge the values under one spelling"));
        }
    }
}
