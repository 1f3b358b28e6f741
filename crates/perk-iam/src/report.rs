//! What a run over many files found, as plain data for whatever writes it down.

use perk_diag::LineColumn;

use crate::finding::Finding;
use crate::policy::{Kind, KindReason};

/// The result of checking files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// The texts that findings are about; a finding names its own by index.
    pub sources: Vec<Source>,
    /// Every policy document that was checked, in the order of files and texts.
    pub documents: Vec<CheckedDocument>,
    /// Every finding that counts, in the order of files and texts.
    pub findings: Vec<ReportedFinding>,
    /// How many files were read.
    pub files: usize,
    /// How many findings the configuration suppresses.
    pub suppressed: usize,
    /// How many findings the baseline holds.
    pub baselined: usize,
}

/// A text and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path as it is shown: with `/`, relative where the user gave it so; `<stdin>` for
    /// standard input.
    pub path: String,
    /// The text; empty for a file that could not be read, and where texts are not shown.
    pub text: String,
}

/// A policy document that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedDocument {
    /// The path of its file.
    pub path: String,
    /// Its name: the stem of the file, with `#2` and so on for the later ones of a file.
    pub policy: String,
    /// What it was taken for.
    pub kind: Kind,
    /// Why.
    pub kind_reason: KindReason,
    /// The line it begins on.
    pub line: u32,
}

/// A finding in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedFinding {
    /// The finding, with the type that the configuration gives it.
    pub finding: Finding,
    /// The index of its text in [`Report::sources`].
    pub source: usize,
    /// The name of its policy; none for findings about a whole file.
    pub policy: Option<String>,
    /// The kind of its policy.
    pub kind: Option<Kind>,
    /// The places of the finding's locations, in their order.
    pub places: Vec<Place>,
    /// A text that stays the same when lines before the finding come and go: path, code, policy,
    /// and what the finding points at. Hexadecimal, 64 bits.
    pub fingerprint: String,
}

/// A place as people count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The first character.
    pub start: LineColumn,
    /// The character after the last.
    pub end: LineColumn,
}
