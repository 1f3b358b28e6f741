//! perk on texts that are made to take long, one of each family.

use std::fs;

use anyhow::{Context, Result};

use super::measure::{Measured, measure, on_one_core};
use super::{peers, table, validate};
use crate::workspace::Workspace;

#[path = "../../../crates/perk-iam/tests/hostile/attacks.rs"]
mod attacks;

/// The size of each text, in bytes.
const SIZE: usize = 1_000_000;

/// How many of the slowest are shown.
const SHOWN: usize = 12;

pub(super) fn run(workspace: &Workspace) -> Result<String> {
    let perk = validate::perk(workspace)?;
    let folder = peers::folder(workspace).join("hostile");
    fs::create_dir_all(&folder).context("failed to create the folder of hostile texts")?;
    let mut results: Vec<(&str, Measured)> = Vec::new();
    for attack in attacks::ATTACKS {
        let path = folder.join("policy.json");
        fs::write(&path, (attack.make)(SIZE)).context("failed to write a hostile text")?;
        let measured = measure(3, || {
            let mut command = on_one_core(&perk);
            command
                .args(["iam", "validate", "--format", "json"])
                .arg(&path);
            command
        })?;
        results.push((attack.name, measured));
    }
    results.sort_by_key(|(_, measured)| std::cmp::Reverse(measured.usage.cpu));
    let row = |(name, measured): &(&str, Measured)| {
        vec![
            (*name).to_owned(),
            table::time(measured.usage.cpu),
            table::megabytes(measured.usage.resident),
        ]
    };
    let rows: Vec<_> = results.iter().take(SHOWN).map(row).collect();
    Ok(format!(
        "One text of {} from each of {} families, each with much of one thing that some check goes \
         through. These are the {SHOWN} slowest for `perk iam validate --format json`, its output \
         of one finding for each fault included.\n\n{}\n{}",
        table::megabytes(SIZE as u64),
        results.len(),
        table::table(&["Much of", "CPU", "Memory"], &rows),
        table::machine()?
    ))
}
