//! The words around questions and writes, for people.

use std::fmt;

use perk_scaffold::{Answer, Existing, Manifest, Source};
use perk_term::{BACK, Terminal};

use super::hooks::hooks_due;
use crate::commands::{HookState, Prepared, Repository};
use crate::render;

/// Says what the questions are for and which keys do what.
pub(crate) fn introduction(manifest: &Manifest, terminal: &mut Terminal) {
    let Manifest {
        name,
        version,
        description,
        ..
    } = manifest;
    terminal.status(format_args!("{name} {version}: {description}"));
    terminal.status(format_args!(
        "Enter takes what is proposed; to go back: `{BACK}` in a text, Esc elsewhere; Ctrl-C writes nothing."
    ));
}

/// Shows what was answered and what would be written.
pub(crate) fn summary(prepared: &Prepared<'_>, terminal: &mut Terminal) {
    let answers: Vec<(&str, String)> = prepared
        .answers
        .iter()
        .filter(|(_, _, source)| !matches!(source, Source::NotAsked | Source::Computed))
        .map(|(key, answer, _)| (key, shown(answer)))
        .collect();
    let width = answers.iter().map(|(key, _)| key.len()).max();
    let width = width.unwrap_or_default();
    terminal.status("");
    for (key, answer) in answers {
        terminal.status(format_args!("  {key:<width$}  {answer}"));
    }
    terminal.status(Counts(prepared));
    hooks_due(&prepared.hooks, terminal);
    if !prepared.comparison.blocked.is_empty() {
        terminal.error(format_args!(
            "what is there is in the way of {}",
            render::quoted(&prepared.comparison.blocked)
        ));
    }
}

/// Says what does not go as somebody may expect.
pub(crate) fn remarks(prepared: &Prepared<'_>, terminal: &mut Terminal) {
    for key in prepared.answers.ignored() {
        terminal.note(format_args!(
            "the answer to `{key}` has no effect: with the other answers it is not asked"
        ));
    }
}

/// Says how much would be written.
pub(crate) fn would_write(prepared: &Prepared<'_>, existing: Existing, terminal: &mut Terminal) {
    let comparison = &prepared.comparison;
    terminal.status(Counts(prepared));
    if !comparison.blocked.is_empty() {
        terminal.note("what is blocked has a folder, a link or a file in its way; move it first");
    } else if !prepared.replaced.is_empty() && existing == Existing::Refuse {
        terminal.note("files that are changed are replaced with `--overwrite` only");
    }
    hooks_due(&prepared.hooks, terminal);
}

/// Says what was written.
pub(crate) fn wrote(prepared: &Prepared<'_>, repository: &Repository, terminal: &mut Terminal) {
    let comparison = &prepared.comparison;
    let written = comparison.new.len() + comparison.different.len();
    let path = &prepared.destination.path;
    if is_as_before(prepared) {
        terminal.status(format_args!("`{path}` had everything already."));
        return;
    }
    let replaced = match prepared.replaced.len() {
        0 => String::new(),
        count => format!("; {count} of them took the place of another"),
    };
    let repository_made = match repository {
        Repository::Made => ", as a git repository",
        _ => "",
    };
    let written = Files(written);
    terminal.status(format_args!(
        "Wrote {written} to `{path}`{repository_made}{replaced}."
    ));
    match repository {
        Repository::Failed(problem) => {
            terminal.warn(format_args!("`git init` made no repository: {problem}"));
        }
        Repository::NoGit { is_asked: true } => {
            terminal.warn("there is no repository, since git is not installed");
        }
        _ => {}
    }
}

/// Says which commands are worth to be typed next: programs that were not run, and checks.
pub(crate) fn next(prepared: &Prepared<'_>, states: &[HookState], terminal: &mut Terminal) {
    let refused = not_run(prepared, states);
    for command in &refused {
        terminal.warn(format_args!(
            "`{command}` was not run; the project may need it"
        ));
    }
    let checks = &prepared.found.template.manifest().checks;
    let checks = checks.iter().map(|check| command(&check.run));
    let commands = folder(prepared).into_iter().chain(refused).chain(checks);
    if !is_as_before(prepared) {
        list_commands("Next:", commands, terminal);
    }
}

/// Says how to go on where a program of the template did not come to its end.
pub(crate) fn left_to_do(prepared: &Prepared<'_>, states: &[HookState], terminal: &mut Terminal) {
    terminal.status("The files stay as they were written.");
    let commands = folder(prepared)
        .into_iter()
        .chain(not_run(prepared, states));
    list_commands("To go on by hand:", commands, terminal);
}

/// Returns the commands of programs that were not run, or not to their end.
fn not_run(prepared: &Prepared<'_>, states: &[HookState]) -> Vec<String> {
    let hooks = prepared.hooks.iter().zip(states);
    hooks
        .filter(|(_, state)| **state != HookState::Ran)
        .map(|(hook, _)| hook.command_line())
        .collect()
}

/// Returns the command to go to the project, unless that is here.
fn folder(prepared: &Prepared<'_>) -> Option<String> {
    let path = &prepared.destination.path;
    (path != ".").then(|| command(&["cd".to_owned(), path.to_string()]))
}

fn list_commands(heading: &str, commands: impl Iterator<Item = String>, terminal: &mut Terminal) {
    let commands: Vec<String> = commands.collect();
    if commands.is_empty() {
        return;
    }
    terminal.status(heading);
    for command in commands {
        terminal.status(format_args!("  {command}"));
    }
}

/// Returns whether there was nothing to write.
fn is_as_before(prepared: &Prepared<'_>) -> bool {
    let comparison = &prepared.comparison;
    comparison.new.is_empty() && comparison.different.is_empty()
}

/// How many files are new, changed, the same.
struct Counts<'p>(&'p Prepared<'p>);

impl fmt::Display for Counts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(prepared) = self;
        let manifest = prepared.found.template.manifest();
        let comparison = &prepared.comparison;
        let counts = [
            (comparison.new.len(), "new"),
            (comparison.different.len(), "changed"),
            (comparison.same.len(), "the same"),
            (comparison.blocked.len(), "blocked"),
        ];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        write!(
            f,
            "{} {} to `{}`: {} ({})",
            manifest.name,
            manifest.version,
            prepared.destination.path,
            Files(prepared.plan.entries().len()),
            counts.join(", ")
        )
    }
}

/// A number of files in words.
struct Files(usize);

impl fmt::Display for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            1 => f.write_str("1 file"),
            count => write!(f, "{count} files"),
        }
    }
}

fn shown(answer: &Answer) -> String {
    match answer {
        Answer::Secret(secret) if secret.reveal().is_empty() => "(empty)".to_owned(),
        Answer::Secret(_) => "(secret)".to_owned(),
        Answer::Bool(truth) => if *truth { "yes" } else { "no" }.to_owned(),
        answer => match answer.to_text() {
            text if text.is_empty() => "(empty)".to_owned(),
            text => text,
        },
    }
}

/// Returns a command as a shell takes it.
fn command(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    quoted.join(" ")
}

fn quoted(word: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./=:,+@%".contains(&byte);
    if !word.is_empty() && word.bytes().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_can_be_copied_to_a_shell() {
        let words = ["cargo", "test", "a b", "it's", ""].map(str::to_owned);
        assert_eq!(command(&words), r"cargo test 'a b' 'it'\''s' ''");
    }
}
