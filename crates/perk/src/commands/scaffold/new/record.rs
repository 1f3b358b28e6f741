//! What a project keeps of its template, as files of the plan.

use camino::Utf8Path;
use perk_scaffold::{Answers, Plan, ScaffoldError};

use crate::commands::scaffold::found::Found;

/// Adds the record to a plan.
pub(super) fn with_record<'f>(
    plan: Plan<'f>,
    _found: &'f Found,
    _answers: &Answers,
    _destination: &Utf8Path,
) -> Result<Plan<'f>, ScaffoldError> {
    Ok(plan)
}
