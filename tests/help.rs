//! The help of every command, walked from the command line itself so that none is forgotten.

use std::fmt::Write as _;

use clap::Command;

use crate::context;

#[test]
fn every_help_is_as_reviewed() {
    let context = context();
    let mut pages = String::new();
    for path in paths(&perk::command(), &[]) {
        let mut help = context.invocation([]);
        for word in &path[1..] {
            help = help.argument(word);
        }
        let text = help.argument("--help").run().data();
        write!(pages, "===== {} --help\n{text}\n", path.join(" ")).unwrap();
    }
    insta::assert_snapshot!(pages);
}

#[test]
fn the_version_is_data() {
    insta::assert_snapshot!(context().run(["--version"]), @"
    exit code: 0
    ----- stdout -----
    perk [VERSION]
    ----- stderr -----
    ");
}

#[test]
fn first_lines_are_short_and_have_no_period() {
    for command in commands(&perk::command()) {
        let about = command
            .get_about()
            .map(ToString::to_string)
            .unwrap_or_default();
        assert!(
            !about.is_empty() && !about.ends_with('.'),
            "{}: {about}",
            command.get_name()
        );
        assert!(about.len() <= 80, "{}: {about}", command.get_name());
    }
}

fn paths(command: &Command, above: &[String]) -> Vec<Vec<String>> {
    let path = [above, &[command.get_name().to_owned()]].concat();
    let below = command
        .get_subcommands()
        .flat_map(|below| paths(below, &path));
    let below: Vec<_> = below.collect();
    [vec![path], below].concat()
}

fn commands(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands().flat_map(commands);
    std::iter::once(command).chain(below).collect()
}
