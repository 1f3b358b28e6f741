//! ARNs in `Resource` and `NotResource`, field by field.
//!
//! A resource type *fits* an ARN when the resource parts of both can be equal. The fields before
//! it are judged by the types that fit, so that a bucket and an access point have rules of their
//! own.

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::known::{ArnForm, LowerPattern};
use crate::policy::{Arn, Pattern, glob, variable};

/// Services that have a name of their own in ARNs and no resource types in the catalog.
const SERVICES_OF_ARNS_ONLY: [&str; 3] = ["catalog", "elastic-inference", "execute-api"];

/// Resource types that AWS publishes without an account: its own images, snapshots and documents.
const PUBLISHED_BY_AWS: [(&str, &str); 7] = [
    ("ec2", "image"),
    ("ec2", "snapshot"),
    ("resource-explorer-2", "view"),
    ("ssm", "document"),
    ("ssm", "parameter"),
    ("ssm", "automation-definition"),
    ("ssm", "automation-execution"),
];

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    for resources in subject
        .policy
        .statements
        .iter()
        .filter_map(|s| s.resources.as_ref())
    {
        for resource in resources.items {
            if subject.resource_type.is_none() && subject.known.is_faultless(resource.text) {
                continue;
            }
            let before = found.len();
            check_resource(subject, resource, found);
            if found.len() == before {
                subject.known.is_without_fault(resource.text);
            }
        }
    }
}

fn check_resource(subject: &Subject<'_, '_>, resource: &Pattern<'_>, found: &mut Vec<Draft>) {
    let text = resource.text;
    if text == "*" {
        // A bucket's policy names its bucket: this type alone does not take everything.
        if subject.resource_type == Some("AWS::S3::Bucket") {
            unsupported_resource(resource, "AWS::S3::Bucket", "arn:*:s3:::*", found);
        }
        return;
    }
    if !text.starts_with("arn:") {
        let message = format!("`{text}` is not an ARN");
        let draft = Draft::new(Code::InvalidArnPrefix, resource.span, message);
        found.push(draft.help("begin with `arn:`, or write `*` for everything"));
        return;
    }
    let Some(arn) = Arn::parse(text) else {
        let message = format!("`{text}` has fewer than the six fields of an ARN");
        let draft = Draft::new(Code::MissingArnField, resource.span, message);
        found.push(draft.help("write arn:partition:service:region:account:resource"));
        return;
    };
    let mut field = Fields {
        subject,
        resource,
        arn,
        found,
    };
    field.partition();
    field.account();
    field.region();
    field.service();
    policy_type(subject, resource, found);
}

/// The fields of one ARN, judged one after the other.
struct Fields<'s, 'a, 'c> {
    subject: &'s Subject<'a, 'c>,
    resource: &'s Pattern<'s>,
    arn: Arn<'s>,
    found: &'s mut Vec<Draft>,
}

impl Fields<'_, '_, '_> {
    fn report(&mut self, code: Code, message: String, help: impl Into<String>) {
        self.found
            .push(Draft::new(code, self.resource.span, message).help(help));
    }

    fn partition(&mut self) {
        let partition = self.arn.partition;
        let catalog = self.subject.catalog;
        if is_open(partition) || catalog.partition(partition).is_some() {
            return;
        }
        let known: Vec<&str> = catalog
            .partitions()
            .iter()
            .map(perk_iam_catalog::Partition::id)
            .collect();
        let message = format!("`{partition}` is not a partition");
        self.report(
            Code::InvalidPartition,
            message,
            format!("use one of {}", known.join(", ")),
        );
    }

    fn account(&mut self) {
        let account = self.arn.account;
        let digits = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
        if account.is_empty() || digits || is_open(account) || is_published(account) {
            return;
        }
        let message = format!("`{account}` is not an account");
        self.report(
            Code::InvalidArnAccount,
            message,
            "write the twelve digits of the account",
        );
    }

    fn region(&mut self) {
        let Arn {
            partition, region, ..
        } = self.arn;
        if region.is_empty() || is_open(region) {
            return;
        }
        let catalog = self.subject.catalog;
        if catalog.partition(partition).is_none() && !is_open(partition) {
            return;
        }
        let known = catalog.region(region);
        if known.is_some_and(|known| is_open(partition) || known.partition().id() == partition) {
            return;
        }
        let message = match known {
            Some(known) => {
                format!(
                    "the region `{region}` is in the partition `{}`",
                    known.partition().id()
                )
            }
            None => format!("`{region}` is not a region"),
        };
        let help = match self.subject.nearest(region, catalog.regions()) {
            Some(meant) if known.is_none() => format!("did you mean `{meant}`?"),
            _ => String::from("use a region of the ARN's partition"),
        };
        self.report(Code::InvalidArnRegion, message, help);
    }

    fn service(&mut self) {
        let name = self.arn.service;
        if glob::has_wildcard(name) {
            let message = format!("the service `{name}` has a wildcard");
            let help = "name the service, so that services of the future are not meant as well";
            self.report(Code::WildcardInServiceName, message, help);
            return;
        }
        if is_open(name) || SERVICES_OF_ARNS_ONLY.contains(&name) {
            return;
        }
        let types = self.subject.known.forms_of_arn(name);
        if types.is_empty() && self.subject.known.service(name).is_none() {
            self.unknown_service(name);
        } else if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            let lower = name.to_ascii_lowercase();
            let message = format!("the service `{name}` is written in lower case in ARNs");
            self.report(
                Code::InvalidArnServiceCase,
                message,
                format!("write `{lower}`"),
            );
        } else {
            self.against(&types);
        }
    }

    fn unknown_service(&mut self, name: &str) {
        let services = self.subject.catalog.services();
        let help = match self.subject.nearest(name, services) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => String::from("`perk iam catalog search WORD` finds services by name"),
        };
        self.report(
            Code::InvalidService,
            format!("no service is called `{name}`"),
            help,
        );
    }

    /// Judges region, account and resource by the formats that AWS documents for the service.
    fn against<'c>(&mut self, types: &[ArnForm<'c>]) {
        let Arn {
            service,
            region,
            account,
            resource,
            ..
        } = self.arn;
        if region == "*" && account == "*" {
            return;
        }
        let pattern = LowerPattern::new(resource);
        let fitting: Vec<&ArnForm<'c>> = types.iter().filter(|form| form.fits(&pattern)).collect();
        if fitting.is_empty() {
            let literal = ![region, account, resource]
                .iter()
                .any(|field| is_open(field));
            if literal && !types.is_empty() && self.arn.account != "aws" {
                let message = format!("`{resource}` is the form of no resource of `{service}`");
                let help = format!("`perk iam catalog show {service}` lists the forms of its ARNs");
                self.report(Code::InvalidArnResource, message, help);
            }
            return;
        }
        let all = |test: fn(&ArnForm<'c>) -> bool| fitting.iter().all(|form| test(form));
        if !region.is_empty() && region != "*" && all(|form| !form.has_region()) {
            let message = format!("this resource of `{service}` has no region in its ARN");
            self.report(
                Code::ArnRegionNotAllowed,
                message,
                "leave the fourth field empty",
            );
        }
        let names_type = !resource.starts_with(['*', '?', '$']);
        if region.is_empty() && names_type && all(ArnForm::has_region) {
            let message = format!("this resource of `{service}` has a region in its ARN");
            self.report(
                Code::MissingArnRegion,
                message,
                "write the region, or `*` for every one",
            );
        }
        if !account.is_empty() && account != "*" && all(|form| !form.has_account()) {
            let message = format!("this resource of `{service}` has no account in its ARN");
            self.report(
                Code::ArnAccountNotAllowed,
                message,
                "leave the fifth field empty",
            );
        }
        let published =
            |form: &&ArnForm<'_>| PUBLISHED_BY_AWS.contains(&(service, form.resource_type.name()));
        if account.is_empty()
            && names_type
            && all(ArnForm::has_account)
            && !fitting.iter().any(published)
        {
            let message = format!("this resource of `{service}` has an account in its ARN");
            self.report(
                Code::MissingArnAccount,
                message,
                "write the account, or `*` for every one",
            );
        }
    }
}

/// Tells whether a field has a wildcard or a variable, so that it cannot be judged.
fn is_open(field: &str) -> bool {
    glob::has_wildcard(field) || variable::is_opened(field)
}

/// Accounts that are words: resources that AWS or its partners publish.
fn is_published(account: &str) -> bool {
    matches!(
        account,
        "aws" | "cloudfront" | "aws-marketplace" | "third-party" | "amazon" | "self"
    )
}

fn policy_type(subject: &Subject<'_, '_>, resource: &Pattern<'_>, found: &mut Vec<Draft>) {
    let Some(resource_type) = subject.resource_type else {
        return;
    };
    let Some(pattern) = super::resource_type::arn_pattern(resource_type) else {
        return;
    };
    if !glob::arns_overlap(pattern, &variable::replace(resource.text, "*")) {
        unsupported_resource(resource, resource_type, pattern, found);
    }
}

fn unsupported_resource(
    resource: &Pattern<'_>,
    resource_type: &str,
    pattern: &str,
    found: &mut Vec<Draft>,
) {
    let message = format!(
        "`{}` is no resource of the type {resource_type}",
        resource.text
    );
    let draft = Draft::new(Code::UnsupportedResourceArnInPolicy, resource.span, message);
    found.push(draft.help(format!("use ARNs of the form `{pattern}`")));
}
