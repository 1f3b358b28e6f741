//! `perk iam catalog`: looking things up, and newer data.
//!
//! The data of perk changes with every release. What is looked up here is from a service of the
//! tests' own, but for what has not changed in ten years.

use perk_test::{Outcome, TestContext};

use crate::context;

/// A service as AWS's service reference describes one.
const TEAPOT: &str = r#"{
  "Name": "teapot",
  "Actions": [
    {
      "Name": "BrewTea",
      "ActionConditionKeys": ["teapot:Variety"],
      "Annotations": {"Properties": {"IsList": false, "IsPermissionManagement": false,
                                     "IsTaggingOnly": false, "IsWrite": true}},
      "Resources": [{"Name": "pot"}]
    },
    {
      "Name": "ListPots",
      "Annotations": {"Properties": {"IsList": true, "IsPermissionManagement": false,
                                     "IsTaggingOnly": false, "IsWrite": false}}
    }
  ],
  "ConditionKeys": [{"Name": "teapot:Variety", "Types": ["ArrayOfString"]}],
  "Resources": [
    {
      "Name": "pot",
      "ARNFormats": ["arn:${Partition}:teapot:${Region}:${Account}:pot/${PotId}"],
      "ConditionKeys": ["teapot:Variety"]
    }
  ]
}"#;

fn catalog<const N: usize>(context: &TestContext, arguments: [&str; N]) -> Outcome {
    let mut invocation = context.invocation(["iam", "catalog"]);
    for argument in arguments {
        invocation = invocation.argument(argument);
    }
    invocation.variable("PERK_TODAY", "2199-01-02").run()
}

/// Returns a world whose cache has the teapot service.
fn refreshed() -> TestContext {
    let context = context();
    context.write("project/reference/teapot.json", TEAPOT);
    let outcome = catalog(&context, ["refresh", "--from", "reference"]);
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert_eq!(outcome.stdout, "");
    assert!(
        outcome
            .stderr
            .starts_with("wrote `[TEMP]/home/.cache/perk/iam-catalog.bin`: "),
        "{outcome}"
    );
    context
}

#[test]
fn an_action_is_shown() {
    let context = refreshed();
    insta::assert_snapshot!(catalog(&context, ["show", "TEAPOT:brewtea"]), @"
    exit code: 0
    ----- stdout -----
    teapot:BrewTea
    action of teapot, access level: Write

    Resource types
      pot  arn:${Partition}:teapot:${Region}:${Account}:pot/${PotId}

    Condition keys
      teapot:Variety  ArrayOfString
    ----- stderr -----
    ");
    insta::assert_snapshot!(catalog(&context, ["show", "teapot:ListPots"]), @"
    exit code: 0
    ----- stdout -----
    teapot:ListPots
    action of teapot, access level: List
    acts on no resource: `Resource` has to be `*`
    ----- stderr -----
    ");
}

#[test]
fn a_service_is_shown() {
    insta::assert_snapshot!(catalog(&refreshed(), ["show", "teapot"]), @"
    exit code: 0
    ----- stdout -----
    teapot
    teapot: 2 actions, 1 resource type, 1 condition key

    Resource types
      pot  arn:${Partition}:teapot:${Region}:${Account}:pot/${PotId}

    Condition keys
      teapot:Variety  ArrayOfString

    List actions (1)
      ListPots

    Write actions (1)
      BrewTea
    ----- stderr -----
    ");
}

#[test]
fn a_condition_key_is_shown() {
    let context = refreshed();
    insta::assert_snapshot!(catalog(&context, ["show", "teapot:Variety"]), @"
    exit code: 0
    ----- stdout -----
    teapot:Variety
    condition key, type: ArrayOfString

    Actions that list it (1)
      teapot:BrewTea
    ----- stderr -----
    ");
    insta::assert_snapshot!(catalog(&context, ["show", "aws:SourceIp"]), @"
    exit code: 0
    ----- stdout -----
    aws:SourceIp
    global condition key, type: IPAddress
    ----- stderr -----
    ");
}

#[test]
fn json_says_the_same() {
    let context = refreshed();
    let show = |name| catalog(&context, ["show", name, "--format=json"]);
    insta::assert_snapshot!(show("teapot:BrewTea"), @r#"
    exit code: 0
    ----- stdout -----
    {
      "schema_version": 1,
      "type": "action",
      "name": "teapot:BrewTea",
      "access_level": "Write",
      "service": {
        "prefix": "teapot",
        "name": "teapot"
      },
      "resource_types": [
        {
          "name": "pot",
          "required": false,
          "arn_patterns": [
            "arn:${Partition}:teapot:${Region}:${Account}:pot/${PotId}"
          ]
        }
      ],
      "condition_keys": [
        {
          "name": "teapot:Variety",
          "value_type": "String",
          "multivalued": true
        }
      ],
      "dependent_actions": []
    }
    ----- stderr -----
    "#);
    insta::assert_snapshot!(show("teapot"), @r#"
    exit code: 0
    ----- stdout -----
    {
      "schema_version": 1,
      "type": "service",
      "prefix": "teapot",
      "name": "teapot",
      "supports_rcp": false,
      "resource_types": [
        {
          "name": "pot",
          "arn_patterns": [
            "arn:${Partition}:teapot:${Region}:${Account}:pot/${PotId}"
          ],
          "condition_keys": [
            "teapot:Variety"
          ]
        }
      ],
      "condition_keys": [
        {
          "name": "teapot:Variety",
          "value_type": "String",
          "multivalued": true
        }
      ],
      "actions": [
        {
          "name": "teapot:BrewTea",
          "access_level": "Write"
        },
        {
          "name": "teapot:ListPots",
          "access_level": "List"
        }
      ]
    }
    ----- stderr -----
    "#);
    insta::assert_snapshot!(show("teapot:Variety"), @r#"
    exit code: 0
    ----- stdout -----
    {
      "schema_version": 1,
      "type": "condition-key",
      "name": "teapot:Variety",
      "value_type": "String",
      "multivalued": true,
      "global": false,
      "actions": [
        "teapot:BrewTea"
      ]
    }
    ----- stderr -----
    "#);
}

#[test]
fn a_mistyped_name_gets_a_hint() {
    let context = context();
    insta::assert_snapshot!(catalog(&context, ["show", "s3:GetObjet"]), @"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error: the catalog has nothing called `s3:GetObjet`
    hint: did you mean `s3:GetObject`?
    ");
    insta::assert_snapshot!(catalog(&context, ["show", "dynamobd"]), @"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error: the catalog has nothing called `dynamobd`
    hint: did you mean `dynamodb`?
    ");
    insta::assert_snapshot!(catalog(&context, ["show", "aws:SourcIp"]), @"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error: the catalog has nothing called `aws:SourcIp`
    hint: did you mean `aws:SourceIp`?
    ");
    insta::assert_snapshot!(catalog(&context, ["show", "utter nonsense \u{1b}[2J"]), @"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error: the catalog has nothing called `utter nonsense �[2J`
    hint: find names with `perk iam catalog search WORD`
    ");
}

#[test]
fn all_words_have_to_be_in_a_name() {
    let context = refreshed();
    insta::assert_snapshot!(catalog(&context, ["search", "POT", "tea"]), @"
    exit code: 0
    ----- stdout -----
    Services (1)
      teapot  teapot

    Actions (2)
      teapot:BrewTea   Write
      teapot:ListPots  List

    Resource types (1)
      teapot pot  arn:${Partition}:teapot:${Region}:${Account}:pot/${PotId}

    Condition keys (1)
      teapot:Variety  ArrayOfString
    ----- stderr -----
    ");
    insta::assert_snapshot!(catalog(&context, ["search", "teapot", "--format=json"]), @r#"
    exit code: 0
    ----- stdout -----
    {
      "schema_version": 1,
      "services": [
        {
          "prefix": "teapot",
          "name": "teapot"
        }
      ],
      "actions": [
        {
          "name": "teapot:BrewTea",
          "access_level": "Write"
        },
        {
          "name": "teapot:ListPots",
          "access_level": "List"
        }
      ],
      "resource_types": [
        {
          "prefix": "teapot",
          "name": "pot",
          "arn_patterns": [
            "arn:${Partition}:teapot:${Region}:${Account}:pot/${PotId}"
          ]
        }
      ],
      "condition_keys": [
        {
          "name": "teapot:Variety",
          "value_type": "String",
          "multivalued": true
        }
      ]
    }
    ----- stderr -----
    "#);
    insta::assert_snapshot!(catalog(&context, ["search", "tea", "qwertz"]), @"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    error: no name in the catalog holds `tea qwertz`
    hint: all words have to be in one name; try one of them
    ");
}

#[test]
fn a_long_search_is_cut_unless_all_is_asked_for() {
    let context = context();
    let some = catalog(&context, ["search", "bucket"]).data();
    let all = catalog(&context, ["search", "bucket", "--all"]).data();
    assert!(some.contains(" more: `--all` lists them"), "{some}");
    assert!(!all.contains(" more: "), "{all}");
    assert!(all.lines().count() > some.lines().count());
    assert!(all.contains("s3:PutBucketPolicy"));
}

#[test]
fn info_says_where_the_data_is_from() {
    let embedded = catalog(&context(), ["info", "--format=json"]).data();
    let embedded: serde_json::Value = serde_json::from_str(&embedded).unwrap();
    assert_eq!(embedded["schema_version"], 1);
    assert_eq!(embedded["cache"], serde_json::Value::Null);
    assert!(embedded["age_in_days"].as_i64().unwrap() > 0);
    assert!(embedded["actions"].as_u64().unwrap() > 15_000);

    let cached = catalog(&refreshed(), ["info"]).data();
    for line in [
        "version                service-reference",
        "date                   2199-01-02 (0 days old)",
        "source                 [TEMP]/home/.cache/perk/iam-catalog.bin",
    ] {
        assert!(cached.contains(line), "{cached}");
    }
}

#[test]
fn a_refreshed_service_is_known_to_validate() {
    const POLICY: &str = r#"{"Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Action": "teapot:BrewTea", "Resource": "*"}}"#;
    let validate = |context: &TestContext| {
        context.write("project/policy.json", POLICY);
        context.run(["iam", "validate", "policy.json"]).code
    };
    assert_eq!(validate(&context()), Some(1));
    assert_eq!(validate(&refreshed()), Some(0));
}

#[test]
fn an_older_cache_is_left_alone() {
    let context = context();
    context.write("project/reference/teapot.json", TEAPOT);
    let refresh = context
        .invocation(["iam", "catalog", "refresh", "--from", "reference"])
        .variable("PERK_TODAY", "2001-01-01");
    let words = refresh.run().stderr;
    assert!(words.contains("\nwarning: it is not used: "), "{words}");
    assert_eq!(catalog(&context, ["show", "teapot"]).code, Some(1));
}

#[test]
fn a_damaged_cache_is_said_and_passed_over() {
    let context = refreshed();
    context.write("home/.cache/perk/iam-catalog.bin", "no catalog");
    insta::assert_snapshot!(catalog(&context, ["show", "aws:SourceIp"]), @"
    exit code: 0
    ----- stdout -----
    aws:SourceIp
    global condition key, type: IPAddress
    ----- stderr -----
    warning: `[TEMP]/home/.cache/perk/iam-catalog.bin` is not used: this is not an IAM catalog of perk
    ");
    context.write("project/reference/teapot.json", TEAPOT);
    let again = catalog(&context, ["refresh", "--from", "reference"]);
    assert!(!again.stderr.contains("warning"), "{again}");
    assert_eq!(catalog(&context, ["show", "teapot"]).code, Some(0));
}

#[test]
fn what_cannot_be_refreshed_from_leaves_the_cache_alone() {
    let context = refreshed();
    context.write("project/empty/notes.txt", "");
    context.write("project/broken/a.json", "{\"Name\": ");
    context.write(
        "project/twice/a.json",
        r#"{"Name": "a", "Actions": [{"Name": "B"}, {"Name": "b"}]}"#,
    );
    let refresh = |folder| catalog(&context, ["refresh", "--from", folder]);
    insta::assert_snapshot!(refresh("nowhere"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `nowhere` cannot be read
      caused by: No such file or directory (os error 2)
    hint: give a folder with one JSON file per service, as AWS's service reference publishes them
    ");
    insta::assert_snapshot!(refresh("empty"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `empty` holds no service description (a JSON file with `Name` and `Actions`)
    hint: give a folder with one JSON file per service, as AWS's service reference publishes them
    ");
    insta::assert_snapshot!(refresh("broken"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `broken/a.json` does not hold the JSON expected of it
      caused by: EOF while parsing a value at line 1 column 9
    hint: give a folder with one JSON file per service, as AWS's service reference publishes them
    ");
    insta::assert_snapshot!(refresh("twice"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `twice` holds data that does not fit together
      caused by: `b` is listed twice among the actions
    ");
    assert_eq!(catalog(&context, ["show", "teapot"]).code, Some(0));
}

#[test]
fn a_cache_needs_a_folder() {
    let context = context();
    context.write("project/reference/teapot.json", TEAPOT);
    context.write("file", "");
    let refresh = context
        .invocation(["iam", "catalog", "refresh", "--from", "reference"])
        .variable("XDG_CACHE_HOME", context.root().join("file").as_str());
    insta::assert_snapshot!(refresh.run(), @"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    error: cannot create the folder `[TEMP]/file/perk`
      caused by: Not a directory (os error 20)
    hint: set `XDG_CACHE_HOME` to another folder
    ");
}
