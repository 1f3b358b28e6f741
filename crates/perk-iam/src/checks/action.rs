//! Actions: whether the service and the action exist, and whether the kind of policy takes them.

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::known::{ActionPattern, Named};
use crate::policy::{Kind, Pattern, Patterns, glob, variable};

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    for (statement, patterns) in subject.statements() {
        let Some(actions) = &statement.actions else {
            continue;
        };
        for (action, pattern) in actions.items.iter().zip(patterns) {
            if !is_sound(pattern, action.text) {
                existence(subject, action, found);
            }
            if subject.kind == Kind::Scp {
                inner_wildcard(action, found);
            }
        }
        resource_type(subject, actions, found);
    }
}

fn is_sound(pattern: &ActionPattern<'_>, text: &str) -> bool {
    matches!(pattern.named, Named::One(_) | Named::Several(_))
        || matches!(text, "*" | "*:*")
        || variable::is_opened(text)
}

/// Says what is the matter with a pattern.
fn existence(subject: &Subject<'_, '_>, action: &Pattern<'_>, found: &mut Vec<Draft>) {
    let text = action.text;
    let Some((prefix, name)) = text.split_once(':') else {
        let message = format!("`{text}` is not of the form `service:action`");
        let draft = Draft::new(Code::InvalidAction, action.span, message);
        found.push(match full_name(subject, text) {
            Some(meant) => draft.help(format!("did you mean `{meant}`?")),
            None => draft.help("write the prefix of the service, a colon and the action"),
        });
        return;
    };
    let Some(service) = subject.known.service(prefix) else {
        let message = format!("no service has the prefix `{prefix}`");
        let draft = Draft::new(Code::InvalidServiceInAction, action.span, message);
        let prefixes = subject.catalog.services();
        found.push(match subject.nearest(prefix, prefixes) {
            Some(meant) => draft.help(format!("did you mean `{meant}:{name}`?")),
            None => draft.help("`perk iam catalog search WORD` finds services by name"),
        });
        return;
    };
    let prefix = service.prefix();
    let draft = if glob::has_wildcard(name) {
        let message = format!("`{text}` matches no action of the service `{prefix}`");
        Draft::new(Code::InvalidAction, action.span, message)
    } else {
        let message = format!("the service `{prefix}` has no action `{name}`");
        Draft::new(Code::InvalidAction, action.span, message)
    };
    if let Some(meant) = authorizing_action(prefix, name) {
        found.push(draft.help(format!(
            "did you mean `{prefix}:{meant}`, which allows the API call `{name}`?"
        )));
        return;
    }
    found.push(match subject.nearest(name, service.actions()) {
        Some(meant) => draft.help(format!("did you mean `{prefix}:{meant}`?")),
        None => draft.help(format!(
            "`perk iam catalog show {prefix}` lists its actions"
        )),
    });
}

/// Calls of the S3 and Lambda APIs that an action of another name allows:
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>.
const CALLS: [(&str, &str, &str); 12] = [
    ("s3", "ListBuckets", "ListAllMyBuckets"),
    ("s3", "ListObjects", "ListBucket"),
    ("s3", "ListObjectsV2", "ListBucket"),
    ("s3", "ListObjectVersions", "ListBucketVersions"),
    ("s3", "HeadBucket", "ListBucket"),
    ("s3", "HeadObject", "GetObject"),
    ("s3", "CopyObject", "PutObject"),
    ("s3", "UploadPart", "PutObject"),
    ("s3", "CreateMultipartUpload", "PutObject"),
    ("s3", "CompleteMultipartUpload", "PutObject"),
    ("s3", "DeleteObjects", "DeleteObject"),
    ("lambda", "Invoke", "InvokeFunction"),
];

/// Returns the action that allows a call, where the call has a name of its own.
fn authorizing_action(prefix: &str, name: &str) -> Option<&'static str> {
    let is_call = |(service, call, _): &&(&str, &str, &str)| {
        *service == prefix && call.eq_ignore_ascii_case(name)
    };
    CALLS.iter().find(is_call).map(|(_, _, action)| *action)
}

/// Returns the action that a name without prefix belongs to, if it is only one.
fn full_name(subject: &Subject<'_, '_>, name: &str) -> Option<String> {
    let mut owners = subject
        .catalog
        .services()
        .iter()
        .filter_map(|service| service.action(name));
    let action = owners.next()?;
    owners.next().is_none().then(|| action.full_name())
}

fn inner_wildcard(action: &Pattern<'_>, found: &mut Vec<Draft>) {
    let body = action.text.strip_suffix(['*', '?']).unwrap_or(action.text);
    if glob::has_wildcard(body) {
        let message = format!("`{}` has a wildcard before its end", action.text);
        let draft = Draft::new(Code::ScpSyntaxErrorActionWildcard, action.span, message);
        found.push(draft.help("name the actions one by one, or put the wildcard at the end"));
    }
}

fn resource_type(subject: &Subject<'_, '_>, actions: &Patterns<'_>, found: &mut Vec<Draft>) {
    let Some(resource_type) = subject.resource_type else {
        return;
    };
    let services = super::resource_type::services(resource_type);
    if services.is_empty() {
        return;
    }
    for action in actions.items.iter().filter(|action| action.text != "*") {
        let Some((prefix, _)) = action.text.split_once(':') else {
            continue;
        };
        let accepted = services
            .iter()
            .any(|service| service.eq_ignore_ascii_case(prefix));
        if accepted || glob::has_wildcard(prefix) {
            continue;
        }
        let message = format!(
            "`{}` cannot be done to a resource of the type {resource_type}",
            action.text
        );
        let draft = Draft::new(Code::UnsupportedActionInPolicy, action.span, message);
        found.push(draft.help(format!("use actions of `{}`", services.join("`, `"))));
    }
}
