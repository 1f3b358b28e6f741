//! What others cover.

use perk_iam::policy::Kind;

use super::{allow, check};

#[test]
fn actions() {
    insta::assert_snapshot!(allow(r#"["s3:GetObject", "s3:Get*"]"#, r#""*""#), @"REDUNDANT_ACTION at Statement/0/Action/0, Statement/0/Action/1");
    insta::assert_snapshot!(allow(r#"["s3:GetObject", "S3:getobject"]"#, r#""*""#), @"REDUNDANT_ACTION at Statement/0/Action/0, Statement/0/Action/1");
    insta::assert_snapshot!(allow(r#"["s3:Get*", "s3:*Object"]"#, r#""*""#), @"");
    insta::assert_snapshot!(allow(r#"["s3:Get*", "s3:GetObject", "s3:GetObjectAcl", "ec2:*", "ec2:RunInstances"]"#, r#""*""#), @"
    REDUNDANT_ACTION at Statement/0/Action/0, Statement/0/Action/1, Statement/0/Action/2
    REDUNDANT_ACTION at Statement/0/Action/3, Statement/0/Action/4
    ");
    insta::assert_snapshot!(allow(r#"["*", "s3:GetObject"]"#, r#""arn:aws:s3:::reports/*""#), @"REDUNDANT_ACTION at Statement/0/Action/0, Statement/0/Action/1");
}

#[test]
fn resources() {
    insta::assert_snapshot!(allow(r#""s3:GetObject""#, r#"["arn:aws:s3:::logs*", "arn:aws:s3:::logs*/*"]"#), @"REDUNDANT_RESOURCE at Statement/0/Resource/0, Statement/0/Resource/1");
    insta::assert_snapshot!(allow(r#""s3:GetObject""#, r#"["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"]"#), @"");
    insta::assert_snapshot!(allow(r#""sqs:SendMessage""#, r#"["arn:aws:sqs:*:111122223333:jobs", "arn:aws:sqs:eu-west-1:111122223333:jobs", "arn:aws:sqs:eu-west-1:444455556666:jobs"]"#), @"REDUNDANT_RESOURCE at Statement/0/Resource/0, Statement/0/Resource/1");
    insta::assert_snapshot!(allow(r#""s3:GetObject""#, r#"["*", "arn:aws:s3:::logs/*"]"#), @"REDUNDANT_RESOURCE at Statement/0/Resource/0, Statement/0/Resource/1");
}

#[test]
fn statements() {
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Sid": "A", "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*"}, {"Effect": "Allow", "Resource": ["*"], "Action": ["S3:PutObject", "s3:GetObject"]}"#), @"REDUNDANT_STATEMENT at Statement/1, Statement/0");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}, {"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"}"#), @"");
}
