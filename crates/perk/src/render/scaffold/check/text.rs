//! Findings drawn into the files they are about, and the output of checks that failed.

use std::io::{self, Write};

use perk_diag::LineIndex;
use perk_scaffold::lint::{Finding, Severity};
use perk_term::snippet::Snippet;
use perk_term::{Meaning, OutputError, Painter, Terminal, printable};

use super::Checked;
use super::words::command_line;
use crate::commands::{CheckOutcome, CheckResult, CombinationRun};

/// How many of the last lines of a check's output are shown.
const LAST_LINES: usize = 60;

/// Writes all findings, then all checks that failed.
pub(super) fn write(checked: &Checked<'_>, terminal: &mut Terminal) -> Result<(), OutputError> {
    let style = Style {
        painter: terminal.data_painter(),
        columns: terminal.columns(),
        is_verbose: terminal.is_verbose(),
    };
    for finding in &checked.report.findings {
        style.write_finding(finding, checked, terminal.data())?;
    }
    for combination in checked.run.iter().flat_map(|run| &run.combinations) {
        for result in &combination.results {
            style.write_failure(result, combination, checked, terminal.data())?;
        }
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
    fn write_finding(
        self,
        finding: &Finding,
        checked: &Checked<'_>,
        output: &mut dyn Write,
    ) -> io::Result<()> {
        let path = checked.folder.join(&finding.file);
        let note = finding
            .combination
            .map(|number| format!("seen with `{}`", command_line(checked, number)));
        let text = checked.draft.text(&finding.file);
        let Some((text, span)) = text.zip(finding.span) else {
            return self.write_without_text(finding, path.as_str(), note.as_deref(), output);
        };
        let snippet = Snippet {
            level_name: finding.code.severity().as_str(),
            code: finding.code.name(),
            title: &finding.message,
            path: path.as_str(),
            source: &LineIndex::new(text),
            primary: span,
            primary_label: None,
            secondary: Vec::new(),
            help: finding.help.as_deref().into_iter().collect(),
            notes: note.as_deref().into_iter().collect(),
        };
        writeln!(output, "{}", snippet.render(self.painter, self.columns))
    }

    /// Writes a finding that has no place in a text.
    fn write_without_text(
        self,
        finding: &Finding,
        path: &str,
        note: Option<&str>,
        output: &mut dyn Write,
    ) -> io::Result<()> {
        let severity = finding.code.severity();
        let label = format!("{}[{}]", severity.as_str(), finding.code);
        let label = self.painter.paint(meaning(severity), label);
        writeln!(output, "{label}: {}", printable(&finding.message))?;
        writeln!(output, " --> {}", printable(path))?;
        let help = finding
            .help
            .as_deref()
            .map(|help| (Meaning::Hint, "help", help));
        let note = note.map(|note| (Meaning::Note, "note", note));
        for (meaning, label, text) in help.into_iter().chain(note) {
            let label = self.painter.paint(meaning, label);
            writeln!(output, "  = {label}: {}", printable(text))?;
        }
        writeln!(output)
    }

    fn write_failure(
        self,
        result: &CheckResult,
        combination: &CombinationRun,
        checked: &Checked<'_>,
        output: &mut dyn Write,
    ) -> io::Result<()> {
        let CheckOutcome::Failed {
            status,
            output: said,
        } = &result.outcome
        else {
            return Ok(());
        };
        let label = self.painter.paint(Meaning::Error, "failed");
        let command = result.command.join(" ");
        let name = printable(&result.name);
        writeln!(
            output,
            "{label}: {name}: `{}`, {status}",
            printable(&command)
        )?;
        writeln!(
            output,
            " --> {}",
            printable(&command_line(checked, combination.number))
        )?;
        if let Some(folder) = &combination.folder {
            writeln!(output, "  = in {}", printable(folder.as_str()))?;
        }
        let lines: Vec<&str> = said.lines().collect();
        let skipped = if self.is_verbose {
            0
        } else {
            lines.len().saturating_sub(LAST_LINES)
        };
        if skipped > 0 {
            writeln!(
                output,
                "  | … {skipped} lines before these, see `--verbose`"
            )?;
        }
        for line in &lines[skipped..] {
            writeln!(output, "  | {}", printable(line))?;
        }
        writeln!(output)
    }
}

fn meaning(severity: Severity) -> Meaning {
    match severity {
        Severity::Error => Meaning::Error,
        Severity::Warning => Meaning::Warning,
        Severity::Suggestion => Meaning::Suggestion,
    }
}
