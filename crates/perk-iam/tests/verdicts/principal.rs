//! Principals of resource policies.

use perk_iam::policy::Kind;

use super::check;

#[test]
fn forms() {
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}"#), @"");
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sqs:SendMessage", "Resource": "*"}"#), @"");
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Allow", "Principal": "111122223333", "Action": "sqs:SendMessage", "Resource": "*"}"#), @"INVALID_PRINCIPAL_FORMAT at Statement/0/Principal");
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Allow", "Principal": ["111122223333"], "Action": "sqs:SendMessage", "Resource": "*"}"#), @"INVALID_PRINCIPAL_FORMAT at Statement/0/Principal");
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Allow", "Principal": {"Aws": "111122223333"}, "Action": "sqs:SendMessage", "Resource": "*"}"#), @"INVALID_PRINCIPAL_KEY at Statement/0/Principal/Aws");
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Allow", "Principal": {}, "Action": "sqs:SendMessage", "Resource": "*"}"#), @"EMPTY_OBJECT_PRINCIPAL at Statement/0/Principal");
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Allow", "Principal": {"AWS": []}, "Action": "sqs:SendMessage", "Resource": "*"}"#), @"EMPTY_ARRAY_PRINCIPAL at Statement/0/Principal/AWS");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}"#), @"UNSUPPORTED_PRINCIPAL at Statement/0/Principal");
}

#[test]
fn values() {
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/*"}, "Action": "sqs:SendMessage", "Resource": "*"}"#), @"UNSUPPORTED_WILDCARD_IN_PRINCIPAL at Statement/0/Principal/AWS");
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Allow", "Principal": {"Service": "*"}, "Action": "sqs:SendMessage", "Resource": "*"}"#), @"
    UNSUPPORTED_WILDCARD_IN_PRINCIPAL at Statement/0/Principal/Service
    RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL at Statement/0/Principal/Service
    ");
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Allow", "Principal": {"AWS": "AROADBQP57FF2AEXAMPLE"}, "Action": "sqs:SendMessage", "Resource": "*"}"#), @"INVALID_ROLE_REFERENCE at Statement/0/Principal/AWS");
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Allow", "Principal": {"AWS": "AIDACKCEVSQ6C2EXAMPLE"}, "Action": "sqs:SendMessage", "Resource": "*"}"#), @"INVALID_USER_REFERENCE at Statement/0/Principal/AWS");
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Allow", "Principal": {"Federated": "accounts.google.com"}, "Action": "sqs:SendMessage", "Resource": "*"}"#), @"FEDERATED_PRINCIPAL_NOT_SUPPORTED at Statement/0/Principal/Federated");
}

#[test]
fn not_principal() {
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Allow", "NotPrincipal": {"AWS": "111122223333"}, "Action": "sqs:SendMessage", "Resource": "*"}"#), @"ALLOW_WITH_NOT_PRINCIPAL at Statement/0/NotPrincipal");
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Deny", "NotPrincipal": {"AWS": "111122223333"}, "Action": "sqs:SendMessage", "Resource": "*"}"#), @"");
}

#[test]
fn services() {
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": "*"}"#), @"RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL at Statement/0/Principal/Service");
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": "*", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:jobs"}}}"#), @"");
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Allow", "Principal": {"Service": "ses.amazonaws.com"}, "Action": "s3:PutObject", "Resource": "*", "Condition": {"StringEquals": {"aws:Referer": "111122223333"}}}"#), @"
    UNTRUSTWORTHY_CONDITION_KEY at Statement/0/Condition/StringEquals/aws:Referer
    RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL at Statement/0/Condition/StringEquals/aws:Referer, Statement/0/Principal/Service
    ");
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:SourceAccount": "111122223333"}}}"#), @"UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL at Statement/0/Condition/StringEquals/aws:PrincipalOrgID");
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Deny", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": "*"}"#), @"");
}
