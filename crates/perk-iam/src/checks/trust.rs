//! Role trust policies: who may assume a role, by which action, under which claims.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html>

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::json::Kind as Json;
use crate::policy::{
    Arn, Condition, Kind, PrincipalKey, PrincipalValue, Quantifier, Statement, glob, variable,
};

const GITHUB: &str = "token.actions.githubusercontent.com";
const ROLES_ANYWHERE: &str = "rolesanywhere.amazonaws.com";

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    if subject.kind != Kind::Trust {
        return;
    }
    for statement in &subject.policy.statements {
        elements(statement, found);
        federated_form(statement, found);
        mismatched_actions(subject, statement, found);
        redundant_sessions(subject, statement, found);
        missing_actions(statement, found);
        audience(statement, found);
        if statement.allows() {
            roles_anywhere(statement, found);
            claims(subject, statement, found);
        }
    }
}

fn elements(statement: &Statement<'_>, found: &mut Vec<Draft>) {
    if let Some(resources) = &statement.resources {
        let message = format!("a trust policy cannot have a `{}`", resources.key.text);
        let draft = Draft::new(
            Code::RoleTrustPolicySyntaxErrorResource,
            resources.key.span,
            message,
        );
        found.push(draft.help("remove it: the policy is about the role it is attached to"));
    }
    let Some(principal) = &statement.principal else {
        return;
    };
    if principal.negated {
        let message = "a trust policy cannot have a `NotPrincipal`";
        let code = Code::RoleTrustPolicySyntaxErrorNotprincipal;
        let draft = Draft::new(code, principal.key.span, message);
        found.push(draft.help("name who may assume the role in `Principal`"));
    } else if matches!(principal.value.kind, Json::String(text) if text == "*") {
        let message = "`\"Principal\": \"*\"` cannot stand in a trust policy";
        let code = Code::RoleTrustPolicyUnsupportedWildcardInPrincipal;
        let draft = Draft::new(code, principal.value.span, message);
        found.push(draft.help("name who may assume the role"));
    }
}

fn under<'s, 'd>(
    statement: &'s Statement<'d>,
    key: PrincipalKey,
) -> impl Iterator<Item = &'s PrincipalValue<'d>> {
    let principal = statement.listed_principals();
    principal
        .into_iter()
        .flat_map(move |principal| principal.under(key))
}

/// What a federated principal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Provider<'t> {
    Saml,
    /// With the host and path of the provider, which prefix its condition keys.
    Oidc(&'t str),
}

fn provider(text: &str) -> Option<Provider<'_>> {
    if text.starts_with("arn:") {
        let arn = Arn::parse(text).filter(|arn| arn.service == "iam")?;
        return match arn.resource.split_once('/') {
            Some(("saml-provider", name)) if !name.is_empty() => Some(Provider::Saml),
            Some(("oidc-provider", host)) if !host.is_empty() => Some(Provider::Oidc(host)),
            _ => None,
        };
    }
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let host = text.split('/').next().unwrap_or_default();
    let is_host = host.contains('.') && host.split('.').all(is_label);
    is_host.then_some(Provider::Oidc(text))
}

fn federated_form(statement: &Statement<'_>, found: &mut Vec<Draft>) {
    for value in under(statement, PrincipalKey::Federated) {
        let open = glob::has_wildcard(value.text) || variable::is_opened(value.text);
        if provider(value.text).is_none() && !open {
            let message = format!("`{}` is not an identity provider", value.text);
            let code = Code::InvalidFederatedPrincipalSyntaxInRoleTrustPolicy;
            found.push(Draft::new(code, value.span, message).help(
                "write a domain name such as `accounts.google.com`, or the ARN of a SAML or \
                 OIDC provider",
            ));
        }
    }
}

fn mismatched_actions(
    subject: &Subject<'_, '_>,
    statement: &Statement<'_>,
    found: &mut Vec<Draft>,
) {
    let Some(principal) = statement.listed_principals() else {
        return;
    };
    let Some(actions) = statement.listed_actions() else {
        return;
    };
    for action in actions.items {
        if !subject.effort.spend_on_pairs(principal.values.len()) {
            return;
        }
        let wrong: Vec<&PrincipalValue<'_>> = principal
            .values
            .iter()
            .filter(|value| {
                fitting_action(value).is_some_and(|fitting| !fits(action.text, fitting))
            })
            .collect();
        let Some(first) = wrong.first() else { continue };
        let fitting = fitting_action(first).unwrap_or_default();
        let message = format!(
            "`{}` is not how `{}` assumes a role",
            action.text, first.text
        );
        let draft = Draft::new(Code::MismatchedActionForPrincipal, action.span, message);
        found.push(
            draft
                .and_all(wrong.iter().map(|value| value.span))
                .help(format!("use `{fitting}`")),
        );
    }
}

/// Returns the one action by which a principal assumes roles, if that can be told.
fn fitting_action(value: &PrincipalValue<'_>) -> Option<&'static str> {
    match value.key {
        None => None,
        Some(PrincipalKey::Federated) => match provider(value.text)? {
            Provider::Saml => Some("sts:AssumeRoleWithSAML"),
            Provider::Oidc(_) => Some("sts:AssumeRoleWithWebIdentity"),
        },
        Some(PrincipalKey::Aws) if value.text == "*" => None,
        Some(_) => Some("sts:AssumeRole"),
    }
}

/// Tells whether an action is the fitting one, or none of the three that could be wrong.
fn fits(action: &str, fitting: &str) -> bool {
    let assuming = [
        "sts:AssumeRole",
        "sts:AssumeRoleWithSAML",
        "sts:AssumeRoleWithWebIdentity",
    ];
    let is_one = assuming
        .iter()
        .any(|known| known.eq_ignore_ascii_case(action));
    !is_one || action.eq_ignore_ascii_case(fitting)
}

fn redundant_sessions(
    subject: &Subject<'_, '_>,
    statement: &Statement<'_>,
    found: &mut Vec<Draft>,
) {
    let principals = under(statement, PrincipalKey::Aws).count();
    for session in under(statement, PrincipalKey::Aws) {
        let Some(arn) = Arn::parse(session.text).filter(|arn| arn.service == "sts") else {
            continue;
        };
        let Some(rest) = arn.resource.strip_prefix("assumed-role/") else {
            continue;
        };
        if !subject.effort.spend_on_pairs(principals) {
            return;
        }
        let role_name = rest.split('/').next().unwrap_or_default();
        let is_parent = |value: &&PrincipalValue<'_>| {
            Arn::parse(value.text).is_some_and(|role| {
                role.service == "iam"
                    && role.account == arn.account
                    && role
                        .resource
                        .strip_prefix("role/")
                        .is_some_and(|path| path.rsplit('/').next() == Some(role_name))
            })
        };
        if let Some(role) = under(statement, PrincipalKey::Aws).find(is_parent) {
            let message = format!(
                "the session is one of the role `{}`, which is named too",
                role.text
            );
            let code = Code::RedundantPrincipalInRoleTrustPolicy;
            let draft = Draft::new(code, session.span, message).and(role.span);
            found.push(draft.help("remove the session"));
        }
    }
}

/// Keys whose value the caller sets for the session, and the action that lets them.
const SESSION_KEYS: [(&str, &str); 4] = [
    ("sts:SourceIdentity", "sts:SetSourceIdentity"),
    ("sts:TransitiveTagKeys", "sts:TagSession"),
    ("aws:TagKeys", "sts:TagSession"),
    ("aws:RequestTag/", "sts:TagSession"),
];

fn missing_actions(statement: &Statement<'_>, found: &mut Vec<Draft>) {
    for condition in &statement.conditions {
        let needed = SESSION_KEYS
            .iter()
            .find(|(key, _)| match key.strip_suffix('/') {
                Some(_) => condition.is_under(key),
                None => condition.is_on(key),
            });
        if let Some((_, action)) =
            needed.filter(|(_, action)| !super::names_action(statement, action))
        {
            let message = format!(
                "`{}` is not evaluated without `{action}`",
                condition.key.text
            );
            let code = Code::MissingActionForConditionKey;
            let draft = Draft::new(code, condition.key.span, message);
            found.push(draft.help(format!("add `{action}` to the `Action`")));
        }
    }
}

fn roles_anywhere(statement: &Statement<'_>, found: &mut Vec<Draft>) {
    let Some(service) =
        under(statement, PrincipalKey::Service).find(|value| value.text == ROLES_ANYWHERE)
    else {
        return;
    };
    let needed = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"];
    let missing: Vec<&str> = needed
        .into_iter()
        .filter(|action| !super::names_action(statement, action))
        .collect();
    let Some(actions) = statement.actions.as_ref().filter(|_| !missing.is_empty()) else {
        return;
    };
    let message = format!(
        "IAM Roles Anywhere also needs `{}`",
        missing.join("` and `")
    );
    let code = Code::MissingActionForRolesAnywhereTrustPolicy;
    let draft = Draft::new(code, actions.value.span, message).and(service.span);
    found.push(draft.help(format!("add `{}` to the `Action`", missing.join("` and `"))));
}

/// Providers whose tokens AWS knows.
const KNOWN_PROVIDERS: [&str; 4] = [
    "accounts.google.com",
    "cognito-identity.amazonaws.com",
    "graph.facebook.com",
    "www.amazon.com",
];

/// Providers whose tokens have one audience.
const SINGLE_AUDIENCE: [&str; 4] = [
    "accounts.google.com",
    "cognito-identity.amazonaws.com",
    "gitlab.com",
    GITHUB,
];

fn audience(statement: &Statement<'_>, found: &mut Vec<Draft>) {
    for condition in &statement.conditions {
        let key = condition.key.text;
        let Some((provider, "aud")) = key.rsplit_once(':') else {
            continue;
        };
        let Some(operator) = condition.operator.filter(|_| provider.contains('.')) else {
            continue;
        };
        let any_value = operator.quantifier == Some(Quantifier::ForAnyValue);
        if any_value && SINGLE_AUDIENCE.contains(&provider) {
            let message = format!("`{key}` has a single value, and `ForAnyValue` is for many");
            let code = Code::ForanyvalueWithAudienceClaimType;
            let draft = Draft::new(code, condition.key.span, message);
            found.push(draft.help("remove `ForAnyValue:`"));
        } else if !KNOWN_PROVIDERS.contains(&provider) {
            let message = format!("whether `{key}` is one value or a list is up to the provider");
            let draft = Draft::new(Code::ConfirmAudienceClaimType, condition.key.span, message);
            found.push(
                draft.help(
                    "look at its tokens: only a list takes `ForAllValues:` or `ForAnyValue:`",
                ),
            );
        }
    }
}

fn claims(subject: &Subject<'_, '_>, statement: &Statement<'_>, found: &mut Vec<Draft>) {
    for value in under(statement, PrincipalKey::Federated) {
        let Some(Provider::Oidc(host)) = provider(value.text) else {
            continue;
        };
        if !subject.effort.spend_on_pairs(statement.conditions.len()) {
            return;
        }
        let prefix = format!("{host}:");
        let own: Vec<&Condition<'_>> = statement
            .conditions
            .iter()
            .filter(|condition| condition.is_under(&prefix))
            .collect();
        if host.eq_ignore_ascii_case(GITHUB) {
            github(value, &own, found);
        }
        if own.is_empty() {
            let message = format!("any token of `{host}` opens the role");
            let code = Code::MissingConditionKeyForOidcPrincipal;
            let draft = Draft::new(code, value.span, message);
            found.push(draft.help(format!("add conditions on `{host}:aud` and `{host}:sub`")));
        }
    }
}

fn github(value: &PrincipalValue<'_>, own: &[&Condition<'_>], found: &mut Vec<Draft>) {
    let on = |claim: &str| {
        let key = format!("{GITHUB}:{claim}");
        own.iter().filter(move |condition| condition.is_on(&key))
    };
    let subjects: Vec<(&&Condition<'_>, &str)> = on("sub")
        .flat_map(|condition| condition.strings().map(move |text| (condition, text)))
        .collect();
    if subjects.is_empty() {
        let message = "workflows of repositories that are not yours can assume the role";
        let draft = Draft::new(Code::MissingGithubRepoConditionKey, value.span, message);
        found.push(draft.help(format!(
            "require `{GITHUB}:sub` to be `repo:ORGANIZATION/REPOSITORY:ref:refs/heads/BRANCH`"
        )));
    }
    let exact_ref =
        on("ref").any(|condition| condition.strings().all(|text| !glob::has_wildcard(text)));
    for (condition, text) in subjects {
        if names_branch(text) || (exact_ref && names_repository(text)) {
            continue;
        }
        let message = format!("`{text}` is not one repository and branch");
        let code = Code::SpecificGithubRepoAndBranchRecommended;
        let draft = Draft::new(code, condition.key.span, message);
        found.push(draft.help(format!(
            "write `repo:ORGANIZATION/REPOSITORY:ref:refs/heads/BRANCH`, or add `{GITHUB}:ref`"
        )));
    }
}

/// Tells whether a subject holds one repository: `repo:octo-org/octo-repo:…`.
fn names_repository(subject: &str) -> bool {
    let Some(rest) = subject.strip_prefix("repo:") else {
        return false;
    };
    let repository = rest.split(':').next().unwrap_or_default();
    repository.contains('/') && !glob::has_wildcard(repository)
}

/// Tells whether a subject holds one repository and one branch.
fn names_branch(subject: &str) -> bool {
    !glob::has_wildcard(subject) && subject.contains(":ref:refs/heads/")
}
