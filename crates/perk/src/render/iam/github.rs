//! Findings as workflow commands, which GitHub turns into annotations of a pull request.
//!
//! GitHub shows ten annotations of each level for one step; the others stay in its log.

use std::fmt::{self, Write as _};

use perk_iam::{FindingType, Place, Report, ReportedFinding};
use perk_term::{OutputError, Terminal};

use super::digest::{path_of, sentences};

/// Writes one command a line.
pub(crate) fn write(report: &Report, terminal: &mut Terminal) -> Result<(), OutputError> {
    for finding in &report.findings {
        let command = command(path_of(report, finding), finding);
        writeln!(terminal.data(), "{command}")?;
    }
    Ok(())
}

fn command(path: &str, reported: &ReportedFinding) -> String {
    let finding = &reported.finding;
    format!(
        "::{} file={}{},title={}::{}",
        level(finding.finding_type),
        Property(path),
        position(reported.places.first()),
        finding.code,
        Message(&sentences(finding)),
    )
}

fn level(finding_type: FindingType) -> &'static str {
    match finding_type {
        FindingType::Error => "error",
        FindingType::SecurityWarning | FindingType::Warning => "warning",
        FindingType::Suggestion => "notice",
    }
}

/// Returns the properties for a place; the end is the last line and column that belong to it.
fn position(place: Option<&Place>) -> String {
    let Some(Place { start, end }) = place else {
        return String::new();
    };
    if start.line == end.line {
        let last = end.column.saturating_sub(1).max(start.column);
        format!(
            ",line={},endLine={},col={},endColumn={last}",
            start.line, end.line, start.column
        )
    } else {
        // GitHub drops the columns of what spans several lines.
        format!(",line={},endLine={}", start.line, end.line)
    }
}

/// Displays with the escapes of what follows the second `::`.
struct Message<'t>(&'t str);

impl fmt::Display for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escape(self.0, "%\r\n", f)
    }
}

/// Displays with the escapes of the value of a property.
struct Property<'t>(&'t str);

impl fmt::Display for Property<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escape(self.0, "%\r\n:,", f)
    }
}

fn escape(text: &str, special: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for letter in text.chars() {
        if special.contains(letter) {
            write!(f, "%{:02X}", u32::from(letter))?;
        } else if perk_term::is_printable(letter) {
            f.write_char(letter)?;
        } else {
            f.write_char(char::REPLACEMENT_CHARACTER)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::iam::sample;

    #[test]
    fn every_finding_is_one_command() {
        insta::assert_snapshot!(sample::rendered(write), @r#"
        ::error file=policies/deploy.json,line=3,endLine=6,title=MISSING_RESOURCE::The statement has no `Resource`. Add `"Resource": "*"`, or name one.
        ::warning file=policies/deploy.json,line=9,endLine=9,col=17,endColumn=30,title=PASS_ROLE_WITH_STAR_IN_RESOURCE::`iam:PassRole` is allowed on every role.
        ::notice file=policies/deploy.json,line=14,endLine=14,col=7,endColumn=21,title=REDUNDANT_ACTION::`s3:Get*` covers `s3:GetObject`.
        ::warning file=odd%2C 50%25 & <b>%3A"é"%0A|dir/pol'icy.json,line=2,endLine=2,col=4,endColumn=8,title=INVALID_DATE_VALUE::`<b>|*[x](y)*�::error::%25` by @octocat in #7 & "co" �[2J: tüg�. Did you mean `2030-01-31`?
        ::error file=missing.json,line=1,endLine=1,col=1,endColumn=1,title=UNREADABLE_INPUT::`missing.json` does not exist.
        "#);
    }

    #[test]
    fn nothing_found_is_nothing_said() {
        assert_eq!(sample::rendered_empty(write), "");
    }
}
