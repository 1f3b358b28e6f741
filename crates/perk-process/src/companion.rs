//! A program that runs beside perk, and beside what takes the place of perk.

use std::io::{self, BufRead as _, BufReader, PipeWriter, Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::process::{Child, ChildStdout};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

/// The longest line that is taken for an answer.
const LONGEST_ANSWER: u64 = 64 * 1024;

/// A program that was started and goes on by itself.
///
/// Its standard input is a pipe that ends when nobody has the other end any more, however that came
/// about. So it can tell when it is not needed.
#[derive(Debug)]
pub struct Companion {
    pub(crate) child: Child,
    pub(crate) input: PipeWriter,
    pub(crate) output: BufReader<ChildStdout>,
}

impl Companion {
    /// Sends a line.
    pub fn send(&mut self, line: &str) -> io::Result<()> {
        self.input.write_all(format!("{line}\n").as_bytes())
    }

    /// Waits for a line, or for the end; without a line, none comes any more or the time is up.
    pub fn answer(self, limit: Duration) -> (Option<String>, Lifeline) {
        let (sender, receiver) = channel();
        let mut output = self.output.take(LONGEST_ANSWER);
        thread::spawn(move || {
            let mut line = String::new();
            let read = output.read_line(&mut line);
            // Who waits may have given up.
            let _ = sender.send(read.ok().filter(|length| *length > 0).map(|_| line));
        });
        let line = receiver.recv_timeout(limit).ok().flatten();
        (line, Lifeline(self.input.into()))
    }

    /// Waits until the program has ended, however long that takes.
    pub fn wait(mut self) -> io::Result<()> {
        self.child.wait()?;
        Ok(())
    }
}

/// The end of a pipe: when nobody has it any more, the companion ends.
#[derive(Debug)]
pub struct Lifeline(pub(crate) OwnedFd);

impl Lifeline {
    /// Lets the program that takes the place of this process have it.
    pub(crate) fn let_inherit(&self) -> io::Result<()> {
        rustix::io::fcntl_setfd(&self.0, rustix::io::FdFlags::empty())?;
        Ok(())
    }
}

/// Leaves the terminal, so that neither its Ctrl-C nor its end reach this process.
pub fn leave_terminal() -> io::Result<()> {
    rustix::process::setsid()?;
    Ok(())
}
