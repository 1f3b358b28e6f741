//! Everything that a write needs, worked out before it: what goes where, and what is there.

use perk_scaffold::{
    Answers, Comparison, Hook, HookMoment, Plan, ScaffoldError, compare, due_hooks, plan,
};

use super::Destination;
use super::record::with_record;
use crate::commands::scaffold::found::Found;

/// A write that has not been made.
#[derive(Debug)]
pub(crate) struct Prepared<'f> {
    pub(crate) found: &'f Found,
    pub(crate) destination: Destination,
    pub(crate) answers: Answers,
    pub(crate) plan: Plan<'f>,
    pub(crate) comparison: Comparison,
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
) -> Result<Prepared<'_>, ScaffoldError> {
    let path = &destination.path;
    if path.metadata().is_ok_and(|metadata| !metadata.is_dir()) {
        return Err(ScaffoldError::NotAFolder { path: path.clone() });
    }
    let plan = with_record(plan(&found.template, &answers)?, found, &answers, path)?;
    let manifest = found.template.manifest();
    let mut hooks = Vec::new();
    for at in [HookMoment::Before, HookMoment::After] {
        let due = due_hooks(manifest, &answers, at)?;
        hooks.extend(due.into_iter().map(|Hook { run, .. }| DueHook { at, run }));
    }
    let is_empty =
        |path: &camino::Utf8Path| path.read_dir().map(|mut entries| entries.next().is_none());
    Ok(Prepared {
        comparison: compare(&plan, path)?,
        is_new: is_empty(path).unwrap_or(true),
        found,
        destination,
        answers,
        plan,
        hooks,
    })
}
