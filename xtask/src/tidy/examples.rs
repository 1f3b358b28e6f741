//! The command lines that documents show: their commands and flags exist.
//!
//! What exists is read from the generated command-line reference.

use std::collections::BTreeSet;

use crate::markdown;

/// The commands of perk with their flags.
pub(super) struct Commands {
    /// `perk`, `perk iam`, `perk iam validate`, and so on.
    paths: BTreeSet<String>,
    flags: BTreeSet<String>,
}

impl Commands {
    /// Reads the reference: its headings are commands, and it names every flag.
    pub(super) fn from_reference(reference: &str) -> Self {
        let paths = reference
            .lines()
            .filter(|line| line.starts_with('#'))
            .map(|line| line.trim_start_matches('#').trim().replace('`', ""))
            .filter(|heading| heading == "perk" || heading.starts_with("perk "));
        let words = reference.split(|letter: char| !(letter.is_alphanumeric() || letter == '-'));
        let flags = words
            .filter(|word| word.starts_with("--"))
            .map(str::to_owned);
        Self {
            paths: paths.collect(),
            flags: flags.collect(),
        }
    }

    /// Returns what a document shows but perk does not have.
    pub(super) fn problems(&self, path: &str, text: &str) -> Vec<String> {
        let mut problems = Vec::new();
        for fence in markdown::fences(text) {
            for (index, line) in text[fence.body.clone()].lines().enumerate() {
                let number = fence.line + 1 + index;
                for arguments in typed_arguments(fence.info, line) {
                    let problem = self.problem(arguments);
                    problems.extend(problem.map(|problem| format!("{path}:{number}: {problem}")));
                }
            }
        }
        problems
    }

    fn problem(&self, arguments: &str) -> Option<String> {
        let words: Vec<&str> = arguments.split_whitespace().collect();
        let mut command = "perk".to_owned();
        for word in words.iter().take_while(|word| !word.starts_with('-')) {
            let longer = format!("{command} {word}");
            if self.paths.contains(&longer) {
                command = longer;
            } else if self.is_group(&command) {
                return Some(format!("there is no command `{longer}`"));
            } else {
                break;
            }
        }
        let flags = words
            .iter()
            .filter(|word| word.starts_with("--") && word.len() > 2);
        flags
            .filter_map(|word| word.split(['=', '\'', '"']).next())
            .find(|&flag| !self.flags.contains(flag))
            .map(|flag| format!("there is no flag `{flag}`"))
    }

    fn is_group(&self, command: &str) -> bool {
        let prefix = format!("{command} ");
        self.paths.iter().any(|path| path.starts_with(&prefix))
    }
}

/// How perk is started in the documents.
const STARTS: &[&str] = &["perk ", "cargo run --release --locked -- ", "- run: perk "];

/// Returns the arguments of each perk that a line of a block starts; in a `console` block the
/// lines without `$ ` are output, and a `toml` block holds data.
fn typed_arguments<'l>(info: &str, line: &'l str) -> Vec<&'l str> {
    let typed = match info {
        "console" => line.strip_prefix("$ "),
        "toml" => None,
        _ => Some(line),
    };
    let code = typed
        .and_then(|typed| typed.split(" #").next())
        .unwrap_or_default();
    code.split(['|', ';', '&', '>'])
        .map(|part| part.trim().trim_end_matches('\\'))
        .filter_map(|part| STARTS.iter().find_map(|start| part.strip_prefix(start)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFERENCE: &str = "# Commands\n## `perk`\n- `--quiet`\n## `perk iam`\n\
        ### `perk iam validate`\n- `--kind <KIND>`\n## `perk completions`\n";

    fn problems(text: &str) -> Vec<String> {
        Commands::from_reference(REFERENCE).problems("README.md", text)
    }

    #[test]
    fn accepts_what_the_reference_names() {
        let text = "perk scaffold\n```toml\nperk = \"1.0\"\n```\n```sh\nperk iam validate a.json --kind=trust --quiet | jq . # x\n\
            perk completions bash > perk\nperkier --x\n```\n";
        assert_eq!(problems(text), Vec::<String>::new());
    }

    #[test]
    fn reports_commands_and_flags_that_do_not_exist() {
        let text = "```console\n$ perk iam simulate\nperk 1.0\n```\n```sh\ncargo run --release --locked -- iam validate --fast\nperk brew\n```\n";
        assert_eq!(
            problems(text),
            [
                "README.md:2: there is no command `perk iam simulate`",
                "README.md:6: there is no flag `--fast`",
                "README.md:7: there is no command `perk brew`"
            ]
        );
    }
}
