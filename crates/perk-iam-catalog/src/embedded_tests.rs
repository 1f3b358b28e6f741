//! What the catalog that is part of the program knows about AWS.

use crate::{
    AccessLevel, Action, ActionResource, Catalog, ConditionKey, Region, Service, Source, ValueType,
    pack,
};

fn catalog() -> &'static Catalog<'static> {
    Catalog::embedded()
}

fn service(prefix: &str) -> Service<'static> {
    catalog().service(prefix).expect(prefix)
}

fn action(name: &str) -> Action<'static> {
    catalog().action(name).expect(name)
}

fn described(key: Option<ConditionKey<'_>>) -> String {
    key.map_or("nothing".to_owned(), |key| {
        let array = if key.is_multivalued() { "ArrayOf" } else { "" };
        format!("{} {array}{}", key.name(), key.value_type())
    })
}

#[test]
fn holds_all_of_aws() {
    let info = catalog().info();
    assert!(info.services > 400, "{info:?}");
    assert!(info.actions > 20_000, "{info:?}");
    assert!(info.resource_types > 2_000, "{info:?}");
    assert!(info.condition_keys > 2_000, "{info:?}");
    assert_eq!(info.global_condition_keys, 60);
    assert!(info.date.year() >= 2026, "{info:?}");
    assert_eq!(catalog().actions().len(), info.actions);
}

#[test]
fn is_whole_and_packs_into_itself() {
    let source = Source::from(catalog());
    let packed = pack(&source).expect("packs");
    let reopened = Catalog::open(&packed).expect("opens");
    assert_eq!(reopened.info(), catalog().info());
    assert_eq!(Source::from(&reopened), source);
    assert_eq!(packed, include_bytes!("../data/catalog.bin"));
}

#[test]
fn every_name_is_found_in_any_case() {
    for service in catalog().services() {
        assert_eq!(
            catalog().service(&service.prefix().to_ascii_uppercase()),
            Some(service)
        );
        for action in service.actions() {
            assert_eq!(
                service.action(&action.name().to_ascii_uppercase()),
                Some(action)
            );
            assert_eq!(action.service(), service);
        }
        for resource_type in service.resource_types() {
            assert_eq!(
                service.resource_type(resource_type.name()),
                Some(resource_type)
            );
            assert!(
                resource_type.arn_pattern().starts_with("arn:"),
                "{resource_type:?}"
            );
        }
        for key in service.condition_keys() {
            assert_eq!(
                service.condition_key(&key.name().to_ascii_lowercase()),
                Some(key)
            );
        }
    }
    assert_eq!(catalog().service("s4"), None);
    assert_eq!(catalog().action("s3:GetObjects"), None);
    assert_eq!(catalog().action("s3"), None);
}

#[test]
fn knows_what_actions_do() {
    let levels = [
        ("s3:ListBucket", AccessLevel::List),
        ("s3:GetObject", AccessLevel::Read),
        ("iam:PassRole", AccessLevel::Write),
        ("ec2:CreateTags", AccessLevel::Tagging),
        ("s3:PutBucketPolicy", AccessLevel::PermissionsManagement),
    ];
    for (name, level) in levels {
        assert_eq!(action(name).access_level(), level, "{name}");
    }
    assert_eq!(action("S3:getobject").full_name(), "s3:GetObject");
}

#[test]
fn knows_what_actions_act_on() {
    let pass_role: Vec<_> = action("iam:PassRole").resource_types().collect();
    let [role] = pass_role.as_slice() else {
        panic!("{pass_role:?}")
    };
    assert_eq!((role.name(), role.required()), ("role", true));
    let role = role.resource_type().expect("iam describes roles");
    assert_eq!(
        role.arn_pattern(),
        "arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}"
    );
    assert_eq!(
        role.service().name(),
        "AWS Identity and Access Management (IAM)"
    );

    let run_instances = action("ec2:RunInstances");
    let required = run_instances
        .resource_types()
        .filter(|resource| resource.required());
    let required: Vec<_> = required.map(ActionResource::name).collect();
    assert!(
        required.contains(&"instance") && required.contains(&"image"),
        "{required:?}"
    );
    assert!(action("s3:ListAllMyBuckets").resource_types().len() == 0);
}

#[test]
fn gathers_the_condition_keys_of_an_action_from_everywhere() {
    let keys = |action: Action<'static>| -> Vec<_> {
        action
            .all_condition_keys()
            .map(ConditionKey::name)
            .collect()
    };
    let get_object = keys(action("s3:GetObject"));
    assert!(
        get_object.contains(&"s3:ExistingObjectTag/<key>"),
        "{get_object:?}"
    );
    let run_instances = keys(action("ec2:RunInstances"));
    for key in [
        "ec2:InstanceType",
        "ec2:Region",
        "aws:RequestTag/${TagKey}",
        "ec2:Vpc",
    ] {
        assert!(run_instances.contains(&key), "{key}: {run_instances:?}");
    }
    let mut once = run_instances.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), run_instances.len());
}

#[test]
fn expands_globs() {
    let names = |prefix, pattern| -> Vec<_> {
        service(prefix)
            .actions_matching(pattern)
            .map(Action::name)
            .collect()
    };
    assert_eq!(
        names("sts", "assumerole*"),
        [
            "AssumeRole",
            "AssumeRoleWithSAML",
            "AssumeRoleWithWebIdentity"
        ]
    );
    assert_eq!(names("s3", "GetObject"), ["GetObject"]);
    assert_eq!(names("s3", "getobjec?"), ["GetObject"]);
    assert_eq!(
        names("sqs", "*Message"),
        ["DeleteMessage", "ReceiveMessage", "SendMessage"]
    );
    assert_eq!(names("s3", "*").len(), service("s3").actions().len());
    assert_eq!(names("s3", ""), [""; 0]);
    assert!(service("s3").any_action_matches("Get*Acl"));
    assert!(!service("s3").any_action_matches("Gat*"));
}

#[test]
fn fills_in_templates_of_condition_keys() {
    let cases = [
        (
            "s3:ExistingObjectTag/team",
            "s3:ExistingObjectTag/<key> String",
        ),
        (
            "S3:existingobjecttag/TEAM",
            "s3:ExistingObjectTag/<key> String",
        ),
        ("s3:ExistingObjectTag/", "nothing"),
        ("s3:prefix", "s3:prefix String"),
        ("aws:ResourceTag/a:b/c", "aws:ResourceTag/${TagKey} String"),
        (
            "codebuild:fileSystemLocations/disk.type",
            "codebuild:fileSystemLocations/${identifier}.type String",
        ),
        ("codebuild:fileSystemLocations/.type", "nothing"),
        ("iam:PassedToService", "iam:PassedToService String"),
        (
            "identitycenter:InstanceArn",
            "identitycenter:InstanceArn ARN",
        ),
        ("ec2:SourceInstanceArn", "ec2:SourceInstanceARN ARN"),
        ("nonsense:Key", "nothing"),
        ("Key", "nothing"),
    ];
    for (key, expected) in cases {
        assert_eq!(described(catalog().condition_key(key)), expected, "{key}");
    }
}

#[test]
fn knows_global_condition_keys() {
    let cases = [
        ("aws:sourceip", "aws:SourceIp IPAddress"),
        ("aws:TagKeys", "aws:TagKeys ArrayOfString"),
        ("aws:PrincipalTag/team", "aws:PrincipalTag/${TagKey} String"),
        (
            "aws:PrincipalOrgPaths",
            "aws:PrincipalOrgPaths ArrayOfString",
        ),
        ("aws:SourceArn", "aws:SourceArn ARN"),
        ("aws:PrincipalTag", "nothing"),
        ("aws:SourceIpAddress", "nothing"),
    ];
    for (key, expected) in cases {
        assert_eq!(
            described(catalog().global_condition_key(key)),
            expected,
            "{key}"
        );
    }
    assert_eq!(
        catalog()
            .global_condition_key("aws:SourceIp")
            .map(ConditionKey::value_type),
        Some(ValueType::IpAddress)
    );
}

#[test]
fn knows_the_keys_of_identity_providers() {
    let cases = [
        (
            "token.actions.githubusercontent.com:sub",
            "token.actions.githubusercontent.com:sub String",
        ),
        (
            "token.actions.githubusercontent.com/acme:aud",
            "token.actions.githubusercontent.com/${SubPath}:aud String",
        ),
        (
            "cognito-identity.amazonaws.com:amr",
            "cognito-identity.amazonaws.com:amr ArrayOfString",
        ),
        ("SAML:aud", "saml:aud String"),
        ("saml:amr", "nothing"),
        ("identitycenter:InstanceArn", "nothing"),
        ("sts:ExternalId", "nothing"),
    ];
    for (key, expected) in cases {
        assert_eq!(
            described(catalog().federation_condition_key(key)),
            expected,
            "{key}"
        );
    }
    assert!(catalog().is_federation_prefix("accounts.google.com"));
    assert!(catalog().is_federation_prefix("token.actions.acme.ghe.com"));
    assert!(!catalog().is_federation_prefix("identitycenter"));
    let web_identity = action("sts:AssumeRoleWithWebIdentity");
    assert!(
        web_identity
            .all_condition_keys()
            .any(|key| key.name() == "gitlab.com:sub")
    );
    assert!(
        catalog()
            .federation_condition_keys()
            .all(|key| !key.name().starts_with("sts:"))
    );
}

#[test]
fn knows_which_services_support_resource_control_policies() {
    assert!(service("s3").supports_rcp());
    assert!(!service("ec2").supports_rcp());
}

#[test]
fn knows_partitions_and_regions() {
    let partition = catalog().partition("aws-us-gov").expect("GovCloud");
    let regions: Vec<_> = partition.regions().map(Region::name).collect();
    assert_eq!(regions, ["us-gov-east-1", "us-gov-west-1"]);
    let frankfurt = catalog().region("EU-central-1").expect("Frankfurt");
    assert_eq!(
        (frankfurt.description(), frankfurt.partition().id()),
        ("Europe (Frankfurt)", "aws")
    );
    assert_eq!(catalog().region("aws-global"), None);
}
