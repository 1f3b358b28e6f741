//! Service and resource control policies.

use perk_iam::policy::Kind;

use super::check;

#[test]
fn service_control() {
    insta::assert_snapshot!(check(Kind::Scp, r#"{"Effect": "Deny", "Action": "iam:*Role", "Resource": "*"}"#), @"SCP_SYNTAX_ERROR_ACTION_WILDCARD at Statement/0/Action");
    insta::assert_snapshot!(check(Kind::Scp, r#"{"Effect": "Deny", "Action": ["iam:Get*", "*"], "Resource": "*"}"#), @"REDUNDANT_ACTION at Statement/0/Action/0, Statement/0/Action/1");
    insta::assert_snapshot!(check(Kind::Scp, r#"{"Effect": "Deny", "Principal": "*", "Action": "iam:*", "Resource": "*"}"#), @"SCP_SYNTAX_ERROR_PRINCIPAL at Statement/0/Principal");
}

#[test]
fn resource_control() {
    insta::assert_snapshot!(check(Kind::Rcp, r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}"#), @"");
    insta::assert_snapshot!(check(Kind::Rcp, r#"{"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": ["ec2:*", "*"], "Resource": "*"}"#), @"
    RCP_SYNTAX_ERROR_PRINCIPAL at Statement/0/Principal
    RCP_SYNTAX_ERROR_ACTION at Statement/0/Action/0
    REDUNDANT_ACTION at Statement/0/Action/0, Statement/0/Action/1
    RCP_SYNTAX_ERROR_ACTION at Statement/0/Action/1
    ");
    insta::assert_snapshot!(check(Kind::Rcp, r#"{"Effect": "Deny", "Principal": "*", "NotAction": "s3:*", "Resource": "*"}"#), @"RCP_SYNTAX_ERROR_NOTACTION at Statement/0/NotAction");
    insta::assert_snapshot!(check(Kind::Rcp, r#"{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}"#), @"");
    insta::assert_snapshot!(check(Kind::Rcp, r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::reports"}"#), @"RCP_SYNTAX_ERROR_ALLOW at Statement/0/Effect");
    insta::assert_snapshot!(check(Kind::Rcp, r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#), @"RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY at Statement/0/Condition/StringNotEqualsIfExists/aws:PrincipalOrgID");
    insta::assert_snapshot!(check(Kind::Rcp, r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}, "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}"#), @"");
    insta::assert_snapshot!(check(Kind::Rcp, r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"}}}"#), @"
    RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY at Statement/0/Condition/StringNotEqualsIfExists/aws:SourceOrgID
    RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK at Statement/0/Condition/StringNotEqualsIfExists/aws:SourceOrgID
    ");
    insta::assert_snapshot!(check(Kind::Rcp, r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"}, "Null": {"aws:SourceAccount": "false"}, "Bool": {"aws:PrincipalIsAWSService": true}}}"#), @"");
}
