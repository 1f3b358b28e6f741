//! What was looked up in the catalog so far: policies name the same actions, keys and resources
//! again and again, and each is looked up once.

mod action_pattern;
mod answers;
mod arn_form;
mod memo;
mod services;
mod table;

use std::cell::OnceCell;
use std::rc::Rc;

pub(crate) use action_pattern::{ActionPattern, Named};
use answers::Answers;
use arn_form::TypesByName;
pub(crate) use arn_form::{ArnForm, LowerPattern, lower, patterns as arn_patterns};
use memo::Memo;
use perk_iam_catalog::{Action, Catalog, ConditionKey, ResourceType, Service};
use services::Services;
use table::Table;

use crate::own::{DANGEROUS, Leeway};

/// The catalog, with what was asked of it.
#[derive(Debug)]
pub(crate) struct Known<'c> {
    catalog: &'c Catalog<'c>,
    services: Services<'c>,
    /// Patterns that are not the name of one action.
    action_patterns: Memo<Box<str>, ActionPattern<'c>>,
    condition_keys: Memo<Box<str>, Option<ConditionKey<'c>>>,
    faultless_resources: Memo<Box<str>, ()>,
    types_by_name: OnceCell<TypesByName<'c>>,
    forms_by_arn: Memo<Box<str>, Rc<[ArnForm<'c>]>>,
    forms_by_type: Table<Box<[ArnForm<'c>]>>,
    forms_by_service: Table<Box<[ArnForm<'c>]>>,
    /// For each dangerous action.
    required_resources: Table<Rc<[String]>>,
    /// Whether an action stands in the list that is looked at.
    pub(crate) is_action_seen: Answers,
    /// Whether actions of a type of resource act on a resource of the statement that is looked at.
    pub(crate) acts_on_type: Answers,
    /// The same for the actions of a service, with each kind of leeway.
    pub(crate) acts_with_leeway: Answers,
    /// The leeway of each action.
    pub(crate) leeways: Table<Option<Leeway>>,
}

impl<'c> Known<'c> {
    /// Starts with nothing looked up.
    pub(crate) fn of(catalog: &'c Catalog<'c>) -> Self {
        Self {
            catalog,
            services: Services::of(catalog),
            action_patterns: Memo::default(),
            condition_keys: Memo::default(),
            faultless_resources: Memo::default(),
            types_by_name: OnceCell::new(),
            forms_by_arn: Memo::default(),
            forms_by_type: Table::of(catalog.resource_types().len()),
            forms_by_service: Table::of(catalog.services().len()),
            required_resources: Table::of(DANGEROUS.len()),
            is_action_seen: Answers::about(catalog.actions().len()),
            acts_on_type: Answers::about(catalog.resource_types().len()),
            acts_with_leeway: Answers::about(catalog.services().len() * Leeway::COUNT),
            leeways: Table::of(catalog.actions().len()),
        }
    }

    /// Returns the catalog.
    pub(crate) fn catalog(&self) -> &'c Catalog<'c> {
        self.catalog
    }

    /// Returns the service of a prefix, if there is one.
    pub(crate) fn service(&self, prefix: &str) -> Option<Service<'c>> {
        self.services.with_prefix(prefix)
    }

    /// Returns what a pattern of actions means.
    pub(crate) fn action(&self, pattern: &str) -> ActionPattern<'c> {
        ActionPattern::literal(pattern, &self.services).unwrap_or_else(|| {
            self.action_patterns
                .get_or_find(pattern, || ActionPattern::new(pattern, &self.services))
        })
    }

    /// Returns the action of a full name, such as `s3:GetObject`, if there is one.
    pub(crate) fn action_named(&self, full_name: &str) -> Option<Action<'c>> {
        match self.action(full_name).named {
            Named::One(action) => Some(action),
            _ => None,
        }
    }

    /// Returns the condition key of whatever kind that a policy means by a full name.
    pub(crate) fn condition_key(&self, name: &str) -> Option<ConditionKey<'c>> {
        self.condition_keys
            .get_or_find(name, || self.catalog.condition_key(name))
    }

    /// Tells whether a resource was found to be without fault.
    pub(crate) fn is_faultless(&self, resource: &str) -> bool {
        self.faultless_resources.get(resource).is_some()
    }

    /// Remembers a resource that is without fault.
    pub(crate) fn is_without_fault(&self, resource: &str) {
        self.faultless_resources.keep(resource.into(), ());
    }

    /// Returns the forms of ARNs with a service's name, whatever service documents them.
    pub(crate) fn forms_of_arn(&self, arn_service: &str) -> Rc<[ArnForm<'c>]> {
        self.forms_by_arn.get_or_find(arn_service, || {
            let name = arn_service.to_ascii_lowercase();
            let types = self
                .types_by_name
                .get_or_init(|| arn_form::types_by_name(self.catalog));
            arn_form::with_name(&name, self.service(&name), types).into()
        })
    }

    /// Returns the forms of the ARNs of a type of resource.
    pub(crate) fn forms_of_type(&self, resource_type: ResourceType<'c>) -> &[ArnForm<'c>] {
        self.forms_by_type
            .get_or_find(resource_type.index(), || {
                ArnForm::all_of(resource_type).collect()
            })
            .map_or(&[], |forms| forms)
    }

    /// Returns the forms of the ARNs of every type of resource of a service.
    pub(crate) fn forms_of_service(&self, service: Service<'c>) -> &[ArnForm<'c>] {
        self.forms_by_service
            .get_or_find(service.index(), || {
                let types = service.resource_types().iter();
                types.flat_map(ArnForm::all_of).collect()
            })
            .map_or(&[], |forms| forms)
    }

    /// Returns the ARNs that a dangerous action acts on, with `*` for what varies: those it cannot
    /// do without, or, when there are none, all; nothing for one that the catalog does not have.
    pub(crate) fn required_resources(&self, position: usize) -> Rc<[String]> {
        let required = self.required_resources.get_or_find(position, || {
            let action = self.action_named(DANGEROUS.name(position));
            action.map(arn_form::required).unwrap_or_default().into()
        });
        required.map_or_else(Rc::default, Rc::clone)
    }
}
