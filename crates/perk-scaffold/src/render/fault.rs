//! What goes wrong in a text with tags, and where in it.

use std::fmt;

use perk_diag::LineColumn;

/// A mistake in a text with tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderFault {
    /// Line and column in the text, where they are known.
    pub position: Option<LineColumn>,
    /// What is wrong.
    pub problem: RenderProblem,
}

impl fmt::Display for RenderFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}

impl std::error::Error for RenderFault {}

impl RenderFault {
    pub(super) fn at(position: Option<LineColumn>, problem: RenderProblem) -> Self {
        Self { position, problem }
    }
}

/// What is wrong with a text with tags.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderProblem {
    /// The text is not Handlebars.
    #[error("this is not a tag that Handlebars knows: {0}")]
    Syntax(String),
    /// The text has a mark that begins no tag.
    #[error("this is not a tag that Handlebars knows")]
    NotATag,
    /// A block begins and does not end.
    #[error("this block has no `{0}`")]
    Unclosed(String),
    /// The end of a block that did not begin.
    #[error("this ends no block")]
    EndsNothing,
    /// A tag begins and does not end.
    #[error("this tag has no `{0}`")]
    Unterminated(String),
    /// A tag with other delimiters contains braces that would end it early.
    #[error("a tag cannot contain `{{{{` or `}}}}` outside quotes")]
    BracesInTag,
    /// A name that nothing has.
    #[error("`{name}` is not defined")]
    Undefined {
        /// The name as written.
        name: String,
        /// The name that was probably meant.
        nearest: Option<String>,
        /// The name exists one or more blocks further out: how to write it.
        outer: Option<String>,
    },
    /// A helper that does not exist.
    #[error("there is no helper `{name}`")]
    UnknownHelper {
        /// The name as written.
        name: String,
        /// The helper that was probably meant.
        nearest: Option<String>,
    },
    /// `now`, `year` or `uuid` in a file, where each render would give another result.
    #[error("`{0}` is only for defaults and computed values, where its result is kept")]
    Unrepeatable(String),
    /// A helper has too few or too many values.
    #[error("`{name}` takes {takes}, not {given}")]
    Arity {
        /// The helper.
        name: String,
        /// How many values it takes, in words.
        takes: String,
        /// How many it was given.
        given: usize,
    },
    /// A helper was given a named value that it does not have.
    #[error("`{name}` has no `{parameter}=`")]
    NamedValue {
        /// The helper.
        name: String,
        /// The named value.
        parameter: String,
    },
    /// A block of something that is no block, or the reverse.
    #[error("`{name}` is {}", if *needs_block { "a block: write `#` before it" } else { "not a block: write it without `#`" })]
    Block {
        /// The helper.
        name: String,
        /// Whether it works as a block only.
        needs_block: bool,
    },
    /// A list or a table where a text is needed.
    #[error("`{name}` is {kind}, which is no text")]
    NotText {
        /// The name as written.
        name: String,
        /// What it is.
        kind: &'static str,
    },
    /// A partial, an inline partial or a decorator.
    #[error("partials and decorators are not supported")]
    Partial,
    /// A limit on what a template may use.
    #[error("{what} would be more than {limit}")]
    Limit {
        /// What there is too much of.
        what: &'static str,
        /// The most that is allowed.
        limit: u64,
    },
    /// A helper cannot work with what it was given.
    #[error("{0}")]
    Helper(String),
    /// The file is not UTF-8.
    #[error("the file is not UTF-8 text, so it cannot have tags")]
    NotUtf8,
}
