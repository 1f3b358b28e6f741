//! Policy documents as IAM reads them: a lenient view over the JSON, in which every part keeps its
//! place.
//!
//! What is malformed is left out here; `checks::grammar` reports it from the JSON itself.

mod arn;
mod condition;
pub mod glob;
mod kind;
mod principal;
mod statement;
pub mod variable;

pub use arn::Arn;
pub use condition::{Condition, Family, Operator, Quantifier};
pub use kind::{Kind, KindReason, detect_kind};
pub use principal::{Principal, PrincipalKey, PrincipalValue};
pub use statement::{Effect, Pattern, Patterns, Statement};

use crate::arena::{Chunks, Rest};
use crate::json::Value;

/// The elements of a document.
pub const POLICY_ELEMENTS: [&str; 3] = ["Version", "Id", "Statement"];
/// The elements of a statement.
pub const STATEMENT_ELEMENTS: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

/// A policy document.
#[derive(Debug)]
pub struct Policy<'d> {
    /// The JSON object.
    pub root: &'d Value<'d>,
    /// The language version, when it is one that IAM knows.
    pub version: Option<Version>,
    /// The statements that are objects.
    pub statements: Vec<Statement<'d>>,
}

/// Versions of the policy language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// `2008-10-17`, without policy variables.
    V2008,
    /// `2012-10-17`
    V2012,
}

impl<'d> Policy<'d> {
    /// Views a JSON value as a policy, whose patterns are put into some chunks.
    pub(crate) fn new(root: &'d Value<'d>, chunks: &'d mut Chunks<Pattern<'d>>) -> Self {
        let mut rest = Rest::of(chunks);
        let version = match root.get("Version").and_then(Value::as_str) {
            Some("2012-10-17") => Some(Version::V2012),
            Some("2008-10-17") => Some(Version::V2008),
            _ => None,
        };
        let statements = root.get("Statement").map_or(&[][..], Value::one_or_many);
        let objects = statements
            .iter()
            .filter(|statement| statement.as_object().is_some());
        let mut policy = Self {
            root,
            version,
            statements: Vec::with_capacity(statements.len()),
        };
        let statements = objects.map(|statement| Statement::new(statement, &mut rest));
        policy.statements.extend(statements);
        policy
    }

    /// Returns the conditions of all statements.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition<'d>> {
        self.statements
            .iter()
            .flat_map(|statement| &statement.conditions)
    }

    /// Tells whether `${…}` are variables in this policy.
    pub fn has_variables(&self) -> bool {
        self.version == Some(Version::V2012)
    }
}

/// Splits the full name of an action or a condition key at its first colon.
pub fn split_full_name(full_name: &str) -> Option<(&str, &str)> {
    // Prefixes are short: looking at byte after byte is the quickest here.
    let colon = full_name.bytes().position(|byte| byte == b':')?;
    Some((&full_name[..colon], &full_name[colon + 1..]))
}

/// Tells whether a JSON value is meant as a policy document.
pub fn is_policy(value: &Value<'_>) -> bool {
    let version = value.get("Version").and_then(Value::as_str);
    value.get("Statement").is_some() || matches!(version, Some("2012-10-17" | "2008-10-17"))
}
