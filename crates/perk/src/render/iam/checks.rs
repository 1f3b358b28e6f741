//! The list of all checks.

use perk_iam::{Code, FindingType, Origin};
use perk_term::{Meaning, OutputError, Terminal};
use schemars::JsonSchema;
use serde::Serialize;

use crate::render::SCHEMA_VERSION;

/// A check as the configuration leaves it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ListedCheck {
    pub(crate) code: Code,
    /// None when it is switched off.
    pub(crate) finding_type: Option<FindingType>,
}

impl ListedCheck {
    fn type_name(self) -> &'static str {
        self.finding_type.map_or("off", FindingType::as_str)
    }

    fn origin_name(self) -> &'static str {
        match self.code.origin() {
            Origin::AccessAnalyzer => "aws",
            Origin::Perk => "perk",
        }
    }
}

/// Writes a line for each check.
pub(crate) fn checks_text(
    checks: &[ListedCheck],
    terminal: &mut Terminal,
) -> Result<(), OutputError> {
    let painter = terminal.data_painter();
    let width = |text: fn(&ListedCheck) -> &'static str| {
        checks
            .iter()
            .map(|check| text(check).len())
            .max()
            .unwrap_or(0)
    };
    let code_width = width(|check| check.code.name());
    let type_width = width(|check| check.type_name());
    for check in checks {
        writeln!(
            terminal.data(),
            "{:code_width$}  {:type_width$}  {:4}  {}",
            painter.paint(Meaning::Name, check.code.name()),
            check.type_name(),
            check.origin_name(),
            check.code.summary(),
        )?;
    }
    Ok(())
}

/// All checks.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ChecksDocument {
    /// Version of this document's form.
    schema_version: u32,
    /// The checks: AWS's by type and name, then perk's own.
    checks: Vec<CheckEntry>,
}

/// A check.
#[derive(Debug, Serialize, JsonSchema)]
struct CheckEntry {
    /// Its name.
    code: &'static str,
    /// The type of its findings under this configuration: `error`, `security-warning`,
    /// `warning`, `suggestion`, or `off`.
    r#type: &'static str,
    /// Whose check it is: `aws` or `perk`.
    origin: &'static str,
    /// What it looks for, in a sentence.
    summary: &'static str,
    /// Where AWS describes it, if it is one of AWS's.
    url: Option<String>,
}

impl ChecksDocument {
    pub(crate) fn new(checks: &[ListedCheck]) -> Self {
        let entry = |check: &ListedCheck| CheckEntry {
            code: check.code.name(),
            r#type: check.type_name(),
            origin: check.origin_name(),
            summary: check.code.summary(),
            url: check.code.aws_address(),
        };
        Self {
            schema_version: SCHEMA_VERSION,
            checks: checks.iter().map(entry).collect(),
        }
    }
}
