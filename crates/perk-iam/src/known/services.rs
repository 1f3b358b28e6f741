//! The services of the catalog, each with an index of its actions once one of them is asked for.

use std::cell::Cell;

use perk_iam_catalog::{Action, ActionIndex, Catalog, Service};

use super::memo::Memo;
use super::table::Table;
use crate::own::DANGEROUS;

/// A service with its prefix.
type Prefixed<'c> = (&'c str, Service<'c>);

/// Services by prefix, and their actions by name.
#[derive(Debug)]
pub(super) struct Services<'c> {
    catalog: &'c Catalog<'c>,
    by_prefix: Memo<Box<str>, Option<Prefixed<'c>>>,
    /// The service found last: the actions of a service stand together.
    last: Cell<Option<Prefixed<'c>>>,
    /// In the order of the catalog.
    actions: Table<KnownActions<'c>>,
}

impl<'c> Services<'c> {
    pub(super) fn of(catalog: &'c Catalog<'c>) -> Self {
        let services = catalog.services().len();
        Self {
            catalog,
            by_prefix: Memo::default(),
            last: Cell::new(None),
            actions: Table::of(services),
        }
    }

    /// Returns the service of a prefix, if there is one.
    pub(super) fn with_prefix(&self, prefix: &str) -> Option<Service<'c>> {
        if let Some((last, service)) = self.last.get()
            && last == prefix
        {
            return Some(service);
        }
        let find = || {
            let service = self.catalog.service(prefix);
            service.map(|service| (service.prefix(), service))
        };
        let found = self.by_prefix.get_or_find(prefix, find);
        self.last.set(found);
        found.map(|(_, service)| service)
    }

    /// Returns the actions of a service.
    pub(super) fn actions_of(&self, service: Service<'c>) -> Option<&KnownActions<'c>> {
        self.actions
            .get_or_find(service.index(), || KnownActions::of(service))
    }
}

/// The actions of a service, and which of them are dangerous.
#[derive(Debug)]
pub(super) struct KnownActions<'c> {
    index: ActionIndex<'c>,
    /// The position of each among the dangerous actions, if it is one; of a service that has none,
    /// nothing.
    dangerous: Box<[Option<u16>]>,
}

impl<'c> KnownActions<'c> {
    fn of(service: Service<'c>) -> Self {
        let index = ActionIndex::new(service);
        let dangerous = DANGEROUS.of_service(service.prefix());
        let count = if dangerous.is_empty() {
            0
        } else {
            service.actions().len()
        };
        let mut positions = vec![None; count];
        for position in dangerous {
            if let Some((_, name)) = DANGEROUS.name(position).split_once(':')
                && let Some((at, _)) = index.find(name)
            {
                positions[at] = u16::try_from(position).ok();
            }
        }
        Self {
            index,
            dangerous: positions.into_boxed_slice(),
        }
    }

    /// Tells whether a pattern without prefix matches any of them.
    pub(super) fn any_matches(&self, pattern: &str) -> bool {
        self.index.any_matches(pattern)
    }

    /// Returns the action of a name, and its position among the dangerous ones if it is one.
    pub(super) fn find(&self, name: &str) -> Option<(Action<'c>, Option<u16>)> {
        let (at, action) = self.index.find(name)?;
        Some((action, self.dangerous.get(at).copied().flatten()))
    }
}
