//! Whether an action can act on a resource, as far as AWS's documents tell.
//!
//! They do not tell all: the types that an action takes are left out here and there, most of all
//! for actions that create, tag or list. Where they are known to be silent, the answer is yes.

use std::borrow::Cow;

use perk_iam_catalog::{AccessLevel, Action, ResourceType, Service};

use crate::checks::Effort;
use crate::known::{ArnForm, Known, LowerPattern, lower};
use crate::policy::Arn;

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
const ELASTIC_IP: (&str, &str) = ("ec2", "DescribeAddressesAttribute");

/// Actions, besides the descriptions of EC2, that are known to take `*` and nothing else.
const EVERYTHING_ONLY: [(&str, &str); 3] = [
    ("ecr", "GetAuthorizationToken"),
    ("xray", "PutTelemetryRecords"),
    ("xray", "PutTraceSegments"),
];

/// Actions that are known to be about the account: they take what is every resource of a type,
/// and none by name.
const ACCOUNT_WIDE: [(&str, &str); 16] = [
    ("acm", "ListCertificates"),
    ("cloudformation", "ListStacks"),
    ("dynamodb", "ListTables"),
    ("ecs", "ListClusters"),
    ("eks", "ListClusters"),
    ("kinesis", "ListStreams"),
    ("kms", "ListAliases"),
    ("kms", "ListKeys"),
    ("lambda", "ListFunctions"),
    ("route53", "ListHostedZones"),
    ("s3", "ListAllMyBuckets"),
    ("secretsmanager", "ListSecrets"),
    ("sns", "ListTopics"),
    ("sqs", "ListQueues"),
    ("ssm", "DescribeParameters"),
    ("states", "ListStateMachines"),
];

/// An ARN of a statement.
#[derive(Debug)]
pub(super) struct Resource<'t> {
    /// The service, in lower case.
    service: Cow<'t, str>,
    account_is_empty: bool,
    is_confused: bool,
    /// The part after the account, in lower case and with `*` for its variables.
    name: LowerPattern<'t>,
    /// Whether an action was found that acts on it.
    is_acted_on: bool,
}

impl<'t> Resource<'t> {
    /// Reads a pattern; nothing for one that may be anything, or of a service that is not known.
    pub(super) fn parse(text: &'t str, known: &Known<'_>) -> Option<Self> {
        let arn = Arn::parse(text)?;
        known.service(arn.service).map(|_| Self {
            service: lower(arn.service),
            account_is_empty: arn.account.is_empty(),
            is_confused: CONFUSED.contains(&arn.service),
            name: LowerPattern::new(arn.resource),
            is_acted_on: false,
        })
    }

    /// Tells whether it is worth a word that no action acts on it, although some act on others.
    pub(super) fn is_confused(&self) -> bool {
        self.is_confused
    }

    /// Tells whether an action was found that acts on it; once there is one that acts on any, only
    /// the resources that are confused with others are all looked at.
    pub(super) fn is_acted_on(&self) -> bool {
        self.is_acted_on
    }

    /// Tells whether it can have a form that AWS documents.
    fn may_have(&self, form: &ArnForm<'_>) -> bool {
        let arn = &form.arn;
        if !self.is_of(arn.service) {
            return false;
        }
        if arn.service == "s3" {
            // Buckets and objects have no account, access points do; names of buckets no slash.
            let elsewhere = self.account_is_empty != arn.account.is_empty();
            let is_bucket = arn.account.is_empty() && !arn.resource.contains('/');
            if elsewhere || (is_bucket && self.name.text().contains('/')) {
                return false;
            }
        }
        form.fits(&self.name)
    }

    /// Tells whether it is every resource of a form.
    fn is_all_of(&self, form: &ArnForm<'_>) -> bool {
        self.is_of(form.arn.service) && form.is_covered_by(self.name.text())
    }

    fn is_of(&self, service: &str) -> bool {
        let are_related = |[one, other]: &[&str; 2]| {
            (self.service == *one && service == *other)
                || (self.service == *other && service == *one)
        };
        self.service == service || RELATED.iter().any(are_related)
    }
}

/// The resources of a statement, and on which of them an action was found to act.
///
/// What is asked twice is remembered, so that a long statement takes no quadratic time.
#[derive(Debug)]
pub(super) struct Acting<'r, 't, 'c> {
    known: &'r Known<'c>,
    effort: &'r Effort,
    resources: &'r mut [Resource<'t>],
    /// How many of the resources that are confused with others were not acted on yet.
    unsettled: usize,
    /// Whether there was no effort left, so that every action acts on everything.
    lets_pass: bool,
}

/// What is let pass for a service although no document says so.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Leeway {
    /// Resources of the service in a form that is not documented.
    Strange,
    /// Resources that are all of a type: what is listed is often asked for so.
    Whole,
    /// Every resource of the service.
    Everything,
}

impl Leeway {
    /// How many kinds there are.
    pub(crate) const COUNT: usize = 3;
}

impl<'r, 't, 'c> Acting<'r, 't, 'c> {
    pub(super) fn on(
        resources: &'r mut [Resource<'t>],
        known: &'r Known<'c>,
        effort: &'r Effort,
    ) -> Self {
        known.acts_on_type.forget();
        known.acts_with_leeway.forget();
        let confused = resources.iter().filter(|resource| resource.is_confused());
        Self {
            known,
            effort,
            unsettled: confused.count(),
            lets_pass: false,
            resources,
        }
    }

    /// Tells whether one of the actions acts on one of the resources.
    pub(super) fn any(&mut self, actions: impl Iterator<Item = Action<'c>>) -> bool {
        let mut any = false;
        for action in actions {
            any |= self.acts(action);
            if any && self.is_settled() {
                break;
            }
        }
        any
    }

    fn acts(&mut self, action: Action<'c>) -> bool {
        let mut any = false;
        for resource in action.resource_types() {
            any |= match resource.resource_type() {
                Some(resource_type) => self.by_type(resource_type),
                None => self.by_leeway(action.service(), Leeway::Everything),
            };
            if any && self.is_settled() {
                return true;
            }
        }
        let leeways = &self.known.leeways;
        let leeway = leeways.get_or_find(action.index(), || leeway(action));
        if let Some(leeway) = leeway.copied().flatten() {
            any |= self.by_leeway(action.service(), leeway);
        }
        any | self.by_leeway(action.service(), Leeway::Strange)
    }

    /// Tells whether there is nothing left to learn once an action was found to act: of the
    /// resources, only those that are confused with others are worth a word then.
    fn is_settled(&self) -> bool {
        self.unsettled == 0
    }

    fn by_type(&mut self, resource_type: ResourceType<'c>) -> bool {
        if !self.effort.spend(1) {
            return self.let_pass();
        }
        if let Some(known) = self.known.acts_on_type.get(resource_type.index()) {
            return known;
        }
        let forms = self.known.forms_of_type(resource_type);
        let any = self.mark(forms.len(), |resource| {
            forms.is_empty() || forms.iter().any(|form| resource.may_have(form))
        });
        self.known.acts_on_type.keep(resource_type.index(), any);
        any
    }

    fn by_leeway(&mut self, service: Service<'c>, leeway: Leeway) -> bool {
        let place = service.index() * Leeway::COUNT + leeway as usize;
        if let Some(known) = self.known.acts_with_leeway.get(place) {
            return known;
        }
        let forms = self.known.forms_of_service(service);
        let any = self.mark(forms.len(), |resource| {
            let mut own = forms
                .iter()
                .filter(|form| resource.is_of(form.arn.service))
                .peekable();
            forms.is_empty()
                || own.peek().is_some()
                    && match leeway {
                        Leeway::Strange => !own.any(|form| resource.may_have(form)),
                        Leeway::Whole => own.any(|form| resource.is_all_of(form)),
                        Leeway::Everything => true,
                    }
        });
        self.known.acts_with_leeway.keep(place, any);
        any
    }

    fn mark(&mut self, forms: usize, test: impl Fn(&Resource<'_>) -> bool) -> bool {
        if !self
            .effort
            .spend(forms.saturating_mul(self.resources.len()))
        {
            return self.let_pass();
        }
        let mut any = false;
        for resource in &mut *self.resources {
            if test(resource) {
                self.unsettled -= usize::from(resource.is_confused && !resource.is_acted_on);
                resource.is_acted_on = true;
                any = true;
            }
        }
        any
    }

    /// Where there is no effort left, every action acts on everything.
    fn let_pass(&mut self) -> bool {
        if !self.lets_pass {
            for resource in &mut *self.resources {
                resource.is_acted_on = true;
            }
            self.unsettled = 0;
            self.lets_pass = true;
        }
        true
    }
}

/// Tells whether an action that acts on nothing can be taken at its documents' word, although
/// others of its statement act on something.
pub(super) fn is_certain(action: Action<'_>) -> bool {
    COMPLETE.contains(&action.service().prefix())
}

/// Returns what is let pass for an action beyond its documented types.
fn leeway(action: Action<'_>) -> Option<Leeway> {
    let (prefix, name) = (action.service().prefix(), action.name());
    let unsettled = action.access_level() == AccessLevel::Tagging
        || name.starts_with("Create")
        || name.contains("Tag")
        || UNSETTLED.contains(&prefix);
    if unsettled {
        return Some(Leeway::Everything);
    }
    if action.resource_types().len() > 0 {
        return None;
    }
    let is = |full_name: &(&str, &str)| *full_name == (prefix, name);
    let describes = prefix == "ec2" && name.starts_with("Describe");
    if (describes && !is(&ELASTIC_IP)) || EVERYTHING_ONLY.iter().any(is) {
        None
    } else if ACCOUNT_WIDE.iter().any(is) {
        Some(Leeway::Whole)
    } else {
        Some(Leeway::Everything)
    }
}
