//! Services by prefix: patterns that stand together are mostly of one, which is looked up once.

use perk_iam_catalog::{Catalog, Service};

/// The catalog, with the service that was found last.
#[derive(Debug)]
pub(crate) struct Services<'t, 'c> {
    catalog: &'c Catalog<'c>,
    last: Option<(&'t str, Option<Service<'c>>)>,
}

impl<'t, 'c> Services<'t, 'c> {
    pub(crate) fn of(catalog: &'c Catalog<'c>) -> Self {
        Self {
            catalog,
            last: None,
        }
    }

    /// Returns the service of a prefix, if there is one.
    pub(crate) fn find(&mut self, prefix: &'t str) -> Option<Service<'c>> {
        match self.last {
            Some((last, service)) if last == prefix => service,
            _ => {
                let service = self.catalog.service(prefix);
                self.last = Some((prefix, service));
                service
            }
        }
    }
}
