//! Findings drawn into the policies they are about.

use std::collections::BTreeMap;
use std::io::{self, Write};

use perk_diag::LineIndex;
use perk_iam::{Code, FindingType, Report, ReportedFinding, Source};
use perk_term::snippet::{Label, Snippet};
use perk_term::{Meaning, OutputError, Painter, Terminal, printable};

/// How many findings of one check in one file are drawn; the others get a line each.
const DRAWN: usize = 3;
/// How many other places of a finding are shown.
const SECONDARY: usize = 4;

/// Writes all findings, file by file.
pub(super) fn write(report: &Report, terminal: &mut Terminal) -> Result<(), OutputError> {
    let style = Style {
        painter: terminal.data_painter(),
        columns: terminal.columns(),
        is_verbose: terminal.is_verbose(),
    };
    let files = report
        .findings
        .chunk_by(|one, next| one.source == next.source);
    for findings in files {
        let source = &report.sources[findings[0].source];
        style.write_file(findings, source, terminal.data())?;
    }
    Ok(())
}

#[derive(Debug, Clone, Copy)]
struct Style {
    painter: Painter,
    columns: usize,
    is_verbose: bool,
}

impl Style {
    fn write_file(
        self,
        findings: &[ReportedFinding],
        source: &Source,
        output: &mut dyn Write,
    ) -> io::Result<()> {
        let index = LineIndex::new(&source.text);
        let mut by_code: BTreeMap<Code, Vec<&ReportedFinding>> = BTreeMap::new();
        for reported in findings {
            let of_code = by_code.entry(reported.finding.code).or_default();
            of_code.push(reported);
            if source.text.is_empty() {
                self.write_without_text(reported, source, output)?;
            } else if self.is_verbose || of_code.len() <= DRAWN {
                writeln!(output, "{}", self.drawing(reported, source, &index))?;
            }
        }
        if self.is_verbose || source.text.is_empty() {
            return Ok(());
        }
        for of_code in by_code.values() {
            self.write_others(of_code.get(DRAWN..).unwrap_or_default(), source, output)?;
        }
        Ok(())
    }

    fn drawing(self, reported: &ReportedFinding, source: &Source, index: &LineIndex<'_>) -> String {
        let finding = &reported.finding;
        let others = finding.locations.get(1..).unwrap_or_default();
        let shown = &others[..others.len().min(SECONDARY)];
        let more = match others.len() - shown.len() {
            0 => None,
            1 => Some("and 1 more place".to_owned()),
            more => Some(format!("and {more} more places")),
        };
        let reference = self.is_verbose.then(|| reference(finding.code));
        let secondary = shown.iter().map(|location| Label {
            span: location.span,
            text: "related",
        });
        let snippet = Snippet {
            level_name: finding.finding_type.as_str(),
            code: finding.code.name(),
            title: &finding.message,
            path: &source.path,
            source: index,
            primary: finding.primary().span,
            primary_label: None,
            secondary: secondary.collect(),
            help: finding.help.as_deref().into_iter().collect(),
            notes: [more.as_deref(), reference.as_deref()]
                .into_iter()
                .flatten()
                .collect(),
        };
        snippet.render(self.painter, self.columns)
    }

    /// Writes a finding about a file whose text is not there.
    fn write_without_text(
        self,
        reported: &ReportedFinding,
        source: &Source,
        output: &mut dyn Write,
    ) -> io::Result<()> {
        let finding = &reported.finding;
        let message = printable(&finding.message);
        writeln!(output, "{}: {message}", self.label(reported))?;
        writeln!(output, " --> {}", printable(&source.path))?;
        if let Some(help) = &finding.help {
            let label = self.painter.paint(Meaning::Hint, "help");
            writeln!(output, "  = {label}: {}", printable(help))?;
        }
        writeln!(output)
    }

    /// Writes the findings of one check that are not drawn.
    fn write_others(
        self,
        findings: &[&ReportedFinding],
        source: &Source,
        output: &mut dyn Write,
    ) -> io::Result<()> {
        let Some(first) = findings.first() else {
            return Ok(());
        };
        let (label, number) = (self.label(first), findings.len());
        writeln!(output, "{label}: {number} more in this file")?;
        for reported in findings {
            let (path, start) = (printable(&source.path), reported.places[0].start);
            let message = printable(&reported.finding.message);
            writeln!(
                output,
                " --> {path}:{}:{}: {message}",
                start.line, start.column
            )?;
        }
        writeln!(output)
    }

    fn label(self, reported: &ReportedFinding) -> String {
        let finding_type = reported.finding.finding_type;
        let label = format!("{finding_type}[{}]", reported.finding.code);
        self.painter.paint(meaning(finding_type), label).to_string()
    }
}

fn meaning(finding_type: FindingType) -> Meaning {
    match finding_type {
        FindingType::Error => Meaning::Error,
        FindingType::SecurityWarning | FindingType::Warning => Meaning::Warning,
        FindingType::Suggestion => Meaning::Suggestion,
    }
}

/// Says where to read more about a check.
fn reference(code: Code) -> String {
    code.aws_address()
        .unwrap_or_else(|| format!("see `perk iam validate --explain {code}`"))
}
