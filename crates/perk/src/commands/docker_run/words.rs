//! Where perk's own options end and the engine's words begin.
//!
//! The engine has letters and names that perk has too, such as `-v` and `--quiet`. So only the
//! long options of this one command are perk's, and only before the first word that is none of
//! them; a `--` in between keeps clap from looking any further.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};

const NAME: &str = "docker-run";
/// What perk has for all commands and the engine has too: behind the command it is the engine's.
const OF_THE_ENGINE: &str = "quiet";

/// Returns the arguments of the process with a `--` before the words of the engine, if the command
/// is `docker-run`.
pub(crate) fn with_words_apart(mut arguments: Vec<OsString>, perk: &Command) -> Vec<OsString> {
    let Some(command) = perk.find_subcommand(NAME) else {
        return arguments;
    };
    let name = 1 + length_of_options(arguments.get(1..).unwrap_or_default(), &|word| {
        Some(takes_value(perk.get_arguments(), word).unwrap_or(false))
    });
    if arguments.get(name).is_none_or(|word| word != NAME) {
        return arguments;
    }
    let behind = &arguments[name + 1..];
    let own = || {
        let globals = perk.get_arguments().filter(|option| option.is_global_set());
        command.get_arguments().chain(globals)
    };
    let length = length_of_options(behind, &|word| match word {
        "help" => Some(false),
        OF_THE_ENGINE => None,
        word => takes_value(own(), word),
    });
    let is_short_help = behind.len() == 1 && behind[0] == "-h";
    if length < behind.len() && !is_short_help {
        arguments.insert(name + 1 + length, "--".into());
    }
    arguments
}

/// Returns how many words at the start are options, which are asked about without their dashes.
/// Letters, which stand before the name of a command only, have no value.
fn length_of_options(words: &[OsString], takes_value: &dyn Fn(&str) -> Option<bool>) -> usize {
    let mut length = 0;
    while let Some(word) = words.get(length).and_then(|word| word.to_str()) {
        let Some(long) = word.strip_prefix("--").filter(|name| !name.is_empty()) else {
            let is_letter = word.len() > 1 && word.starts_with('-') && word != "--";
            if is_letter && takes_value("").is_some() {
                length += 1;
                continue;
            }
            break;
        };
        let (name, attached) = match long.split_once('=') {
            Some((name, _)) => (name, true),
            None => (long, false),
        };
        let Some(takes_value) = takes_value(name) else {
            break;
        };
        length += if takes_value && !attached { 2 } else { 1 };
    }
    length
}

/// Tells whether an option takes a value, if there is one of the name.
fn takes_value<'a>(mut options: impl Iterator<Item = &'a Arg>, name: &str) -> Option<bool> {
    let option = options.find(|option| option.get_long() == Some(name))?;
    Some(matches!(
        option.get_action(),
        ArgAction::Set | ArgAction::Append
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(line: &str) -> String {
        let arguments = line.split(' ').map(OsString::from).collect();
        let words = with_words_apart(arguments, &crate::command());
        let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
        words.join(" ")
    }

    #[test]
    fn the_words_of_the_engine_are_behind_a_separator() {
        for (line, expected) in [
            (
                "perk docker-run -v /a:/b x",
                "perk docker-run -- -v /a:/b x",
            ),
            ("perk docker-run -q x", "perk docker-run -- -q x"),
            ("perk docker-run --quiet x", "perk docker-run -- --quiet x"),
            (
                "perk -q --color never docker-run --proxy a:1 --explain x --explain",
                "perk -q --color never docker-run --proxy a:1 --explain -- x --explain",
            ),
            (
                "perk docker-run --proxy=a:1 --rm --proxy x",
                "perk docker-run --proxy=a:1 -- --rm --proxy x",
            ),
            ("perk docker-run -- x", "perk docker-run -- -- x"),
            ("perk docker-run --help", "perk docker-run --help"),
            ("perk docker-run -h", "perk docker-run -h"),
            ("perk docker-run -h name x", "perk docker-run -- -h name x"),
            ("perk docker-run", "perk docker-run"),
            ("perk config show -v", "perk config show -v"),
        ] {
            assert_eq!(apart(line), expected);
        }
    }

    #[test]
    fn no_option_of_perk_hides_one_of_an_engine() {
        let perk = crate::command();
        let command = perk.find_subcommand(NAME).unwrap();
        let own = command.get_arguments().filter_map(Arg::get_long);
        let globals = perk.get_arguments().filter_map(Arg::get_long);
        for name in own.chain(globals).filter(|name| *name != OF_THE_ENGINE) {
            let options = perk_docker::command_line::options();
            assert!(options.iter().all(|option| option.name != name), "{name}");
        }
    }
}
