//! `cargo xtask setup`: brings what tests and benchmarks need into `target/xtask`.
//!
//! Nothing is installed into the system. What cannot be brought is a [`Skip`], not an error.

mod managed_policies;

use std::path::PathBuf;

use anyhow::Result;

use crate::expect_no_arguments;
use crate::workspace::Workspace;

/// Something that is left out, and why, in one line.
#[derive(Debug)]
pub(crate) struct Skip {
    what: &'static str,
    why: String,
}

/// What the tests can use.
#[derive(Debug)]
pub(crate) struct Provisions {
    /// The folder of AWS's managed policies, one file each.
    pub(crate) managed_policies: Option<PathBuf>,
    pub(crate) skips: Vec<Skip>,
}

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    expect_no_arguments("setup", arguments)?;
    let provisions = provide(&Workspace::load()?);
    if let Some(folder) = &provisions.managed_policies {
        println!("managed policies: {}", folder.display());
    }
    report_skips(&provisions.skips);
    Ok(())
}

/// Brings everything that is not there yet.
pub(crate) fn provide(workspace: &Workspace) -> Provisions {
    match managed_policies::provide(&workspace.xtask_folder()) {
        Ok(folder) => Provisions {
            managed_policies: Some(folder),
            skips: Vec::new(),
        },
        Err(error) => {
            let skip = Skip {
                what: "managed-policy corpus",
                why: format!("{error:#}"),
            };
            Provisions {
                managed_policies: None,
                skips: vec![skip],
            }
        }
    }
}

/// Prints one line for each skip, then their number.
pub(crate) fn report_skips(skips: &[Skip]) {
    for Skip { what, why } in skips {
        println!("skipped: {what}: {}", why.replace('\n', " "));
    }
    if !skips.is_empty() {
        println!("skipped in all: {}", skips.len());
    }
}
