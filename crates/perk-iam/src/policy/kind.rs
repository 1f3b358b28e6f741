//! What a policy is attached to, which decides its rules.

use std::fmt;

use super::{Policy, Statement};

/// The kinds of policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Attached to a user, group or role.
    Identity,
    /// Attached to a resource, such as a bucket.
    Resource,
    /// Says who may assume a role.
    Trust,
    /// Service control policy of an organization.
    Scp,
    /// Resource control policy of an organization.
    Rcp,
    /// Permissions boundary of a user or role.
    Boundary,
    /// Passed when a session begins.
    Session,
    /// Attached to a VPC endpoint.
    VpcEndpoint,
}

/// Why a policy is taken for the kind it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KindReason {
    /// The caller said so.
    Given,
    /// The name of its file says so.
    FileName,
    /// Its elements do: the principals and actions of its statements.
    Content,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::Identity,
        Self::Resource,
        Self::Trust,
        Self::Scp,
        Self::Rcp,
        Self::Boundary,
        Self::Session,
        Self::VpcEndpoint,
    ];

    /// Returns the kind as it is written in options and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Resource => "resource",
            Self::Trust => "trust",
            Self::Scp => "scp",
            Self::Rcp => "rcp",
            Self::Boundary => "boundary",
            Self::Session => "session",
            Self::VpcEndpoint => "vpc-endpoint",
        }
    }

    /// Returns the kind that a text names.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Tells whether IAM reads it as an identity policy: no principals, statements with resources.
    pub fn is_identity_like(self) -> bool {
        matches!(self, Self::Identity | Self::Boundary | Self::Session)
    }

    /// Tells whether statements name principals.
    pub fn has_principals(self) -> bool {
        matches!(
            self,
            Self::Resource | Self::Trust | Self::Rcp | Self::VpcEndpoint
        )
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Decides the kind of a policy from the name of its file and its elements.
pub fn detect_kind(policy: &Policy<'_>, file_name: &str) -> (Kind, KindReason) {
    let name = file_name.to_ascii_lowercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let named = |wanted: &[&str]| wanted.iter().any(|wanted| words.contains(wanted));
    let principals = policy
        .statements
        .iter()
        .any(|statement| statement.principal.is_some());
    if principals {
        return match () {
            () if named(&["rcp", "rcps"]) => (Kind::Rcp, KindReason::FileName),
            () if is_trust(policy) => (Kind::Trust, KindReason::Content),
            () if named(&["vpce", "endpoint"]) => (Kind::VpcEndpoint, KindReason::FileName),
            () => (Kind::Resource, KindReason::Content),
        };
    }
    match () {
        () if named(&["scp", "scps"]) => (Kind::Scp, KindReason::FileName),
        () if named(&["rcp", "rcps"]) => (Kind::Rcp, KindReason::FileName),
        () if named(&["boundary", "boundaries"]) => (Kind::Boundary, KindReason::FileName),
        () if named(&["session"]) => (Kind::Session, KindReason::FileName),
        () if named(&["trust"]) && is_trust(policy) => (Kind::Trust, KindReason::FileName),
        () => (Kind::Identity, KindReason::Content),
    }
}

/// A trust policy has only actions by which a role is assumed, and no resources.
fn is_trust(policy: &Policy<'_>) -> bool {
    let assumes = |statement: &Statement<'_>| {
        statement.resources.is_none()
            && statement.actions.as_ref().is_some_and(|actions| {
                !actions.items.is_empty()
                    && actions.items.iter().all(|action| {
                        let name = action.text.to_ascii_lowercase();
                        name.starts_with("sts:")
                    })
            })
    };
    !policy.statements.is_empty() && policy.statements.iter().all(assumes)
}
