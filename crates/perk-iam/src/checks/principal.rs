//! Principals: their form, their keys, their wildcards.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::json::Kind as Json;
use crate::policy::{Kind, Principal, PrincipalKey, PrincipalValue, Statement, glob};
use perk_diag::nearest;

const KEYS: [&str; 4] = ["AWS", "CanonicalUser", "Federated", "Service"];

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    for statement in &subject.policy.statements {
        let Some(principal) = &statement.principal else {
            continue;
        };
        if subject.kind.is_identity_like() {
            unsupported(principal, found);
        } else if subject.kind.has_principals() {
            form(principal, found);
            if subject.kind != Kind::Trust {
                not_principal(statement, principal, found);
            }
            for value in &principal.values {
                wildcard(value, found);
                unique_id(value, found);
                federated(subject.kind, value, found);
            }
        }
    }
}

fn unsupported(principal: &Principal<'_>, found: &mut Vec<Draft>) {
    let name = principal.key.text;
    let message = format!("an identity policy cannot have a `{name}`");
    let draft = Draft::new(Code::UnsupportedPrincipal, principal.key.span, message);
    found.push(draft.help(format!(
        "remove `{name}`: the policy applies to whoever it is attached to"
    )));
}

fn form(principal: &Principal<'_>, found: &mut Vec<Draft>) {
    let name = principal.key.text;
    match principal.value.kind {
        Json::String(text) if text != "*" => {
            let message = format!("`{name}` does not say what kind of principal `{text}` is");
            let draft = Draft::new(Code::InvalidPrincipalFormat, principal.value.span, message);
            let key = if text.ends_with(".amazonaws.com") {
                "Service"
            } else {
                "AWS"
            };
            found.push(draft.help(format!("write `{{\"{key}\": \"{text}\"}}`")));
        }
        Json::Array(_) => {
            let message = format!("`{name}` is an array");
            let draft = Draft::new(Code::InvalidPrincipalFormat, principal.value.span, message);
            found.push(draft.help("write `{\"AWS\": [...]}`"));
        }
        Json::Object(members) => {
            for member in members {
                let key = member.key.text;
                if PrincipalKey::parse(key).is_some() {
                    continue;
                }
                let message = format!("`{key}` is not a kind of principal");
                let draft = Draft::new(Code::InvalidPrincipalKey, member.key.span, message);
                found.push(match nearest(key, KEYS) {
                    Some(meant) => draft.help(format!("did you mean `{meant}`?")),
                    None => draft.help(format!("use one of {}", KEYS.join(", "))),
                });
            }
        }
        _ => {}
    }
}

fn not_principal(statement: &Statement<'_>, principal: &Principal<'_>, found: &mut Vec<Draft>) {
    if principal.negated && statement.allows() {
        let message =
            "`NotPrincipal` with `Allow` lets in everybody else, anonymous users included";
        let draft = Draft::new(Code::AllowWithNotPrincipal, principal.key.span, message);
        found.push(draft.help("name who is allowed in `Principal`"));
    }
}

fn wildcard(value: &PrincipalValue<'_>, found: &mut Vec<Draft>) {
    let Some(key) = value.key else { return };
    let everyone = key == PrincipalKey::Aws && value.text == "*";
    if everyone || !glob::has_wildcard(value.text) {
        return;
    }
    let message = format!(
        "`{}` has a wildcard, which a principal cannot have",
        value.text
    );
    let draft = Draft::new(Code::UnsupportedWildcardInPrincipal, value.span, message);
    found.push(
        draft.help(
            "name the principal in full; `aws:PrincipalArn` in the `Condition` takes patterns",
        ),
    );
}

/// Ids that IAM puts in the place of deleted users and roles:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>.
fn unique_id(value: &PrincipalValue<'_>, found: &mut Vec<Draft>) {
    let is_id = value.text.len() >= 16 && value.text.bytes().all(|b| b.is_ascii_alphanumeric());
    let (code, what) = match value.text.get(..4) {
        Some("AROA") if is_id => (Code::InvalidRoleReference, "role"),
        Some("AIDA") if is_id => (Code::InvalidUserReference, "user"),
        _ => return,
    };
    let message = format!(
        "`{}` is the unique id of a {what}, perhaps a deleted one",
        value.text
    );
    let draft = Draft::new(code, value.span, message);
    found.push(draft.help(format!("name the {what} by its ARN")));
}

fn federated(kind: Kind, value: &PrincipalValue<'_>, found: &mut Vec<Draft>) {
    if value.key == Some(PrincipalKey::Federated) && kind != Kind::Trust {
        let message = format!(
            "`{}` is an identity provider, which only roles trust",
            value.text
        );
        let draft = Draft::new(Code::FederatedPrincipalNotSupported, value.span, message);
        found.push(draft.help("name the role that the provider's users assume"));
    }
}
