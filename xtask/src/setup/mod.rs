//! `cargo xtask setup`: brings what tests and benchmarks need into `target/xtask`.
//!
//! Nothing is installed into the system. What cannot be brought is a [`Skip`], not an error.

mod engines;
mod managed_policies;
mod strace;
mod template_tools;

use std::fmt;
use std::path::PathBuf;

use anyhow::Result;

pub(crate) use engines::provide as engines;
pub(crate) use strace::strace;
pub(crate) use template_tools::{TemplateTools, provide as template_tools};

use crate::expect_no_arguments;
use crate::workspace::Workspace;

/// Something that is left out, and why, in one line.
#[derive(Debug)]
pub(crate) struct Skip {
    what: &'static str,
    why: String,
}

impl Skip {
    fn new(what: &'static str, error: &anyhow::Error) -> Self {
        Self {
            what,
            why: format!("{error:#}"),
        }
    }
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.why.replace('\n', " "))
    }
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
    let workspace = Workspace::load()?;
    let mut provisions = provide(&workspace);
    if let Some(folder) = &provisions.managed_policies {
        println!("managed policies: {}", folder.display());
    }
    let engines = engines(&workspace);
    if let Some(folder) = &engines.folder {
        println!("engines: {}", folder.display());
    }
    provisions.skips.extend(engines.skips);
    let tools = template_tools(&workspace);
    if let Some(folder) = &tools.programs {
        println!("tools for templates: {}", folder.display());
    }
    provisions.skips.extend(tools.skips);
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
        Err(error) => Provisions {
            managed_policies: None,
            skips: vec![Skip::new("managed-policy corpus", &error)],
        },
    }
}

/// Prints one line for each skip, then their number.
pub(crate) fn report_skips(skips: &[Skip]) {
    let lines: Vec<String> = skips.iter().map(ToString::to_string).collect();
    report_lines(&lines);
}

/// Prints what was skipped and why, one line each, then their number.
pub(crate) fn report_lines(skips: &[String]) {
    for skip in skips {
        println!("skipped: {skip}");
    }
    if !skips.is_empty() {
        println!("skipped in all: {}", skips.len());
    }
}
