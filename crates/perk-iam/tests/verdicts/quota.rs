//! How long policies may be.

use perk_iam::policy::Kind;

use super::{findings, policy};

/// Returns a policy of exactly so many characters that are not white space.
fn policy_of_length(kind: Kind, length: usize) -> String {
    let principal = if kind.has_principals() {
        r#""Principal":"*","#
    } else {
        ""
    };
    let text = |sid: &str| {
        policy(&format!(
            r#"{{"Sid":"{sid}","Effect":"Deny",{principal}"Action":"s3:GetObject","Resource":"*"}}"#
        ))
    };
    let used = text("")
        .chars()
        .filter(|character| !character.is_whitespace())
        .count();
    text(&"a".repeat(length - used))
}

fn size_findings(kind: Kind, length: usize) -> String {
    let all = findings(kind, None, &policy_of_length(kind, length));
    let sizes: Vec<&str> = all
        .lines()
        .filter(|line| line.contains("POLICY_SIZE"))
        .collect();
    sizes.join("\n")
}

#[test]
fn quotas_are_in_characters_without_white_space() {
    for kind in [Kind::Identity, Kind::Boundary, Kind::Session] {
        assert_eq!(size_findings(kind, 10_240), "");
        insta::allow_duplicates! {
            insta::assert_snapshot!(size_findings(kind, 10_241), @"POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA at");
        }
    }
    assert_eq!(size_findings(Kind::Resource, 20_480), "");
    insta::assert_snapshot!(size_findings(Kind::Resource, 20_481), @"POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA at");
    assert_eq!(size_findings(Kind::Trust, 2_048), "");
    insta::assert_snapshot!(size_findings(Kind::Trust, 2_049), @"POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA at");
    assert_eq!(size_findings(Kind::Scp, 10_240), "");
    insta::assert_snapshot!(size_findings(Kind::Scp, 10_241), @"POLICY_SIZE_EXCEEDS_SCP_QUOTA at");
    assert_eq!(size_findings(Kind::Rcp, 5_120), "");
    insta::assert_snapshot!(size_findings(Kind::Rcp, 5_121), @"POLICY_SIZE_EXCEEDS_RCP_QUOTA at");
}

#[test]
fn white_space_does_not_count() {
    let padded = policy_of_length(Kind::Identity, 10_240).replace(": ", ":\n\t   \u{20}");
    assert!(!findings(Kind::Identity, None, &padded).contains("POLICY_SIZE"));
}
