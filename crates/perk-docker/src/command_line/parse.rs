//! Splitting the words of a user into options, image and arguments, as the engines do.
//!
//! The engines share one parser. Options end at the first word that is none; a word is an option
//! if it begins with `-` and is longer than that. Letters may stand together, and the first of
//! them that takes a value takes the rest of the word, or the next one. Names are never shortened.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;

use perk_diag::nearest;

use crate::command_line::options::{OptionRow, Takes, options};
use crate::command_line::{ExtraOption, GivenOption, RunCommand, boolean};
use crate::engine::Engine;
use crate::error::CommandFault;

/// Splits what stands behind `run` into options, image and arguments.
///
/// The extra options are those that the user vouches for. The words stay as they are.
pub fn parse(
    words: &[OsString],
    engine: Engine,
    extra: &[ExtraOption],
) -> Result<RunCommand, CommandFault> {
    let mut reader = Reader {
        words,
        at: 0,
        grammar: Grammar { engine, extra },
        given: Vec::new(),
    };
    let end_of_options = reader.read_options()?;
    let image = reader.at;
    match words.get(image) {
        None => Err(CommandFault::NoImage { engine }),
        Some(image) if image.is_empty() || image == "-" => Err(CommandFault::NotAnImage {
            word: image.clone(),
        }),
        Some(_) => Ok(RunCommand::new(
            engine,
            words.to_vec(),
            reader.given,
            end_of_options,
            image,
        )),
    }
}

/// Words that were split where the options end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The words of the options, with the `--` that ends them if there is one.
    pub options: Vec<OsString>,
    /// The words behind them.
    pub rest: Vec<OsString>,
}

/// Splits words where the options end, whatever stands behind them.
pub fn split(
    words: &[OsString],
    engine: Engine,
    extra: &[ExtraOption],
) -> Result<Split, CommandFault> {
    let mut reader = Reader {
        words,
        at: 0,
        grammar: Grammar { engine, extra },
        given: Vec::new(),
    };
    reader.read_options()?;
    let (options, rest) = words.split_at(reader.at);
    Ok(Split {
        options: options.to_vec(),
        rest: rest.to_vec(),
    })
}

/// What an engine understands.
#[derive(Clone, Copy)]
struct Grammar<'a> {
    engine: Engine,
    extra: &'a [ExtraOption],
}

impl Grammar<'_> {
    fn rows(self) -> impl Iterator<Item = &'static OptionRow> {
        let is_known = move |row: &&OptionRow| row.since(self.engine).is_some();
        options().iter().filter(is_known)
    }

    /// Returns the usual name of an option and what it takes.
    fn find(self, name: &str) -> Option<(String, Takes)> {
        let row = self.rows().find(|row| row.name == name);
        if let Some(row) = row {
            return Some((row.canonical.to_owned(), row.takes));
        }
        let extra = self.extra.iter().find(|extra| extra.name == name)?;
        Some((extra.name.clone(), extra.takes))
    }

    fn find_letter(self, letter: char) -> Option<(String, Takes)> {
        let row = self.rows().find(|row| row.short == Some(letter))?;
        Some((row.canonical.to_owned(), row.takes))
    }
}

struct Reader<'a> {
    words: &'a [OsString],
    at: usize,
    grammar: Grammar<'a>,
    given: Vec<GivenOption>,
}

impl Reader<'_> {
    /// Reads up to the image and returns how many words are options.
    fn read_options(&mut self) -> Result<usize, CommandFault> {
        while let Some(word) = self.words.get(self.at) {
            let bytes = word.as_bytes();
            match bytes {
                b"--" => {
                    self.at += 1;
                    return Ok(self.at - 1);
                }
                [b'-', b'-', name @ ..] => self.read_name(OsStr::from_bytes(name))?,
                [b'-', letters @ ..] if !letters.is_empty() => self.read_letters(letters)?,
                _ => break,
            }
        }
        Ok(self.at)
    }

    fn read_name(&mut self, text: &OsStr) -> Result<(), CommandFault> {
        let (name, attached) = split_once(text, b'=');
        let name = name.to_string_lossy();
        if name.is_empty() || name.starts_with('-') {
            return Err(CommandFault::NotAnOption {
                word: self.words[self.at].clone(),
            });
        }
        let Some((name, takes)) = self.grammar.find(&name) else {
            let candidates = self.grammar.rows().map(|row| row.name);
            return Err(CommandFault::UnknownOption {
                engine: self.grammar.engine,
                option: format!("--{name}"),
                nearest: nearest(&name, candidates).map(|name| format!("--{name}")),
            });
        };
        let start = self.at;
        self.at += 1;
        let value = match (attached, takes) {
            (Some(value), _) => Some(value.to_owned()),
            (None, Takes::Flag) => None,
            (None, Takes::Value) => Some(self.next_word(&format!("--{name}"))?),
        };
        self.give(name, value, takes, start)
    }

    fn read_letters(&mut self, letters: &[u8]) -> Result<(), CommandFault> {
        let start = self.at;
        self.at += 1;
        let mut rest = letters;
        while let [letter, behind @ ..] = rest {
            let letter = char::from(*letter);
            let Some((name, takes)) = self.grammar.find_letter(letter) else {
                return Err(self.unknown_letter(letter, start));
            };
            // A lone `=` at the end is no assignment: it is itself a value, or a letter.
            let (value, left): (_, &[u8]) = match (behind, takes) {
                ([b'=', value @ ..], _) if !value.is_empty() => (Some(value), &[]),
                (_, Takes::Flag) => (None, behind),
                ([], Takes::Value) => {
                    let value = self.next_word(&format!("-{letter}"))?;
                    return self.give(name, Some(value), takes, start);
                }
                (value, Takes::Value) => (Some(value), &[]),
            };
            let value = value.map(|value| OsStr::from_bytes(value).to_owned());
            self.give(name, value, takes, start)?;
            rest = left;
        }
        Ok(())
    }

    fn unknown_letter(&self, letter: char, start: usize) -> CommandFault {
        let word = self.words[start].clone();
        // `-name` is a frequent slip for `--name`.
        let text = word.to_string_lossy();
        let name = text[1..].split('=').next().unwrap_or_default();
        let is_name = name.len() > 2 && self.grammar.find(name).is_some();
        CommandFault::UnknownLetter {
            engine: self.grammar.engine,
            letter,
            nearest: is_name.then(|| format!("--{name}")),
            word,
        }
    }

    fn next_word(&mut self, option: &str) -> Result<OsString, CommandFault> {
        let word = self.words.get(self.at).cloned();
        self.at += 1;
        word.ok_or_else(|| CommandFault::NoValue {
            option: option.to_owned(),
        })
    }

    fn give(
        &mut self,
        name: String,
        value: Option<OsString>,
        takes: Takes,
        start: usize,
    ) -> Result<(), CommandFault> {
        if let (Takes::Flag, Some(value)) = (takes, &value)
            && value.to_str().and_then(boolean).is_none()
        {
            return Err(CommandFault::NotABoolean {
                option: format!("--{name}"),
                value: value.clone(),
            });
        }
        self.given.push(GivenOption {
            name,
            value,
            words: start..self.at,
        });
        Ok(())
    }
}

fn split_once(text: &OsStr, separator: u8) -> (&OsStr, Option<&OsStr>) {
    let bytes = text.as_bytes();
    match bytes.iter().position(|&byte| byte == separator) {
        None => (text, None),
        Some(at) => (
            OsStr::from_bytes(&bytes[..at]),
            Some(OsStr::from_bytes(&bytes[at + 1..])),
        ),
    }
}
