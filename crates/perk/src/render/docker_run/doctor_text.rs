//! What a container would reach, as text.

use perk_term::{Meaning, OutputError, Terminal, printable};

use super::doctor::{AttemptEntry, DoctorDocument, FindingEntry, StepEntry};
use super::explain_text::heading;
use crate::commands::Examination;

/// Writes what was tried, a line for each step, and what is wrong.
pub(crate) fn doctor_text(
    examination: &Examination,
    terminal: &mut Terminal,
) -> Result<(), OutputError> {
    let document = DoctorDocument::new(examination);
    let proxy = match &document.proxy_places[..] {
        [] => "No place names a proxy.".to_owned(),
        places => format!("The proxy is that of {}.", places.join(", ")),
    };
    writeln!(terminal.data(), "{}", printable(&proxy))?;
    heading("On this machine", terminal)?;
    attempts(&document.host, terminal)?;
    heading("In a container", terminal)?;
    if let Some(reason) = &document.container_skipped {
        writeln!(terminal.data(), "  not tried: {}", printable(reason))?;
    }
    attempts(document.container.as_deref().unwrap_or_default(), terminal)?;
    for finding in &document.findings {
        writeln!(terminal.data())?;
        write_finding(finding, terminal)?;
    }
    if !examination.has_trouble() {
        let place = if document.container.is_some() {
            "a container reaches"
        } else {
            "this machine reaches"
        };
        let well = terminal
            .data_painter()
            .paint(Meaning::Success, "all is well");
        writeln!(terminal.data(), "\n{well}: {place} what it should")?;
    }
    Ok(())
}

/// The other way is of interest to few, since findings say what follows from it.
fn attempts(attempts: &[AttemptEntry], terminal: &mut Terminal) -> Result<(), OutputError> {
    let shows_all = terminal.is_verbose();
    let shown = attempts
        .iter()
        .filter(|attempt| shows_all || !attempt.is_comparison);
    for attempt in shown {
        let way = match &attempt.proxy {
            Some(proxy) => format!("through {proxy}"),
            None => "without a proxy".to_owned(),
        };
        let target = printable(&attempt.target);
        let purpose = if attempt.is_comparison {
            ", to compare"
        } else {
            ""
        };
        writeln!(terminal.data(), "  {target} {}{purpose}", printable(&way))?;
        for step in &attempt.steps {
            write_step(step, terminal)?;
        }
    }
    Ok(())
}

fn write_step(step: &StepEntry, terminal: &mut Terminal) -> Result<(), OutputError> {
    let painter = terminal.data_painter();
    let mark = if step.is_fine {
        painter.paint(Meaning::Success, "ok  ")
    } else {
        painter.paint(Meaning::Error, "FAIL")
    };
    let time = format!("({} ms)", step.milliseconds);
    let time = painter.paint(Meaning::Aside, time);
    let text = printable(&step.text);
    let outcome = printable(&step.outcome);
    writeln!(terminal.data(), "    {mark} {text}: {outcome} {time}")?;
    Ok(())
}

fn write_finding(finding: &FindingEntry, terminal: &mut Terminal) -> Result<(), OutputError> {
    let painter = terminal.data_painter();
    let meaning = match finding.severity.as_str() {
        "error" => Meaning::Error,
        "warning" => Meaning::Warning,
        _ => Meaning::Note,
    };
    let label = painter.paint(meaning, format!("{}[{}]", finding.severity, finding.code));
    let cause = printable(&finding.cause);
    let data = terminal.data();
    writeln!(data, "{label}: {cause}")?;
    if let Some(evidence) = &finding.evidence {
        let (place, evidence) = (&finding.r#where, printable(evidence));
        writeln!(data, "  seen: {place}: {evidence}")?;
    }
    let label = if finding.fixes.len() > 1 {
        "  either"
    } else {
        "  do"
    };
    for (index, fix) in finding.fixes.iter().enumerate() {
        let label = if index == 0 { label } else { "  or" };
        writeln!(data, "{label}: {}", printable(fix))?;
    }
    Ok(())
}
