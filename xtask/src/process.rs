//! Starting programs: with the caller's streams, or capturing what they say.

use std::ffi::OsStr;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Prepares a program with its arguments.
pub(crate) fn command<S: AsRef<OsStr>>(program: &str, arguments: &[S]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments);
    command
}

/// Prepares a program from a command line without quotes, as the tables of steps hold them.
pub(crate) fn command_of_line(line: &str) -> Command {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.split_first() {
        Some((program, arguments)) => command(program, arguments),
        None => command("", &words),
    }
}

/// Runs a program with the caller's streams; fails when the program fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = line_of(command);
    eprintln!("$ {line}");
    let status = command
        .status()
        .with_context(|| format!("failed to start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// Runs a program and returns what it wrote to stdout; fails with what it wrote to stderr.
pub(crate) fn capture(command: &mut Command) -> Result<String> {
    let line = short_line_of(command);
    let output = command
        .output()
        .with_context(|| format!("failed to start `{line}`"))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        bail!(
            "`{line}` failed ({}): {}",
            output.status,
            first_reason(&stderr)
        );
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{line}` wrote invalid UTF-8"))
}

/// Returns whether a program, or a subcommand of a program, answers to `--version`.
pub(crate) fn is_installed(program: &str) -> bool {
    let mut command = command_of_line(program);
    command
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .stdin(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Returns the command line with the variables set for it, ready to be typed again.
pub(crate) fn line_of(command: &Command) -> String {
    let variables = command.get_envs().filter_map(|(name, value)| {
        Some(format!(
            "{}='{}'",
            name.to_string_lossy(),
            value?.to_string_lossy()
        ))
    });
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words = words.map(|word| word.to_string_lossy().into_owned());
    variables.chain(words).collect::<Vec<_>>().join(" ")
}

/// Returns the program and what it is told to do, without the details.
fn short_line_of(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words = words
        .take(2)
        .map(|word| word.to_string_lossy().into_owned());
    words.collect::<Vec<_>>().join(" ")
}

fn first_reason(stderr: &str) -> &str {
    let mut lines = stderr
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let first = lines.clone().next().unwrap_or("it said nothing");
    lines.find(|line| line.contains("error")).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_a_command_as_it_would_be_typed() {
        let mut command = command_of_line("cargo doc --no-deps");
        command.env("RUSTDOCFLAGS", "-D warnings");
        assert_eq!(
            line_of(&command),
            "RUSTDOCFLAGS='-D warnings' cargo doc --no-deps"
        );
    }

    #[test]
    fn prefers_the_line_that_names_an_error() {
        assert_eq!(
            first_reason("npm warn old\nnpm error code E404\n"),
            "npm error code E404"
        );
        assert_eq!(first_reason("\n killed\n"), "killed");
    }

    #[test]
    fn a_program_that_does_not_exist_is_not_installed() {
        assert!(!is_installed("no-such-program-at-all"));
        assert!(is_installed("cargo"));
    }
}
