//! Who a statement is about.

use perk_diag::Span;

use super::statement::plain_or_negated;
use crate::json::{Kind, Member, Text, Value};

/// A `Principal` or `NotPrincipal` element.
#[derive(Debug)]
pub struct Principal<'d> {
    /// Whether it is `NotPrincipal`.
    pub negated: bool,
    /// The key of the element.
    pub key: &'d Text<'d>,
    /// The element's value.
    pub value: &'d Value<'d>,
    /// Every principal named, with the key it stands under; a bare string has none.
    pub values: Vec<PrincipalValue<'d>>,
}

/// One principal.
#[derive(Debug, Clone, Copy)]
pub struct PrincipalValue<'d> {
    /// What kind of principal it is said to be.
    pub key: Option<PrincipalKey>,
    /// The principal.
    pub text: &'d str,
    /// Its place.
    pub span: Span,
}

/// The keys that a principal may stand under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrincipalKey {
    /// Accounts, users, roles and sessions.
    Aws,
    /// An S3 canonical user.
    CanonicalUser,
    /// An identity provider.
    Federated,
    /// An AWS service.
    Service,
}

impl PrincipalKey {
    /// Returns the key that a text names.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "AWS" => Some(Self::Aws),
            "CanonicalUser" => Some(Self::CanonicalUser),
            "Federated" => Some(Self::Federated),
            "Service" => Some(Self::Service),
            _ => None,
        }
    }
}

impl<'d> Principal<'d> {
    pub(super) fn of(
        plain: Option<&'d Member<'d>>,
        negated: Option<&'d Member<'d>>,
    ) -> Option<Self> {
        let (negated, member) = plain_or_negated(plain, negated)?;
        let values = match member.value.kind {
            Kind::String(text) => {
                vec![PrincipalValue {
                    key: None,
                    text,
                    span: member.value.span,
                }]
            }
            Kind::Object(members) => members
                .iter()
                .filter_map(|member| Some((PrincipalKey::parse(member.key.text)?, &member.value)))
                .flat_map(|(key, value)| value.one_or_many().iter().map(move |value| (key, value)))
                .filter_map(|(key, value)| {
                    let text = value.as_str()?;
                    Some(PrincipalValue {
                        key: Some(key),
                        text,
                        span: value.span,
                    })
                })
                .collect(),
            _ => Vec::new(),
        };
        Some(Self {
            negated,
            key: &member.key,
            value: &member.value,
            values,
        })
    }

    /// Returns the principals under one key.
    pub fn under(&self, key: PrincipalKey) -> impl Iterator<Item = &PrincipalValue<'d>> {
        self.values
            .iter()
            .filter(move |value| value.key == Some(key))
    }

    /// Returns the value that stands for everybody, `"*"` or `{"AWS": "*"}`, if there is one.
    pub fn everyone(&self) -> Option<&PrincipalValue<'d>> {
        if self.negated {
            return None;
        }
        self.values
            .iter()
            .find(|value| value.text == "*" && matches!(value.key, None | Some(PrincipalKey::Aws)))
    }
}
