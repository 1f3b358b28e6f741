//! Passing roles and creating service-linked ones.

use perk_iam::policy::Kind;

use super::{allow, check};

#[test]
fn pass_role() {
    insta::assert_snapshot!(allow(r#""iam:PassRole""#, r#""*""#), @"PASS_ROLE_WITH_STAR_IN_RESOURCE at Statement/0/Action, Statement/0/Resource");
    insta::assert_snapshot!(allow(r#""IAM:passrole""#, r#""arn:aws:iam::111122223333:role/*""#), @"PASS_ROLE_WITH_STAR_IN_RESOURCE at Statement/0/Action, Statement/0/Resource");
    insta::assert_snapshot!(allow(r#""iam:PassRole""#, r#""arn:aws:iam::111122223333:role/app-*""#), @"");
    insta::assert_snapshot!(allow(r#"["iam:Pass*", "iam:PassRole"]"#, r#""*""#), @"
    REDUNDANT_ACTION at Statement/0/Action/0, Statement/0/Action/1
    PASS_ROLE_WITH_STAR_IN_RESOURCE at Statement/0/Action/1, Statement/0/Resource
    ");
    insta::assert_snapshot!(allow(r#""iam:Pass*""#, r#""*""#), @"PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE at Statement/0/Action, Statement/0/Resource");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Deny", "Action": "iam:PassRole", "Resource": "*"}"#), @"");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}"#), @"
    PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION at Statement/0/NotAction, Statement/0/Resource
    CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION at Statement/0/NotAction, Statement/0/Resource
    ");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}"#), @"");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Allow", "Action": "iam:PassRole", "NotResource": "arn:aws:iam::111122223333:role/admin"}"#), @"PASS_ROLE_WITH_NOT_RESOURCE at Statement/0/Action, Statement/0/NotResource");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Allow", "NotAction": "s3:*", "NotResource": "arn:aws:iam::111122223333:role/admin"}"#), @"
    PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE at Statement/0/NotAction, Statement/0/NotResource
    CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE at Statement/0/NotAction, Statement/0/NotResource
    ");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Allow", "Action": "iam:*", "NotResource": "arn:aws:iam::111122223333:role/admin"}"#), @"
    PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE at Statement/0/Action, Statement/0/NotResource
    CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE at Statement/0/Action, Statement/0/NotResource
    ");
}

#[test]
fn guards() {
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}"#), @"");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEqualsIfExists": {"iam:PassedToService": "ec2.amazonaws.com"}}}"#), @"PASS_ROLE_WITH_STAR_IN_RESOURCE at Statement/0/Action, Statement/0/Resource");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "Resource": "*", "Condition": {"StringLike": {"iam:AWSServiceName": "*batch.amazonaws.com"}}}"#), @"CREATE_SLR_WITH_STAR_IN_RESOURCE at Statement/0/Action, Statement/0/Resource");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "Resource": "*", "Condition": {"StringLike": {"iam:AWSServiceName": "batch.amazonaws.com"}}}"#), @"");
}
