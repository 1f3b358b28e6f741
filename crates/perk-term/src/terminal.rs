//! The terminal as a value: who may write what to which stream.

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::sync::{Arc, Mutex, PoisonError};

use anstream::{AutoStream, ColorChoice};
use indicatif::{MultiProgress, ProgressDrawTarget};
use serde::Serialize;

use crate::{Meaning, OutputError, Painter, Progress, printable};

/// Width that is assumed where there is no terminal to ask.
const DEFAULT_COLUMNS: usize = 140;
const DATA_BUFFER: usize = 64 * 1024;

/// How much perk says on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Verbosity {
    /// Only errors and what helps against them.
    Quiet,
    /// What a person wants to know.
    #[default]
    Normal,
    /// Also what was looked at and passed over.
    Verbose,
}

/// What the user wants of the terminal.
#[derive(Debug, Clone, Copy)]
pub struct TerminalOptions {
    /// Whether to color; automatic means as the stream and the environment suggest.
    pub color: ColorChoice,
    /// How much to say.
    pub verbosity: Verbosity,
    /// Width to write for, when the user set one.
    pub columns: Option<usize>,
}

impl Default for TerminalOptions {
    fn default() -> Self {
        Self {
            color: ColorChoice::Auto,
            verbosity: Verbosity::Normal,
            columns: None,
        }
    }
}

/// Standard output for data, standard error for words.
pub struct Terminal {
    stdout: Stream,
    stderr: Stream,
    stdin_is_piped: bool,
    columns: usize,
    verbosity: Verbosity,
    bars: MultiProgress,
}

struct Stream {
    writer: Box<dyn Write + Send>,
    is_terminal: bool,
    painter: Painter,
}

impl Terminal {
    /// Opens the streams of the process.
    pub fn stdio(options: &TerminalOptions) -> Self {
        let (stdout, stderr) = (io::stdout(), io::stderr());
        let stdout_color = resolve_color(options.color, || AutoStream::choice(&stdout));
        let stderr_color = resolve_color(options.color, || AutoStream::choice(&stderr));
        Self {
            columns: options.columns.unwrap_or_else(terminal_columns),
            stdin_is_piped: !io::stdin().is_terminal(),
            verbosity: options.verbosity,
            bars: MultiProgress::with_draw_target(ProgressDrawTarget::stderr()),
            stdout: Stream {
                is_terminal: stdout.is_terminal(),
                painter: Painter::new(stdout_color),
                writer: Box::new(BufWriter::with_capacity(DATA_BUFFER, stdout)),
            },
            stderr: Stream {
                is_terminal: stderr.is_terminal(),
                painter: Painter::new(stderr_color),
                writer: Box::new(stderr),
            },
        }
    }

    /// Creates a terminal that keeps what is written, as if both streams were pipes.
    pub fn for_test(options: &TerminalOptions) -> (Self, Captured) {
        let captured = Captured::default();
        let stream = |buffer: &Buffer| Stream {
            writer: Box::new(buffer.clone()),
            is_terminal: false,
            painter: Painter::new(resolve_color(options.color, || ColorChoice::Never)),
        };
        let terminal = Self {
            stdout: stream(&captured.stdout),
            stderr: stream(&captured.stderr),
            stdin_is_piped: true,
            columns: options.columns.unwrap_or(DEFAULT_COLUMNS),
            verbosity: options.verbosity,
            bars: MultiProgress::with_draw_target(ProgressDrawTarget::hidden()),
        };
        (terminal, captured)
    }

    /// Returns standard output, for what a pipe may want.
    pub fn data(&mut self) -> &mut dyn Write {
        &mut *self.stdout.writer
    }

    /// Writes one JSON document and a line break to standard output.
    pub fn json(&mut self, document: &impl Serialize) -> Result<(), OutputError> {
        // A document has many small parts, which take less time to a buffer of a known type than
        // to one that may be anything.
        let mut buffer = BufWriter::with_capacity(DATA_BUFFER, self.data());
        serde_json::to_writer_pretty(&mut buffer, document)?;
        buffer.write_all(b"\n")?;
        buffer.flush()?;
        Ok(())
    }

    /// Says what was done or is being done.
    pub fn status(&mut self, text: impl Display) {
        if self.verbosity >= Verbosity::Normal {
            self.say(None, &text.to_string());
        }
    }

    /// Says what only a curious reader wants to know.
    pub fn detail(&mut self, text: impl Display) {
        if self.verbosity >= Verbosity::Verbose {
            self.say(None, &text.to_string());
        }
    }

    /// Says what may be wrong.
    pub fn warn(&mut self, text: impl Display) {
        if self.verbosity >= Verbosity::Normal {
            self.say(Some((Meaning::Warning, "warning")), &text.to_string());
        }
    }

    /// Adds a fact to what was said before.
    pub fn note(&mut self, text: impl Display) {
        if self.verbosity >= Verbosity::Normal {
            self.say(Some((Meaning::Note, "note")), &text.to_string());
        }
    }

    /// Says what went wrong, also when quiet.
    pub fn error(&mut self, text: impl Display) {
        self.say(Some((Meaning::Error, "error")), &text.to_string());
    }

    /// Says why something went wrong, below [`Terminal::error`].
    pub fn cause(&mut self, text: impl Display) {
        self.say(Some((Meaning::Aside, "  caused by")), &text.to_string());
    }

    /// Says what to do about it, also when quiet.
    pub fn hint(&mut self, text: impl Display) {
        self.say(Some((Meaning::Hint, "hint")), &text.to_string());
    }

    /// Starts to show how far a piece of work has come: at a terminal, unless quiet or verbose.
    pub fn progress(&self, label: &str, total: Option<u64>) -> Progress {
        if self.stderr.is_terminal && self.verbosity == Verbosity::Normal {
            Progress::shown(&self.bars, label, total)
        } else {
            Progress::silent()
        }
    }

    /// Returns the painter for standard output.
    pub fn data_painter(&self) -> Painter {
        self.stdout.painter
    }

    /// Returns the painter for standard error.
    pub fn message_painter(&self) -> Painter {
        self.stderr.painter
    }

    /// Returns whether somebody is there to answer questions.
    pub fn can_ask(&self) -> bool {
        self.stderr.is_terminal && !self.stdin_is_piped
    }

    /// Returns whether a curious reader is there.
    pub fn is_verbose(&self) -> bool {
        self.verbosity == Verbosity::Verbose
    }

    /// Returns the number of columns to write for.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Returns whether standard input is a terminal, so that nothing is piped in.
    pub fn stdin_is_terminal(&self) -> bool {
        !self.stdin_is_piped
    }

    /// Returns whether standard output is a terminal.
    pub fn stdout_is_terminal(&self) -> bool {
        self.stdout.is_terminal
    }

    /// Hands all data on; only then is it certain that it was taken.
    pub fn finish(&mut self) -> Result<(), OutputError> {
        Ok(self.stdout.writer.flush()?)
    }

    /// Writes a message; when standard error is gone there is nobody left to tell.
    fn say(&mut self, label: Option<(Meaning, &str)>, text: &str) {
        // At a terminal both streams are one page: keep the order in which things were said.
        // A failure here stays with the data and comes back from `finish`.
        let _ = self.stdout.writer.flush();
        let text = printable(text);
        let line = match label {
            Some((meaning, label)) => {
                format!("{}: {text}\n", self.stderr.painter.paint(meaning, label))
            }
            None => format!("{text}\n"),
        };
        let writer = &mut self.stderr.writer;
        let _ = self.bars.suspend(|| writer.write_all(line.as_bytes()));
    }
}

impl std::fmt::Debug for Terminal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Terminal")
            .field("columns", &self.columns)
            .field("verbosity", &self.verbosity)
            .finish_non_exhaustive()
    }
}

fn resolve_color(choice: ColorChoice, automatic: impl FnOnce() -> ColorChoice) -> bool {
    match choice {
        ColorChoice::Auto => automatic() != ColorChoice::Never,
        ColorChoice::Never => false,
        ColorChoice::Always | ColorChoice::AlwaysAnsi => true,
    }
}

fn terminal_columns() -> usize {
    terminal_size::terminal_size().map_or(DEFAULT_COLUMNS, |(terminal_size::Width(columns), _)| {
        columns.into()
    })
}

/// What was written to a terminal made by [`Terminal::for_test`].
#[derive(Debug, Clone, Default)]
pub struct Captured {
    stdout: Buffer,
    stderr: Buffer,
}

impl Captured {
    /// Returns the data written so far.
    pub fn stdout(&self) -> String {
        self.stdout.text()
    }

    /// Returns the messages written so far.
    pub fn stderr(&self) -> String {
        self.stderr.text()
    }
}

#[derive(Debug, Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say_everything(verbosity: Verbosity) -> Captured {
        let options = TerminalOptions {
            verbosity,
            ..TerminalOptions::default()
        };
        let (mut terminal, captured) = Terminal::for_test(&options);
        writeln!(terminal.data(), "data").unwrap();
        terminal.status("Read 2 files");
        terminal.detail("passed over `a`");
        terminal.warn("old");
        terminal.note("it is from 2020");
        terminal.error("no\u{1b}[2J");
        terminal.cause("gone");
        terminal.hint("come back");
        captured
    }

    #[test]
    fn data_and_words_never_mix() {
        let captured = say_everything(Verbosity::Normal);
        assert_eq!(captured.stdout(), "data\n");
        insta::assert_snapshot!(captured.stderr(), @"
        Read 2 files
        warning: old
        note: it is from 2020
        error: no�[2J
          caused by: gone
        hint: come back
        ");
    }

    #[test]
    fn quiet_leaves_errors_and_hints() {
        insta::assert_snapshot!(say_everything(Verbosity::Quiet).stderr(), @"
        error: no�[2J
          caused by: gone
        hint: come back
        ");
    }

    #[test]
    fn verbose_adds_details() {
        let captured = say_everything(Verbosity::Verbose);
        assert!(captured.stderr().contains("passed over"));
    }

    #[test]
    fn color_marks_the_label_only() {
        let options = TerminalOptions {
            color: ColorChoice::Always,
            ..TerminalOptions::default()
        };
        let (mut terminal, captured) = Terminal::for_test(&options);
        terminal.error("x");
        assert_eq!(captured.stderr(), "\u{1b}[1m\u{1b}[91merror\u{1b}[0m: x\n");
    }

    #[test]
    fn json_ends_with_a_line_break() {
        let (mut terminal, captured) = Terminal::for_test(&TerminalOptions::default());
        terminal.json(&[1]).unwrap();
        assert_eq!(captured.stdout(), "[\n  1\n]\n");
    }
}
