//! What the checks return.

use perk_diag::Span;

use crate::code::{Code, FindingType};
use crate::json::pointer_to;
use crate::policy::Policy;

/// A place in a policy that a check has something to say about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The check.
    pub code: Code,
    /// How grave it is: the check's own type, unless the configuration says otherwise.
    pub finding_type: FindingType,
    /// What is the matter, in one line.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where: at least one place, the one to show first first.
    pub locations: Vec<Location>,
    /// The id of the statement it is in.
    pub sid: Option<String>,
}

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The bytes of the text.
    pub span: Span,
    /// The path in the document, as IAM Access Analyzer writes it: `Statement/0/Action/1`.
    pub pointer: String,
}

impl Finding {
    /// Returns the place to show first.
    pub fn primary(&self) -> &Location {
        &self.locations[0]
    }
}

/// A finding as a check makes it: spans only.
#[derive(Debug)]
pub(crate) struct Draft {
    code: Code,
    message: String,
    help: Option<String>,
    spans: Vec<Span>,
}

impl Draft {
    pub(crate) fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            help: None,
            spans: vec![span],
        }
    }

    /// Adds what to do about it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place.
    pub(crate) fn and(mut self, span: Span) -> Self {
        self.spans.push(span);
        self
    }

    /// Adds other places.
    pub(crate) fn and_all(mut self, spans: impl IntoIterator<Item = Span>) -> Self {
        self.spans.extend(spans);
        self
    }

    /// Finds the paths and the statement.
    pub(crate) fn place(self, policy: &Policy<'_>) -> Finding {
        let sid = sid_at(policy, self.spans[0]);
        self.finish(sid, |span| pointer_to(policy.root, span))
    }

    /// Places it in a text that could not be parsed.
    pub(crate) fn place_in_text(self) -> Finding {
        self.finish(None, |_| String::new())
    }

    fn finish(self, sid: Option<String>, pointer: impl Fn(Span) -> String) -> Finding {
        let location = |&span: &Span| Location {
            span,
            pointer: pointer(span),
        };
        Finding {
            code: self.code,
            finding_type: self.code.finding_type(),
            message: self.message,
            help: self.help,
            locations: self.spans.iter().map(location).collect(),
            sid,
        }
    }
}

fn sid_at(policy: &Policy<'_>, span: Span) -> Option<String> {
    let after = policy
        .statements
        .partition_point(|statement| statement.value.span.start <= span.start);
    let statement = policy.statements.get(after.checked_sub(1)?)?;
    Some(statement)
        .filter(|statement| span.end <= statement.value.span.end)?
        .sid_text()
        .filter(|sid| !sid.is_empty())
        .map(str::to_owned)
}
