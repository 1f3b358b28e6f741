//! How a project stands to its templates: is there a later one, and which files have drifted from
//! what was made.

mod drift;
mod standing;
#[cfg(test)]
mod tests;

use camino::Utf8Path;

pub use drift::{Drift, Drifted};
pub use standing::{Known, Standing};

use super::folder::Folder;
use super::{ProjectError, TemplateRecord};

/// How a project stands to each of its templates.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectStatus {
    /// In the order of the record.
    pub templates: Vec<TemplateStatus>,
}

/// How a project stands to one of its templates.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateStatus {
    /// What the project knows of the template.
    pub record: TemplateRecord,
    /// Whether there is a later template.
    pub standing: Standing,
    /// The files that are no longer as they were made, sorted by path.
    pub drift: Vec<Drifted>,
}

/// Compares a project with its record, and the record with the templates as they are known now.
pub fn project_status(
    project: &Utf8Path,
    known: &dyn Fn(&TemplateRecord) -> Known,
) -> Result<ProjectStatus, ProjectError> {
    let mut folder = Folder::open(project)?;
    let Some(record) = folder.record()? else {
        return Err(ProjectError::NoRecord {
            path: project.to_owned(),
        });
    };
    let templates = record.templates.into_iter().map(|record| {
        Ok(TemplateStatus {
            drift: drift::drift(&mut folder, &record)?,
            standing: standing::standing(&record, known(&record)),
            record,
        })
    });
    Ok(ProjectStatus {
        templates: templates.collect::<Result<_, ProjectError>>()?,
    })
}

impl ProjectStatus {
    /// Returns whether one of the templates is known to have gone on.
    pub fn is_behind(&self) -> bool {
        let mut templates = self.templates.iter();
        templates.any(|template| matches!(template.standing, Standing::Behind { .. }))
    }

    /// Returns whether a file is no longer as it was made.
    pub fn has_drifted(&self) -> bool {
        let mut templates = self.templates.iter();
        templates.any(|template| !template.drift.is_empty())
    }

    /// Returns whether nothing is known of one of the templates.
    pub fn is_unknown(&self) -> bool {
        let mut templates = self.templates.iter();
        templates.any(|template| matches!(template.standing, Standing::Unknown { .. }))
    }
}
