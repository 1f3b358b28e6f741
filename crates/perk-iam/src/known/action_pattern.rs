//! What a pattern of actions means, whatever the policy it stands in.

use std::rc::Rc;

use perk_iam_catalog::{Action, Service};

use super::Known;
use crate::own::{DANGEROUS, DangerousSet};
use crate::policy::{glob, variable};

/// A pattern such as `s3:Get*`, held against the catalog.
#[derive(Debug, Clone)]
pub(crate) struct ActionPattern<'c> {
    /// Which actions it names.
    pub(crate) named: Named<'c>,
    /// The dangerous ones among them, of which most have none.
    pub(crate) dangerous: Option<Rc<DangerousSet>>,
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
    /// Looks a pattern up.
    pub(super) fn new(text: &str, known: &Known<'c>) -> Self {
        let dangerous = DANGEROUS.matching(text);
        Self {
            named: named(text, known),
            dangerous: (!dangerous.is_empty()).then(|| Rc::new(dangerous)),
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

fn named<'c>(text: &str, known: &Known<'c>) -> Named<'c> {
    let Some((prefix, name)) = text.split_once(':') else {
        return if glob::has_wildcard(text) {
            Named::Anything
        } else {
            Named::Nothing
        };
    };
    if glob::has_wildcard(prefix) || variable::has_variable(text) {
        return Named::Anything;
    }
    let Some(service) = known.service(prefix) else {
        return Named::Nothing;
    };
    if glob::has_wildcard(name) {
        let any = name == "*" || service.any_action_matches(name);
        return if any {
            Named::Several(service)
        } else {
            Named::Nothing
        };
    }
    service.action(name).map_or(Named::Nothing, Named::One)
}

fn name(text: &str) -> &str {
    text.split_once(':').map_or("", |(_, name)| name)
}
