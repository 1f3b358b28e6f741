//! What a pattern of actions means, whatever the policy it stands in.

use perk_iam_catalog::{Action, Service};

use super::services::Services;
use crate::own::{DANGEROUS, Dangerous};
use crate::policy::{glob, split_full_name, variable};

/// A pattern such as `s3:Get*`, held against the catalog.
#[derive(Debug, Clone)]
pub(crate) struct ActionPattern<'c> {
    /// Which actions it names.
    pub(crate) named: Named<'c>,
    /// The dangerous ones among them.
    pub(crate) dangerous: Dangerous,
}

/// Which actions a pattern names.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Named<'c> {
    /// It reaches over services, or cannot be known before there is a request.
    Anything,
    /// None that the catalog has.
    Nothing,
    /// One.
    One(Action<'c>),
    /// Those of a service that match, at least one.
    Several(Service<'c>),
}

impl<'c> ActionPattern<'c> {
    /// Looks up the one action that a pattern without wildcards names.
    pub(super) fn literal(text: &str, services: &Services<'c>) -> Option<Self> {
        let (prefix, name) = split_full_name(text)?;
        let actions = services.actions_of(services.with_prefix(prefix)?)?;
        let (action, dangerous) = actions.find(name)?;
        Some(Self {
            named: Named::One(action),
            dangerous: dangerous.map_or(Dangerous::None, Dangerous::One),
        })
    }

    /// Looks up any other pattern.
    pub(super) fn new(text: &str, services: &Services<'c>) -> Self {
        Self {
            named: named(text, services),
            dangerous: DANGEROUS.matching(text).into(),
        }
    }

    /// Returns the actions that the pattern, written so, names in one service.
    pub(crate) fn actions<'p>(
        &self,
        text: &'p str,
    ) -> impl Iterator<Item = Action<'c>> + use<'c, 'p> {
        let (one, service) = match self.named {
            Named::Anything | Named::Nothing => (None, None),
            Named::One(action) => (Some(action), None),
            Named::Several(service) => (None, Some(service)),
        };
        let several = service.map(|service| service.actions_matching(name(text)));
        one.into_iter().chain(several.into_iter().flatten())
    }
}

fn named<'c>(text: &str, services: &Services<'c>) -> Named<'c> {
    let Some((prefix, name)) = split_full_name(text) else {
        return if glob::has_wildcard(text) {
            Named::Anything
        } else {
            Named::Nothing
        };
    };
    if glob::has_wildcard(prefix) || variable::has_variable(text) {
        return Named::Anything;
    }
    let service = services.with_prefix(prefix);
    let any_matches = |service: &Service<'c>| {
        let actions = services.actions_of(*service);
        name == "*" || actions.is_some_and(|actions| actions.any_matches(name))
    };
    match service.filter(|_| glob::has_wildcard(name)) {
        Some(service) if any_matches(&service) => Named::Several(service),
        _ => Named::Nothing,
    }
}

fn name(text: &str) -> &str {
    split_full_name(text).map_or("", |(_, name)| name)
}
