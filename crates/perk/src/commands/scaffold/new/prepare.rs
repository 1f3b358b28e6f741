//! Everything that a write needs, worked out before it: what goes where, and what is there.

use perk_scaffold::{
    Answers, Comparison, Hook, HookMoment, Plan, SafePath, ScaffoldError, compare, due_hooks, plan,
};

use super::Destination;
use super::error::Stop;
use super::record::recorded;
use crate::commands::scaffold::found::Found;

/// A write that has not been made.
#[derive(Debug)]
pub(crate) struct Prepared<'f> {
    pub(crate) found: &'f Found,
    pub(crate) destination: Destination,
    pub(crate) answers: Answers,
    pub(crate) plan: Plan<'f>,
    pub(crate) comparison: Comparison,
    /// What is there with other content and was not written by perk for itself.
    pub(crate) replaced: Vec<SafePath>,
    /// Whether there is nothing in the destination, or no destination.
    pub(crate) is_new: bool,
    pub(crate) hooks: Vec<DueHook<'f>>,
}

/// A program that the template wants to run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DueHook<'f> {
    pub(crate) at: HookMoment,
    pub(crate) run: &'f [String],
}

pub(super) fn prepare(
    found: &Found,
    destination: Destination,
    answers: Answers,
) -> Result<Prepared<'_>, Stop> {
    let path = &destination.path;
    if path.metadata().is_ok_and(|metadata| !metadata.is_dir()) {
        let path = path.clone();
        return Err(ScaffoldError::NotAFolder { path }.into());
    }
    let plan = recorded(plan(&found.template, &answers)?, found, &answers, path)?;
    let manifest = found.template.manifest();
    let mut hooks = Vec::new();
    for at in [HookMoment::Before, HookMoment::After] {
        let due = due_hooks(manifest, &answers, at)?;
        hooks.extend(due.into_iter().map(|Hook { run, .. }| DueHook { at, run }));
    }
    let is_empty =
        |path: &camino::Utf8Path| path.read_dir().map(|mut entries| entries.next().is_none());
    let comparison = compare(&plan, path)?;
    Ok(Prepared {
        replaced: replaced(&plan, &comparison),
        comparison,
        is_new: is_empty(path).unwrap_or(true),
        found,
        destination,
        answers,
        plan,
        hooks,
    })
}

fn replaced(plan: &Plan<'_>, comparison: &Comparison) -> Vec<SafePath> {
    let entries = plan.entries().iter();
    entries
        .filter(|entry| !entry.from.is_empty() && comparison.different.contains(&entry.path))
        .map(|entry| entry.path.clone())
        .collect()
}
