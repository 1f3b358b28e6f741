//! A run of perk at a terminal, with somebody who reads and types.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::process::{Child, Stdio};
use std::sync::LazyLock;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use regex::Regex;
use rustix::fs::{Mode, OFlags};
use rustix::pty::OpenptFlags;
use rustix::termios::{LocalModes, Winsize};

use crate::Invocation;

/// Longer than anything takes, also on a machine with much else to do.
const PATIENCE: Duration = Duration::from_mins(1);
const SIZE: Winsize = Winsize {
    ws_row: 40,
    ws_col: 100,
    ws_xpixel: 0,
    ws_ypixel: 0,
};

const HIDE_CURSOR: &str = "\x1b[?25l";
const SHOW_CURSOR: &str = "\x1b[?25h";

static CONTROL_SEQUENCE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("\x1b\\[[0-9;?]*[a-zA-Z]").expect("a valid pattern"));

/// A running perk whose three streams are one terminal.
#[derive(Debug)]
pub struct TerminalSession {
    child: Child,
    keyboard: File,
    screen: Receiver<Vec<u8>>,
    /// What was shown, without control sequences.
    shown: String,
    has_cursor: bool,
    /// How much of it has been waited for.
    read: usize,
}

impl Invocation<'_> {
    /// Starts perk at a terminal.
    pub fn at_terminal(self) -> TerminalSession {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let near = rustix::pty::openpt(flags).expect("a terminal");
        rustix::pty::grantpt(&near).expect("a terminal of ours");
        rustix::pty::unlockpt(&near).expect("an open terminal");
        let name = rustix::pty::ptsname(&near, Vec::new()).expect("the name of a terminal");
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let far = rustix::fs::open(name, flags, Mode::empty()).expect("its other end");
        rustix::termios::tcsetwinsize(&far, SIZE).expect("a terminal with a size");
        let far = File::from(far);
        let stream = || Stdio::from(far.try_clone().expect("a stream"));
        let child = self
            .variable("TERM", "xterm")
            .command()
            .stdin(stream())
            .stdout(stream())
            .stderr(stream())
            .spawn()
            .expect("a binary that starts");
        let keyboard = File::from(near);
        let screen = watch(keyboard.try_clone().expect("a stream"));
        TerminalSession {
            child,
            keyboard,
            screen,
            shown: String::new(),
            has_cursor: true,
            read: 0,
        }
    }
}

/// Reads what is shown until the terminal is closed.
fn watch(mut terminal: File) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = terminal.read(&mut buffer) {
            if sender.send(buffer[..count].to_vec()).is_err() {
                break;
            }
        }
    });
    receiver
}

impl TerminalSession {
    /// Waits until a text is shown, after what was waited for before.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) -> &mut Self {
        let start = Instant::now();
        loop {
            if let Some(found) = self.shown[self.read..].find(text) {
                self.read += found + text.len();
                return self;
            }
            let left = PATIENCE.saturating_sub(start.elapsed());
            let bytes = self.screen.recv_timeout(left).unwrap_or_default();
            assert!(!bytes.is_empty(), "`{text}` is not shown:\n{}", self.shown);
            self.show(&bytes);
        }
    }

    /// Types keys.
    pub fn type_keys(&mut self, keys: &str) -> &mut Self {
        self.keyboard
            .write_all(keys.as_bytes())
            .expect("a terminal that takes keys");
        self
    }

    /// Returns the number of the process that was started.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Gives the terminal another size. No process is told, since it is nobody's own terminal.
    pub fn resize(&mut self, rows: u16, columns: u16) -> &mut Self {
        let size = Winsize {
            ws_row: rows,
            ws_col: columns,
            ..SIZE
        };
        rustix::termios::tcsetwinsize(&self.keyboard, size).expect("a terminal with a size");
        self
    }

    /// Returns the exit code, with all that was shown. The terminal must be as it was before.
    #[track_caller]
    pub fn end(mut self) -> (Option<i32>, String) {
        let status = self.child.wait().expect("a binary that ends");
        // All ends of the terminal that the child had are closed.
        while let Ok(bytes) = self.screen.recv_timeout(Duration::from_millis(200)) {
            self.show(&bytes);
        }
        let modes = rustix::termios::tcgetattr(&self.keyboard).expect("a terminal");
        let usual = LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG;
        assert!(modes.local_modes.contains(usual), "no echo is left");
        assert!(self.has_cursor, "no cursor is left");
        (status.code(), self.shown)
    }

    fn show(&mut self, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        match (text.rfind(HIDE_CURSOR), text.rfind(SHOW_CURSOR)) {
            (None, None) => {}
            (hidden, shown) => self.has_cursor = shown > hidden,
        }
        let text = CONTROL_SEQUENCE.replace_all(&text, "");
        write!(self.shown, "{}", text.replace('\r', "")).expect("memory");
    }
}
