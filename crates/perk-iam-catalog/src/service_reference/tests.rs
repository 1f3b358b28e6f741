//! Reading folders of service reference files over the embedded catalog.

use std::fs;
use std::path::Path;

use super::read;
use crate::source::Source;
use crate::{AccessLevel, Catalog, ConditionKey, Date, ReadError, ValueType, pack};

const SQS: &str = r#"{
  "Name": "sqs",
  "Actions": [
    {
      "Name": "SendMessage",
      "ActionConditionKeys": ["aws:ResourceTag/${TagKey}", "sqs:Undeclared"],
      "Annotations": {"Properties": {"IsList": false, "IsPermissionManagement": false,
                                     "IsTaggingOnly": false, "IsWrite": true}},
      "Resources": [{"Name": "queue"}],
      "SupportedBy": {"IAM Access Analyzer Policy Generation": true}
    },
    {
      "Name": "FoldMessage",
      "Annotations": {"Properties": {"IsList": false, "IsPermissionManagement": true,
                                     "IsTaggingOnly": false, "IsWrite": true}},
      "Resources": [{"Name": "queue"}, {"Name": "fold"}]
    },
    {"Name": "PeekMessage"}
  ],
  "ConditionKeys": [
    {"Name": "aws:ResourceTag/${TagKey}", "Types": ["String"]},
    {"Name": "sqs:Folds", "Types": ["ArrayOfARN"]}
  ],
  "Resources": [
    {"Name": "queue", "ARNFormats": ["arn:${Partition}:sqs:${Region}:${Account}:${QueueName}"]},
    {"Name": "fold", "ARNFormats": ["arn:a", "arn:b"], "ConditionKeys": ["sqs:Folds"]}
  ],
  "Version": "v1.4"
}"#;

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        write(&folder.path().join(name), text);
    }
    folder
}

#[expect(clippy::disallowed_methods, reason = "a test makes the files it reads")]
fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("a file");
}

fn read_over_embedded(folder: &Path) -> Result<Source, ReadError> {
    read(
        folder,
        Date::parse("2027-01-02").expect("a day"),
        Catalog::embedded(),
    )
}

#[test]
fn a_refreshed_service_replaces_the_embedded_one_and_keeps_what_aws_leaves_out() {
    let list = r#" [{"service": "sqs", "url": "https://example.com/sqs.json"}]"#;
    let folder = folder(&[
        ("sqs.json", SQS),
        ("list.json", list),
        ("notes.txt", "notes"),
    ]);
    let packed = pack(&read_over_embedded(folder.path()).expect("reads")).expect("packs");
    let catalog = Catalog::open(&packed).expect("opens");

    let sqs = catalog.service("sqs").expect("sqs");
    assert_eq!(sqs.name(), "Amazon SQS");
    assert!(sqs.supports_rcp());
    let levels: Vec<_> = sqs
        .actions()
        .iter()
        .map(|action| (action.name(), action.access_level()))
        .collect();
    assert_eq!(
        levels,
        [
            ("FoldMessage", AccessLevel::PermissionsManagement),
            ("PeekMessage", AccessLevel::Write),
            ("SendMessage", AccessLevel::Write),
        ]
    );
    let send = sqs.action("SendMessage").expect("the action");
    let required: Vec<_> = send
        .resource_types()
        .map(|queue| (queue.name(), queue.required()))
        .collect();
    assert_eq!(required, [("queue", true)]);
    let undeclared = sqs
        .condition_key("sqs:undeclared")
        .expect("declared by its use");
    assert_eq!(undeclared.value_type(), ValueType::String);
    let folds = sqs.condition_key("sqs:Folds").expect("the key");
    assert_eq!(
        (folds.value_type(), folds.is_multivalued()),
        (ValueType::Arn, true)
    );
    let fold = sqs.resource_type("fold").expect("the type");
    assert_eq!(fold.arn_patterns().collect::<Vec<_>>(), ["arn:a", "arn:b"]);
}

#[test]
fn what_has_no_file_is_as_it_was() {
    let folder = folder(&[("sqs.json", SQS)]);
    let source = read_over_embedded(folder.path()).expect("reads");
    let embedded = Source::from(Catalog::embedded());
    let others = |source: &Source| {
        let others = source
            .services
            .iter()
            .filter(|service| service.prefix != "sqs");
        others.cloned().collect::<Vec<_>>()
    };
    assert_eq!(others(&source), others(&embedded));
    assert_eq!(source.global_condition_keys, embedded.global_condition_keys);
    assert_eq!(source.partitions, embedded.partitions);
    assert_eq!(source.date.to_string(), "2027-01-02");
}

#[test]
fn the_claims_of_identity_providers_outlive_a_refresh() {
    let sts = r#"{"Name": "sts", "Actions": [
        {"Name": "AssumeRoleWithWebIdentity", "ActionConditionKeys": ["gitlab.com:user_id"]}
    ], "ConditionKeys": [{"Name": "gitlab.com:user_id", "Types": ["String"]}]}"#;
    let folder = folder(&[("sts.json", sts)]);
    let packed = pack(&read_over_embedded(folder.path()).expect("reads")).expect("packs");
    let catalog = Catalog::open(&packed).expect("opens");
    let action = catalog
        .action("sts:AssumeRoleWithWebIdentity")
        .expect("the action");
    let keys: Vec<_> = action.condition_keys().map(ConditionKey::name).collect();
    let expected = [
        "gitlab.com:amr",
        "gitlab.com:aud",
        "gitlab.com:email",
        "gitlab.com:sub",
        "gitlab.com:user_id",
    ];
    assert_eq!(keys, expected);
}

#[test]
fn errors_name_the_file() {
    let message = |files: &[(&str, &str)]| {
        let folder = folder(files);
        let error = read_over_embedded(folder.path()).expect_err("an error");
        error
            .to_string()
            .replace(&folder.path().display().to_string(), "DIR")
    };
    assert_eq!(
        message(&[]),
        "`DIR` holds no service description (a JSON file with `Name` and `Actions`)"
    );
    assert_eq!(
        message(&[("a.json", "{\"Name\":")]),
        "`DIR/a.json` does not hold the JSON expected of it"
    );
    assert_eq!(
        message(&[("a.json", "{}")]),
        "`DIR/a.json` does not hold the JSON expected of it"
    );
    let missing = read_over_embedded(Path::new("/no/such/folder")).expect_err("no folder");
    assert_eq!(missing.to_string(), "`/no/such/folder` cannot be read");
}
