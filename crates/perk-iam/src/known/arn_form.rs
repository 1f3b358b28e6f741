//! The forms that AWS documents for ARNs.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;
use perk_iam_catalog::{Action, ActionResource, Catalog, ResourceType, Service};

use crate::policy::{Arn, glob, variable};

/// A form of ARNs, such as `arn:${Partition}:s3:::${BucketName}`.
#[derive(Debug)]
pub(crate) struct ArnForm<'c> {
    /// The type of resource that has it.
    pub(crate) resource_type: ResourceType<'c>,
    /// The fields, with placeholders.
    pub(crate) arn: Arn<'c>,
    /// The resource part in lower case, with `*` for each placeholder.
    lower_resource: String,
    shape: Shape,
}

impl<'c> ArnForm<'c> {
    /// Returns the forms that ARNs of a type may have: some are documented several in one.
    pub(super) fn all_of(resource_type: ResourceType<'c>) -> impl Iterator<Item = Self> + use<'c> {
        texts(resource_type).filter_map(move |text| Self::new(resource_type, text))
    }

    fn new(resource_type: ResourceType<'c>, text: &'c str) -> Option<Self> {
        let arn = Arn::parse(text)?;
        let lower_resource = variable::replace(arn.resource, "*").to_ascii_lowercase();
        Some(Self {
            resource_type,
            arn,
            shape: Shape::of(&lower_resource),
            lower_resource,
        })
    }

    /// Tells whether ARNs of this form have a region.
    pub(crate) fn has_region(&self) -> bool {
        !self.arn.region.is_empty()
    }

    /// Tells whether ARNs of this form have an account.
    pub(crate) fn has_account(&self) -> bool {
        !self.arn.account.is_empty()
    }

    /// Tells whether an ARN of this form can have a resource part in lower case.
    ///
    /// The first letters of both settle it, nearly always.
    pub(crate) fn fits(&self, resource: &LowerPattern<'_>) -> bool {
        let (own, its) = (self.shape, resource.shape);
        let (form, resource) = (self.lower_resource.as_str(), resource.text());
        let common = own.literal.min(its.literal);
        if form.as_bytes()[..common] != resource.as_bytes()[..common] {
            return false;
        }
        if (own.is_prefix && own.literal <= its.literal)
            || (its.is_prefix && its.literal <= own.literal)
        {
            return true;
        }
        if its.literal == resource.len() {
            glob::covers(form, resource)
        } else {
            glob::overlap(form, resource)
        }
    }

    /// Tells whether a resource part that is in lower case covers every ARN of this form.
    pub(crate) fn is_covered_by(&self, resource: &str) -> bool {
        glob::covers(resource, &self.lower_resource)
    }
}

/// What the first wildcard tells of a pattern.
#[derive(Debug, Clone, Copy)]
struct Shape {
    /// How much stands before it.
    literal: usize,
    /// Whether it is a `*` that stands at the end.
    is_prefix: bool,
}

impl Shape {
    fn of(pattern: &str) -> Self {
        let literal = memchr::memchr2(b'*', b'?', pattern.as_bytes());
        let literal = literal.unwrap_or(pattern.len());
        Self {
            literal,
            is_prefix: &pattern.as_bytes()[literal..] == b"*",
        }
    }
}

/// A resource part in lower case, with `*` for its variables.
#[derive(Debug)]
pub(crate) struct LowerPattern<'t> {
    text: Cow<'t, str>,
    shape: Shape,
}

impl<'t> LowerPattern<'t> {
    /// Takes a resource part as it is written.
    pub(crate) fn new(text: &'t str) -> Self {
        let text = lower_without_variables(text);
        Self {
            shape: Shape::of(&text),
            text,
        }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

/// Most names are in lower case and without variables already.
fn lower_without_variables(name: &str) -> Cow<'_, str> {
    if variable::is_opened(name) {
        Cow::Owned(variable::replace(name, "*").to_ascii_lowercase())
    } else {
        lower(name)
    }
}

/// Returns a name in lower case.
pub(crate) fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// The types of resource by the names of services in their ARNs.
pub(super) type TypesByName<'c> = HashMap<&'c str, Vec<ResourceType<'c>>, RandomState>;

/// Returns the types of resource of all services by the names of services in their ARNs.
pub(super) fn types_by_name<'c>(catalog: &'c Catalog<'c>) -> TypesByName<'c> {
    let mut by_name = TypesByName::default();
    for resource_type in catalog.resource_types() {
        for arn in texts(resource_type).filter_map(Arn::parse) {
            let types = by_name.entry(arn.service).or_default();
            if types.last() != Some(&resource_type) {
                types.push(resource_type);
            }
        }
    }
    by_name
}

/// Returns the forms of ARNs with a service's name: those the service documents, or else those
/// that others do.
pub(super) fn with_name<'c>(
    name: &str,
    service: Option<Service<'c>>,
    types: &TypesByName<'c>,
) -> Vec<ArnForm<'c>> {
    let types = types.get(name).map_or(&[][..], Vec::as_slice);
    let is_own = |resource_type: &ResourceType<'c>| Some(resource_type.service()) == service;
    let any_own = types.iter().any(is_own);
    let counting = types.iter().filter(|one| !any_own || is_own(one)).copied();
    let forms = counting.flat_map(ArnForm::all_of);
    forms.filter(|form| form.arn.service == name).collect()
}

/// Returns the ARNs that an action acts on, with `*` for what varies: those it cannot do without,
/// or, when there are none, all.
pub(super) fn required(action: Action<'_>) -> Vec<String> {
    let resources = action.resource_types();
    let required = patterns(resources.filter(|resource| resource.required()));
    if required.is_empty() {
        patterns(action.resource_types())
    } else {
        required
    }
}

/// Returns the forms of ARNs that an action can act on, with `*` for what varies.
pub(crate) fn patterns<'c>(resources: impl Iterator<Item = ActionResource<'c>>) -> Vec<String> {
    resources
        .filter_map(ActionResource::resource_type)
        .flat_map(texts)
        .map(|form| variable::replace(form, "*"))
        .collect()
}

fn texts(resource_type: ResourceType<'_>) -> impl Iterator<Item = &str> {
    let patterns = resource_type.arn_patterns();
    patterns.flat_map(|pattern| pattern.split(',').map(str::trim_start))
}

#[cfg(test)]
mod tests {
    use perk_iam_catalog::Catalog;

    use super::*;

    #[test]
    fn compares_forms_with_resources() {
        let resource_type = Catalog::embedded().resource_types().get(0).unwrap();
        for (form, resource, fits) in [
            ("role/${RoleNameWithPath}", "role/a", true),
            ("role/${RoleNameWithPath}", "user/a", false),
            ("role/${RoleNameWithPath}", "ro*", true),
            ("role/${RoleNameWithPath}", "*", true),
            ("${BucketName}/${ObjectName}", "reports", false),
            ("${BucketName}/${ObjectName}", "reports/*", true),
            ("devEndpoint/${Name}", "devendpoint/x", true),
            (
                "log-group:${Name}:log-stream:${Stream}",
                "log-group:a:*",
                true,
            ),
            ("account", "account", true),
            ("account", "accounts", false),
        ] {
            let text = format!("arn:aws:x:::{form}");
            let form = ArnForm::new(resource_type, &text).unwrap();
            let resource = LowerPattern::new(resource);
            assert_eq!(form.fits(&resource), fits, "{text} {resource:?}");
        }
    }
}
