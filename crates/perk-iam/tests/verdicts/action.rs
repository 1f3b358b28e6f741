//! Actions: existence, wildcards, spelling.

use perk_iam::policy::Kind;

use super::{allow, check};

#[test]
fn services_and_names() {
    insta::assert_snapshot!(allow(r#""s3:GetObject""#, r#""arn:aws:s3:::reports/*""#), @"");
    insta::assert_snapshot!(allow(r#""S3:getobject""#, r#""arn:aws:s3:::reports/*""#), @"");
    insta::assert_snapshot!(allow(r#""s3:GetObjet""#, r#""arn:aws:s3:::reports/*""#), @"INVALID_ACTION at Statement/0/Action");
    insta::assert_snapshot!(allow(r#""s4:GetObject""#, r#""*""#), @"INVALID_SERVICE_IN_ACTION at Statement/0/Action");
    insta::assert_snapshot!(allow(r#""GetObject""#, r#""*""#), @"INVALID_ACTION at Statement/0/Action");
}

#[test]
fn wildcards() {
    insta::assert_snapshot!(allow(r#""s3:Get*""#, r#""*""#), @"");
    insta::assert_snapshot!(allow(r#""s3:Gett*""#, r#""*""#), @"INVALID_ACTION at Statement/0/Action");
    insta::assert_snapshot!(allow(r#""s?:Get*""#, r#""*""#), @"INVALID_SERVICE_IN_ACTION at Statement/0/Action");
    insta::assert_snapshot!(allow(r#""*:*""#, r#""arn:aws:s3:::reports/*""#), @"");
}

#[test]
fn not_action_is_judged_too() {
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Deny", "NotAction": ["iam:*", "iam:GetUsr"], "Resource": "*"}"#), @"
    REDUNDANT_ACTION at Statement/0/NotAction/0, Statement/0/NotAction/1
    INVALID_ACTION at Statement/0/NotAction/1
    ");
}
