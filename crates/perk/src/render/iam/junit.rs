//! Findings as test results, which build servers show: a suite for each file, a case for each
//! finding, and one case that passes for a file without findings.
//!
//! A finding that does not fail the run is a case that passes and says so in its output, so that
//! the color of the build is the exit code of perk. Names of cases hold no line numbers: a server
//! then recognizes a finding whose line has moved.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::io;

use camino::Utf8Path;
use perk_iam::{FindingType, Report, ReportedFinding};
use perk_term::{OutputError, Terminal};

use super::digest::{findings_by_file, sentence, sentences};

/// Writes the results; a finding of a type that fails the run is a case that fails.
pub(crate) fn write(
    report: &Report,
    fails: impl Fn(FindingType) -> bool,
    terminal: &mut Terminal,
) -> Result<(), OutputError> {
    let suites: Vec<Suite<'_>> = findings_by_file(report)
        .into_iter()
        .map(|(path, findings)| Suite::new(path, &findings, &fails))
        .collect();
    Ok(write_suites(&suites, terminal.data())?)
}

/// A file.
struct Suite<'r> {
    path: &'r str,
    cases: Vec<Case<'r>>,
}

/// A finding, or the absence of findings.
struct Case<'r> {
    name: String,
    finding: Option<&'r ReportedFinding>,
    fails: bool,
}

impl<'r> Suite<'r> {
    fn new(
        path: &'r str,
        findings: &[&'r ReportedFinding],
        fails: impl Fn(FindingType) -> bool,
    ) -> Self {
        let mut taken = BTreeMap::new();
        let mut cases: Vec<Case<'r>> = findings
            .iter()
            .map(|&finding| Case {
                name: unique_name(path, finding, &mut taken),
                finding: Some(finding),
                fails: fails(finding.finding.finding_type),
            })
            .collect();
        if cases.is_empty() {
            cases.push(Case {
                name: "no findings".to_owned(),
                finding: None,
                fails: false,
            });
        }
        Self { path, cases }
    }

    fn failures(&self) -> usize {
        self.cases.iter().filter(|case| case.fails).count()
    }
}

/// Returns a name that no other finding of the file has: servers take cases of one name for one.
fn unique_name(
    path: &str,
    reported: &ReportedFinding,
    taken: &mut BTreeMap<String, usize>,
) -> String {
    let mut name = reported.finding.code.name().to_owned();
    let stem = Utf8Path::new(path).file_stem();
    // The first policy of a file is called like the file, which is named already.
    let policy = reported
        .policy
        .as_deref()
        .filter(|name| Some(*name) != stem);
    let pointer = reported.finding.primary().pointer.as_str();
    for (place, before) in [(policy.unwrap_or_default(), " in "), (pointer, " at ")] {
        if !place.is_empty() {
            name.push_str(before);
            name.push_str(place);
        }
    }
    let count = taken.entry(name.clone()).or_default();
    *count += 1;
    if *count > 1 {
        name = format!("{name} ({count})");
    }
    name
}

fn write_suites(suites: &[Suite<'_>], data: &mut dyn io::Write) -> io::Result<()> {
    let tests: usize = suites.iter().map(|suite| suite.cases.len()).sum();
    let failures: usize = suites.iter().map(Suite::failures).sum();
    writeln!(data, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        data,
        "<testsuites name=\"perk iam validate\" tests=\"{tests}\" failures=\"{failures}\">"
    )?;
    for suite in suites {
        write_suite(suite, data)?;
    }
    writeln!(data, "</testsuites>")
}

fn write_suite(suite: &Suite<'_>, data: &mut dyn io::Write) -> io::Result<()> {
    let (path, tests, failures) = (Attribute(suite.path), suite.cases.len(), suite.failures());
    writeln!(
        data,
        "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">"
    )?;
    let class = class_name(suite.path);
    for case in &suite.cases {
        let (class, name) = (Attribute(&class), Attribute(&case.name));
        write!(
            data,
            "    <testcase classname=\"{class}\" name=\"{name}\" file=\"{path}\""
        )?;
        match case.finding {
            None => writeln!(data, "/>")?,
            Some(finding) => write_finding(suite.path, finding, case.fails, data)?,
        }
    }
    writeln!(data, "  </testsuite>")
}

fn write_finding(
    path: &str,
    reported: &ReportedFinding,
    fails: bool,
    data: &mut dyn io::Write,
) -> io::Result<()> {
    let finding = &reported.finding;
    let kind = finding.finding_type;
    let place = reported.places.first().map_or_else(String::new, |place| {
        format!(":{}:{}", place.start.line, place.start.column)
    });
    let text = format!("{path}{place}: {kind}: {}", sentences(finding));
    let text = Text(&text);
    writeln!(data, ">")?;
    if fails {
        let message = sentence(&finding.message);
        let message = Attribute(&message);
        writeln!(
            data,
            "      <failure type=\"{kind}\" message=\"{message}\">{text}</failure>"
        )?;
    } else {
        writeln!(data, "      <system-out>{text}</system-out>")?;
    }
    writeln!(data, "    </testcase>")
}

/// Returns the path without `.json` and without dots, by which Jenkins would cut it into packages.
fn class_name(path: &str) -> String {
    path.strip_suffix(".json").unwrap_or(path).replace('.', "_")
}

/// Displays as the text of an element.
struct Text<'t>(&'t str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\n' => f.write_char('\n')?,
                letter if is_allowed(letter) => f.write_char(letter)?,
                _ => f.write_char(char::REPLACEMENT_CHARACTER)?,
            }
        }
        Ok(())
    }
}

/// Displays as the value of an attribute, in which a line break has to be written as a number.
struct Attribute<'t>(&'t str);

impl fmt::Display for Attribute<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = self.0.split('\n');
        Text(lines.next().unwrap_or_default()).fmt(f)?;
        lines.try_for_each(|line| write!(f, "&#10;{}", Text(line)))
    }
}

/// Returns whether XML 1.0 can hold a character and a log can show it.
fn is_allowed(letter: char) -> bool {
    perk_term::is_printable(letter) && !matches!(letter, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::iam::sample;

    fn from_security_warning(report: &Report, terminal: &mut Terminal) -> Result<(), OutputError> {
        write(
            report,
            |kind| kind <= FindingType::SecurityWarning,
            terminal,
        )
    }

    #[test]
    fn what_fails_the_run_fails_its_case() {
        insta::assert_snapshot!(sample::rendered(from_security_warning), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="perk iam validate" tests="6" failures="3">
          <testsuite name="missing.json" tests="1" failures="1" errors="0" skipped="0">
            <testcase classname="missing" name="UNREADABLE_INPUT" file="missing.json">
              <failure type="error" message="`missing.json` does not exist.">missing.json:1:1: error: `missing.json` does not exist.</failure>
            </testcase>
          </testsuite>
          <testsuite name="odd, 50% &amp; &lt;b&gt;:&quot;é&quot;&#10;|dir/pol'icy.json" tests="1" failures="0" errors="0" skipped="0">
            <testcase classname="odd, 50% &amp; &lt;b&gt;:&quot;é&quot;&#10;|dir/pol'icy" name="INVALID_DATE_VALUE in deploy at Statement/0/Condition/x]y" file="odd, 50% &amp; &lt;b&gt;:&quot;é&quot;&#10;|dir/pol'icy.json">
              <system-out>odd, 50% &amp; &lt;b&gt;:&quot;é&quot;
        |dir/pol'icy.json:2:4: warning: `&lt;b&gt;|*[x](y)*�::error::%` by @octocat in #7 &amp; &quot;co&quot; �[2J: tüg�. Did you mean `2030-01-31`?</system-out>
            </testcase>
          </testsuite>
          <testsuite name="policies/deploy.json" tests="3" failures="2" errors="0" skipped="0">
            <testcase classname="policies/deploy" name="MISSING_RESOURCE at Statement/0" file="policies/deploy.json">
              <failure type="error" message="The statement has no `Resource`.">policies/deploy.json:3:5: error: The statement has no `Resource`. Add `&quot;Resource&quot;: &quot;*&quot;`, or name one.</failure>
            </testcase>
            <testcase classname="policies/deploy" name="PASS_ROLE_WITH_STAR_IN_RESOURCE at Statement/1/Action" file="policies/deploy.json">
              <failure type="security-warning" message="`iam:PassRole` is allowed on every role.">policies/deploy.json:9:17: security-warning: `iam:PassRole` is allowed on every role.</failure>
            </testcase>
            <testcase classname="policies/deploy" name="REDUNDANT_ACTION at Statement/2/Action/1" file="policies/deploy.json">
              <system-out>policies/deploy.json:14:7: suggestion: `s3:Get*` covers `s3:GetObject`.</system-out>
            </testcase>
          </testsuite>
          <testsuite name="policies/read-only.json" tests="1" failures="0" errors="0" skipped="0">
            <testcase classname="policies/read-only" name="no findings" file="policies/read-only.json"/>
          </testsuite>
        </testsuites>
        "#);
    }

    #[test]
    fn nothing_fails_when_nothing_may() {
        let text = sample::rendered(|report, terminal| write(report, |_| false, terminal));
        assert!(!text.contains("<failure"));
        assert!(text.contains("failures=\"0\""));
    }

    #[test]
    fn nothing_checked_is_no_suite() {
        insta::assert_snapshot!(sample::rendered_empty(from_security_warning), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="perk iam validate" tests="0" failures="0">
        </testsuites>
        "#);
    }

    #[test]
    fn findings_of_one_place_have_names_of_their_own() {
        let mut report = sample::report();
        report.findings.truncate(1);
        report.findings.push(report.findings[0].clone());
        let text = sample::rendered_of(&report, from_security_warning);
        assert_eq!(text.matches(" (2)\"").count(), 1, "{text}");
    }
}
