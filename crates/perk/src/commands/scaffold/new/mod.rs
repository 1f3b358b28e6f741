//! `perk scaffold new`: a project from a template, in a new folder or one that exists.

mod arguments;
mod carry_out;
mod conversation;
mod destination;
mod error;
mod git;
mod given;
mod hooks;
mod prepare;
mod question;
mod record;
mod summary;

use camino::Utf8Path;
use perk_diag::ExitCode;
use perk_process::HeldSignals;
use perk_scaffold::{
    Answers, Circumstances, Defaults, Existing, GivenAnswers, HookMoment, Recovery, ScaffoldError,
    recover, resolve,
};
use perk_term::{OutputError, PromptError, Prompter, Terminal};

pub(super) use arguments::NewArgs;
pub(crate) use destination::Destination;
pub(crate) use git::Repository;
pub(crate) use hooks::HookState;
pub(crate) use prepare::Prepared;

use self::carry_out::Write;
use self::conversation::Conversation;
use self::error::{NewError, Stop};
use self::summary::Decision;
use super::found::Found;
use super::places::{Places, Reach};
use crate::command_error::CommandError;
use crate::render::scaffold as render;
use crate::settings::Surroundings;
use crate::words::Format;

pub(super) fn new(
    arguments: &NewArgs,
    places: &Places,
    surroundings: &Surroundings,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    let reach = Reach {
        network: arguments.network(),
        may_ask: terminal.can_ask() && !arguments.yes,
    };
    let found = places.find(&arguments.template, reach, terminal)?;
    // From here on perk ends between two steps only, so that nothing is left behind.
    let signals = perk_process::hold_signals().map_err(PromptError::Io)?;
    match make(arguments, &found, surroundings, &signals, terminal) {
        Ok(code) => Ok(code),
        Err(Stop::Failed(error)) => Err(error),
        Err(Stop::Interrupted) => {
            terminal.status("Nothing was written.");
            Ok(ExitCode::Interrupted)
        }
    }
}

fn make(
    arguments: &NewArgs,
    found: &Found,
    surroundings: &Surroundings,
    signals: &HeldSignals,
    terminal: &mut Terminal,
) -> Result<ExitCode, Stop> {
    let (prepared, existing) = if terminal.can_ask() && !arguments.yes {
        ask(arguments, found, surroundings, terminal)?
    } else {
        take(arguments, found, surroundings, terminal)?
    };
    render::remarks(&prepared, terminal);
    if arguments.dry_run {
        return Ok(show(arguments, &prepared, existing, terminal)?);
    }
    let mut hooks = hooks::permit(arguments, &prepared, surroundings, terminal)?;
    let before = hooks.run(HookMoment::Before, surroundings, terminal);
    if let Err(Stop::Failed(_)) = before {
        terminal.status("Nothing was written.");
    }
    before?;
    if signals.has_come() {
        return Err(Stop::Interrupted);
    }
    let write = Write {
        arguments,
        prepared: &prepared,
        existing,
        surroundings,
        signals,
    };
    write.carry_out(hooks, terminal)
}

type Decided<'f> = Result<(Prepared<'f>, Existing), Stop>;

/// Takes the answers that were given, and the defaults if that was wished.
fn take<'f>(
    arguments: &NewArgs,
    found: &'f Found,
    surroundings: &Surroundings,
    terminal: &mut Terminal,
) -> Decided<'f> {
    let Start {
        given,
        destination,
        circumstances,
        ..
    } = start(arguments, found, surroundings, terminal)?;
    let defaults = if arguments.takes_defaults() {
        Defaults::Take
    } else {
        Defaults::Refuse
    };
    let manifest = found.template.manifest();
    let answers = resolve(manifest, &circumstances, &given, defaults)?;
    let prepared = prepared(arguments, found, destination.as_ref(), answers, terminal)?;
    Ok((prepared, arguments.existing()))
}

/// Asks for what was not given, and whether to write.
fn ask<'f>(
    arguments: &NewArgs,
    found: &'f Found,
    surroundings: &Surroundings,
    terminal: &mut Terminal,
) -> Decided<'f> {
    let Start {
        given,
        destination,
        circumstances,
        names_project,
    } = start(arguments, found, surroundings, terminal)?;
    let mut conversation = Conversation {
        manifest: found.template.manifest(),
        given,
        circumstances,
        names_project,
        takes_defaults: arguments.takes_defaults(),
        typed: Vec::new(),
    };
    let prompter = Prompter::new(terminal)?;
    loop {
        let answers = conversation.answers(&prompter, terminal)?;
        let prepared = prepared(arguments, found, destination.as_ref(), answers, terminal)?;
        if arguments.dry_run {
            return Ok((prepared, arguments.existing()));
        }
        let can_go_back = !conversation.typed.is_empty();
        match summary::decide(arguments, &prepared, can_go_back, &prompter, terminal)? {
            Decision::Write(existing) => return Ok((prepared, existing)),
            Decision::GoBack => conversation.go_back(),
            Decision::Abort => return Err(Stop::Interrupted),
        }
    }
}

/// What is known before the first question.
struct Start {
    given: GivenAnswers,
    /// The folder that was typed.
    destination: Option<Destination>,
    circumstances: Circumstances,
    /// Whether the project is called as a question is answered.
    names_project: bool,
}

/// Collects what is known; fails if nothing will ever say which folder to write to.
fn start(
    arguments: &NewArgs,
    found: &Found,
    surroundings: &Surroundings,
    terminal: &mut Terminal,
) -> Result<Start, Stop> {
    let manifest = found.template.manifest();
    let given = given::collect(arguments, manifest, surroundings, terminal)?;
    let destination = destination::typed(arguments, surroundings)?;
    let project_name = destination::project_name(destination.as_ref(), &given);
    let names_project = project_name.is_none();
    if names_project && (arguments.takes_defaults() || !destination::is_asked(manifest)) {
        return Err(NewError::no_destination(arguments, manifest).into());
    }
    Ok(Start {
        given,
        destination,
        circumstances: circumstances(project_name.unwrap_or_default(), surroundings)?,
        names_project,
    })
}

/// Works out the write that follows from the answers, which may name the folder.
fn prepared<'f>(
    arguments: &NewArgs,
    found: &'f Found,
    typed: Option<&Destination>,
    answers: Answers,
    terminal: &mut Terminal,
) -> Result<Prepared<'f>, Stop> {
    let destination = match typed {
        Some(typed) => typed.clone(),
        None => destination::answered(&answers)?,
    };
    settle(arguments, &destination.path, terminal)?;
    prepare::prepare(found, destination, answers)
}

/// Shows what would be written; the answer is no if it would be refused.
fn show(
    arguments: &NewArgs,
    prepared: &Prepared<'_>,
    existing: Existing,
    terminal: &mut Terminal,
) -> Result<ExitCode, OutputError> {
    match arguments.format {
        Format::Json => terminal.json(&render::NewDocument::planned(prepared))?,
        Format::Text if arguments.diff => render::patch(prepared, terminal)?,
        Format::Text => render::paths(prepared, terminal)?,
    }
    render::would_write(prepared, existing, terminal);
    let is_refused = !prepared.comparison.blocked.is_empty()
        || (existing == Existing::Refuse && !prepared.replaced.is_empty());
    Ok(if is_refused {
        ExitCode::No
    } else {
        ExitCode::Success
    })
}

/// Completes or takes back what an earlier write into the folder has left, before it is looked at.
fn settle(
    arguments: &NewArgs,
    destination: &Utf8Path,
    terminal: &mut Terminal,
) -> Result<(), ScaffoldError> {
    if arguments.dry_run || !destination.is_dir() {
        return Ok(());
    }
    let outcome = match recover(destination)? {
        Recovery::Nothing => return Ok(()),
        Recovery::Completed => "was completed",
        Recovery::Discarded | Recovery::TakenBack => "was taken back",
    };
    terminal.status(format_args!(
        "An earlier write to `{destination}`, which was cut off, {outcome}."
    ));
    Ok(())
}

fn circumstances(
    project_name: String,
    surroundings: &Surroundings,
) -> Result<Circumstances, NewError> {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy).map_err(|error| NewError::Random(error.into()))?;
    Ok(Circumstances {
        project_name,
        time: surroundings.now(),
        entropy,
    })
}
