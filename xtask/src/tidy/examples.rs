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
                for problem in typed_arguments(line).filter_map(|words| self.problem(words)) {
                    problems.push(format!("{path}:{number}: {problem}"));
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

/// Returns the arguments of each perk that a shell line starts.
fn typed_arguments(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split(" #").next().unwrap_or(line);
    code.split(['|', ';', '&', '>']).filter_map(|part| {
        let part = part.trim().trim_start_matches("$ ").trim_end_matches('\\');
        let part = part.trim_start_matches("- run: ").trim_start_matches("- ");
        part.strip_prefix("perk ").or_else(|| {
            part.split_once("cargo run --release --locked -- ")
                .map(|(_, rest)| rest)
        })
    })
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
        let text = "perk scaffold\n```sh\nperk iam validate a.json --kind=trust --quiet | jq . # x\n\
            perk completions bash > perk\nperkier --x\n```\n";
        assert_eq!(problems(text), Vec::<String>::new());
    }

    #[test]
    fn reports_commands_and_flags_that_do_not_exist() {
        let text = "```sh\n$ perk iam simulate\ncargo run --release --locked -- iam validate --fast\nperk brew\n```\n";
        assert_eq!(
            problems(text),
            [
                "README.md:2: there is no command `perk iam simulate`",
                "README.md:3: there is no flag `--fast`",
                "README.md:4: there is no command `perk brew`"
            ]
        );
    }
}
