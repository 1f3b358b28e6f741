//! One line for each template of each project, and the files that have drifted.

use std::borrow::Cow;
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
    let rows = || projects.iter().flat_map(rows);
    let path_width = rows().map(|row| row.path.chars().count()).max();
    let made_from_width = rows().map(|row| row.made_from.chars().count()).max();
    let path_width = path_width.unwrap_or_default();
    let made_from_width = made_from_width.unwrap_or_default();
    for row in rows() {
        let path = painter.paint(Meaning::Path, &row.path);
        let made_from = painter.paint(Meaning::Name, &row.made_from);
        let (standing, drift) = (standing(row.template, painter), drift(row.template));
        writeln!(
            terminal.data(),
            "{path:<path_width$}  {made_from:<made_from_width$}  {standing}{drift}"
        )?;
        if has_files {
            write_files(&row.template.drift, terminal.data())?;
        }
    }
    Ok(())
}

/// A template of a project.
struct Row<'p> {
    path: Cow<'p, str>,
    made_from: String,
    template: &'p TemplateStatus,
}

fn rows(project: &LookedAt) -> impl Iterator<Item = Row<'_>> {
    let status = project.outcome.as_ref().ok();
    let templates = status.into_iter().flat_map(|status| &status.templates);
    templates.map(|template| Row {
        path: printable(project.path.as_str()),
        made_from: format!(
            "{} {}",
            template.record.name,
            printable(&template.record.version)
        ),
        template,
    })
}

fn drift(template: &TemplateStatus) -> String {
    match template.drift.len() {
        0 => String::new(),
        1 => ", 1 file has drifted".to_owned(),
        count => format!(", {count} files have drifted"),
    }
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
            format!("{behind} ({} is out)", printable(latest))
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
