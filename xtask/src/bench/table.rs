//! Numbers as people read them, the machine they were measured on, and tables of Markdown.

use std::fmt::Write;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::process;

/// Returns a table with a first column of text and other columns of numbers.
pub(super) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = format!("| {} |\n| --- |", head.join(" | "));
    text.push_str(&" ---: |".repeat(head.len().saturating_sub(1)));
    text.push('\n');
    for row in rows {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
    text
}

/// Writes a time with the digits that mean something.
pub(super) fn time(duration: Duration) -> String {
    let milliseconds = duration.as_secs_f64() * 1000.0;
    match milliseconds {
        ..10.0 => format!("{milliseconds:.1} ms"),
        ..10_000.0 => format!("{milliseconds:.0} ms"),
        _ => format!("{:.1} s", milliseconds / 1000.0),
    }
}

/// Writes bytes as megabytes.
pub(super) fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", Duration::from_micros(bytes).as_secs_f64())
}

/// Writes how many times as much one time is as another.
pub(super) fn ratio(time: Duration, unit: Duration) -> String {
    let ratio = time.as_secs_f64() / unit.as_secs_f64();
    match ratio {
        ..10.0 => format!("{ratio:.1}"),
        _ => format!("{ratio:.0}"),
    }
}

/// Says when and on what a benchmark ran.
pub(super) fn machine() -> Result<String> {
    let system = process::capture(&mut process::command_of_line("uname -srm"))?;
    let date = process::capture(&mut process::command_of_line("date -u +%F"))?;
    let cores = std::thread::available_parallelism()?;
    let processors = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processors
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("an unnamed processor", |(_, model)| model.trim());
    let system = system.trim();
    if system.is_empty() {
        bail!("`uname` says nothing");
    }
    Ok(format!(
        "Measured on {} on {model}, {cores} cores, {system}.\n",
        date.trim()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_few_digits() {
        assert_eq!(time(Duration::from_micros(1840)), "1.8 ms");
        assert_eq!(time(Duration::from_micros(91_400)), "91 ms");
        assert_eq!(time(Duration::from_millis(73_120)), "73.1 s");
        assert_eq!(megabytes(9_961_472), "10.0 MB");
        assert_eq!(
            ratio(Duration::from_secs(30), Duration::from_millis(100)),
            "300"
        );
    }

    #[test]
    fn tables_align_numbers_to_the_right() {
        let rows = [vec!["perk".to_owned(), "1".to_owned()]];
        assert_eq!(
            table(&["Program", "CPU"], &rows),
            "| Program | CPU |\n| --- | ---: |\n| perk | 1 |\n"
        );
    }
}
