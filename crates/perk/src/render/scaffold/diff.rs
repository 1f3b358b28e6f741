//! What a project has changed, as a patch or as a list.

use perk_scaffold::{Change, FileDiff, ProjectDiff};
use perk_term::{Meaning, OutputError, Terminal};

use super::patch::write_patch;

/// Writes the patch.
pub(crate) fn diff_patch(diff: &ProjectDiff, terminal: &mut Terminal) -> Result<(), OutputError> {
    write_patch(&diff.to_patch(), terminal)
}

/// Writes one line for each file.
pub(crate) fn diff_stat(diff: &ProjectDiff, terminal: &mut Terminal) -> Result<(), OutputError> {
    let painter = terminal.data_painter();
    let widths = diff.files.iter().map(|file| file.path.as_str().len());
    let width = widths.max().unwrap_or_default();
    for file in &diff.files {
        let path = painter.paint(Meaning::Path, file.path.as_str());
        writeln!(terminal.data(), "{path:<width$}  {}", extent(file))?;
    }
    Ok(())
}

fn extent(file: &FileDiff) -> String {
    let patch = &file.patch;
    let lines = format!("+{} -{}", patch.added, patch.removed);
    match (file.change, patch.is_binary) {
        (Change::Deleted, _) => "deleted".to_owned(),
        (Change::Replaced, _) => format!("{lines}, a link and no file or the other way round"),
        (Change::Modified, true) => "binary".to_owned(),
        (Change::Modified, false) if patch.added + patch.removed == 0 => "mode".to_owned(),
        (Change::Modified, false) => lines,
    }
}

/// Says what the patch cannot have.
pub(crate) fn diff_remarks(diff: &ProjectDiff, terminal: &mut Terminal) {
    if diff.files.is_empty() {
        terminal.status("no file differs from what the templates made");
    }
    let binary = diff.files.iter().filter(|file| file.patch.is_binary);
    for file in binary {
        terminal.note(format_args!(
            "`{}` is binary: that it differs is in no patch",
            file.path
        ));
    }
    for path in &diff.secret {
        terminal.note(format_args!(
            "`{path}` was not compared, since a secret is in it and no copy is kept"
        ));
    }
}
