//! The projects in numbers, and what went wrong with some.

use perk_scaffold::ProjectStatus;
use perk_term::Terminal;

use crate::commands::LookedAt;
use crate::render;

/// How many projects there are of each kind; one may be of several kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) projects: usize,
    pub(super) behind: usize,
    pub(super) drifted: usize,
    pub(super) unknown: usize,
    pub(super) failed: usize,
}

impl Counts {
    pub(super) fn of(projects: &[LookedAt]) -> Self {
        let statuses = || {
            projects
                .iter()
                .filter_map(|project| project.outcome.as_ref().ok())
        };
        let count =
            |is_one: fn(&ProjectStatus) -> bool| statuses().filter(|status| is_one(status)).count();
        Self {
            projects: statuses().count(),
            behind: count(ProjectStatus::is_behind),
            drifted: count(ProjectStatus::has_drifted),
            unknown: count(ProjectStatus::is_unknown),
            failed: projects.len() - statuses().count(),
        }
    }
}

/// Says what failed, and how many projects there are of each kind.
pub(crate) fn status_summary(projects: &[LookedAt], terminal: &mut Terminal) {
    for error in projects
        .iter()
        .filter_map(|project| project.outcome.as_ref().err())
    {
        render::error(error, terminal);
    }
    let counts = Counts::of(projects);
    if counts.projects == 0 {
        return;
    }
    let noun = if counts.projects == 1 {
        "project"
    } else {
        "projects"
    };
    let mut parts = vec![
        format!("{} behind", counts.behind),
        format!("{} with drift", counts.drifted),
    ];
    if counts.unknown > 0 {
        parts.push(format!(
            "{} with a template that is not at hand",
            counts.unknown
        ));
    }
    if counts.failed > 0 {
        parts.push(format!("{} more could not be looked at", counts.failed));
    }
    terminal.status(format_args!(
        "looked at {} {noun}: {}",
        counts.projects,
        parts.join(", ")
    ));
}
