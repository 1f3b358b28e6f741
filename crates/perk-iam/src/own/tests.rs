//! The checks on whole policies.

use perk_iam_catalog::Catalog;

use crate::policy::Kind;
use crate::{Options, Origin, validate};

/// Returns the findings of perk's own checks, one a line: code, places, message.
pub(super) fn findings(kind: Kind, policy: &str) -> String {
    let options = Options {
        kind: Some(kind),
        must_hold_policy: true,
        ..Options::default()
    };
    let validation = validate(policy, options, Catalog::embedded());
    let mut lines = Vec::new();
    for finding in validation
        .documents
        .iter()
        .flat_map(|document| &document.findings)
    {
        if finding.code.origin() != Origin::Perk {
            continue;
        }
        let places: Vec<&str> = finding
            .locations
            .iter()
            .map(|location| location.pointer.as_str())
            .collect();
        lines.push(format!(
            "{} {}: {}",
            finding.code,
            places.join(" "),
            finding.message
        ));
    }
    lines.join("\n")
}

/// Returns those of one code.
pub(super) fn with_code(code: &str, kind: Kind, policy: &str) -> String {
    let start = format!("{code} ");
    let found = findings(kind, policy);
    let lines: Vec<&str> = found
        .lines()
        .filter(|line| line.starts_with(&start))
        .collect();
    lines.join("\n")
}

/// A policy of one statement.
fn statement(elements: &str) -> String {
    format!(r#"{{ "Version": "2012-10-17", "Statement": [{{ {elements} }}] }}"#)
}

/// A policy of a statement that lets a principal in, under a condition.
fn open(principal: &str, condition: &str) -> String {
    statement(&format!(
        r#""Effect": "Allow", "Principal": {principal}, "Action": "s3:GetObject",
           "Resource": "arn:aws:s3:::reports/*", "Condition": {{ {condition} }}"#
    ))
}

#[test]
fn tells_everything_from_a_whole_service() {
    let allow = |action: &str, resource: &str| {
        findings(
            Kind::Identity,
            &statement(&format!(
                r#""Effect": "Allow", "Action": {action}, "Resource": "{resource}""#
            )),
        )
    };
    insta::assert_snapshot!(allow(r#""*""#, "*"), @"FULL_ACCESS Statement/0/Action Statement/0/Resource: every action is allowed on every resource");
    insta::assert_snapshot!(allow(r#"["sqs:*", "sns:*", "s3:Get*"]"#, "arn:aws:sqs:eu-west-1:111122223333:jobs"), @"
    SERVICE_WILDCARD Statement/0/Action/0 Statement/0/Action/1: `sqs:*` and `sns:*` allow every action of their services, those to come among them
    RESOURCE_MISMATCH Statement/0/Action/1 Statement/0/Action/2: `sns:*` and `s3:Get*` act on none of the resources of the statement
    ");
    insta::assert_snapshot!(allow(r#""*:*""#, "arn:aws:s3:::reports"), @"SERVICE_WILDCARD Statement/0/Action: `*:*` allows every action there is, those to come among them");
    assert_eq!(
        allow(
            r#""sqs:Receive*""#,
            "arn:aws:sqs:eu-west-1:111122223333:jobs"
        ),
        ""
    );
}

#[test]
fn not_elements_in_an_allow() {
    let policy = statement(
        r#""Effect": "Allow", "NotAction": "iam:*", "NotResource": "arn:aws:s3:::secrets/*""#,
    );
    insta::assert_snapshot!(with_code("ALLOW_WITH_NOT_ACTION", Kind::Identity, &policy), @"ALLOW_WITH_NOT_ACTION Statement/0/NotAction: everything but these actions is allowed, in every service");
    insta::assert_snapshot!(with_code("ALLOW_WITH_NOT_RESOURCE", Kind::Identity, &policy), @"ALLOW_WITH_NOT_RESOURCE Statement/0/NotResource: the actions are allowed on everything but these resources");
    assert_eq!(with_code("ALLOW_WITH_NOT_ACTION", Kind::Scp, &policy), "");
}

#[test]
fn names_the_sensitive_actions() {
    let on = |resource: &str, more: &str| {
        findings(
            Kind::Identity,
            &statement(&format!(
                r#""Effect": "Allow", "Action": ["s3:Get*", "s3:PutBucketPolicy", "ssm:GetParameter*", "ecr:GetAuthorizationToken"],
                   "Resource": "{resource}"{more}"#
            )),
        )
    };
    insta::assert_snapshot!(on("*", ""), @"
    CREDENTIAL_EXPOSURE Statement/0/Action/0: credentials can be obtained on every resource: `s3:GetDataAccess`
    DATA_ACCESS_WITHOUT_CONSTRAINT Statement/0/Action/0 Statement/0/Action/2: data can be read on every resource: `s3:GetObject`, `s3:GetObjectVersion`, `ssm:GetParameter`, `ssm:GetParameterHistory`, `ssm:GetParameters` and 1 more
    RESOURCE_EXPOSURE Statement/0/Action/1: access and sharing can be changed on every resource: `s3:PutBucketPolicy`
    ");
    assert_eq!(
        on(
            "*",
            r#", "Condition": { "StringEquals": { "aws:ResourceTag/team": "a" } }"#
        ),
        ""
    );
    let data = with_code(
        "DATA_ACCESS_WITHOUT_CONSTRAINT",
        Kind::Identity,
        &statement(
            r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::*/*""#,
        ),
    );
    assert!(!data.is_empty());
    let one = statement(
        r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*""#,
    );
    assert_eq!(findings(Kind::Identity, &one), "");
}

#[test]
fn a_deny_takes_sensitive_actions_away() {
    let policy = r#"{ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": "ssm:GetParameter", "Resource": "*" },
        { "Effect": "Deny", "Action": "ssm:Get*", "Resource": "*" }
    ] }"#;
    assert_eq!(findings(Kind::Identity, policy), "");
}

#[test]
fn public_access_is_what_a_stranger_has() {
    let public = |principal: &str, condition: &str| {
        !with_code("PUBLIC_ACCESS", Kind::Resource, &open(principal, condition)).is_empty()
    };
    let everyone = r#""*""#;
    for open in [
        "",
        r#""Bool": { "aws:SecureTransport": "true" }"#,
        r#""IpAddress": { "aws:SourceIp": "0.0.0.0/0" }"#,
        r#""IpAddress": { "aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/1"] }"#,
        r#""StringLike": { "aws:PrincipalArn": "arn:aws:iam::*:role/reader" }"#,
        r#""StringEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }"#,
        r#""StringNotEquals": { "aws:PrincipalAccount": "111122223333" }"#,
        r#""StringEquals": { "aws:PrincipalAccount": "${aws:PrincipalAccount}" }"#,
        r#""StringLike": { "aws:Referer": "https://example.com/*" }"#,
    ] {
        assert!(public(everyone, open), "{open}");
        assert!(public(r#"{ "AWS": ["*"] }"#, open), "{open}");
    }
    for closed in [
        r#""StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }"#,
        r#""StringEquals": { "aws:PrincipalOrgID": "${aws:ResourceOrgID}" }"#,
        r#""ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*" }"#,
        r#""StringEquals": { "aws:SourceVpce": "vpce-0123456789abcdef0" }"#,
        r#""ArnLike": { "aws:SourceArn": "arn:aws:sns:*:111122223333:*" }"#,
        r#""IpAddress": { "aws:SourceIp": "203.0.113.0/24" }"#,
        r#""StringLike": { "s3:DataAccessPointArn": "arn:aws:s3:*:111122223333:accesspoint/*" }"#,
    ] {
        assert!(!public(everyone, closed), "{closed}");
    }
    assert!(!public(r#"{ "AWS": "111122223333" }"#, ""));
    insta::assert_snapshot!(with_code("PUBLIC_ACCESS", Kind::Resource, &open(everyone, "")), @"PUBLIC_ACCESS Statement/0/Principal: everybody is allowed `s3:GetObject`: any AWS account, or the whole internet");
}

#[test]
fn a_deny_of_strangers_closes_a_policy() {
    let with_deny = |deny: &str| {
        let policy = format!(
            r#"{{ "Version": "2012-10-17", "Statement": [
                {{ "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" }},
                {{ "Effect": "Deny", {deny} }} ] }}"#
        );
        !with_code("PUBLIC_ACCESS", Kind::Resource, &policy).is_empty()
    };
    let all = r#""Action": "s3:*", "Resource": "arn:aws:s3:::reports*""#;
    let outside = r#""Condition": { "StringNotEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }"#;
    assert!(!with_deny(&format!(
        r#""Principal": "*", {all}, {outside}"#
    )));
    assert!(!with_deny(&format!(
        r#""Principal": "*", {all}, "Condition": {{ "StringNotEqualsIfExists": {{ "aws:PrincipalOrgID": "o-a1b2c3d4e5" }},
           "BoolIfExists": {{ "aws:PrincipalIsAWSService": "false" }} }}"#
    )));
    assert!(!with_deny(&format!(
        r#""NotPrincipal": {{ "AWS": "arn:aws:iam::111122223333:role/reader" }}, {all}"#
    )));
    assert!(with_deny(&format!(
        r#""Principal": "*", {all}, "Condition": {{ "Bool": {{ "aws:SecureTransport": "false" }} }}"#
    )));
    assert!(with_deny(&format!(
        r#""Principal": "*", "Action": "s3:PutObject", "Resource": "*", {outside}"#
    )));
    assert!(with_deny(&format!(
        r#""Principal": {{ "AWS": "111122223333" }}, {all}, {outside}"#
    )));
}

#[test]
fn trust_is_open_or_without_external_id() {
    let trust = |principal: &str, condition: &str| {
        findings(
            Kind::Trust,
            &statement(&format!(
                r#""Effect": "Allow", "Principal": {principal}, "Action": "sts:AssumeRole", "Condition": {{ {condition} }}"#
            )),
        )
    };
    let external_id = r#""StringEquals": { "sts:ExternalId": "a1b2" }"#;
    insta::assert_snapshot!(trust(r#"{ "AWS": "*" }"#, external_id), @"TRUST_POLICY_OPEN_TO_WORLD Statement/0/Principal/AWS: anybody with an AWS account can assume the role");
    assert_eq!(
        trust(
            r#"{ "AWS": "*" }"#,
            r#""StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }"#
        ),
        ""
    );

    let root = r#"{ "AWS": "arn:aws:iam::111122223333:root" }"#;
    insta::assert_snapshot!(trust(root, ""), @"TRUST_POLICY_WITHOUT_EXTERNAL_ID Statement/0/Principal/AWS: everybody in the account `111122223333` can assume the role without saying for whom, and it may not be yours");
    assert_eq!(trust(root, external_id), "");
    assert_eq!(
        trust(root, r#""Bool": { "aws:MultiFactorAuthPresent": "true" }"#),
        ""
    );
    assert_eq!(
        trust(r#"{ "AWS": "arn:aws:iam::111122223333:role/deploy" }"#, ""),
        ""
    );
    insta::assert_snapshot!(
        trust(r#"{ "AWS": ["arn:aws:iam::111122223333:role/deploy", "arn:aws:iam::444455556666:role/deploy"] }"#, ""),
        @"TRUST_POLICY_WITHOUT_EXTERNAL_ID Statement/0/Principal/AWS/0 Statement/0/Principal/AWS/1: `111122223333` and `444455556666` can assume the role without saying for whom, and not all of these accounts can be yours"
    );
}

#[test]
fn the_own_account_is_told_by_what_must_be_in_it() {
    let trust = |account: &str| {
        let policy = format!(
            r#"{{ "Version": "2012-10-17", "Statement": [
                {{ "Effect": "Allow", "Action": "sts:AssumeRoleWithSAML",
                   "Principal": {{ "Federated": "arn:aws:iam::111122223333:saml-provider/staff" }} }},
                {{ "Effect": "Allow", "Action": "sts:AssumeRole",
                   "Principal": {{ "AWS": "arn:aws:iam::{account}:root" }} }} ] }}"#
        );
        findings(Kind::Trust, &policy)
    };
    assert_eq!(trust("111122223333"), "");
    insta::assert_snapshot!(trust("444455556666"), @"TRUST_POLICY_WITHOUT_EXTERNAL_ID Statement/1/Principal/AWS: another account, `444455556666`, can assume the role without saying for whom");
}

#[test]
fn the_own_account_is_told_by_the_source_of_a_service() {
    let trust = |principal: &str, operator: &str| {
        let policy = format!(
            r#"{{ "Version": "2012-10-17", "Statement": [
                {{ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {{ {principal} }},
                   "Condition": {{ "{operator}": {{ "aws:SourceAccount": "111122223333" }} }} }},
                {{ "Effect": "Allow", "Action": "sts:AssumeRole",
                   "Principal": {{ "AWS": "arn:aws:iam::111122223333:root" }} }} ] }}"#
        );
        with_code("TRUST_POLICY_WITHOUT_EXTERNAL_ID", Kind::Trust, &policy)
    };
    let service = r#""Service": "config.amazonaws.com""#;
    assert_eq!(trust(service, "StringEquals"), "");
    assert_ne!(trust(service, "StringNotEquals"), "");
    assert_ne!(trust(r#""AWS": "111122223333""#, "StringEquals"), "");
}

#[test]
fn resources_and_actions_that_do_not_meet() {
    let on = |actions: &str, resources: &str| {
        with_code(
            "RESOURCE_MISMATCH",
            Kind::Identity,
            &statement(&format!(
                r#""Effect": "Allow", "Action": [{actions}], "Resource": [{resources}]"#
            )),
        )
    };
    insta::assert_snapshot!(on(r#""s3:GetObject""#, r#""arn:aws:s3:::reports""#), @"RESOURCE_MISMATCH Statement/0/Resource/0: no action of the statement acts on `arn:aws:s3:::reports`");
    insta::assert_snapshot!(on(r#""s3:GetObject", "s3:ListBucket""#, r#""arn:aws:s3:::reports/*""#), @"RESOURCE_MISMATCH Statement/0/Action/1: `s3:ListBucket` acts on none of the resources of the statement");
    insta::assert_snapshot!(on(r#""s3:GetObject""#, r#""arn:aws:s3:::reports", "arn:aws:s3:::reports/*""#), @"RESOURCE_MISMATCH Statement/0/Resource/0: no action of the statement acts on `arn:aws:s3:::reports`");
    insta::assert_snapshot!(on(r#""ec2:DescribeInstances""#, r#""arn:aws:ec2:*:*:instance/*""#), @"RESOURCE_MISMATCH Statement/0/Resource/0: no action of the statement acts on `arn:aws:ec2:*:*:instance/*`");
    insta::assert_snapshot!(on(r#""s3:GetObject", "sqs:SendMessage""#, r#""arn:aws:sns:*:*:news""#), @"RESOURCE_MISMATCH Statement/0/Resource/0: no action of the statement acts on `arn:aws:sns:*:*:news`");
    for (actions, resources) in [
        (r#""s3:GetObject""#, r#""*""#),
        (r#""s3:GetObject", "s3:ListAllMyBuckets""#, r#""*""#),
        (r#""s3:ListAllMyBuckets""#, r#""arn:aws:s3:::*""#),
        (r#""s3:*""#, r#""arn:aws:s3:::reports""#),
        (r#""s3:Get*""#, r#""arn:aws:s3:::reports*""#),
        (
            r#""s3:GetObject""#,
            r#""arn:aws:s3:::${aws:PrincipalTag/bucket}/*""#,
        ),
        (r#""s3:GetObject""#, r#""arn:aws-cn:s3:::reports/*""#),
        (
            r#""s3:GetObject""#,
            r#""arn:aws:s3:eu-west-1:111122223333:accesspoint/a/object/*""#,
        ),
        (r#""S3:getobject""#, r#""arn:aws:s3:::reports/*""#),
        (r#""s3:NoSuchAction""#, r#""arn:aws:s3:::reports""#),
        (r#""iam:PassRole""#, r#""arn:aws:iam::*:*""#),
        (r#""ssm:StartSession""#, r#""arn:aws:ec2:*:*:instance/*""#),
        (
            r#""dynamodb:Query""#,
            r#""arn:aws:dynamodb:*:*:table/a/index/b""#,
        ),
        (r#""logs:PutLogEvents""#, r#""arn:aws:logs:*:*:*""#),
        (
            r#""glue:GetDevEndpoint""#,
            r#""arn:aws:glue:*:*:devendpoint/*""#,
        ),
        (r#""*""#, r#""arn:aws:s3:::reports""#),
    ] {
        assert_eq!(on(actions, resources), "", "{actions} {resources}");
    }
    let negated = statement(
        r#""Effect": "Deny", "Action": "s3:GetObject", "NotResource": "arn:aws:s3:::reports""#,
    );
    assert_eq!(findings(Kind::Identity, &negated), "");
}
