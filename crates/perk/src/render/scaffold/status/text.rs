//! One line for each template of each project, and the files that have drifted.

use std::io::{self, Write};

use perk_scaffold::{Drift, Drifted, Standing, TemplateStatus};
use perk_term::{Meaning, OutputError, Painter, Terminal, printable};

use crate::commands::LookedAt;

/// Writes how each project stands; its files too if it is the only one, or if asked for more.
pub(crate) fn status_text(
    projects: &[LookedAt],
    terminal: &mut Terminal,
) -> Result<(), OutputError> {
    let painter = terminal.data_painter();
    let has_files = projects.len() == 1 || terminal.is_verbose();
    let width = projects.iter().map(|project| project.path.as_str().len());
    let width = width.max().unwrap_or_default();
    for project in projects {
        let Ok(status) = &project.outcome else {
            continue;
        };
        for template in &status.templates {
            let path = painter.paint(Meaning::Path, printable(project.path.as_str()));
            let line = template_line(template, painter);
            writeln!(terminal.data(), "{path:<width$}  {line}")?;
            if has_files {
                write_files(&template.drift, terminal.data())?;
            }
        }
    }
    Ok(())
}

fn template_line(template: &TemplateStatus, painter: Painter) -> String {
    let record = &template.record;
    let name = painter.paint(Meaning::Name, &record.name);
    let version = printable(&record.version);
    let drift = match template.drift.len() {
        0 => String::new(),
        1 => ", 1 file has drifted".to_owned(),
        count => format!(", {count} files have drifted"),
    };
    let standing = standing(template, painter);
    format!("{name} {version}  {standing}{drift}")
}

fn standing(template: &TemplateStatus, painter: Painter) -> String {
    let is_same = |latest: &String| *latest == template.record.version;
    match &template.standing {
        Standing::Current => painter.paint(Meaning::Success, "up to date").to_string(),
        Standing::Behind { latest } if is_same(latest) => {
            let behind = painter.paint(Meaning::Warning, "behind");
            format!("{behind} (it has changed since, without a new version)")
        }
        Standing::Behind { latest } => {
            let behind = painter.paint(Meaning::Warning, "behind");
            format!("{behind} ({} is there)", printable(latest))
        }
        Standing::Ahead { latest } => format!("ahead (only {} is here)", printable(latest)),
        Standing::Unknown { reason } => format!("unknown ({})", printable(reason)),
    }
}

fn write_files(drift: &[Drifted], data: &mut dyn Write) -> io::Result<()> {
    for Drifted { path, drift } in drift {
        match drift {
            Drift::Content => writeln!(data, "  changed   {path}")?,
            Drift::Mode => writeln!(data, "  mode      {path}")?,
            Drift::ContentAndMode => writeln!(data, "  changed   {path} (and its mode)")?,
            Drift::Deleted => writeln!(data, "  deleted   {path}")?,
            Drift::Replaced { by } => writeln!(data, "  replaced  {path} (it is {by} now)")?,
        }
    }
    Ok(())
}
