//! The differences between what is there and what would be written, as a patch in git's form.

use std::borrow::Cow;
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt as _;

use camino::Utf8Path;
use perk_scaffold::Entry;
use perk_term::{Meaning, OutputError, Painter, Terminal, printable};
use similar::{ChangeTag, TextDiff};

use super::plan::{State, states};
use crate::commands::Prepared;

/// What is larger is not compared line by line.
const LIMIT: u64 = 16 * 1024 * 1024;
const LINK_MODE: u32 = 0o120_000;
const CONTEXT: usize = 3;
const NO_FILE: &str = "/dev/null";

/// What stands at a path.
struct Side {
    mode: u32,
    bytes: Vec<u8>,
}

/// Writes a patch with what the template would make or change; files with a secret are named only.
pub(crate) fn patch(prepared: &Prepared<'_>, terminal: &mut Terminal) -> Result<(), OutputError> {
    let style = Style {
        painter: terminal.data_painter(),
        is_for_eyes: terminal.stdout_is_terminal(),
    };
    // What no template makes is the record, which nobody reads as a patch.
    let of_template = states(prepared).filter(|(entry, _)| !entry.from.is_empty());
    for (entry, state) in of_template {
        let old = match state {
            State::New => None,
            State::Changed => read(&prepared.destination.path, entry),
            State::Same | State::Blocked => continue,
        };
        if entry.has_secret {
            terminal.note(format_args!(
                "`{}` is not shown, since a secret is in it",
                entry.path
            ));
        } else {
            style.file(entry, old.as_ref(), terminal.data())?;
        }
    }
    Ok(())
}

/// Reads what is there; what cannot be read counts as empty.
fn read(destination: &Utf8Path, entry: &Entry<'_>) -> Option<Side> {
    let path = destination.join(entry.path.as_str());
    let metadata = path.symlink_metadata().ok()?;
    if metadata.is_symlink() {
        return Some(Side {
            mode: LINK_MODE,
            bytes: path.read_link_utf8().ok()?.into_string().into_bytes(),
        });
    }
    let is_executable = metadata.permissions().mode() & 0o100 != 0;
    Some(Side {
        mode: if is_executable { 0o100_755 } else { 0o100_644 },
        bytes: perk_fs::read_bytes(&path, LIMIT).unwrap_or_default(),
    })
}

/// How a patch is written.
struct Style {
    painter: Painter,
    /// Whether a terminal reads it, so that nothing may act on it.
    is_for_eyes: bool,
}

impl Style {
    fn file(&self, entry: &Entry<'_>, old: Option<&Side>, out: &mut dyn Write) -> io::Result<()> {
        let path = entry.path.as_str();
        let bold = |text: String| self.painter.paint(Meaning::Heading, text);
        writeln!(out, "{}", bold(format!("diff --git a/{path} b/{path}")))?;
        let mode = entry.mode();
        match old {
            None => writeln!(out, "new file mode {mode:06o}")?,
            Some(old) if old.mode != mode => {
                writeln!(out, "old mode {:06o}\nnew mode {mode:06o}", old.mode)?;
            }
            Some(_) => {}
        }
        let old_bytes = old.map(|old| old.bytes.as_slice()).unwrap_or_default();
        let from = old.map_or(NO_FILE.to_owned(), |_| format!("a/{path}"));
        let new_bytes = entry.bytes();
        if old_bytes == new_bytes {
            return Ok(());
        }
        let texts = (text(old_bytes), text(new_bytes));
        let (Some(old_text), Some(new_text)) = texts else {
            return writeln!(out, "Binary files {from} and b/{path} differ");
        };
        writeln!(out, "{}", bold(format!("--- {from}")))?;
        writeln!(out, "{}", bold(format!("+++ b/{path}")))?;
        self.hunks(old_text, new_text, out)
    }

    fn hunks(&self, old: &str, new: &str, out: &mut dyn Write) -> io::Result<()> {
        let diff = TextDiff::from_lines(old, new);
        for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
            let header = hunk.header().to_string();
            writeln!(out, "{}", self.painter.paint(Meaning::Path, header))?;
            for change in hunk.iter_changes() {
                let (sign, meaning) = match change.tag() {
                    ChangeTag::Equal => (' ', None),
                    ChangeTag::Delete => ('-', Some(Meaning::Error)),
                    ChangeTag::Insert => ('+', Some(Meaning::Success)),
                };
                let line = format!("{sign}{}", self.line(change.value()));
                match meaning {
                    Some(meaning) => writeln!(out, "{}", self.painter.paint(meaning, line))?,
                    None => writeln!(out, "{line}")?,
                }
                if change.missing_newline() {
                    writeln!(out, "\\ No newline at end of file")?;
                }
            }
        }
        Ok(())
    }

    /// Returns a line without its end; for a pipe all of it, for eyes what can be shown.
    fn line<'l>(&self, line: &'l str) -> Cow<'l, str> {
        let line = line.strip_suffix('\n').unwrap_or(line);
        if self.is_for_eyes {
            printable(line)
        } else {
            Cow::Borrowed(line)
        }
    }
}

fn text(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    (!text.contains('\0')).then_some(text)
}
