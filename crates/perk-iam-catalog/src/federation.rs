//! The claims that every OIDC provider may bring, which AWS documents once for all providers
//! and the published data therefore lists for few of them.

use std::collections::HashSet;

use crate::source::{ConditionKey, KeyPrefix, Service};
use crate::value_type::ValueType;

/// The claims of any OIDC token that IAM passes on, and whether each is multivalued.
const STANDARD_CLAIMS: [(&str, bool); 4] = [
    ("amr", true),
    ("aud", false),
    ("email", false),
    ("sub", false),
];

/// The providers of federation that do not speak OIDC.
const NOT_OIDC: [&str; 3] = ["graph.facebook.com", "saml", "www.amazon.com"];

/// Adds the standard claims of every OIDC provider to the service that declares its keys.
pub(crate) fn add_standard_claims(service: &mut Service, prefixes: &[KeyPrefix]) {
    for provider in prefixes.iter().filter(|entry| entry.is_federation()) {
        let speaks_oidc = !NOT_OIDC.contains(&provider.prefix.as_str());
        if speaks_oidc && provider.service == service.prefix {
            add_claims_of(service, &provider.prefix);
        }
    }
}

fn add_claims_of(service: &mut Service, provider: &str) {
    for (claim, multivalued) in STANDARD_CLAIMS {
        let name = format!("{provider}:{claim}");
        declare(
            service,
            ConditionKey {
                name,
                value_type: ValueType::String,
                multivalued,
            },
        );
    }
    use_where_provider_is_used(service, provider);
}

/// Declares a key, or corrects the one of the same name.
fn declare(service: &mut Service, key: ConditionKey) {
    let mut keys = service.condition_keys.iter_mut();
    match keys.find(|known| known.name.eq_ignore_ascii_case(&key.name)) {
        Some(known) => *known = key,
        None => service.condition_keys.push(key),
    }
}

/// Adds the claims to every action that already takes keys of the provider.
fn use_where_provider_is_used(service: &mut Service, provider: &str) {
    let start = format!("{provider}:");
    for action in &mut service.actions {
        let lists = action
            .resource_types
            .iter_mut()
            .map(|resource| &mut resource.condition_keys);
        for list in lists.chain([&mut action.condition_keys]) {
            if list.iter().any(|key| key.starts_with(&start)) {
                let known: HashSet<_> = list.iter().map(|key| key.to_ascii_lowercase()).collect();
                let claims = STANDARD_CLAIMS
                    .iter()
                    .map(|(claim, _)| format!("{start}{claim}"));
                list.extend(claims.filter(|key| !known.contains(&key.to_ascii_lowercase())));
            }
        }
    }
}
