//! A command line that was understood, with every word as the user wrote it.

use std::ffi::{OsStr, OsString};
use std::ops::Range;

use crate::command_line::{boolean, options};
use crate::engine::{Engine, Version};

/// An option as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenOption {
    /// The usual name, without dashes.
    pub name: String,
    /// The value, if one was given.
    pub value: Option<OsString>,
    /// The words that it is in, which letters share.
    pub words: Range<usize>,
}

/// What stands behind `run`: options, an image, and arguments for what runs in the container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunCommand {
    engine: Engine,
    words: Vec<OsString>,
    given: Vec<GivenOption>,
    end_of_options: usize,
    image: usize,
}

impl RunCommand {
    /// INVARIANT: `end_of_options <= image < words.len()`.
    pub(super) fn new(
        engine: Engine,
        words: Vec<OsString>,
        given: Vec<GivenOption>,
        end_of_options: usize,
        image: usize,
    ) -> Self {
        Self {
            engine,
            words,
            given,
            end_of_options,
            image,
        }
    }

    /// Returns the engine whose command line it is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Returns all words, as they were given.
    pub fn words(&self) -> &[OsString] {
        &self.words
    }

    /// Returns the words of the options.
    pub fn option_words(&self) -> &[OsString] {
        &self.words[..self.end_of_options]
    }

    /// Returns what stands behind the options: perhaps `--`, the image and the arguments.
    pub fn words_behind_options(&self) -> &[OsString] {
        &self.words[self.end_of_options..]
    }

    /// Returns the image.
    pub fn image(&self) -> &OsStr {
        &self.words[self.image]
    }

    /// Returns what the program in the container is given, which may look like anything.
    pub fn arguments(&self) -> &[OsString] {
        &self.words[self.image + 1..]
    }

    /// Returns the options in their order.
    pub fn given(&self) -> &[GivenOption] {
        &self.given
    }

    /// Returns the values of an option in their order.
    pub fn values<'a>(&'a self, name: &'a str) -> impl DoubleEndedIterator<Item = &'a OsStr> {
        let given = self.given.iter().filter(move |given| given.name == name);
        given.filter_map(|given| given.value.as_deref())
    }

    /// Returns the last value of an option, which is the one that counts where only one can.
    pub fn value<'a>(&'a self, name: &'a str) -> Option<&'a OsStr> {
        self.values(name).next_back()
    }

    /// Returns what a yes-or-no option was last set to, if it was set.
    pub fn flag(&self, name: &str) -> Option<bool> {
        let last = self.given.iter().rfind(|given| given.name == name)?;
        let Some(value) = &last.value else {
            return Some(true);
        };
        value.to_str().and_then(boolean)
    }

    /// Returns the options that the engine has only since a version newer than the given one.
    pub fn newer_than(&self, version: Version) -> Vec<(&str, Version)> {
        let since = |name: &str| {
            let row = options().iter().find(|row| row.name == name)?;
            row.since(self.engine)
        };
        let newer = |given: &GivenOption| since(&given.name).filter(|&since| since > version);
        self.given
            .iter()
            .filter_map(|given| Some((given.name.as_str(), newer(given)?)))
            .collect()
    }
}
