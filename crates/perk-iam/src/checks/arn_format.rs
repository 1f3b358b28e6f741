//! The forms that AWS documents for the ARNs of each service.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use perk_iam_catalog::{Catalog, ResourceType, Service};

use crate::policy::{Arn, glob, variable};

/// A form of ARNs, such as `arn:${Partition}:s3:::${BucketName}`.
#[derive(Debug)]
pub(super) struct Format {
    /// The name of the type of resource that has it.
    pub(super) type_name: String,
    /// Whether ARNs of this form have a region.
    pub(super) has_region: bool,
    /// Whether ARNs of this form have an account.
    pub(super) has_account: bool,
    /// The resource part with `*` for each placeholder.
    glob: String,
}

impl Format {
    /// Reads a pattern of the catalog, if it is one of the service's.
    fn new(resource_type: ResourceType<'_>, pattern: &str, service: &str) -> Option<Self> {
        let arn = Arn::parse(pattern).filter(|arn| arn.service == service)?;
        Some(Self {
            type_name: resource_type.name().to_owned(),
            has_region: !arn.region.is_empty(),
            has_account: !arn.account.is_empty(),
            glob: variable::replace(arn.resource, "*"),
        })
    }

    /// Tells whether an ARN of this form can have a resource part, variables in it being open.
    pub(super) fn fits(&self, resource: &str) -> bool {
        if resource.contains("${") {
            glob::overlap_ignoring_case(&self.glob, &variable::replace(resource, "*"))
        } else {
            glob::overlap_ignoring_case(&self.glob, resource)
        }
    }
}

/// The formats of the services asked for so far.
#[derive(Debug, Default)]
pub(crate) struct Formats {
    by_service: RefCell<HashMap<String, Rc<[Format]>>>,
}

impl Formats {
    /// Returns the formats of a service's name in ARNs, whatever service documents them.
    pub(super) fn of<'c>(&self, catalog: &'c Catalog<'c>, arn_service: &str) -> Rc<[Format]> {
        let mut by_service = self.by_service.borrow_mut();
        if let Some(known) = by_service.get(arn_service) {
            return Rc::clone(known);
        }
        let formats: Rc<[Format]> = collect(catalog, arn_service).into();
        by_service.insert(arn_service.to_owned(), Rc::clone(&formats));
        formats
    }
}

fn collect<'c>(catalog: &'c Catalog<'c>, arn_service: &str) -> Vec<Format> {
    let service = arn_service.to_ascii_lowercase();
    let formats = |resource_type: ResourceType<'c>| {
        let patterns = resource_type.arn_patterns();
        patterns
            .filter_map(|pattern| Format::new(resource_type, pattern, &service))
            .collect()
    };
    let own = catalog.service(&service).map(Service::resource_types);
    let found: Vec<Format> = own
        .into_iter()
        .flatten()
        .flat_map(|own| -> Vec<Format> { formats(own) })
        .collect();
    if !found.is_empty() {
        return found;
    }
    catalog.resource_types().iter().flat_map(formats).collect()
}
