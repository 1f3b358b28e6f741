//! Conditions: operators, keys and values.
//!
//! Operators: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>.

use super::split_full_name;
use crate::json::{Member, Text, Value};

/// One key under one operator of a `Condition`.
#[derive(Debug)]
pub struct Condition<'d> {
    /// The operator, when it is one that IAM knows.
    pub operator: Option<Operator>,
    /// The operator as it is written.
    pub operator_key: &'d Text<'d>,
    /// The condition key as it is written.
    pub key: &'d Text<'d>,
    /// The value or array of values.
    pub value: &'d Value<'d>,
}

/// A condition operator, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "IAM's operators differ in just these ways"
)]
pub struct Operator {
    /// `ForAllValues:` or `ForAnyValue:`
    pub quantifier: Option<Quantifier>,
    /// What it compares.
    pub family: Family,
    /// Whether it is one of the `Not…` operators.
    pub negated: bool,
    /// Whether `*` and `?` in its values are wildcards: the `Like` operators and both `ArnEquals`.
    pub wildcards: bool,
    /// Whether case is ignored: the `…IgnoreCase` operators.
    pub ignores_case: bool,
    /// Whether it ends in `IfExists`.
    pub if_exists: bool,
}

/// How a condition treats a key with many values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// Every value of the request must match; none at all matches too.
    ForAllValues,
    /// One value of the request must match.
    ForAnyValue,
}

/// The families of condition operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// `StringEquals`, `StringLike`, …
    String,
    /// `NumericEquals`, `NumericLessThan`, …
    Numeric,
    /// `DateEquals`, `DateLessThan`, …
    Date,
    /// `Bool`
    Bool,
    /// `BinaryEquals`
    Binary,
    /// `IpAddress`, `NotIpAddress`
    IpAddress,
    /// `ArnEquals`, `ArnLike`, …
    Arn,
    /// `Null`
    Null,
}

/// Every operator without its prefix and suffix: name, family, negated, wildcards.
const OPERATORS: [(&str, Family, bool, bool); 27] = [
    ("StringEquals", Family::String, false, false),
    ("StringNotEquals", Family::String, true, false),
    ("StringEqualsIgnoreCase", Family::String, false, false),
    ("StringNotEqualsIgnoreCase", Family::String, true, false),
    ("StringLike", Family::String, false, true),
    ("StringNotLike", Family::String, true, true),
    ("NumericEquals", Family::Numeric, false, false),
    ("NumericNotEquals", Family::Numeric, true, false),
    ("NumericLessThan", Family::Numeric, false, false),
    ("NumericLessThanEquals", Family::Numeric, false, false),
    ("NumericGreaterThan", Family::Numeric, false, false),
    ("NumericGreaterThanEquals", Family::Numeric, false, false),
    ("DateEquals", Family::Date, false, false),
    ("DateNotEquals", Family::Date, true, false),
    ("DateLessThan", Family::Date, false, false),
    ("DateLessThanEquals", Family::Date, false, false),
    ("DateGreaterThan", Family::Date, false, false),
    ("DateGreaterThanEquals", Family::Date, false, false),
    ("Bool", Family::Bool, false, false),
    ("BinaryEquals", Family::Binary, false, false),
    ("IpAddress", Family::IpAddress, false, false),
    ("NotIpAddress", Family::IpAddress, true, false),
    ("ArnEquals", Family::Arn, false, true),
    ("ArnNotEquals", Family::Arn, true, true),
    ("ArnLike", Family::Arn, false, true),
    ("ArnNotLike", Family::Arn, true, true),
    ("Null", Family::Null, false, false),
];

impl Operator {
    /// Returns the operator that a text names, in any case as IAM takes it.
    pub fn parse(text: &str) -> Option<Self> {
        let (quantifier, rest) = match split_full_name(text) {
            None => (None, text),
            Some((prefix, rest)) if prefix.eq_ignore_ascii_case("ForAllValues") => {
                (Some(Quantifier::ForAllValues), rest)
            }
            Some((prefix, rest)) if prefix.eq_ignore_ascii_case("ForAnyValue") => {
                (Some(Quantifier::ForAnyValue), rest)
            }
            Some(_) => return None,
        };
        let (name, if_exists) = match strip_suffix_ignoring_case(rest, "IfExists") {
            Some(name) => (name, true),
            None => (rest, false),
        };
        let &(name, family, negated, wildcards) = OPERATORS
            .iter()
            .find(|(known, ..)| known.eq_ignore_ascii_case(name))?;
        let ignores_case = name.ends_with("IgnoreCase");
        Some(Self {
            quantifier,
            family,
            negated,
            wildcards,
            ignores_case,
            if_exists,
        })
    }

    /// Returns the names of all operators without prefix and suffix.
    pub fn names() -> impl Iterator<Item = &'static str> {
        OPERATORS.iter().map(|(name, ..)| *name)
    }

    /// Tells whether the operator compares text: those in which policy variables work.
    pub fn takes_variables(self) -> bool {
        matches!(self.family, Family::String | Family::Arn)
    }

    /// Tells whether the condition holds when the request lacks the key.
    pub fn holds_without_key(self) -> bool {
        match self.quantifier {
            Some(Quantifier::ForAllValues) => true,
            Some(Quantifier::ForAnyValue) => false,
            None => self.if_exists || self.negated,
        }
    }
}

impl<'d> Condition<'d> {
    /// Returns every key of every operator of a `Condition` element.
    pub(super) fn all(element: &'d Value<'d>) -> Vec<Self> {
        let operators = element.as_object().unwrap_or_default();
        let with_key = |operator: &'d Member<'d>| {
            let parsed = Operator::parse(operator.key.text);
            operator
                .value
                .as_object()
                .unwrap_or_default()
                .iter()
                .map(move |member| Self {
                    operator: parsed,
                    operator_key: &operator.key,
                    key: &member.key,
                    value: &member.value,
                })
        };
        operators.iter().flat_map(with_key).collect()
    }

    /// Returns the values.
    pub fn values(&self) -> &'d [Value<'d>] {
        self.value.one_or_many()
    }

    /// Returns the values that are strings.
    pub fn strings(&self) -> impl Iterator<Item = &'d str> {
        self.values().iter().filter_map(Value::as_str)
    }

    /// Tells whether the condition is on this key; keys ignore case.
    pub fn is_on(&self, key: &str) -> bool {
        self.key.text.eq_ignore_ascii_case(key)
    }

    /// Tells whether the condition is on one of the keys that begin so, such as `aws:PrincipalTag/`.
    pub fn is_under(&self, prefix: &str) -> bool {
        self.key
            .text
            .get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    }
}

fn strip_suffix_ignoring_case<'t>(text: &'t str, suffix: &str) -> Option<&'t str> {
    let at = text.len().checked_sub(suffix.len())?;
    text.get(at..)?
        .eq_ignore_ascii_case(suffix)
        .then(|| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_operators_apart() {
        let operator = Operator::parse("ForAnyValue:StringNotLikeIfExists").unwrap();
        assert_eq!(operator.quantifier, Some(Quantifier::ForAnyValue));
        assert!(operator.negated && operator.wildcards && operator.if_exists);
        assert!(Operator::parse("stringequals").is_some());
        assert!(Operator::parse("StringEqual").is_none());
        assert!(Operator::parse("ForSomeValues:StringEquals").is_none());
    }
}
