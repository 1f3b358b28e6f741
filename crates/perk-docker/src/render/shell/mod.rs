//! Words as a line for a shell, which makes the same words of it again.

mod fish;
mod kind;
mod pieces;
mod posix;
mod powershell;

use std::ffi::OsStr;

pub use kind::Shell;

use crate::error::RenderFault;

/// Returns the words as a line to paste into a shell.
///
/// The line has no control characters and no invisible ones, so that pasting it does nothing but
/// write it; a line break is raw only in a shell that has no way to write it.
pub fn shell_text<'a>(
    shell: Shell,
    words: impl IntoIterator<Item = &'a OsStr>,
) -> Result<String, RenderFault> {
    let quoted: Result<Vec<_>, _> = words.into_iter().map(|word| quote(shell, word)).collect();
    let line = quoted?.join(" ");
    // `PowerShell` takes a quoted text at the start of a line for a value.
    let is_value = shell == Shell::PowerShell && line.starts_with(['\'', '"']);
    Ok(if is_value { format!("& {line}") } else { line })
}

fn quote(shell: Shell, word: &OsStr) -> Result<String, RenderFault> {
    match shell {
        Shell::Sh => Ok(posix::quote_plainly(word)),
        Shell::Bash | Shell::Zsh => Ok(posix::quote(word)),
        Shell::Fish => Ok(fish::quote(word)),
        Shell::PowerShell => powershell::quote(word),
    }
}
