//! Role trust policies.

use perk_iam::policy::Kind;

use super::check;

#[test]
fn elements() {
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}"#), @"ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL at Statement/0/Principal");
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}"#), @"");
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "NotPrincipal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole", "Resource": "*"}"#), @"
    ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL at Statement/0/NotPrincipal
    ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE at Statement/0/Resource
    ");
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}"#), @"");
}

#[test]
fn actions_for_principals() {
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"}, "Action": "sts:AssumeRoleWithWebIdentity"}"#), @"MISMATCHED_ACTION_FOR_PRINCIPAL at Statement/0/Action, Statement/0/Principal/Federated");
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"}, "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"]}"#), @"");
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRoleWithSAML"}"#), @"MISMATCHED_ACTION_FOR_PRINCIPAL at Statement/0/Action, Statement/0/Principal/AWS");
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"Federated": "corp"}, "Action": "sts:AssumeRoleWithWebIdentity"}"#), @"INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY at Statement/0/Principal/Federated");
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"Service": "rolesanywhere.amazonaws.com"}, "Action": ["sts:AssumeRole", "sts:TagSession"]}"#), @"MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY at Statement/0/Action, Statement/0/Principal/Service");
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"Service": "rolesanywhere.amazonaws.com"}, "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]}"#), @"");
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::111122223333:role/team/deploy", "arn:aws:sts::111122223333:assumed-role/deploy/ci"]}, "Action": "sts:AssumeRole"}"#), @"REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY at Statement/0/Principal/AWS/1, Statement/0/Principal/AWS/0");
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole", "Condition": {"StringLike": {"sts:SourceIdentity": "a"}}}"#), @"MISSING_ACTION_FOR_CONDITION_KEY at Statement/0/Condition/StringLike/sts:SourceIdentity");
}

#[test]
fn github() {
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity"}"#), @"
    MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL at Statement/0/Principal/Federated
    MISSING_GITHUB_REPO_CONDITION_KEY at Statement/0/Principal/Federated
    ");
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:octo-org/octo-repo:ref:refs/heads/main"}}}"#), @"");
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:octo-org/*"}}}"#), @"SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED at Statement/0/Condition/StringLike/token.actions.githubusercontent.com:sub");
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:octo-org/octo-repo:environment:production"}}}"#), @"SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED at Statement/0/Condition/StringLike/token.actions.githubusercontent.com:sub");
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:octo-org/octo-repo:environment:production", "token.actions.githubusercontent.com:ref": "refs/heads/main"}}}"#), @"");
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:*"}}}"#), @"
    SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED at Statement/0/Condition/StringLike/token.actions.githubusercontent.com:sub
    WILDCARD_USAGE_TOO_PERMISSIVE at Statement/0/Condition/StringLike/token.actions.githubusercontent.com:sub
    ");
}

#[test]
fn audiences() {
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/login.example.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"login.example.com:aud": "a"}}}"#), @"CONFIRM_AUDIENCE_CLAIM_TYPE at Statement/0/Condition/StringEquals/login.example.com:aud");
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"Federated": "cognito-identity.amazonaws.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"cognito-identity.amazonaws.com:aud": "a"}}}"#), @"");
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"Federated": "cognito-identity.amazonaws.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"ForAnyValue:StringEquals": {"cognito-identity.amazonaws.com:aud": "a"}}}"#), @"FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE at Statement/0/Condition/ForAnyValue:StringEquals/cognito-identity.amazonaws.com:aud");
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"Federated": "cognito-identity.amazonaws.com"}, "Action": ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"], "Condition": {"StringEquals": {"cognito-identity.amazonaws.com:aud": "a"}}}"#), @"UNSUPPORTED_ACTION_FOR_CONDITION_KEY at Statement/0/Action/1, Statement/0/Condition/StringEquals/cognito-identity.amazonaws.com:aud");
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"Federated": "accounts.google.com"}, "Action": "sts:AssumeRoleWithWebIdentity"}"#), @"MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL at Statement/0/Principal/Federated");
}
