//! Files of variables, as `--env-file` reads them.

use crate::command_line::GivenVariable;

/// A line that makes the engine refuse a file of variables.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct EnvironmentFileFault {
    /// The number of the line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: &'static str,
}

/// Reads a file of variables as the engines do.
///
/// Blanks before a name go. Everything behind `=` is the value, with quotes, blanks and what looks
/// like a comment. A name alone is taken from the environment of the engine's client.
pub fn parse_environment_file(text: &str) -> Result<Vec<GivenVariable>, EnvironmentFileFault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.lines().map(str::trim_start).enumerate();
    lines
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(index, line)| variable(line).map_err(|reason| fault(index, reason)))
        .collect()
}

fn fault(index: usize, reason: &'static str) -> EnvironmentFileFault {
    EnvironmentFileFault {
        line: index + 1,
        reason,
    }
}

fn variable(line: &str) -> Result<GivenVariable, &'static str> {
    let (name, value) = match line.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (line, None),
    };
    if name.is_empty() {
        return Err("there is no name before `=`");
    }
    if name.contains(char::is_whitespace) {
        return Err("the name has a blank in it");
    }
    Ok(GivenVariable {
        name: name.to_owned(),
        value: value.map(Into::into),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_the_engines_keep() {
        let text = "\u{feff}  A=\"x\" # y\r\n# B=1\n\n\tC\nD=\nE= f=g \n";
        let read = parse_environment_file(text).unwrap();
        let text_of = |variable: &GivenVariable| {
            let value = variable.value.as_ref()?;
            value
                .to_str()
                .map(|value| format!("{}={value}", variable.name))
        };
        let shown: Vec<_> = read.iter().map(text_of).collect();
        assert_eq!(
            shown,
            [
                Some("A=\"x\" # y".to_owned()),
                None,
                Some("D=".to_owned()),
                Some("E= f=g ".to_owned()),
            ]
        );
    }

    #[test]
    fn refuses_what_the_engines_refuse() {
        let line = |text| parse_environment_file(text).unwrap_err().line;
        assert_eq!(line("A=1\n=2"), 2);
        assert_eq!(line("\n\nA B=1"), 3);
    }
}
