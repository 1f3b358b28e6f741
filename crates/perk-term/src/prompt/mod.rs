//! Questions to a person at the terminal, on standard error.
//!
//! This is the only place that knows how they are asked. It decides nothing about the answers.

mod keyboard;
mod secret;
mod theme;

use std::io::{self, Write as _};

use dialoguer::console::Term;
use dialoguer::{Confirm, Input, MultiSelect, Select};

use self::keyboard::Keyboard;
use self::theme::Look;
use crate::{Interruption, Terminal};

/// What is typed, alone on a line, to go back to the question before.
pub const BACK: &str = "<";

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply<T> {
    /// An answer.
    Answer(T),
    /// The wish to go back to the question before.
    Back,
}

/// A question that nobody answered.
#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    /// Ctrl-C, or the end of the keyboard.
    #[error("interrupted")]
    Interrupted,
    /// The terminal cannot be used.
    #[error("cannot ask at the terminal")]
    Io(#[source] io::Error),
}

/// Asks at the terminal, from its making until it is dropped.
#[derive(Debug)]
pub struct Prompter {
    stderr: Term,
    look: Look,
    interruption: Interruption,
    _keyboard: Keyboard,
}

impl Prompter {
    /// Takes the keyboard for questions.
    pub fn new(terminal: &Terminal) -> Result<Self, PromptError> {
        Ok(Self {
            stderr: Term::stderr(),
            look: Look {
                painter: terminal.message_painter(),
            },
            interruption: Interruption::watch()?,
            _keyboard: Keyboard::take()?,
        })
    }

    /// Asks for a line of text; an empty line takes the proposal.
    pub fn text(
        &self,
        question: &str,
        proposal: Option<&str>,
    ) -> Result<Reply<String>, PromptError> {
        let input = Input::<String>::with_theme(&self.look)
            .with_prompt(question)
            .allow_empty(true);
        let input = match proposal {
            Some(proposal) => input.default(proposal.to_owned()),
            None => input,
        };
        let line = self.outcome(input.interact_text_on(&self.stderr))?;
        Ok(Reply::of_text(line))
    }

    /// Asks for a line of text that is not shown.
    pub fn secret(&self, question: &str) -> Result<Reply<String>, PromptError> {
        write!(&self.stderr, "{} ", self.look.question(question))?;
        let reply = secret::read(secret::Keys);
        let remark = match &reply {
            Ok(Reply::Answer(text)) if !text.is_empty() => "(secret)",
            _ => "",
        };
        writeln!(&self.stderr, "{remark}")?;
        if self.interruption.has_come() {
            return Err(PromptError::Interrupted);
        }
        reply
    }

    /// Asks for yes or no.
    pub fn yes_or_no(
        &self,
        question: &str,
        proposal: Option<bool>,
    ) -> Result<Reply<bool>, PromptError> {
        let confirm = Confirm::with_theme(&self.look).with_prompt(question);
        let confirm = match proposal {
            Some(proposal) => confirm.default(proposal),
            None => confirm,
        };
        self.outcome(confirm.interact_on_opt(&self.stderr))
            .map(Reply::of_option)
    }

    /// Asks for one of some items, and returns its index.
    pub fn one_of(
        &self,
        question: &str,
        items: &[&str],
        proposal: usize,
    ) -> Result<Reply<usize>, PromptError> {
        let select = Select::with_theme(&self.look)
            .with_prompt(question)
            .items(items)
            .default(proposal);
        self.outcome(select.interact_on_opt(&self.stderr))
            .map(Reply::of_option)
    }

    /// Asks for any number of items, each with whether it is proposed, and returns their indices.
    pub fn some_of(
        &self,
        question: &str,
        items: &[(&str, bool)],
    ) -> Result<Reply<Vec<usize>>, PromptError> {
        let select = MultiSelect::with_theme(&self.look)
            .with_prompt(question)
            .items_checked(items.iter().copied());
        self.outcome(select.interact_on_opt(&self.stderr))
            .map(Reply::of_option)
    }

    fn outcome<T>(&self, answered: dialoguer::Result<T>) -> Result<T, PromptError> {
        if self.interruption.has_come() || answered.is_err() {
            // A selection that was cut off has hidden it.
            self.stderr.show_cursor()?;
            self.stderr.write_line("")?;
        }
        if self.interruption.has_come() {
            return Err(PromptError::Interrupted);
        }
        answered.map_err(|dialoguer::Error::IO(error)| error.into())
    }
}

impl<T> Reply<T> {
    fn of_option(answer: Option<T>) -> Self {
        answer.map_or(Self::Back, Self::Answer)
    }
}

impl Reply<String> {
    fn of_text(text: String) -> Self {
        if text.trim() == BACK {
            Self::Back
        } else {
            Self::Answer(text)
        }
    }
}

impl From<io::Error> for PromptError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::Interrupted | io::ErrorKind::UnexpectedEof => Self::Interrupted,
            _ => Self::Io(error),
        }
    }
}
