//! The shape of documents: elements, types, ids.

use perk_iam::policy::Kind;

use super::{check, findings};

#[test]
fn documents() {
    insta::assert_snapshot!(findings(Kind::Identity, None, r#"{"Version": "2012-10-17"}"#), @"MISSING_STATEMENT at");
    insta::assert_snapshot!(findings(Kind::Identity, None, r#"{"Version": "2012-10-17", "Statement": []}"#), @"MISSING_STATEMENT at Statement");
    insta::assert_snapshot!(findings(Kind::Identity, None, r#"{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}"#), @"MISSING_VERSION at");
    insta::assert_snapshot!(findings(Kind::Identity, None, r#"{"Version": "2012-10-18", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}"#), @"INVALID_VERSION at Version");
    insta::assert_snapshot!(findings(Kind::Identity, None, r#"{"Version": 2012, "Id": 7, "Statement": ["a"]}"#), @"
    DATA_TYPE_MISMATCH at Version
    DATA_TYPE_MISMATCH at Id
    DATA_TYPE_MISMATCH at Statement/0
    ");
    insta::assert_snapshot!(findings(Kind::Identity, None, r#"{"Version": "2012-10-17", "Statment": []}"#), @"
    MISSING_STATEMENT at 
    INVALID_POLICY_ELEMENT at Statment
    ");
    insta::assert_snapshot!(findings(Kind::Identity, None, r#"{"Version": "2012-10-17", "Statement": [}"#), @"JSON_SYNTAX_ERROR at");
    insta::assert_snapshot!(findings(Kind::Identity, None, ""), @"JSON_SYNTAX_ERROR at");
}

#[test]
fn elements() {
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "allow", "Action": "s3:GetObject", "Resource": "*"}"#), @"INVALID_EFFECT at Statement/0/Effect");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Action": "s3:GetObject", "Resource": "*"}"#), @"MISSING_EFFECT at Statement/0");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Allow", "Resource": "*"}"#), @"MISSING_ACTION at Statement/0");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Allow", "Action": "s3:GetObject"}"#), @"MISSING_RESOURCE at Statement/0");
    insta::assert_snapshot!(check(Kind::Trust, r#"{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}"#), @"");
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#), @"MISSING_PRINCIPAL at Statement/0");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Allow", "Action": "s3:GetObject", "NotAction": "s3:PutObject", "Resource": "*"}"#), @"UNSUPPORTED_ELEMENT_COMBINATION at Statement/0/Action, Statement/0/NotAction");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Allow", "Action": ["s3:GetObject", 1], "Resource": null, "Condition": [], "Sid": true}"#), @"
    DATA_TYPE_MISMATCH at Statement/0/Action/1
    DATA_TYPE_MISMATCH at Statement/0/Resource
    DATA_TYPE_MISMATCH at Statement/0/Condition
    DATA_TYPE_MISMATCH at Statement/0/Sid
    ");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Allow", "Action": [], "Resource": []}"#), @"
    EMPTY_ARRAY_ACTION at Statement/0/Action
    EMPTY_ARRAY_RESOURCE at Statement/0/Resource
    ");
}

#[test]
fn statement_ids() {
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Sid": "a b", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#), @"UNSUPPORTED_SID at Statement/0/Sid");
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Sid": "a b", "Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject", "Resource": "*"}"#), @"");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Sid": "", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#), @"EMPTY_SID_VALUE at Statement/0/Sid");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Sid": "A", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}, {"Sid": "A", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}"#), @"UNIQUE_SIDS_REQUIRED at Statement/1/Sid, Statement/0/Sid");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Sid": "A", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}, {"Sid": "a", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}"#), @"");
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Sid": "A", "Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject", "Resource": "*"}, {"Sid": "A", "Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:PutObject", "Resource": "*"}"#), @"UNIQUE_SIDS_RECOMMENDED at Statement/1/Sid, Statement/0/Sid");
}
