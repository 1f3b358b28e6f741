//! The last question: whether to write what is shown.

use perk_scaffold::Existing;
use perk_term::{OutputError, Prompter, Reply, Terminal};

use super::error::Stop;
use super::{NewArgs, Prepared};
use crate::render::scaffold as render;

/// What is to be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    Write(Existing),
    GoBack,
    Abort,
}

/// One line to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    Decide(Decision),
    ShowDifferences,
}

/// Shows the summary and asks.
pub(super) fn decide(
    arguments: &NewArgs,
    prepared: &Prepared<'_>,
    can_go_back: bool,
    prompter: &Prompter,
    terminal: &mut Terminal,
) -> Result<Decision, Stop> {
    if arguments.diff {
        show_differences(prepared, terminal)?;
    }
    render::summary(prepared, terminal);
    let items = items(arguments, prepared, can_go_back);
    let labels: Vec<&str> = items.iter().map(|(label, _)| label.as_str()).collect();
    loop {
        let chosen = match prompter.one_of("Write it?", &labels, 0)? {
            Reply::Answer(index) => items.get(index).map(|(_, item)| *item),
            Reply::Back if can_go_back => Some(Item::Decide(Decision::GoBack)),
            Reply::Back => None,
        };
        match chosen {
            Some(Item::Decide(decision)) => return Ok(decision),
            Some(Item::ShowDifferences) => show_differences(prepared, terminal)?,
            None => {}
        }
    }
}

/// Shows the differences before the question comes again.
fn show_differences(prepared: &Prepared<'_>, terminal: &mut Terminal) -> Result<(), OutputError> {
    render::patch(prepared, terminal)?;
    terminal.finish()
}

fn items(arguments: &NewArgs, prepared: &Prepared<'_>, can_go_back: bool) -> Vec<(String, Item)> {
    let is_refused = !prepared.comparison.blocked.is_empty();
    let write = match (prepared.replaced.len(), is_refused) {
        (_, true) => None,
        (0, false) => Some(("yes, write it".to_owned(), Existing::Refuse)),
        (_, false) if arguments.overwrite => Some(("yes, write it".to_owned(), Existing::Replace)),
        (1, false) => Some(("yes, and replace 1 file".to_owned(), Existing::Replace)),
        (count, false) => Some((format!("yes, and replace {count} files"), Existing::Replace)),
    };
    let write = write.map(|(label, existing)| (label, Item::Decide(Decision::Write(existing))));
    let differences = (!prepared.replaced.is_empty())
        .then(|| ("show the differences".to_owned(), Item::ShowDifferences));
    let back = can_go_back.then(|| ("go back".to_owned(), Item::Decide(Decision::GoBack)));
    let abort = (
        "no, write nothing".to_owned(),
        Item::Decide(Decision::Abort),
    );
    [write, differences, back, Some(abort)]
        .into_iter()
        .flatten()
        .collect()
}
