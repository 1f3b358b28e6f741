//! Something that is wrong with a template, and how the errors of the engine become that.

use std::error::Error as _;
use std::ops::Range;

use perk_diag::{Explain as _, Span};

use super::Code;
use crate::ScaffoldError;
use crate::render::RenderProblem;
use crate::template::FILES_FOLDER;

/// Something that was found in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing it is.
    pub code: Code,
    /// The file, from the template's folder.
    pub file: String,
    /// Where in the file, if it is at one place.
    pub span: Option<Span>,
    /// What is the matter, in one line.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The combination of answers that shows it, if it takes one: its place in the report.
    pub combination: Option<usize>,
}

impl Finding {
    /// Creates a finding about a file as a whole.
    pub(super) fn new(code: Code, file: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code,
            file: file.into(),
            span: None,
            message: message.into(),
            help: None,
            combination: None,
        }
    }

    /// Sets where in the file it is.
    pub(super) fn at(self, range: Range<usize>) -> Self {
        let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            span: Some(Span::new(offset(range.start), offset(range.end))),
            ..self
        }
    }

    /// Sets what to do about it.
    pub(super) fn with_help(self, help: impl Into<Option<String>>) -> Self {
        Self {
            help: help.into(),
            ..self
        }
    }

    /// Makes a finding of an error, without its place in the file.
    pub(super) fn of_error(error: &ScaffoldError) -> Self {
        let (code, file) = match error {
            ScaffoldError::Collision { from, .. } => {
                let file = from.first().cloned();
                (
                    Code::CollidingPaths,
                    file.unwrap_or_else(|| FILES_FOLDER.to_owned()),
                )
            }
            ScaffoldError::Path { from, .. }
            | ScaffoldError::Slash { from, .. }
            | ScaffoldError::SecretInPath { from, .. } => {
                (Code::BadPath, format!("{FILES_FOLDER}/{from}"))
            }
            ScaffoldError::Reserved { .. } => (Code::BadPath, FILES_FOLDER.to_owned()),
            ScaffoldError::Render { place, problem } => (of_render(problem), place.file.clone()),
            ScaffoldError::Default { .. } => (Code::BadDefault, crate::MANIFEST_FILE.to_owned()),
            ScaffoldError::LinkOutside { path, .. } => {
                (Code::UnsafeFile, format!("{FILES_FOLDER}/{path}"))
            }
            ScaffoldError::SpecialFile { path, .. } | ScaffoldError::Name { path } => {
                (Code::UnsafeFile, path.clone())
            }
            ScaffoldError::Unprintable { .. } => (Code::UnsafeFile, FILES_FOLDER.to_owned()),
            ScaffoldError::Expression { .. } | ScaffoldError::Computed { .. } => {
                (Code::RenderFailure, crate::MANIFEST_FILE.to_owned())
            }
            _ => (Code::RenderFailure, FILES_FOLDER.to_owned()),
        };
        let help = match error {
            ScaffoldError::Path { .. } | ScaffoldError::Slash { .. } => Some(
                "give the question a `pattern`, or write the name with a helper such as `kebab`"
                    .to_owned(),
            ),
            error => error.hints().first().map(ToString::to_string),
        };
        Self::new(code, file, message(error)).with_help(help)
    }
}

/// Returns the code of a mistake in a tag.
pub(super) fn of_render(problem: &RenderProblem) -> Code {
    match problem {
        RenderProblem::Syntax(_)
        | RenderProblem::NotATag
        | RenderProblem::Unclosed(_)
        | RenderProblem::EndsNothing
        | RenderProblem::Unterminated(_)
        | RenderProblem::BracesInTag => Code::TagSyntax,
        RenderProblem::Undefined { .. } => Code::UnknownName,
        RenderProblem::UnknownHelper { .. } => Code::UnknownHelper,
        RenderProblem::Unrepeatable(_)
        | RenderProblem::Arity { .. }
        | RenderProblem::NamedValue { .. }
        | RenderProblem::Block { .. }
        | RenderProblem::NotText { .. } => Code::MisusedTag,
        RenderProblem::Partial => Code::Partial,
        RenderProblem::Limit { .. } | RenderProblem::Helper(_) => Code::RenderFailure,
        RenderProblem::NotUtf8 => Code::NotUtf8,
    }
}

/// Returns what an error says with its causes, in one line, without the place that goes with it.
fn message(error: &ScaffoldError) -> String {
    let mut text = match error {
        ScaffoldError::Render { problem, .. } => problem.to_string(),
        error => error.to_string(),
    };
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
