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
struct Side<'b> {
    mode: u32,
    bytes: Cow<'b, [u8]>,
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
            let new = Side {
                mode: entry.mode(),
                bytes: Cow::Borrowed(entry.bytes()),
            };
            style.change(entry.path.as_str(), old.as_ref(), &new, terminal.data())?;
        }
    }
    Ok(())
}

/// Reads what is there; what cannot be read counts as empty.
fn read(destination: &Utf8Path, entry: &Entry<'_>) -> Option<Side<'static>> {
    let path = destination.join(entry.path.as_str());
    let metadata = path.symlink_metadata().ok()?;
    if metadata.is_symlink() {
        return Some(Side {
            mode: LINK_MODE,
            bytes: Cow::Owned(path.read_link_utf8().ok()?.into_string().into_bytes()),
        });
    }
    let is_executable = metadata.permissions().mode() & 0o100 != 0;
    Some(Side {
        mode: if is_executable { 0o100_755 } else { 0o100_644 },
        bytes: Cow::Owned(perk_fs::read_bytes(&path, LIMIT).unwrap_or_default()),
    })
}

/// How a patch is written.
struct Style {
    painter: Painter,
    /// Whether a terminal reads it, so that nothing may act on it.
    is_for_eyes: bool,
}

impl Style {
    /// Writes the change of a path; between a file and a link it is a removal and an addition.
    fn change(
        &self,
        path: &str,
        old: Option<&Side<'_>>,
        new: &Side<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let is_link = |side: &Side<'_>| side.mode == LINK_MODE;
        match old {
            Some(old) if is_link(old) != is_link(new) => {
                self.file(path, Some(old), None, out)?;
                self.file(path, None, Some(new), out)
            }
            old => self.file(path, old, Some(new), out),
        }
    }

    fn file(
        &self,
        path: &str,
        old: Option<&Side<'_>>,
        new: Option<&Side<'_>>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let bold = |text: String| self.painter.paint(Meaning::Heading, text);
        writeln!(out, "{}", bold(format!("diff --git a/{path} b/{path}")))?;
        match (old, new) {
            (None, Some(new)) => writeln!(out, "new file mode {:06o}", new.mode)?,
            (Some(old), None) => writeln!(out, "deleted file mode {:06o}", old.mode)?,
            (Some(old), Some(new)) if old.mode != new.mode => {
                writeln!(out, "old mode {:06o}\nnew mode {:06o}", old.mode, new.mode)?;
            }
            _ => {}
        }
        let old_bytes = old.map(|side| &*side.bytes).unwrap_or_default();
        let new_bytes = new.map(|side| &*side.bytes).unwrap_or_default();
        if old_bytes == new_bytes {
            return Ok(());
        }
        let from = old.map_or(NO_FILE.to_owned(), |_| format!("a/{path}"));
        let to = new.map_or(NO_FILE.to_owned(), |_| format!("b/{path}"));
        let (Some(old_text), Some(new_text)) = (text(old_bytes), text(new_bytes)) else {
            return writeln!(out, "Binary files {from} and {to} differ");
        };
        writeln!(out, "{}", bold(format!("--- {from}")))?;
        writeln!(out, "{}", bold(format!("+++ {to}")))?;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn patch(old: Option<(u32, &str)>, new: (u32, &str)) -> String {
        let side = |(mode, text): (u32, &str)| Side {
            mode,
            bytes: Cow::Owned(text.as_bytes().to_vec()),
        };
        let style = Style {
            painter: Painter::new(false),
            is_for_eyes: false,
        };
        let mut out = Vec::new();
        let old = old.map(side);
        style
            .change("a/b", old.as_ref(), &side(new), &mut out)
            .unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn modes_and_ends_of_files_are_a_part_of_the_change() {
        insta::assert_snapshot!(patch(Some((0o100_644, "x\ny")), (0o100_755, "x\ny\n")), @r"
        diff --git a/a/b b/a/b
        old mode 100644
        new mode 100755
        --- a/a/b
        +++ b/a/b
        @@ -1,2 +1,2 @@
         x
        -y
        \ No newline at end of file
        +y
        ");
        insta::assert_snapshot!(patch(Some((0o100_644, "x")), (0o100_755, "x")), @"
        diff --git a/a/b b/a/b
        old mode 100644
        new mode 100755
        ");
    }

    #[test]
    fn a_link_in_place_of_a_file_is_two_changes() {
        insta::assert_snapshot!(patch(Some((LINK_MODE, "t")), (0o100_644, "x\n")), @r"
        diff --git a/a/b b/a/b
        deleted file mode 120000
        --- a/a/b
        +++ /dev/null
        @@ -1 +0,0 @@
        -t
        \ No newline at end of file
        diff --git a/a/b b/a/b
        new file mode 100644
        --- /dev/null
        +++ b/a/b
        @@ -0,0 +1 @@
        +x
        ");
    }

    #[test]
    fn what_is_no_text_only_differs() {
        insta::assert_snapshot!(patch(Some((0o100_644, "\0")), (0o100_644, "x\n")), @"
        diff --git a/a/b b/a/b
        Binary files a/a/b and b/a/b differ
        ");
    }
}
