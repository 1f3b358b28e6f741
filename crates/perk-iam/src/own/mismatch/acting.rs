//! Whether an action can act on a resource, as far as AWS's documents tell.
//!
//! They do not tell all: the types that an action takes are left out here and there, most of all
//! for actions that create, tag or list. Where they are known to be silent, the answer is yes.

use std::collections::HashMap;

use perk_iam_catalog::{AccessLevel, Action, Service};

use crate::checks::Services;
use crate::own::grant::forms_of;
use crate::policy::{Arn, glob, variable};

/// Services whose documents leave out too much: those that stand for several services, and those
/// whose actions are named by a verb of HTTP or attach one resource to another.
const UNSETTLED: [&str; 6] = [
    "apigateway",
    "elasticloadbalancing",
    "iot",
    "waf",
    "waf-regional",
    "wafv2",
];

/// Services that act on each other's resources without a document that says so: a connection under
/// its old and its new name, and clusters that are managed like instances.
const RELATED: [[&str; 2]; 2] = [["codeconnections", "codestar-connections"], ["eks", "ssm"]];

/// Services whose documents have proved complete, so that an action is judged by itself.
const COMPLETE: [&str; 16] = [
    "cloudformation",
    "dynamodb",
    "ec2",
    "ecr",
    "ecs",
    "iam",
    "kinesis",
    "kms",
    "lambda",
    "rds",
    "s3",
    "secretsmanager",
    "sns",
    "sqs",
    "ssm",
    "sts",
];

/// Services whose resources are confused with each other: buckets with objects, roles with
/// instance profiles.
const CONFUSED: [&str; 2] = ["iam", "s3"];

/// The one description of EC2 that can be limited, whatever the documents say.
const ELASTIC_IP: &str = "ec2:DescribeAddressesAttribute";

/// Actions, besides the descriptions of EC2, that are known to take `*` and nothing else.
const EVERYTHING_ONLY: [&str; 3] = [
    "ecr:GetAuthorizationToken",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
];

/// Actions that are known to be about the account: they take what is every resource of a type,
/// and none by name.
const ACCOUNT_WIDE: [&str; 16] = [
    "acm:ListCertificates",
    "cloudformation:ListStacks",
    "dynamodb:ListTables",
    "ecs:ListClusters",
    "eks:ListClusters",
    "kinesis:ListStreams",
    "kms:ListAliases",
    "kms:ListKeys",
    "lambda:ListFunctions",
    "route53:ListHostedZones",
    "s3:ListAllMyBuckets",
    "secretsmanager:ListSecrets",
    "sns:ListTopics",
    "sqs:ListQueues",
    "ssm:DescribeParameters",
    "states:ListStateMachines",
];

/// An ARN of a statement.
#[derive(Debug)]
pub(super) struct Resource<'t> {
    service: &'t str,
    account_is_empty: bool,
    /// The part after the account, in lower case and with `*` for its variables.
    name: String,
}

impl<'t> Resource<'t> {
    /// Reads a pattern; nothing for one that may be anything, or of a service that is not known.
    pub(super) fn parse(text: &'t str, services: &mut Services<'t, '_>) -> Option<Self> {
        let arn = Arn::parse(text)?;
        services.find(arn.service).map(|_| Self {
            service: arn.service,
            account_is_empty: arn.account.is_empty(),
            name: variable::replace(arn.resource, "*").to_ascii_lowercase(),
        })
    }

    /// Tells whether it is worth a word that no action acts on it, although some act on others.
    pub(super) fn is_confused(&self) -> bool {
        CONFUSED.contains(&self.service)
    }

    /// Tells whether it can have a form that AWS documents.
    fn may_have(&self, form: &Arn<'_>) -> bool {
        if !self.is_of(form.service) {
            return false;
        }
        if form.service == "s3" {
            // Buckets and objects have no account, access points do; names of buckets no slash.
            let elsewhere = self.account_is_empty != form.account.is_empty();
            let is_bucket = form.account.is_empty() && !form.resource.contains('/');
            if elsewhere || (is_bucket && self.name.contains('/')) {
                return false;
            }
        }
        overlaps_form(form.resource, &self.name)
    }

    /// Tells whether it is every resource of a form.
    fn is_all_of(&self, form: &Arn<'_>) -> bool {
        let pattern = variable::replace(form.resource, "*").to_ascii_lowercase();
        self.is_of(form.service) && glob::covers(&self.name, &pattern)
    }

    fn is_of(&self, service: &str) -> bool {
        let is_open = matches!(service.as_bytes().first(), Some(b'*' | b'$'));
        let are_related = |[one, other]: &[&str; 2]| {
            (self.service == *one && service == *other)
                || (self.service == *other && service == *one)
        };
        is_open || self.service.eq_ignore_ascii_case(service) || RELATED.iter().any(are_related)
    }
}

/// The resources of a statement, and on which of them an action was found to act.
///
/// What is asked twice is remembered, so that a long statement takes no quadratic time.
#[derive(Debug)]
pub(super) struct Acting<'r, 'c> {
    resources: &'r [Resource<'r>],
    acted_on: Vec<bool>,
    forms: HashMap<&'c str, bool>,
    leeway: HashMap<(&'c str, Leeway), bool>,
}

/// What is let pass for a service although no document says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Leeway {
    /// Resources of the service in a form that is not documented.
    Strange,
    /// Resources that are all of a type: what is listed is often asked for so.
    Whole,
    /// Every resource of the service.
    Everything,
}

impl<'r, 'c> Acting<'r, 'c> {
    pub(super) fn on(resources: &'r [Resource<'r>]) -> Self {
        Self {
            resources,
            acted_on: vec![false; resources.len()],
            forms: HashMap::new(),
            leeway: HashMap::new(),
        }
    }

    /// Returns for each resource whether an action was found that acts on it; once there is one,
    /// only those that are confused with others are all looked at.
    pub(super) fn acted_on(&self) -> &[bool] {
        &self.acted_on
    }

    /// Tells whether one of the actions acts on one of the resources.
    pub(super) fn any(&mut self, actions: &[Action<'c>]) -> bool {
        let mut any = false;
        for action in actions {
            any |= self.acts(*action);
            if any && self.is_settled() {
                break;
            }
        }
        any
    }

    fn acts(&mut self, action: Action<'c>) -> bool {
        let mut any = false;
        for resource in action.resource_types() {
            match resource.resource_type() {
                Some(resource_type) => {
                    for form in forms_of(resource_type) {
                        any |= self.by_form(form);
                    }
                }
                None => any |= self.by_leeway(action.service(), Leeway::Everything),
            }
            if any && self.is_settled() {
                return true;
            }
        }
        if let Some(leeway) = leeway(action) {
            any |= self.by_leeway(action.service(), leeway);
        }
        any | self.by_leeway(action.service(), Leeway::Strange)
    }

    /// Tells whether there is nothing left to learn once an action was found to act: of the
    /// resources, only those that are confused with others are worth a word then.
    fn is_settled(&self) -> bool {
        let mut resources = self.resources.iter().zip(&self.acted_on);
        resources.all(|(resource, acted_on)| *acted_on || !resource.is_confused())
    }

    fn by_form(&mut self, form: &'c str) -> bool {
        if let Some(&known) = self.forms.get(form) {
            return known;
        }
        let arn = Arn::parse(form);
        let any = self.mark(|resource| arn.is_none_or(|arn| resource.may_have(&arn)));
        self.forms.insert(form, any);
        any
    }

    fn by_leeway(&mut self, service: Service<'c>, leeway: Leeway) -> bool {
        let key = (service.prefix(), leeway);
        if let Some(&known) = self.leeway.get(&key) {
            return known;
        }
        let forms: Vec<Arn<'c>> = service
            .resource_types()
            .iter()
            .flat_map(forms_of)
            .filter_map(Arn::parse)
            .collect();
        let any = self.mark(|resource| {
            let mut own = forms
                .iter()
                .filter(|form| resource.is_of(form.service))
                .peekable();
            forms.is_empty()
                || own.peek().is_some()
                    && match leeway {
                        Leeway::Strange => !own.any(|form| resource.may_have(form)),
                        Leeway::Whole => own.any(|form| resource.is_all_of(form)),
                        Leeway::Everything => true,
                    }
        });
        self.leeway.insert(key, any);
        any
    }

    fn mark(&mut self, test: impl Fn(&Resource<'_>) -> bool) -> bool {
        let mut any = false;
        for (resource, acted_on) in self.resources.iter().zip(&mut self.acted_on) {
            if test(resource) {
                *acted_on = true;
                any = true;
            }
        }
        any
    }
}

/// Tells whether an action that acts on nothing can be taken at its documents' word, although
/// others of its statement act on something.
pub(super) fn is_certain(action: Action<'_>) -> bool {
    COMPLETE.contains(&action.service().prefix())
}

/// Returns what is let pass for an action beyond its documented types.
fn leeway(action: Action<'_>) -> Option<Leeway> {
    let prefix = action.service().prefix();
    let unsettled = action.access_level() == AccessLevel::Tagging
        || action.name().starts_with("Create")
        || action.name().contains("Tag")
        || UNSETTLED.contains(&prefix);
    if unsettled {
        return Some(Leeway::Everything);
    }
    if action.resource_types().len() > 0 {
        return None;
    }
    match action.full_name().as_str() {
        name if name.starts_with("ec2:Describe") && name != ELASTIC_IP => None,
        name if EVERYTHING_ONLY.contains(&name) => None,
        name if ACCOUNT_WIDE.contains(&name) => Some(Leeway::Whole),
        _ => Some(Leeway::Everything),
    }
}

/// Tells whether a resource part can have a documented form: by their first letters, where these
/// settle it.
fn overlaps_form(form: &str, resource: &str) -> bool {
    let in_form = memchr::memchr(b'$', form.as_bytes()).unwrap_or(form.len());
    let in_resource = memchr::memchr2(b'*', b'?', resource.as_bytes()).unwrap_or(resource.len());
    let common = in_form.min(in_resource);
    if !form.as_bytes()[..common].eq_ignore_ascii_case(&resource.as_bytes()[..common]) {
        return false;
    }
    let rest = &form.as_bytes()[in_form..];
    let ends_in_placeholder = memchr::memchr(b'}', rest).is_some_and(|at| at + 1 == rest.len());
    if (ends_in_placeholder && in_form <= in_resource)
        || (&resource[in_resource..] == "*" && in_resource <= in_form)
    {
        return true;
    }
    let pattern = variable::replace(form, "*").to_ascii_lowercase();
    if in_resource == resource.len() {
        glob::covers(&pattern, resource)
    } else {
        glob::overlap(&pattern, resource)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_forms_with_resources() {
        for (form, resource, overlaps) in [
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
            assert_eq!(overlaps_form(form, resource), overlaps, "{form} {resource}");
        }
    }
}
