//! Everything that a write needs, worked out before it: what goes where, and what is there.

use perk_scaffold::{
    Answers, Comparison, HookIdentity, HookMoment, Plan, SafePath, ScaffoldError, compare,
    due_hooks, plan,
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
    /// The programs that the template wants run, in their order.
    pub(crate) hooks: Vec<HookIdentity>,
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
    let is_empty =
        |path: &camino::Utf8Path| path.read_dir().map(|mut entries| entries.next().is_none());
    let comparison = compare(&plan, path)?;
    let hooks = hooks(found, &answers)?;
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

fn hooks(found: &Found, answers: &Answers) -> Result<Vec<HookIdentity>, ScaffoldError> {
    let template = &found.template;
    let mut hooks = Vec::new();
    for at in [HookMoment::Before, HookMoment::After] {
        hooks.extend(due_hooks(template.manifest(), answers, at)?);
    }
    let (source, commit) = (found.origin.identity(), found.origin.commit());
    let identity = |hook| HookIdentity::new(&source, commit, template, hook);
    Ok(hooks.into_iter().map(identity).collect())
}

fn replaced(plan: &Plan<'_>, comparison: &Comparison) -> Vec<SafePath> {
    let entries = plan.entries().iter();
    entries
        .filter(|entry| !entry.from.is_empty() && comparison.different.contains(&entry.path))
        .map(|entry| entry.path.clone())
        .collect()
}
