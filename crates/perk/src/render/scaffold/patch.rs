//! A patch, to a pipe as it is, to a terminal as far as it can be shown.

use std::io;

use perk_term::{Meaning, OutputError, Painter, Terminal, printable};

/// Writes a patch in the form of git.
pub(super) fn write_patch(patch: &[u8], terminal: &mut Terminal) -> Result<(), OutputError> {
    if !terminal.stdout_is_terminal() {
        return Ok(terminal.data().write_all(patch)?);
    }
    let painter = terminal.data_painter();
    for line in String::from_utf8_lossy(patch).split_terminator('\n') {
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
