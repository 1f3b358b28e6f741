//! Statements and their lists of patterns.

use perk_diag::Span;

use super::{Condition, Principal};
use crate::json::{Member, Text, Value};

/// What a statement does with the requests it matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// `Allow`
    Allow,
    /// `Deny`
    Deny,
}

/// A statement.
#[derive(Debug)]
pub struct Statement<'d> {
    /// The JSON object.
    pub value: &'d Value<'d>,
    /// The statement's id.
    pub sid: Option<&'d Value<'d>>,
    /// What it does, when that is said validly.
    pub effect: Option<Effect>,
    /// `Action` or `NotAction`.
    pub actions: Option<Patterns<'d>>,
    /// `Resource` or `NotResource`.
    pub resources: Option<Patterns<'d>>,
    /// `Principal` or `NotPrincipal`.
    pub principal: Option<Principal<'d>>,
    /// Every operator and key of the `Condition`.
    pub conditions: Vec<Condition<'d>>,
}

impl<'d> Statement<'d> {
    pub(super) fn new(value: &'d Value<'d>) -> Self {
        let effect = match value.get("Effect").and_then(Value::as_str) {
            Some("Allow") => Some(Effect::Allow),
            Some("Deny") => Some(Effect::Deny),
            _ => None,
        };
        Self {
            value,
            sid: value.get("Sid"),
            effect,
            actions: Patterns::find(value, "Action", "NotAction"),
            resources: Patterns::find(value, "Resource", "NotResource"),
            principal: Principal::find(value),
            conditions: value
                .get("Condition")
                .map(Condition::all)
                .unwrap_or_default(),
        }
    }

    /// Returns the statement's id as text.
    pub fn sid_text(&self) -> Option<&'d str> {
        self.sid.and_then(Value::as_str)
    }

    /// Tells whether the statement allows.
    pub fn allows(&self) -> bool {
        self.effect == Some(Effect::Allow)
    }

    /// Returns the `Action`; nothing where there is a `NotAction`.
    pub fn listed_actions(&self) -> Option<&Patterns<'d>> {
        self.actions.as_ref().filter(|actions| !actions.negated)
    }

    /// Returns the `Principal`; nothing where there is a `NotPrincipal`.
    pub fn listed_principals(&self) -> Option<&Principal<'d>> {
        self.principal
            .as_ref()
            .filter(|principal| !principal.negated)
    }

    /// Returns the key of one of the statement's elements.
    pub fn element_key(&self, name: &str) -> Option<&'d Text<'d>> {
        member(self.value, name).map(|member| &member.key)
    }
}

/// A list of patterns: an `Action`, `NotAction`, `Resource` or `NotResource`.
#[derive(Debug)]
pub struct Patterns<'d> {
    /// Whether it is the `Not…` form.
    pub negated: bool,
    /// The key of the element.
    pub key: &'d Text<'d>,
    /// The element's value: a string or an array of them.
    pub value: &'d Value<'d>,
    /// Its strings.
    pub items: Vec<Pattern<'d>>,
}

/// One pattern and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Pattern<'d> {
    /// The pattern.
    pub text: &'d str,
    /// Its place, quotes included.
    pub span: Span,
}

impl<'d> Patterns<'d> {
    fn find(statement: &'d Value<'d>, name: &str, negated_name: &str) -> Option<Self> {
        let plain = member(statement, name).map(|member| (false, member));
        let (negated, member) =
            plain.or_else(|| member(statement, negated_name).map(|member| (true, member)))?;
        let items = member.value.one_or_many().iter().filter_map(|value| {
            value.as_str().map(|text| Pattern {
                text,
                span: value.span,
            })
        });
        Some(Self {
            negated,
            key: &member.key,
            value: &member.value,
            items: items.collect(),
        })
    }
}

pub(super) fn member<'d>(object: &'d Value<'d>, name: &str) -> Option<&'d Member<'d>> {
    object
        .as_object()?
        .iter()
        .find(|member| member.key.text == name)
}
