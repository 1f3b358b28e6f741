//! The outputs that documents show: a line `<!-- output: COMMAND -->` before a fenced block says
//! what the block holds.
//!
//! A block marked `console` opens with the command itself behind `$ `; any other block holds the
//! output alone. COMMAND is a shell line in which `perk` is the binary just built.

use std::ffi::OsString;
use std::fmt::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::markdown::{self, Fence};
use crate::process;
use crate::workspace::Workspace;

const OPENING: &str = "<!-- output: ";
const CLOSING: &str = " -->";

/// Returns the text with each marked block replaced by what its command writes.
pub(super) fn fill(text: &str, run: impl Fn(&str) -> Result<String>) -> Result<String> {
    let mut filled = String::with_capacity(text.len());
    let mut copied = 0;
    for fence in markdown::fences(text) {
        let Some(command) = marked_command(text, &fence) else {
            continue;
        };
        let output = run(command).with_context(|| format!("line {}", fence.line - 1))?;
        filled.push_str(&text[copied..fence.body.start]);
        if fence.info == "console" {
            writeln!(filled, "$ {command}")?;
        }
        filled.push_str(output.trim_end());
        filled.push('\n');
        copied = fence.body.end;
    }
    filled.push_str(&text[copied..]);
    Ok(filled)
}

fn marked_command<'t>(text: &'t str, fence: &Fence<'_>) -> Option<&'t str> {
    let line = text.lines().nth(fence.line.checked_sub(2)?)?;
    line.strip_prefix(OPENING)?.strip_suffix(CLOSING)
}

/// Where commands run: the workspace's root, with a home of their own.
pub(super) struct Shell {
    root: PathBuf,
    home: PathBuf,
    path: OsString,
}

impl Shell {
    /// Builds perk and prepares a home without configuration.
    pub(super) fn build(workspace: &Workspace) -> Result<Self> {
        let mut build =
            process::command_of_line("cargo build --quiet --locked --package perk --bin perk");
        process::run(build.current_dir(&workspace.root))?;
        let home = workspace.xtask_folder().join("home");
        std::fs::create_dir_all(&home)
            .with_context(|| format!("failed to create `{}`", home.display()))?;
        let before = std::env::var_os("PATH").unwrap_or_default();
        let folders =
            std::iter::once(workspace.target.join("debug")).chain(std::env::split_paths(&before));
        let path = std::env::join_paths(folders).context("failed to prepare PATH")?;
        Ok(Self {
            root: workspace.root.clone(),
            home,
            path,
        })
    }

    /// Runs a shell line and returns what it writes to stdout and stderr, in that order of time.
    ///
    /// Exit code 1 is an answer of perk; any other failure is a mistake in the document.
    pub(super) fn run(&self, line: &str) -> Result<String> {
        let mut shell = process::command("sh", &["-c", &format!("exec 2>&1\n{line}")]);
        shell
            .current_dir(&self.root)
            .env_clear()
            .stdin(std::process::Stdio::null());
        shell.env("PATH", &self.path).env("HOME", &self.home);
        shell.env("PERK_SYSTEM_CONFIG", self.home.join("no-config.toml"));
        shell.env("PERK_ROOT", self.home.join("no-system"));
        shell.env("COLUMNS", "100").env("LC_ALL", "C.UTF-8");
        let output = shell
            .output()
            .with_context(|| format!("failed to start `{line}`"))?;
        let text = String::from_utf8(output.stdout)
            .with_context(|| format!("`{line}` wrote invalid UTF-8"))?;
        if text.lines().any(|line| line.starts_with("```")) {
            bail!("`{line}` writes a fence, which would end its block: show less of it");
        }
        if !matches!(output.status.code(), Some(0 | 1)) {
            bail!("`{line}` failed ({}): {}", output.status, text.trim_end());
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(
        clippy::unnecessary_wraps,
        reason = "it stands in for a command that can fail"
    )]
    fn echo(line: &str) -> Result<String> {
        Ok(format!("<{line}>\n\n"))
    }

    #[test]
    fn fills_marked_blocks_and_leaves_the_others() {
        let text =
            "# Title\n\n<!-- output: perk a -->\n```console\nold\n```\n\n```sh\nperk b\n```\n";
        let filled = fill(text, echo).unwrap();
        assert_eq!(
            filled,
            "# Title\n\n<!-- output: perk a -->\n```console\n$ perk a\n<perk a>\n```\n\n\
             ```sh\nperk b\n```\n"
        );
        assert_eq!(fill(&filled, echo).unwrap(), filled);
    }

    #[test]
    fn other_blocks_hold_the_output_alone() {
        let filled = fill("<!-- output: perk a -->\n```json\n```\n", echo).unwrap();
        assert_eq!(filled, "<!-- output: perk a -->\n```json\n<perk a>\n```\n");
    }

    #[test]
    fn says_which_line_asks_for_a_command_that_fails() {
        let error = fill("\n<!-- output: perk a -->\n```\n```\n", |_| bail!("no")).unwrap_err();
        assert_eq!(format!("{error:#}"), "line 2: no");
    }
}
