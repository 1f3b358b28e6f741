//! The keyboard while questions are asked: what is typed shows only where a prompt shows it.

use std::io;

use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios};

/// Takes the echo, the line editing and the signals of the keyboard away, until it is dropped.
///
/// Ctrl-C becomes a key like others. Without this, what is typed ahead or pasted would show between
/// two keys, were it part of a secret.
#[derive(Debug)]
pub(super) struct Keyboard {
    before: Termios,
}

impl Keyboard {
    pub(super) fn take() -> io::Result<Self> {
        let before = rustix::termios::tcgetattr(io::stdin())?;
        let mut modes = before.clone();
        modes.local_modes -= LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG;
        modes.special_codes[SpecialCodeIndex::VMIN] = 1;
        modes.special_codes[SpecialCodeIndex::VTIME] = 0;
        rustix::termios::tcsetattr(io::stdin(), OptionalActions::Drain, &modes)?;
        Ok(Self { before })
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        // Without a terminal there is nothing left to restore.
        let _ = rustix::termios::tcsetattr(io::stdin(), OptionalActions::Drain, &self.before);
    }
}
