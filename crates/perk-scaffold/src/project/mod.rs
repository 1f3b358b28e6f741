//! What a project keeps of its templates: the record, and the files as the templates made them.
//!
//! From these two alone follows what has changed in the project since; neither the template nor the
//! perk of that day is needed. Nothing here writes: what is kept becomes a part of the plan.

mod diff;
mod error;
mod folder;
mod keep;
mod pristine;
mod record;
mod status;
#[cfg(test)]
mod testing;

pub use diff::{Change, FileDiff, ProjectDiff, project_diff};
pub use error::{PristineFault, ProjectError, RecordProblem};
pub use keep::{Origin, with_record};
pub use pristine::Pristine;
pub use record::{FileRecord, Record, TemplateRecord};
pub use status::{Drift, Drifted, Known, ProjectStatus, Standing, TemplateStatus, project_status};

/// The folder of what is kept, which belongs to perk.
pub(crate) const FOLDER: &str = ".perk";
/// The path of the record in a project.
pub const RECORD_FILE: &str = ".perk/scaffold.toml";

/// Returns the path of the files of a template as it made them.
pub(crate) fn pristine_file(template: &str) -> String {
    format!("{FOLDER}/pristine/{template}.tar.gz")
}
