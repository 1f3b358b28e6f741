//! Conditions: operators, keys, types, values.

use perk_iam::policy::Kind;

use super::{allow, check, findings, when};

#[test]
fn operators() {
    insta::assert_snapshot!(when(r#"{"StringEqual": {"aws:username": "a"}}"#), @"INVALID_CONDITION_OPERATOR at Statement/0/Condition/StringEqual");
    insta::assert_snapshot!(when(r#"{"ForAnyValue:StringEqualsIfExists": {"aws:TagKeys": "a"}}"#), @"");
    insta::assert_snapshot!(when(r#"{"NullIfExists": {"aws:username": "true"}}"#), @"NULL_WITH_IF_EXISTS at Statement/0/Condition/NullIfExists");
    insta::assert_snapshot!(when(r#"{"ForAllValues:Null": {"aws:TagKeys": "true"}}"#), @"NULL_WITH_QUALIFIER at Statement/0/Condition/ForAllValues:Null");
    insta::assert_snapshot!(when(r#"{"Null": {"aws:TagKeys": "true"}}"#), @"");
}

#[test]
fn keys() {
    insta::assert_snapshot!(when(r#"{"StringEquals": {"SourceIp": "a"}}"#), @"INVALID_CONDITION_KEY_FORMAT at Statement/0/Condition/StringEquals/SourceIp");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:Usrname": "a"}}"#), @"INVALID_GLOBAL_CONDITION_KEY at Statement/0/Condition/StringEquals/aws:Usrname");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"AWS:USERNAME": "a"}}"#), @"");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"s3:prefx": "a"}}"#), @"INVALID_SERVICE_CONDITION_KEY at Statement/0/Condition/StringEquals/s3:prefx");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"s3:ExistingObjectTag/team": "a"}}"#), @"");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"s33:prefix": "a"}}"#), @"INVALID_SERVICE at Statement/0/Condition/StringEquals/s33:prefix");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"login.example.com:sub": "a"}}"#), @"");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:ResourceTag": "a"}}"#), @"MISSING_TAG_KEY_IN_CONDITION at Statement/0/Condition/StringEquals/aws:ResourceTag");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:ResourceTag/": "a"}}"#), @"MISSING_TAG_KEY_IN_CONDITION at Statement/0/Condition/StringEquals/aws:ResourceTag/");
    insta::assert_snapshot!(when(r#"{"ArnLike": {"aws:ARN": "arn:aws:iam::111122223333:role/a"}}"#), @"
    UNSUPPORTED_GLOBAL_CONDITION_KEY at Statement/0/Condition/ArnLike/aws:ARN
    DEPRECATED_GLOBAL_CONDITION_KEY at Statement/0/Condition/ArnLike/aws:ARN
    ");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:PrincipalTag/a": "1", "AWS:principaltag/a": "2"}}"#), @"DUPLICATE_KEYS_WITH_DIFFERENT_CASE at Statement/0/Condition/StringEquals/AWS:principaltag/a, Statement/0/Condition/StringEquals/aws:PrincipalTag/a");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:username": "1"}, "StringLike": {"AWS:username": "2"}}"#), @"");
    insta::assert_snapshot!(when(r#"{"StringLike": {"aws:Referer": "https://example.com/*"}}"#), @"UNTRUSTWORTHY_CONDITION_KEY at Statement/0/Condition/StringLike/aws:Referer");
}

#[test]
fn types_of_keys() {
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:SecureTransport": "true"}}"#), @"TYPE_MISMATCH at Statement/0/Condition/StringEquals/aws:SecureTransport");
    insta::assert_snapshot!(when(r#"{"Bool": {"aws:SecureTransport": "true"}}"#), @"");
    insta::assert_snapshot!(when(r#"{"NumericLessThan": {"aws:EpochTime": "1700000000"}}"#), @"");
    insta::assert_snapshot!(when(r#"{"StringLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/a*"}}"#), @"STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS at Statement/0/Condition/StringLike/aws:PrincipalArn");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/a"}}"#), @"");
    insta::assert_snapshot!(when(r#"{"IpAddress": {"aws:username": "203.0.113.0/24"}}"#), @"TYPE_MISMATCH at Statement/0/Condition/IpAddress/aws:username");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:TagKeys": ["a"]}}"#), @"MISSING_QUALIFIER at Statement/0/Condition/StringEquals/aws:TagKeys");
    insta::assert_snapshot!(when(r#"{"ForAllValues:StringEquals": {"aws:username": ["a"]}}"#), @"FORALLVALUES_WITH_SINGLE_VALUED_KEY at Statement/0/Condition/ForAllValues:StringEquals/aws:username");
    insta::assert_snapshot!(when(r#"{"ForAnyValue:StringEquals": {"aws:username": ["a"]}}"#), @"");
}

#[test]
fn types_of_values() {
    insta::assert_snapshot!(when(r#"{"Bool": {"aws:SecureTransport": "yes"}}"#), @"TYPE_MISMATCH_BOOLEAN at Statement/0/Condition/Bool/aws:SecureTransport");
    insta::assert_snapshot!(when(r#"{"Bool": {"aws:SecureTransport": [true, false]}}"#), @"INVALID_CONDITION_MULTIPLE_BOOLEAN at Statement/0/Condition/Bool/aws:SecureTransport");
    insta::assert_snapshot!(when(r#"{"Bool": {"aws:SecureTransport": [true]}}"#), @"");
    insta::assert_snapshot!(when(r#"{"NumericLessThan": {"aws:MultiFactorAuthAge": "one"}}"#), @"TYPE_MISMATCH_NUMBER at Statement/0/Condition/NumericLessThan/aws:MultiFactorAuthAge");
    insta::assert_snapshot!(when(r#"{"NumericLessThan": {"aws:MultiFactorAuthAge": ["10", 100]}}"#), @"
    REDUNDANT_CONDITION_VALUE_NUM at Statement/0/Condition/NumericLessThan/aws:MultiFactorAuthAge
    INVALID_CONDITION_DATA_TYPE at Statement/0/Condition/NumericLessThan/aws:MultiFactorAuthAge
    ");
    insta::assert_snapshot!(when(r#"{"NumericLessThan": {"aws:MultiFactorAuthAge": ["10"]}}"#), @"");
    insta::assert_snapshot!(when(r#"{"NumericEquals": {"aws:MultiFactorAuthAge": ["10", "20"]}}"#), @"");
    insta::assert_snapshot!(when(r#"{"DateLessThan": {"aws:CurrentTime": "next week"}}"#), @"TYPE_MISMATCH_DATE at Statement/0/Condition/DateLessThan/aws:CurrentTime");
    insta::assert_snapshot!(when(r#"{"DateLessThan": {"aws:CurrentTime": "1700000000"}}"#), @"INVALID_DATE_VALUE at Statement/0/Condition/DateLessThan/aws:CurrentTime");
    insta::assert_snapshot!(when(r#"{"DateLessThan": {"aws:CurrentTime": "2030-01-31T12:00:00+02:00"}}"#), @"");
    insta::assert_snapshot!(when(r#"{"DateLessThan": {"aws:CurrentTime": "2030-01-31"}}"#), @"");
    insta::assert_snapshot!(when(r#"{"IpAddress": {"aws:SourceIp": "203.0.113.*"}}"#), @"TYPE_MISMATCH_IP_RANGE at Statement/0/Condition/IpAddress/aws:SourceIp");
    insta::assert_snapshot!(when(r#"{"IpAddress": {"aws:SourceIp": "203.0.113.7/24"}}"#), @"IMPROVE_IP_RANGE at Statement/0/Condition/IpAddress/aws:SourceIp");
    insta::assert_snapshot!(when(r#"{"IpAddress": {"aws:SourceIp": "203.0.113.7"}}"#), @"");
    insta::assert_snapshot!(when(r#"{"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"]}}"#), @"PRIVATE_IP_ADDRESS_SUBSET at Statement/0/Condition/IpAddress/aws:SourceIp/0");
    insta::assert_snapshot!(when(r#"{"NotIpAddress": {"aws:SourceIp": ["10.0.0.0/8"]}}"#), @"PRIVATE_NOT_IP_ADDRESS at Statement/0/Condition/NotIpAddress/aws:SourceIp");
    insta::assert_snapshot!(when(r#"{"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}, "StringEquals": {"aws:SourceVpc": "vpc-12345678"}}"#), @"");
}

#[test]
fn values_of_keys() {
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:RequestedRegion": ["eu-central-1", "eu-centrl-1"]}}"#), @"INVALID_REGION at Statement/0/Condition/StringEquals/aws:RequestedRegion/1");
    insta::assert_snapshot!(when(r#"{"StringLike": {"aws:RequestedRegion": "eu-*"}}"#), @"");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:SourceVpc": "vpce-12345678"}}"#), @"INVALID_VPC_FORMAT at Statement/0/Condition/StringEquals/aws:SourceVpc");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d5e6f70819"}}"#), @"");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:PrincipalServiceName": "Lambda.amazonaws.com"}}"#), @"INVALID_SERVICE_PRINCIPAL_FORMAT at Statement/0/Condition/StringEquals/aws:PrincipalServiceName");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"kms:ViaService": "s3.amazonaws.com"}}"#), @"INVALID_SERVICE_PRINCIPAL_FORMAT at Statement/0/Condition/StringEquals/kms:ViaService");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}}"#), @"");
}

#[test]
fn wildcards() {
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:username": "app-*"}}"#), @"WILDCARD_WITHOUT_LIKE_OPERATOR at Statement/0/Condition/StringEquals/aws:username");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:username": "app-${*}"}}"#), @"");
    insta::assert_snapshot!(when(r#"{"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}}"#), @"");
    insta::assert_snapshot!(when(r#"{"StringLike": {"aws:username": "*"}}"#), @"EQUIVALENT_TO_NULL_FALSE at Statement/0/Condition/StringLike/aws:username");
    insta::assert_snapshot!(when(r#"{"StringNotLike": {"aws:username": "*"}}"#), @"EQUIVALENT_TO_NULL_TRUE at Statement/0/Condition/StringNotLike/aws:username");
    insta::assert_snapshot!(when(r#"{"StringLikeIfExists": {"aws:username": "*"}}"#), @"REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION at Statement/0/Condition/StringLikeIfExists/aws:username");
    insta::assert_snapshot!(when(r#"{"ForAnyValue:StringNotLike": {"aws:TagKeys": "*"}}"#), @"REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION at Statement/0/Condition/ForAnyValue:StringNotLike/aws:TagKeys");
    insta::assert_snapshot!(when(r#"{"StringLike": {"aws:ResourceTag/a": "*"}}"#), @"");
    insta::assert_snapshot!(when(r#"{"StringLike": {"aws:PrincipalOrgID": "o-a1b2*"}}"#), @"WILDCARD_USAGE_TOO_PERMISSIVE at Statement/0/Condition/StringLike/aws:PrincipalOrgID");
    insta::assert_snapshot!(when(r#"{"StringLike": {"aws:userid": "*"}}"#), @"WILDCARD_USAGE_TOO_PERMISSIVE at Statement/0/Condition/StringLike/aws:userid");
    insta::assert_snapshot!(when(r#"{"StringLike": {"aws:userid": "*:*"}}"#), @"");
    insta::assert_snapshot!(when(r#"{"StringLike": {"aws:userid": "AIDACKCEVSQ6C2EXAMPLE:*"}}"#), @"");
}

#[test]
fn variables() {
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:ResourceTag/owner": "${aws:username}"}}"#), @"");
    insta::assert_snapshot!(when(r#"{"NumericEquals": {"aws:MultiFactorAuthAge": "${aws:username}"}}"#), @"INVALID_VARIABLE_FOR_OPERATOR at Statement/0/Condition/NumericEquals/aws:MultiFactorAuthAge");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:ResourceTag/owner": "${aws:username"}}"#), @"MISSING_BRACE_IN_VARIABLE at Statement/0/Condition/StringEquals/aws:ResourceTag/owner");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:ResourceTag/owner": "${}"}}"#), @"EMPTY_VARIABLE at Statement/0/Condition/StringEquals/aws:ResourceTag/owner");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:ResourceTag/owner": "${aws: username}"}}"#), @"UNSUPPORTED_SPACE_IN_VARIABLE at Statement/0/Condition/StringEquals/aws:ResourceTag/owner");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:ResourceTag/owner": "${aws:PrincipalTag/team, none}"}}"#), @"MISSING_QUOTE_IN_VARIABLE at Statement/0/Condition/StringEquals/aws:ResourceTag/owner");
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:ResourceTag/owner": "${aws:PrincipalTag/team, 'none'}"}}"#), @"");
    insta::assert_snapshot!(allow(r#""s3:${aws:username}""#, r#""*""#), @"VARIABLE_UNSUPPORTED_IN_ELEMENT at Statement/0/Action");
    insta::assert_snapshot!(findings(Kind::Identity, None, r#"{"Version": "2008-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/${aws:username}"}}"#), @"VARIABLE_UNSUPPORTED_IN_VERSION at Statement/Resource");
}

#[test]
fn empty_lists() {
    insta::assert_snapshot!(when(r#"{"StringEquals": {"aws:username": []}}"#), @"EMPTY_ARRAY_CONDITION at Statement/0/Condition/StringEquals/aws:username");
    insta::assert_snapshot!(when(r#"{"StringEqualsIfExists": {"aws:username": []}}"#), @"EMPTY_ARRAY_CONDITION_IFEXISTS at Statement/0/Condition/StringEqualsIfExists/aws:username");
    insta::assert_snapshot!(when(r#"{"ForAllValues:StringEquals": {"aws:TagKeys": []}}"#), @"EMPTY_ARRAY_CONDITION_FORALLVALUES at Statement/0/Condition/ForAllValues:StringEquals/aws:TagKeys");
    insta::assert_snapshot!(when(r#"{"ForAnyValue:StringEqualsIfExists": {"aws:TagKeys": []}}"#), @"EMPTY_ARRAY_CONDITION_FORANYVALUE at Statement/0/Condition/ForAnyValue:StringEqualsIfExists/aws:TagKeys");
    insta::assert_snapshot!(when("{}"), @"EMPTY_OBJECT_CONDITION at Statement/0/Condition");
    insta::assert_snapshot!(when(r#"{"StringEquals": {}}"#), @"EMPTY_OBJECT_CONDITION at Statement/0/Condition/StringEquals");
}

#[test]
fn tags_of_resources() {
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Allow", "Action": ["ec2:StartInstances", "route53:ChangeResourceRecordSets"], "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/a": "b"}}}"#), @"ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE at Statement/0/Action/1, Statement/0/Condition/StringEquals/aws:ResourceTag/a");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Deny", "Action": "route53:ChangeResourceRecordSets", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/a": "b"}}}"#), @"DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE at Statement/0/Action, Statement/0/Condition/StringEquals/aws:ResourceTag/a");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Deny", "Action": "route53:ChangeResourceRecordSets", "Resource": "*", "Condition": {"StringNotEquals": {"aws:ResourceTag/a": "b"}}}"#), @"");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Allow", "Action": "resource-groups:CreateGroup", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/a": "b"}}}"#), @"");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Deny", "NotAction": "iam:*", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/a": "b"}}}"#), @"DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE at Statement/0/NotAction, Statement/0/Condition/StringEquals/aws:ResourceTag/a");
}

#[test]
fn actions_without_the_key() {
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": ["s3:ListBucket", "s3:ListBucketMultipartUploads"], "Resource": "arn:aws:s3:::reports", "Condition": {"StringEquals": {"s3:prefix": "a"}}}"#), @"UNSUPPORTED_ACTION_FOR_CONDITION_KEY at Statement/0/Action/1, Statement/0/Condition/StringEquals/s3:prefix");
    insta::assert_snapshot!(check(Kind::Resource, r#"{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": ["s3:List*"], "Resource": "arn:aws:s3:::reports", "Condition": {"StringEquals": {"s3:prefix": "a"}}}"#), @"");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Allow", "Action": ["s3:ListBucket", "s3:ListBucketMultipartUploads"], "Resource": "arn:aws:s3:::reports", "Condition": {"StringEquals": {"s3:prefix": "a"}}}"#), @"");
}

#[test]
fn prefixes_of_listings() {
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Deny", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"StringLike": {"s3:prefix": "private/*"}}}"#), @"S3_PREFIX_IN_NEGATIVE_CONTEXT at Statement/0/Condition/StringLike/s3:prefix");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Deny", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"StringNotLike": {"s3:prefix": "public/*"}}}"#), @"");
    insta::assert_snapshot!(check(Kind::Identity, r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::reports", "Condition": {"StringNotLike": {"s3:prefix": "private/*"}}}"#), @"S3_PREFIX_IN_NEGATIVE_CONTEXT at Statement/0/Condition/StringNotLike/s3:prefix");
}
