//! ARNs: fields, formats, types.

use perk_iam::policy::Kind;

use super::{allow, findings, policy};

#[test]
fn prefix_and_fields() {
    insta::assert_snapshot!(allow(r#""s3:GetObject""#, r#""reports/*""#), @"INVALID_ARN_PREFIX at Statement/0/Resource");
    insta::assert_snapshot!(allow(r#""s3:GetObject""#, r#""arn:aws:s3:reports""#), @"MISSING_ARN_FIELD at Statement/0/Resource");
    insta::assert_snapshot!(allow(r#""s3:GetObject""#, r#""arn:aws:s3:::${aws:username}/*""#), @"");
}

#[test]
fn partition_region_account() {
    insta::assert_snapshot!(allow(r#""sqs:SendMessage""#, r#""arn:awz:sqs:eu-west-1:111122223333:jobs""#), @"INVALID_PARTITION at Statement/0/Resource");
    insta::assert_snapshot!(allow(r#""sqs:SendMessage""#, r#""arn:aws:sqs:eu-west-11:111122223333:jobs""#), @"INVALID_ARN_REGION at Statement/0/Resource");
    insta::assert_snapshot!(allow(r#""sqs:SendMessage""#, r#""arn:aws:sqs:cn-north-1:111122223333:jobs""#), @"INVALID_ARN_REGION at Statement/0/Resource");
    insta::assert_snapshot!(allow(r#""sqs:SendMessage""#, r#""arn:aws-cn:sqs:cn-north-1:111122223333:jobs""#), @"");
    insta::assert_snapshot!(allow(r#""sqs:SendMessage""#, r#""arn:aws:sqs:eu-*:*:jobs""#), @"");
    insta::assert_snapshot!(allow(r#""sqs:SendMessage""#, r#""arn:aws:sqs:eu-west-1:11112222333:jobs""#), @"INVALID_ARN_ACCOUNT at Statement/0/Resource");
    insta::assert_snapshot!(allow(r#""sqs:SendMessage""#, r#""arn:aws:sqs::111122223333:jobs""#), @"MISSING_ARN_REGION at Statement/0/Resource");
    insta::assert_snapshot!(allow(r#""sqs:SendMessage""#, r#""arn:aws:sqs:eu-west-1::jobs""#), @"MISSING_ARN_ACCOUNT at Statement/0/Resource");
}

#[test]
fn region_and_account_by_type_of_resource() {
    insta::assert_snapshot!(allow(r#""s3:GetObject""#, r#""arn:aws:s3:eu-west-1:111122223333:reports/*""#), @"
    ARN_ACCOUNT_NOT_ALLOWED at Statement/0/Resource
    ARN_REGION_NOT_ALLOWED at Statement/0/Resource
    ");
    insta::assert_snapshot!(allow(r#""s3:GetObject""#, r#""arn:aws:s3:eu-west-1:111122223333:accesspoint/reports""#), @"");
    insta::assert_snapshot!(allow(r#""iam:GetRole""#, r#""arn:aws:iam:us-east-1:111122223333:role/deploy""#), @"ARN_REGION_NOT_ALLOWED at Statement/0/Resource");
    insta::assert_snapshot!(allow(r#""iam:GetPolicy""#, r#""arn:aws:iam::aws:policy/ReadOnlyAccess""#), @"");
    insta::assert_snapshot!(allow(r#""ec2:RunInstances""#, r#""arn:aws:ec2:eu-west-1::image/ami-12345678""#), @"");
}

#[test]
fn services() {
    insta::assert_snapshot!(allow(r#""s3:GetObject""#, r#""arn:aws:S3:::reports/*""#), @"INVALID_ARN_SERVICE_CASE at Statement/0/Resource");
    insta::assert_snapshot!(allow(r#""s3:GetObject""#, r#""arn:aws:s33:::reports/*""#), @"INVALID_SERVICE at Statement/0/Resource");
    insta::assert_snapshot!(allow(r#""s3:GetObject""#, r#""arn:aws:*code*::111122223333:*""#), @"WILDCARD_IN_SERVICE_NAME at Statement/0/Resource");
    insta::assert_snapshot!(allow(r#""execute-api:Invoke""#, r#""arn:aws:execute-api:eu-west-1:111122223333:abc/*""#), @"");
}

#[test]
fn form_of_the_resource() {
    insta::assert_snapshot!(allow(r#""dynamodb:GetItem""#, r#""arn:aws:dynamodb:eu-west-1:111122223333:orders""#), @"INVALID_ARN_RESOURCE at Statement/0/Resource");
    insta::assert_snapshot!(allow(r#""dynamodb:GetItem""#, r#""arn:aws:dynamodb:eu-west-1:111122223333:table/orders""#), @"");
    insta::assert_snapshot!(allow(r#""dynamodb:GetItem""#, r#""arn:aws:dynamodb:eu-west-1:111122223333:*""#), @"");
    insta::assert_snapshot!(allow(r#""lambda:InvokeFunction""#, r#""arn:aws:lambda:eu-west-1:111122223333:function/resize""#), @"INVALID_ARN_RESOURCE at Statement/0/Resource");
    insta::assert_snapshot!(allow(r#""lambda:InvokeFunction""#, r#""arn:aws:lambda:eu-west-1:111122223333:function:resize:live""#), @"");
}

#[test]
fn type_of_the_policy() {
    insta::assert_snapshot!(findings(Kind::Resource, Some("AWS::S3::Bucket"), &policy(r#"{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": ["kms:Decrypt", "s3:GetObject", "*"], "Resource": ["arn:aws:s3:::reports/*", "arn:aws:kms:eu-west-1:111122223333:key/1", "*"]}"#)), @"
    UNSUPPORTED_ACTION_IN_POLICY at Statement/0/Action/0
    REDUNDANT_ACTION at Statement/0/Action/0, Statement/0/Action/1, Statement/0/Action/2
    REDUNDANT_RESOURCE at Statement/0/Resource/0, Statement/0/Resource/1, Statement/0/Resource/2
    UNSUPPORTED_RESOURCE_ARN_IN_POLICY at Statement/0/Resource/1
    UNSUPPORTED_RESOURCE_ARN_IN_POLICY at Statement/0/Resource/2
    ");
    insta::assert_snapshot!(findings(Kind::Resource, Some("AWS::KMS::Key"), &policy(r#"{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*"}"#)), @"");
}
