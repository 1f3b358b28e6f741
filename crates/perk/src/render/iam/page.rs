//! The page of a check: Markdown for a pipe, something plainer for a terminal.

use std::fmt::Write as _;

use perk_iam::Code;
use perk_term::{Meaning, OutputError, Painter, Terminal};

/// Writes the page of a check.
pub(crate) fn page(code: Code, terminal: &mut Terminal) -> Result<(), OutputError> {
    let markdown = whole_page(code);
    let text = if terminal.stdout_is_terminal() {
        plain(&markdown, terminal.data_painter())
    } else {
        markdown
    };
    terminal.data().write_all(text.as_bytes())?;
    Ok(())
}

/// Returns the page with what the configuration and the origin of the check add to it.
fn whole_page(code: Code) -> String {
    let page = code.markdown();
    let finding_type = code.finding_type();
    match code.aws_address() {
        Some(address) => {
            format!("{page}\n## Reference\n\nType `{finding_type}`, a check of AWS:\n<{address}>\n")
        }
        None => format!("{page}\n## Reference\n\nType `{finding_type}`, a check of perk's own.\n"),
    }
}

/// Returns Markdown without its marks: headings stand out, code is indented.
fn plain(markdown: &str, painter: Painter) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut is_code = false;
    for line in markdown.lines() {
        // Writing to a string cannot fail.
        let _ = if line.starts_with("```") {
            is_code = !is_code;
            Ok(())
        } else if line.is_empty() {
            writeln!(text)
        } else if is_code {
            writeln!(text, "    {line}")
        } else if line.starts_with('#') {
            let heading = line.trim_start_matches('#').trim();
            writeln!(text, "{}", painter.paint(Meaning::Heading, heading))
        } else {
            writeln!(text, "{line}")
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_shows_no_marks() {
        let markdown = "# CODE\n\nIt `is` so.\n\n## Bad\n\n```json identity\n{\n  # not\n}\n```\n";
        insta::assert_snapshot!(plain(markdown, Painter::new(false)), @"
        CODE

        It `is` so.

        Bad

            {
              # not
            }
        ");
        assert!(plain("## Bad\n", Painter::new(true)).starts_with("\u{1b}[1mBad"));
    }
}
