//! Statements and their lists of patterns.

use perk_diag::Span;

use super::{Condition, Principal};
use crate::arena::Rest;
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
    pub(super) fn new(value: &'d Value<'d>, rest: &mut Rest<'d, Pattern<'d>>) -> Self {
        let elements = Elements::of(value);
        let effect = match elements.effect.and_then(|member| member.value.as_str()) {
            Some("Allow") => Some(Effect::Allow),
            Some("Deny") => Some(Effect::Deny),
            _ => None,
        };
        Self {
            value,
            sid: elements.sid.map(|member| &member.value),
            effect,
            actions: Patterns::of(elements.action, elements.not_action, rest),
            resources: Patterns::of(elements.resource, elements.not_resource, rest),
            principal: Principal::of(elements.principal, elements.not_principal),
            conditions: elements
                .condition
                .map(|member| Condition::all(&member.value))
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

    /// Returns the patterns of the `Action` or `NotAction`.
    pub fn action_items(&self) -> &'d [Pattern<'d>] {
        self.actions.as_ref().map_or(&[], |actions| actions.items)
    }

    /// Returns the `Principal`; nothing where there is a `NotPrincipal`.
    pub fn listed_principals(&self) -> Option<&Principal<'d>> {
        self.principal
            .as_ref()
            .filter(|principal| !principal.negated)
    }

    /// Returns the key of one of the statement's elements.
    pub fn element_key(&self, name: &str) -> Option<&'d Text<'d>> {
        let members = self.value.as_object()?;
        let member = members.iter().find(|member| member.key.text == name);
        member.map(|member| &member.key)
    }
}

/// The members of a statement, each looked at once.
#[derive(Debug, Default)]
struct Elements<'d> {
    sid: Option<&'d Member<'d>>,
    effect: Option<&'d Member<'d>>,
    principal: Option<&'d Member<'d>>,
    not_principal: Option<&'d Member<'d>>,
    action: Option<&'d Member<'d>>,
    not_action: Option<&'d Member<'d>>,
    resource: Option<&'d Member<'d>>,
    not_resource: Option<&'d Member<'d>>,
    condition: Option<&'d Member<'d>>,
}

impl<'d> Elements<'d> {
    fn of(statement: &'d Value<'d>) -> Self {
        let mut elements = Self::default();
        for member in statement.as_object().unwrap_or_default() {
            let element = match member.key.text {
                "Sid" => &mut elements.sid,
                "Effect" => &mut elements.effect,
                "Principal" => &mut elements.principal,
                "NotPrincipal" => &mut elements.not_principal,
                "Action" => &mut elements.action,
                "NotAction" => &mut elements.not_action,
                "Resource" => &mut elements.resource,
                "NotResource" => &mut elements.not_resource,
                "Condition" => &mut elements.condition,
                _ => continue,
            };
            element.get_or_insert(member);
        }
        elements
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
    pub items: &'d [Pattern<'d>],
}

/// One pattern and where it stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pattern<'d> {
    /// The pattern.
    pub text: &'d str,
    /// Its place, quotes included.
    pub span: Span,
}

impl<'d> Patterns<'d> {
    fn of(
        plain: Option<&'d Member<'d>>,
        negated: Option<&'d Member<'d>>,
        rest: &mut Rest<'d, Pattern<'d>>,
    ) -> Option<Self> {
        let (negated, member) = plain_or_negated(plain, negated)?;
        let values = member.value.one_or_many();
        let items = values.iter().filter_map(|value| {
            value.as_str().map(|text| Pattern {
                text,
                span: value.span,
            })
        });
        Some(Self {
            negated,
            key: &member.key,
            value: &member.value,
            items: rest.keep_most(values.len(), items),
        })
    }
}

/// Returns the element that counts of one and its `Not…` form, and whether it is the latter.
pub(super) fn plain_or_negated<'d>(
    plain: Option<&'d Member<'d>>,
    negated: Option<&'d Member<'d>>,
) -> Option<(bool, &'d Member<'d>)> {
    let plain = plain.map(|member| (false, member));
    plain.or_else(|| negated.map(|member| (true, member)))
}
