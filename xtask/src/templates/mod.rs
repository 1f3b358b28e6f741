//! `cargo xtask templates [NAME...] [--all]`: renders the built-in templates and checks what comes
//! of them with the real toolchains.
//!
//! Each template is checked by perk itself, which runs the checks that the template declares: in
//! the combination of answers with the most files, or with `--all` in every combination. Then
//! linters look at the files that are no code.

mod linters;

use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;
use std::{env, thread};

use anyhow::{Context, Result, bail};

use crate::process;
use crate::setup::{self, TemplateTools};
use crate::workspace::Workspace;

/// What was asked for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wish {
    names: Vec<String>,
    all_combinations: bool,
}

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let wish = wish(arguments)?;
    let workspace = Workspace::load()?;
    let names = selected(wish.names, &names(&workspace.root.join("templates"))?)?;
    let tools = setup::template_tools(&workspace);
    let proof = Proof {
        perk: built_perk(&workspace)?,
        workspace: &workspace,
        tools: &tools,
        all_combinations: wish.all_combinations,
    };
    let (mut skips, mut failures) = (Vec::new(), Vec::new());
    if !has_postgresql() {
        skips.push("tests with PostgreSQL: `initdb` is not installed".to_owned());
    }
    for name in &names {
        let start = Instant::now();
        match proof.prove(name, &mut skips) {
            Ok(()) => println!("passed: {name} ({:.1} s)", start.elapsed().as_secs_f64()),
            Err(error) => {
                eprintln!("error: {name}: {error:#}");
                failures.push(name.as_str());
            }
        }
    }
    let said = tools.skips.iter().map(ToString::to_string);
    setup::report_lines(&said.chain(skips).collect::<Vec<_>>());
    if failures.is_empty() {
        Ok(())
    } else {
        bail!("failed: {}", failures.join(", "))
    }
}

fn wish(arguments: &[String]) -> Result<Wish> {
    let mut wish = Wish::default();
    for argument in arguments {
        match argument.as_str() {
            "--all" => wish.all_combinations = true,
            flag if flag.starts_with('-') => {
                bail!("`cargo xtask templates` takes no argument `{flag}`")
            }
            name => wish.names.push(name.to_owned()),
        }
    }
    Ok(wish)
}

/// Returns the templates that were named, or all.
fn selected(wanted: Vec<String>, known: &[String]) -> Result<Vec<String>> {
    if let Some(name) = wanted.iter().find(|name| !known.contains(name)) {
        bail!(
            "there is no template `{name}`; there are {}",
            known.join(", ")
        );
    }
    Ok(if wanted.is_empty() {
        known.to_vec()
    } else {
        wanted
    })
}

fn names(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).context("failed to list the templates")? {
        let path = entry?.path();
        if path.join("template.toml").is_file() {
            names.extend(
                path.file_name()
                    .map(|name| name.to_string_lossy().into_owned()),
            );
        }
    }
    names.sort();
    Ok(names)
}

fn built_perk(workspace: &Workspace) -> Result<PathBuf> {
    let mut build = process::command_of_line("cargo build --locked --package perk");
    process::run(build.current_dir(&workspace.root))?;
    Ok(workspace.target.join("debug/perk"))
}

/// The tests of the templates look for the programs of the server in these places.
fn has_postgresql() -> bool {
    let packaged = std::fs::read_dir("/usr/lib/postgresql").is_ok_and(|mut it| it.next().is_some());
    packaged || process::is_installed("initdb")
}

/// What templates are checked with.
struct Proof<'p> {
    perk: PathBuf,
    workspace: &'p Workspace,
    tools: &'p TemplateTools,
    all_combinations: bool,
}

impl Proof<'_> {
    /// Checks a template and what comes of it.
    fn prove(&self, name: &str, skips: &mut Vec<String>) -> Result<()> {
        // Outside of the workspace, or cargo would take the projects for parts of it.
        let projects = env::temp_dir().join(format!("perk-templates-{}", std::process::id()));
        let result = self.prove_in(name, &projects, skips);
        if projects.exists() {
            std::fs::remove_dir_all(&projects)
                .with_context(|| format!("failed to remove `{}`", projects.display()))?;
        }
        result
    }

    fn prove_in(&self, name: &str, projects: &Path, skips: &mut Vec<String>) -> Result<()> {
        println!("template: {name}");
        self.check(name, projects, skips)?;
        let mut folders = Vec::new();
        for entry in std::fs::read_dir(projects).context("failed to list the projects")? {
            folders.push(entry?.path());
        }
        folders.sort();
        for folder in folders {
            let passed = linters::lint(&folder, self.tools, skips)?;
            let project = folder.file_name().unwrap_or_default().to_string_lossy();
            println!("  passed: {} on {project}", passed.join(", "));
        }
        Ok(())
    }

    /// Lets perk check the template and run its checks; leaves the projects.
    fn check(&self, name: &str, projects: &Path, skips: &mut Vec<String>) -> Result<()> {
        let mut command = process::command(
            &self.perk.to_string_lossy(),
            &["scaffold", "check", "--run", "--color=never", "--keep"],
        );
        command.arg(projects);
        if !self.all_combinations {
            command.args(["--combinations", "1"]);
        }
        command
            .arg(format!("templates/{name}"))
            .current_dir(&self.workspace.root)
            // One for all projects, since most of what they build is the same.
            .env(
                "CARGO_TARGET_DIR",
                self.workspace.xtask_folder().join("templates"),
            )
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if let Some(programs) = &self.tools.programs {
            command.env("PATH", path_with(programs)?);
        }
        let mut perk = command.spawn().context("failed to start perk")?;
        let (stdout, stderr) = (perk.stdout.take(), perk.stderr.take());
        let found = thread::spawn(move || stdout.map(io::read_to_string));
        for line in stderr.into_iter().flat_map(|it| BufReader::new(it).lines()) {
            let line = line.context("failed to read what perk says")?;
            eprintln!("{line}");
            let skip = line.trim_start().strip_prefix("skipped: ");
            skips.extend(skip.map(|skip| format!("{name}: {skip}")));
        }
        let status = perk.wait().context("failed to wait for perk")?;
        let found = match found.join() {
            Ok(found) => found.transpose()?.unwrap_or_default(),
            Err(panic) => std::panic::resume_unwind(panic),
        };
        print!("{found}");
        // Warnings do not fail `check`, but the built-in templates are to have none.
        if !status.success() || !found.is_empty() {
            bail!("`perk scaffold check` finds fault ({status})");
        }
        Ok(())
    }
}

fn path_with(folder: &Path) -> Result<std::ffi::OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_owned()).chain(env::split_paths(&path));
    env::join_paths(folders).context("failed to put the tools on the PATH")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn names_and_the_flag_may_stand_in_any_order() {
        let expected = Wish {
            names: texts(&["a", "b"]),
            all_combinations: true,
        };
        assert_eq!(wish(&texts(&["a", "--all", "b"])).unwrap(), expected);
        assert!(wish(&texts(&["--al"])).is_err());
    }

    #[test]
    fn without_names_all_templates_are_checked() {
        let known = texts(&["a", "b"]);
        assert_eq!(selected(Vec::new(), &known).unwrap(), known);
        assert_eq!(selected(texts(&["b"]), &known).unwrap(), ["b"]);
        assert!(selected(texts(&["c"]), &known).is_err());
    }
}
