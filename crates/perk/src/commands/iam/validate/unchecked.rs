//! Findings that no policy gives rise to: files that cannot be read or decoded, and entries of the
//! configuration without effect.

use perk_config::Suppression;
use perk_diag::{Explain as _, Span};
use perk_fs::FsError;
use perk_iam::{Code, Finding, Location};

use super::decode::Fault;
use super::file::File;
use crate::command_error::messages;

/// Returns the finding on a file that cannot be read.
pub(super) fn unreadable(error: &FsError) -> Finding {
    let messages: Vec<_> = messages(error).collect();
    let help = error.hints().first().map(ToString::to_string);
    finding(Code::UnreadableInput, START, messages.join(": "), help)
}

/// Returns the finding on a part of a folder that cannot be walked.
pub(super) fn unwalkable(message: String) -> Finding {
    finding(Code::UnreadableInput, START, message, None)
}

/// Returns the finding on bytes that are no text of a policy.
pub(super) fn undecoded(fault: Fault) -> Finding {
    let (span, message, help) = match fault {
        Fault::NotUtf8 { offset } => {
            let end = offset + char::REPLACEMENT_CHARACTER.len_utf8();
            let bytes = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
            (
                Span::new(bytes(offset), bytes(end)),
                "this byte is not UTF-8",
                "save the file as UTF-8; nothing in it was checked",
            )
        }
        Fault::Utf16 => (
            START,
            "the file is UTF-16, and policies are UTF-8",
            "convert it with `iconv -f UTF-16 -t UTF-8`",
        ),
    };
    let (message, help) = (message.to_owned(), help.to_owned());
    finding(Code::JsonSyntaxError, span, message, Some(help))
}

/// Returns the finding on an entry of the configuration that has no effect.
pub(super) fn idle_suppression(suppression: &Suppression, code: Code, file: &File<'_>) -> Finding {
    let suppressed = &suppression.code;
    let (message, help) = match suppression.expires {
        Some(date) if code == Code::ExpiredSuppression => (
            format!("the suppression of {suppressed} ended with {date}"),
            "mend the policy and delete the entry, or decide on a new date",
        ),
        _ => (
            format!("the suppression of {suppressed} matches no finding"),
            "delete the entry",
        ),
    };
    // The code stands there in quotes.
    let span = file.span(
        suppression.code_place.position,
        suppressed.chars().count() + 2,
    );
    finding(code, span, message, Some(help.to_owned()))
}

/// Where a file begins.
const START: Span = Span::new(0, 0);

fn finding(code: Code, span: Span, message: String, help: Option<String>) -> Finding {
    Finding {
        code,
        finding_type: code.finding_type(),
        message,
        help,
        locations: vec![Location {
            span,
            pointer: String::new(),
        }],
        sid: None,
    }
}
