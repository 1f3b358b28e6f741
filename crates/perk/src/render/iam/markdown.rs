//! Findings as a comment on a pull request: a table for each file, the long tail folded away.
//!
//! Everything from outside is escaped, so that a policy can neither format the comment nor call
//! people by their names.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use perk_iam::{FindingType, Report, ReportedFinding};
use perk_term::{OutputError, Terminal, printable};

use super::digest::{findings_by_file, sentence, sentences};
use super::summary::{counted, counts, line};

/// Findings that are shown before the others are folded away.
const OPEN_ROWS: usize = 50;
/// Bytes after which findings are only counted: GitHub refuses a comment of more than 65,536
/// characters.
const MOST_BYTES: usize = 60_000;

/// Writes the comment.
pub(crate) fn write(report: &Report, terminal: &mut Terminal) -> Result<(), OutputError> {
    let comment = Comment { report };
    Ok(write!(terminal.data(), "{comment}")?)
}

struct Comment<'r> {
    report: &'r Report,
}

impl fmt::Display for Comment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "## IAM policies: {}", counts(self.report))?;
        let rows = rows(self.report);
        let (open, folded) = rows.split_at(rows.len().min(OPEN_ROWS));
        f.write_str(&tables(open))?;
        if !folded.is_empty() {
            let more = counted(folded.len(), "more finding", "more findings");
            writeln!(f, "\n<details>\n<summary>{more}</summary>")?;
            f.write_str(&tables(folded))?;
            writeln!(f, "\n</details>")?;
        }
        write_left_out(self.report, rows.len(), f)?;
        writeln!(f, "\n{}", sentence(&line(self.report)))
    }
}

/// A finding as a line of a table.
struct Row<'r> {
    path: &'r str,
    finding_type: FindingType,
    line: String,
}

/// Returns the findings, file by file; where there is no room for all, the gravest.
fn rows(report: &Report) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for (path, findings) in findings_by_file(report) {
        rows.extend(findings.into_iter().map(|reported| Row {
            path,
            finding_type: reported.finding.finding_type,
            line: row(reported),
        }));
    }
    let mut gravest_first: Vec<usize> = (0..rows.len()).collect();
    gravest_first.sort_by_key(|&index| rows[index].finding_type);
    let mut room = MOST_BYTES;
    let mut files = BTreeSet::new();
    let mut fits = vec![false; rows.len()];
    for index in gravest_first {
        let Row { path, line, .. } = &rows[index];
        let heading = if files.insert(*path) {
            heading(path).len()
        } else {
            0
        };
        match room.checked_sub(line.len() + heading) {
            Some(rest) => room = rest,
            None => break,
        }
        fits[index] = true;
    }
    let rows = rows.into_iter().zip(fits);
    rows.filter_map(|(row, fits)| fits.then_some(row)).collect()
}

fn row(reported: &ReportedFinding) -> String {
    let finding = &reported.finding;
    let line = reported.places.first().map_or(1, |place| place.start.line);
    format!(
        "| {line} | {} | `{}` | {} |\n",
        finding.finding_type,
        finding.code,
        Prose(&sentences(finding))
    )
}

fn tables(rows: &[Row<'_>]) -> String {
    let mut text = String::new();
    let mut path_before = None;
    for row in rows {
        if path_before != Some(row.path) {
            text.push_str(&heading(row.path));
            path_before = Some(row.path);
        }
        text.push_str(&row.line);
    }
    text
}

fn heading(path: &str) -> String {
    let path = Escaped(path);
    format!(
        "\n### <code>{path}</code>\n\n| line | type | check | finding |\n| ---: | --- | --- | --- |\n"
    )
}

fn write_left_out(report: &Report, shown: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let left_out = report.findings.len() - shown;
    if left_out == 0 {
        return Ok(());
    }
    let findings = counted(left_out, "finding", "findings");
    writeln!(
        f,
        "\n{findings} did not fit into this comment; `perk iam validate` shows all."
    )
}

/// Displays sentences whose words in backticks become code.
struct Prose<'t>(&'t str);

impl fmt::Display for Prose<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<&str> = self.0.split('`').collect();
        // Backticks that do not pair belong to the text.
        let paired = parts.len() - (parts.len() + 1) % 2;
        for (index, part) in parts.iter().enumerate() {
            match index {
                index if index >= paired => write!(f, "&#96;{}", Plain(part))?,
                index if index % 2 == 1 => write!(f, "<code>{}</code>", Escaped(part))?,
                _ => Plain(part).fmt(f)?,
            }
        }
        Ok(())
    }
}

/// Displays text that is not code: in it, GitHub and GitLab also look for people and issues.
struct Plain<'t>(&'t str);

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in self.0.split_inclusive(['@', '#']) {
            Escaped(part).fmt(f)?;
            if part.ends_with(['@', '#']) {
                // A space without width keeps the sign from calling anybody.
                f.write_str("&#8203;")?;
            }
        }
        Ok(())
    }
}

/// Displays text so that neither Markdown nor HTML sees anything in it.
struct Escaped<'t>(&'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in printable(self.0).chars() {
            match letter {
                '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '|' | '<' | '>' | '&' | '@' | '#'
                | '$' | '"' => write!(f, "&#{};", u32::from(letter))?,
                letter => f.write_char(letter)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::iam::sample;

    #[test]
    fn every_file_has_a_table() {
        insta::assert_snapshot!(sample::rendered(write), @"
        ## IAM policies: 2 errors, 1 security warning, 1 warning, 1 suggestion

        ### <code>missing.json</code>

        | line | type | check | finding |
        | ---: | --- | --- | --- |
        | 1 | error | `UNREADABLE_INPUT` | <code>missing.json</code> does not exist. |

        ### <code>odd, 50% &#38; &#60;b&#62;:&#34;é&#34;�&#124;dir/pol'icy.json</code>

        | line | type | check | finding |
        | ---: | --- | --- | --- |
        | 2 | warning | `INVALID_DATE_VALUE` | <code>&#60;b&#62;&#124;&#42;&#91;x&#93;(y)&#42;�::error::%</code> by &#64;&#8203;octocat in &#35;&#8203;7 &#38; &#34;co&#34; �&#91;2J: tüg�. Did you mean <code>2030-01-31</code>? |

        ### <code>policies/deploy.json</code>

        | line | type | check | finding |
        | ---: | --- | --- | --- |
        | 3 | error | `MISSING_RESOURCE` | The statement has no <code>Resource</code>. Add <code>&#34;Resource&#34;: &#34;&#42;&#34;</code>, or name one. |
        | 9 | security-warning | `PASS_ROLE_WITH_STAR_IN_RESOURCE` | <code>iam:PassRole</code> is allowed on every role. |
        | 14 | suggestion | `REDUNDANT_ACTION` | <code>s3:Get&#42;</code> covers <code>s3:GetObject</code>. |

        Checked 3 policies in 4 files: 2 errors, 1 security warning, 1 warning, 1 suggestion; 1 suppressed; 2 in the baseline.
        ");
    }

    #[test]
    fn nothing_found_is_said() {
        insta::assert_snapshot!(sample::rendered_empty(write), @"
        ## IAM policies: no findings

        Checked 0 policies in 0 files: no findings.
        ");
    }

    #[test]
    fn the_fifty_first_finding_is_folded_away() {
        let text = sample::rendered_of(&many(51), write);
        let (open, folded) = text.split_once("<details>").unwrap();
        assert!(folded.contains("<summary>1 more finding</summary>"));
        assert_eq!(open.matches("\n| 3 |").count(), 50);
        assert_eq!(folded.matches("\n| 3 |").count(), 1);
        assert!(!sample::rendered_of(&many(50), write).contains("<details>"));
    }

    #[test]
    fn a_comment_has_an_end() {
        let text = sample::rendered_of(&many(5_000), write);
        assert!(text.len() < 65_536, "{}", text.len());
        assert!(text.contains("did not fit into this comment"), "{text}");
        assert!(text.contains("5000 errors"), "{text}");
    }

    #[test]
    fn the_gravest_findings_have_the_room() {
        let mut report = many(5_000);
        for reported in &mut report.findings {
            reported.finding.finding_type = FindingType::Suggestion;
        }
        report.findings[4_000].finding.finding_type = FindingType::SecurityWarning;
        report.findings[4_999].finding.finding_type = FindingType::Error;
        let text = sample::rendered_of(&report, write);
        assert_eq!(text.matches("| error |").count(), 1);
        assert_eq!(text.matches("| security-warning |").count(), 1);
        assert!(text.matches("| suggestion |").count() > 100);
    }

    #[test]
    fn backticks_that_do_not_pair_are_text() {
        assert_eq!(
            Prose("a `b` c ` d").to_string(),
            "a <code>b</code> c &#96; d"
        );
        assert_eq!(
            Prose("a `b` `c`").to_string(),
            "a <code>b</code> <code>c</code>"
        );
        assert_eq!(Prose("a ` b").to_string(), "a &#96; b");
    }

    fn many(count: usize) -> Report {
        let mut report = sample::report();
        let finding = report.findings[0].clone();
        report.findings = vec![finding; count];
        report
    }
}
