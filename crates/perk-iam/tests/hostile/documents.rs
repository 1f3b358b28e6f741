//! Properties over any text, and over any JSON in the shape of a policy.

use std::fmt::Write as _;

use perk_iam::{Validation, validate};
use perk_iam_catalog::Catalog;
use proptest::prelude::*;
use proptest::strategy::LazyJust;

use super::invariants::{options, validated};

/// A JSON value that keeps the order of its members.
#[derive(Debug, Clone)]
enum Json {
    Bare(&'static str),
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

const WORDS: &[&str] = &[
    "",
    "*",
    "?",
    "**",
    "Allow",
    "Deny",
    "allow",
    "2012-10-17",
    "2008-10-17",
    "2012-10-18",
    "s3:*",
    "s3:GetObject",
    "S3:getobject",
    "s3:Get*",
    "s3:Gte*",
    "iam:PassRole",
    "*:*",
    ":",
    "s3:",
    "ec2",
    "sts:AssumeRole",
    "sts:AssumeRoleWithWebIdentity",
    "dynamodb:PutItem",
    "ec2:Describe?",
    "arn:aws:s3:::b",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::b/${aws:username}/*",
    "arn:aws:s3:eu::b",
    "arn:",
    "arn:::::",
    "arn:*:*:*:*:*",
    "arn:aws:iam::111122223333:role/r",
    "arn:aws:zz:::x",
    "arn:aws:sts::111122223333:assumed-role/r/s",
    "arn:aws:ec2:eu-wst-1:1:instance/i",
    "${",
    "${}",
    "${aws:PrincipalTag/t, 'x'}",
    "${aws:x,y}",
    "${*}",
    "${a b}",
    "$",
    "}",
    "111122223333",
    "s3",
    "s3.amazonaws.com",
    "token.actions.githubusercontent.com",
    "accounts.google.com",
    "a.b/c",
    "repo:o/r:*",
    "AROAAAAAAAAAAAAAAAAA",
    "true",
    "FALSE",
    "1",
    "1e999",
    "-0",
    "2030-01-31",
    "0",
    "10.0.0.1/8",
    "::1/129",
    "203.0.113.0/24",
    "vpc-12345678",
    "eu-central-1",
    "\u{e9}",
    "\u{0}",
    "\u{1f600}",
    "\u{feff}",
    "\u{202e}",
    "\\",
    "\"",
    "\n",
    "a/b",
    "~1",
    "COUNT",
    "o-x/r-y/*",
];

const ELEMENTS: &[&str] = &[
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
    "Version",
    "Id",
    "Statement",
    "effect",
    "Actoin",
    "",
    "AWS",
    "Service",
    "Federated",
    "CanonicalUser",
    "aws",
];

const OPERATORS: &[&str] = &[
    "StringEquals",
    "StringLike",
    "StringNotLike",
    "ForAllValues:StringLike",
    "Null",
    "Bool",
    "ForAnyValue:StringEqualsIfExists",
    "ForAnyValue:Null",
    "NullIfExists",
    "NumericLessThan",
    "DateGreaterThan",
    "IpAddress",
    "NotIpAddress",
    "ArnLike",
    "BinaryEquals",
    "StringEqals",
    "",
    "ForAllValues:",
    "${a:b}",
];

const KEYS: &[&str] = &[
    "aws:SourceIp",
    "aws:sourceip",
    "aws:SourceArn",
    "aws:PrincipalTag/t",
    "aws:ResourceTag/t",
    "aws:TagKeys",
    "aws:VpcSourceIp",
    "aws:SourceVpc",
    "aws:PrincipalOrgPaths",
    "aws:userid",
    "aws:RequestedRegion",
    "aws:ARN",
    "aws:RequestTag/",
    "s3:prefix",
    "s3:max-keys",
    "kms:ViaService",
    "iam:PassedToService",
    "dynamodb:Select",
    "dynamodb:Attributes",
    "dynamodb:LeadingKeys",
    "token.actions.githubusercontent.com:sub",
    "accounts.google.com:aud",
    "a.b:sub",
    "x",
    "x:y",
    "",
    "sts:SourceIdentity",
    "aws:PrincipalIsAWSService",
    "aws:SourceAccount",
    "${a:b}",
    "aws:CalledVia",
];

const BARE: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-1.5e3",
    "123456789012345678901234567890",
];

fn word() -> impl Strategy<Value = String> {
    let known = prop::sample::select(WORDS).prop_map(str::to_owned);
    let joined = prop::collection::vec(prop::sample::select(WORDS), 1..4);
    prop_oneof![
        6 => known,
        2 => joined.prop_map(|words| words.concat()),
        1 => any::<String>(),
        1 => (0..5_usize).prop_map(|power| "a*?".repeat(10_usize.pow(u32::try_from(power).unwrap()) / 10)),
    ]
}

fn scalar() -> impl Strategy<Value = Json> {
    prop_oneof![
        5 => word().prop_map(Json::Text),
        1 => prop::sample::select(BARE).prop_map(Json::Bare).boxed(),
        1 => LazyJust::new(|| (0..100).fold(Json::Bare("1"), |inner, _| Json::Array(vec![inner]))),
    ]
}

fn names(known: &'static [&'static str]) -> impl Strategy<Value = String> {
    let known = prop::sample::select(known).prop_map(str::to_owned);
    prop_oneof![9 => known, 1 => word()]
}

/// An object whose keys are its own, as JSON wants it.
fn object(
    names: impl Strategy<Value = String>,
    value: impl Strategy<Value = Json>,
    size: usize,
) -> impl Strategy<Value = Json> {
    prop::collection::vec((names, value), 0..size).prop_map(|members| {
        let mut kept: Vec<(String, Json)> = Vec::new();
        for (name, value) in members {
            if kept.iter().all(|(other, _)| *other != name) {
                kept.push((name, value));
            }
        }
        Json::Object(kept)
    })
}

fn one_or_many(value: impl Strategy<Value = Json> + Clone) -> impl Strategy<Value = Json> {
    let many = prop::collection::vec(value.clone(), 0..6).prop_map(Json::Array);
    let repeated =
        (value.clone(), 20..200_usize).prop_map(|(value, times)| Json::Array(vec![value; times]));
    prop_oneof![8 => value, 8 => many, 1 => repeated]
}

fn condition() -> impl Strategy<Value = Json> {
    let values = one_or_many(scalar().boxed());
    object(names(OPERATORS), object(names(KEYS), values, 4), 4)
}

/// Anything under any element: what belongs there, and what does not.
fn element() -> impl Strategy<Value = Json> {
    let principals = object(names(ELEMENTS), one_or_many(scalar().boxed()), 4);
    prop_oneof![4 => one_or_many(scalar().boxed()), 2 => condition(), 1 => principals]
}

fn statement() -> impl Strategy<Value = Json> {
    let sensible = (
        prop::sample::select(&["Allow", "Deny"][..]),
        one_or_many(scalar().boxed()),
        one_or_many(scalar().boxed()),
        condition(),
    );
    let sensible = sensible.prop_map(|(effect, actions, resources, condition)| {
        Json::Object(vec![
            ("Effect".into(), Json::Text(effect.into())),
            ("Action".into(), actions),
            ("Resource".into(), resources),
            ("Condition".into(), condition),
        ])
    });
    prop_oneof![2 => object(names(ELEMENTS), element(), 8), 1 => sensible, 1 => scalar()]
}

fn policy() -> impl Strategy<Value = Json> {
    let version = prop::sample::select(&["2012-10-17", "2008-10-17", "x"][..]);
    let statements = prop::collection::vec(statement(), 0..5).prop_map(Json::Array);
    let sensible = (version, statements).prop_map(|(version, statements)| {
        Json::Object(vec![
            ("Version".into(), Json::Text(version.into())),
            ("Statement".into(), statements),
        ])
    });
    let odd = object(names(ELEMENTS), statement(), 5);
    let one = prop_oneof![6 => sensible, 1 => odd].boxed();
    let many = prop::collection::vec(one.clone(), 0..4).prop_map(Json::Array);
    prop_oneof![8 => one, 1 => many]
}

/// Writes JSON in one of two ways: without white space, or with every value on a line of its own.
fn write(value: &Json, pretty: bool, depth: usize, text: &mut String) {
    let (open, close, members): (char, char, Vec<(Option<&str>, &Json)>) = match value {
        Json::Bare(word) => return text.push_str(word),
        Json::Text(words) => return text.push_str(&quoted(words)),
        Json::Array(elements) => (
            '[',
            ']',
            elements.iter().map(|value| (None, value)).collect(),
        ),
        Json::Object(members) => {
            let members = members
                .iter()
                .map(|(name, value)| (Some(name.as_str()), value));
            ('{', '}', members.collect())
        }
    };
    let new_line = |text: &mut String, depth: usize| {
        if pretty {
            write!(text, "\r\n{:1$}", "", depth * 2).unwrap();
        }
    };
    text.push(open);
    for (index, (name, value)) in members.iter().enumerate() {
        text.push_str(if index > 0 { "," } else { "" });
        new_line(text, depth + 1);
        if let Some(name) = name {
            text.push_str(&quoted(name));
            text.push_str(if pretty { " :\t" } else { ":" });
        }
        write(value, pretty, depth + 1, text);
    }
    if !members.is_empty() {
        new_line(text, depth);
    }
    text.push(close);
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn written(value: &Json, pretty: bool) -> String {
    let mut text = String::new();
    write(value, pretty, 0, &mut text);
    text
}

/// Returns every code with its paths, document by document.
fn verdicts(validation: &Validation) -> Vec<(usize, &'static str, Vec<String>)> {
    let mut verdicts: Vec<_> = validation
        .documents
        .iter()
        .enumerate()
        .flat_map(|(number, document)| document.findings.iter().map(move |it| (number, it)))
        .map(|(number, finding)| {
            let pointers = finding.locations.iter().map(|at| at.pointer.clone());
            (number, finding.code.name(), pointers.collect())
        })
        .collect();
    verdicts.sort();
    verdicts
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_an_answer(text in any::<String>(), choice in any::<u8>()) {
        validated(&text, options(choice));
    }

    #[test]
    fn nearly_json_has_an_answer(
        text in r#"([{}\[\],: ]|"(Statement|Action|Effect|Allow|s3:\*)"|"|\\u00|1|null|\PC){0,40}"#,
        choice in any::<u8>(),
    ) {
        validated(&text, options(choice));
    }

    #[test]
    fn odd_policies_have_answers(policy in policy(), choice in any::<u8>()) {
        validated(&written(&policy, false), options(choice));
    }

    #[test]
    fn a_policy_cut_off_has_an_answer(policy in policy(), choice in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let text = written(&policy, true);
        let mut end = cut.index(text.len() + 1);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        validated(&text[..end], options(choice));
    }

    #[test]
    fn the_same_text_has_the_same_answer(policy in policy(), choice in any::<u8>()) {
        let text = written(&policy, true);
        let again = || validate(&text, options(choice), Catalog::embedded());
        prop_assert_eq!(again(), again());
    }

    #[test]
    fn white_space_changes_no_verdict(policy in policy(), choice in any::<u8>()) {
        let (compact, pretty) = (written(&policy, false), written(&policy, true));
        let compact = validated(&compact, options(choice));
        let pretty = validated(&pretty, options(choice));
        prop_assert_eq!(verdicts(&compact), verdicts(&pretty));
    }
}
