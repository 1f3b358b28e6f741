//! What a project keeps of its template, as files of the plan.

use camino::Utf8Path;
use perk_scaffold::{Answers, Origin, Plan, ProjectError, Record, with_record};

use crate::commands::scaffold::found::Found;

/// Adds the record to a plan, and joins it with what the folder has from other templates.
pub(super) fn recorded<'f>(
    plan: Plan<'f>,
    found: &Found,
    answers: &Answers,
    destination: &Utf8Path,
) -> Result<Plan<'f>, ProjectError> {
    let existing = Record::load(destination)?;
    let origin = Origin {
        source: found.origin.to_string(),
        commit: found.origin.commit().map(str::to_owned),
        perk: env!("CARGO_PKG_VERSION").to_owned(),
    };
    with_record(plan, &found.template, answers, &origin, existing.as_ref())
}
