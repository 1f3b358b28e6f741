//! Fetching a package from npm, pinned by version and by content.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::process;

/// A package of which only one exact content is accepted.
pub(crate) struct PinnedPackage {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// The integrity hash that npm computes over the archive.
    pub(crate) integrity: &'static str,
}

/// Fetches and unpacks a package into a folder that exists; returns the folder of its files.
pub(crate) fn fetch(package: &PinnedPackage, into: &Path) -> Result<PathBuf> {
    let mut pack = process::command_of_line("npm pack --json --loglevel=error --fetch-retries=1");
    pack.arg("--pack-destination")
        .arg(into)
        .arg(format!("{}@{}", package.name, package.version));
    let archive = verified_archive(&process::capture(&mut pack)?, package)?;
    let mut unpack = process::command("tar", &["-xzf"]);
    unpack.arg(into.join(archive)).arg("-C").arg(into);
    process::capture(&mut unpack)?;
    Ok(into.join("package"))
}

#[derive(Deserialize)]
struct Packed {
    filename: String,
    integrity: String,
}

fn verified_archive(json: &str, package: &PinnedPackage) -> Result<String> {
    let packed: Vec<Packed> =
        serde_json::from_str(json).context("failed to read what `npm pack` says")?;
    let Some(packed) = packed.into_iter().next() else {
        bail!("`npm pack` names no archive");
    };
    if packed.integrity != package.integrity {
        bail!(
            "{}@{} is not the content that is pinned: expected {}, got {}",
            package.name,
            package.version,
            package.integrity,
            packed.integrity
        );
    }
    Ok(packed.filename)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKAGE: PinnedPackage = PinnedPackage {
        name: "policies",
        version: "1.0.0",
        integrity: "sha512-right",
    };

    #[test]
    fn accepts_only_the_pinned_content() {
        let right = r#"[{"filename": "policies-1.0.0.tgz", "integrity": "sha512-right"}]"#;
        assert_eq!(
            verified_archive(right, &PACKAGE).unwrap(),
            "policies-1.0.0.tgz"
        );
        let wrong = verified_archive(&right.replace("right", "wrong"), &PACKAGE).unwrap_err();
        assert_eq!(
            wrong.to_string(),
            "policies@1.0.0 is not the content that is pinned: \
             expected sha512-right, got sha512-wrong"
        );
        assert!(verified_archive("[]", &PACKAGE).is_err());
    }
}
