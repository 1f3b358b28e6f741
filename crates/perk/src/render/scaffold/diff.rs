//! What a project has changed, as a patch or as a list.

use std::io;

use perk_scaffold::{Change, FileDiff, ProjectDiff};
use perk_term::{Meaning, OutputError, Painter, Terminal, printable};

/// Writes the patch: to a pipe as it is, to a terminal as far as it can be shown.
pub(crate) fn diff_patch(diff: &ProjectDiff, terminal: &mut Terminal) -> Result<(), OutputError> {
    let patch = diff.to_patch();
    if !terminal.stdout_is_terminal() {
        return Ok(terminal.data().write_all(&patch)?);
    }
    let painter = terminal.data_painter();
    for line in String::from_utf8_lossy(&patch).split_terminator('\n') {
        write_line(line, painter, terminal.data())?;
    }
    Ok(())
}

fn write_line(line: &str, painter: Painter, data: &mut dyn io::Write) -> io::Result<()> {
    let shown = printable(line);
    let meaning = match line.as_bytes().first() {
        _ if ["+++ ", "--- ", "diff "]
            .iter()
            .any(|start| line.starts_with(start)) =>
        {
            Meaning::Heading
        }
        Some(b'@') => Meaning::Path,
        Some(b'+') => Meaning::Success,
        Some(b'-') => Meaning::Error,
        _ => return writeln!(data, "{shown}"),
    };
    writeln!(data, "{}", painter.paint(meaning, shown))
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
    let lines = format!("+{} -{}", file.added, file.removed);
    match (file.change, file.is_binary) {
        (Change::Deleted, _) => "deleted".to_owned(),
        (Change::Replaced, _) => format!("{lines}, a link and no file or the other way round"),
        (Change::Modified, true) => "binary".to_owned(),
        (Change::Modified, false) if file.added + file.removed == 0 => "mode".to_owned(),
        (Change::Modified, false) => lines,
    }
}

/// Says what the patch cannot have.
pub(crate) fn diff_remarks(diff: &ProjectDiff, terminal: &mut Terminal) {
    if diff.files.is_empty() {
        terminal.status("no file differs from what the templates made");
    }
    let binary = diff.files.iter().filter(|file| file.is_binary);
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
