//! Every known way opens with what it takes, and with nothing less.

use std::fmt::Write as _;

use super::paths::{Mark, PATHS, Path};
use crate::own::tests::{findings, with_code};
use crate::policy::Kind;

/// An `Allow` of an action, and more elements, such as `, "Condition": {…}`.
fn allow(action: &str, resource: &str, more: &str) -> String {
    format!(r#"{{ "Effect": "Allow", "Action": "{action}", "Resource": "{resource}"{more} }}"#)
}

fn deny(action: &str, resource: &str, more: &str) -> String {
    format!(r#"{{ "Effect": "Deny", "Action": "{action}", "Resource": "{resource}"{more} }}"#)
}

fn policy(statements: &[String]) -> String {
    format!(
        r#"{{ "Version": "2012-10-17", "Statement": [{}] }}"#,
        statements.join(", ")
    )
}

/// The actions that a path takes, each once.
fn actions(path: &Path) -> Vec<&'static str> {
    let mut actions: Vec<&str> = path.permissions.iter().map(|p| p.action).collect();
    actions.dedup();
    actions
}

fn allows(path: &Path) -> Vec<String> {
    let actions = actions(path).into_iter();
    actions.map(|action| allow(action, "*", "")).collect()
}

/// Tells whether some finding names a path.
fn names(path: &Path, statements: &[String]) -> bool {
    let id = format!("`{}`", path.id);
    with_code("PRIVILEGE_ESCALATION", Kind::Identity, &policy(statements)).contains(&id)
}

#[test]
fn every_path_opens_with_what_it_takes() {
    for path in &*PATHS {
        assert!(names(path, &allows(path)), "{}", path.id);
        let service_wide = actions(path).into_iter().map(|action| {
            let (service, _) = action.split_once(':').unwrap();
            allow(&format!("{service}:*"), "*", "")
        });
        assert!(
            names(path, &service_wide.collect::<Vec<_>>()),
            "{}",
            path.id
        );
    }
}

#[test]
fn no_path_opens_with_one_permission_less() {
    for path in &*PATHS {
        for missing in 0..actions(path).len() {
            let mut less = allows(path);
            less.remove(missing);
            less.push(allow("s3:GetObject", "*", ""));
            assert!(!names(path, &less), "{} without {missing}", path.id);
        }
    }
}

#[test]
fn a_deny_of_one_permission_shuts_the_path() {
    for path in &*PATHS {
        for action in actions(path) {
            let mut denied = allows(path);
            denied.push(deny(action, "*", ""));
            assert!(!names(path, &denied), "{} with a deny of {action}", path.id);

            let mut elsewhere = allows(path);
            elsewhere.push(deny(action, "arn:aws:iam::111122223333:role/one", ""));
            assert!(names(path, &elsewhere), "{} with a narrow deny", path.id);

            let mut sometimes = allows(path);
            let condition =
                r#", "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "false" } }"#;
            sometimes.push(deny(action, "*", condition));
            assert!(
                names(path, &sometimes),
                "{} with a deny that may not hold",
                path.id
            );
        }
    }
}

#[test]
fn a_role_for_another_service_does_not_open_the_path() {
    for path in PATHS.iter().filter(|path| !path.passed_to.is_empty()) {
        let with = |service: &str| {
            let condition = format!(
                r#", "Condition": {{ "StringEquals": {{ "iam:PassedToService": "{service}" }} }}"#
            );
            let mut statements = allows(path);
            statements[0] = allow("iam:PassRole", "*", &condition);
            statements
        };
        assert!(names(path, &with(path.passed_to[0])), "{}", path.id);
        assert!(!names(path, &with("config.amazonaws.com")), "{}", path.id);
        let mut denied = allows(path);
        let condition = r#", "Condition": { "StringNotEquals": { "iam:PassedToService": "config.amazonaws.com" } }"#;
        denied.push(deny("iam:PassRole", "*", condition));
        assert!(!names(path, &denied), "{}", path.id);
    }
}

#[test]
fn one_named_role_does_not_open_the_path() {
    for path in PATHS.iter().filter(|path| !path.passed_to.is_empty()) {
        for (role, opens) in [
            ("arn:aws:iam::111122223333:role/one", false),
            ("arn:aws:iam::111122223333:role/team-*", false),
            ("arn:aws:iam::111122223333:role/*", true),
            ("arn:aws:iam::*:*", true),
        ] {
            let mut statements = allows(path);
            statements[0] = allow("iam:PassRole", role, "");
            assert_eq!(names(path, &statements), opens, "{} {role}", path.id);
        }
    }
}

#[test]
fn ways_to_one_and_the_same_role_or_user_open() {
    for path in &*PATHS {
        if path.permissions[0].mark != Mark::Same {
            continue;
        }
        let [first, second] = actions(path)[..] else {
            panic!("{} takes two permissions", path.id);
        };
        let kind = if first.contains("User") {
            "user"
        } else {
            "role"
        };
        let on = |name: &str| format!("arn:aws:iam::111122223333:{kind}/{name}");
        let same = [allow(first, &on("one"), ""), allow(second, &on("o*"), "")];
        assert!(names(path, &same), "{}", path.id);
        let other = [allow(first, &on("one"), ""), allow(second, &on("two"), "")];
        assert!(!names(path, &other), "{}", path.id);
    }
}

/// The findings of a policy of these statements, as text.
fn found(statements: &[String]) -> String {
    with_code("PRIVILEGE_ESCALATION", Kind::Identity, &policy(statements))
}

#[test]
fn conditions_narrow_or_do_not() {
    let attach = |condition: &str| {
        let condition = format!(r#", "Condition": {{ {condition} }}"#);
        !found(&[allow("iam:AttachRolePolicy", "*", &condition)]).is_empty()
    };
    assert!(!attach(
        r#""StringEquals": { "aws:ResourceTag/team": "a" }"#
    ));
    assert!(!attach(
        r#""ArnEquals": { "iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess" }"#
    ));
    assert!(!attach(
        r#""StringEquals": { "iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/b" }"#
    ));
    assert!(attach(
        r#""StringEqualsIfExists": { "aws:ResourceTag/team": "a" }"#
    ));
    assert!(attach(
        r#""Bool": { "aws:MultiFactorAuthPresent": "true" }"#
    ));
    assert!(attach(
        r#""StringEquals": { "aws:RequestedRegion": "eu-west-1" }"#
    ));

    let bounded = r#", "Condition": { "StringNotEquals": { "iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/b" } }"#;
    let all = allow("iam:AttachRolePolicy", "*", "");
    assert!(found(&[all.clone(), deny("iam:*", "*", bounded)]).is_empty());
    let by_region =
        r#", "Condition": { "StringNotEquals": { "aws:RequestedRegion": "eu-west-1" } }"#;
    assert!(!found(&[all, deny("iam:*", "*", by_region)]).is_empty());
}

#[test]
fn elements_with_not_are_read_as_they_are() {
    let statement = |elements: &str| format!(r#"{{ "Effect": "Allow", {elements} }}"#);
    let everything_but_iam = statement(r#""NotAction": ["iam:*", "sts:*"], "Resource": "*""#);
    let text = found(std::slice::from_ref(&everything_but_iam));
    assert!(text.contains("`lambda-003`") && !text.contains("`iam-") && !text.contains("`sts-"));

    let attach_but_admin = statement(
        r#""Action": "iam:AttachRolePolicy", "NotResource": "arn:aws:iam::111122223333:role/admin""#,
    );
    assert!(found(&[attach_but_admin]).contains("`iam-009`"));
    let attach_but_roles =
        statement(r#""Action": "iam:AttachRolePolicy", "NotResource": "arn:aws:iam::*:role/*""#);
    assert_eq!(found(&[attach_but_roles]), "");

    let all_denied_but_own =
        r#"{ "Effect": "Deny", "NotAction": "s3:*", "Resource": "*" }"#.to_owned();
    assert_eq!(found(&[everything_but_iam, all_denied_but_own]), "");
    let not_resource = r#"{ "Effect": "Deny", "Action": "iam:*", "NotResource": "arn:aws:iam::111122223333:role/app-*" }"#;
    assert_eq!(
        found(&[
            allow("iam:AttachRolePolicy", "*", ""),
            not_resource.to_owned()
        ]),
        ""
    );
}

#[test]
fn the_own_user_is_reached_by_its_name() {
    let own = "arn:aws:iam::*:user/${aws:username}";
    assert!(found(&[allow("iam:PutUserPolicy", own, "")]).contains("`iam-007`"));
    assert_eq!(found(&[allow("iam:CreateAccessKey", own, "")]), "");
}

#[test]
fn a_command_takes_a_document_that_runs_scripts() {
    let on = |document: &str| {
        let instances = allow("ssm:SendCommand", "arn:aws:ec2:*:*:instance/*", "");
        let document = format!("arn:aws:ssm:*::document/{document}");
        found(&[instances, allow("ssm:SendCommand", &document, "")])
    };
    assert!(on("AWS-RunShellScript").contains("`ssm-002`"));
    assert_eq!(on("AWS-UpdateSSMAgent"), "");
}

#[test]
fn only_identity_policies_are_judged() {
    let text = policy(&[allow("iam:*", "*", "")]);
    for kind in [Kind::Scp, Kind::Boundary, Kind::Session] {
        assert_eq!(with_code("PRIVILEGE_ESCALATION", kind, &text), "");
    }
    let administrator = policy(&[allow("*", "*", ""), allow("iam:*", "*", "")]);
    assert_eq!(
        with_code("PRIVILEGE_ESCALATION", Kind::Identity, &administrator),
        ""
    );
}

#[test]
fn describes_a_few_and_names_the_rest() {
    let lambda = [allow("iam:PassRole", "*", ""), allow("lambda:*", "*", "")];
    insta::assert_snapshot!(found(&lambda), @"
    PRIVILEGE_ESCALATION Statement/0/Action Statement/1/Action: privilege escalation: whoever has this runs a new function under any role (`lambda-001`); has events run a new function under any role (`lambda-002`); creates a function under any role and lets another account run it (`lambda-006`)
    PRIVILEGE_ESCALATION Statement/1/Action: privilege escalation: whoever has this replaces the code of a function, which runs under its role (`lambda-003`); also `lambda-004`, `lambda-005`
    ");
    insta::assert_snapshot!(found(&[allow("iam:*", "*", "")]), @"PRIVILEGE_ESCALATION Statement/0/Action: privilege escalation: whoever has this rewrites a policy that is attached to the caller (`iam-001`); makes an access key of another user (`iam-002`); sets a first console password for another user (`iam-004`); also `iam-005`, `iam-006`, `iam-007`, `iam-008`, `iam-009`, `iam-010`, `iam-011`, `iam-012`, `iam-013`, `iam-003`, `iam-015`, `iam-018`, `iam-019`, `iam-020`, `iam-021`");
}

#[test]
fn the_page_lists_every_path() {
    let page = crate::Code::PrivilegeEscalation.markdown();
    let mut missing = String::new();
    for path in &*PATHS {
        let row = format!(
            "- `{}` {}: `{}`",
            path.id,
            path.effect,
            actions(path).join("`, `")
        );
        if !page.replace("\n  ", " ").contains(&row) {
            writeln!(missing, "{row}").unwrap();
        }
    }
    assert_eq!(missing, "");
}

#[test]
fn points_at_every_statement_that_takes_part() {
    let statements = [
        allow("iam:PassRole", "*", ""),
        allow("s3:GetObject", "arn:aws:s3:::reports/*", ""),
        allow("ec2:RunInstances", "*", ""),
    ];
    insta::assert_snapshot!(findings(Kind::Identity, &policy(&statements)), @"PRIVILEGE_ESCALATION Statement/0/Action Statement/2/Action: privilege escalation: whoever has this launches an instance under any role (`ec2-001`)");
}
