//! Asking one question, until there is an answer that fits.

use perk_scaffold::{Answer, AnswerProblem, Choice, Interview, Kind, Prompt};
use perk_term::{PromptError, Prompter, Reply, Terminal};

/// What is typed to answer with nothing although something is proposed.
const NOTHING: &str = "\"\"";

/// Asks the question at hand.
pub(super) fn ask(
    interview: &Interview<'_>,
    prompt: &Prompt<'_>,
    prompter: &Prompter,
    terminal: &mut Terminal,
) -> Result<Reply<Answer>, PromptError> {
    let proposal = prompt
        .proposal
        .as_ref()
        .filter(|answer| interview.check_answer(answer).is_ok());
    if let Some(help) = help(interview, prompt, proposal) {
        terminal.status(format_args!("  {help}"));
    }
    loop {
        let reply = match typed(prompt, proposal, prompter)? {
            Reply::Back => return Ok(Reply::Back),
            Reply::Answer(typed) => check(interview, typed),
        };
        match reply {
            Ok(answer) => return Ok(Reply::Answer(answer)),
            Err(problem) => terminal.error(problem),
        }
    }
}

/// What came from the keyboard.
enum Typed {
    Text(String),
    Answer(Answer),
}

fn check(interview: &Interview<'_>, typed: Typed) -> Result<Answer, AnswerProblem> {
    match typed {
        Typed::Text(text) => interview.check(&text),
        Typed::Answer(answer) => interview.check_answer(&answer).map(|()| answer),
    }
}

fn typed(
    prompt: &Prompt<'_>,
    proposal: Option<&Answer>,
    prompter: &Prompter,
) -> Result<Reply<Typed>, PromptError> {
    let ask = prompt.question.ask.as_str();
    let reply = match &prompt.question.kind {
        Kind::Bool => {
            let proposal = proposal.and_then(|answer| match answer {
                Answer::Bool(truth) => Some(*truth),
                _ => None,
            });
            answer(prompter.yes_or_no(ask, proposal)?, Answer::Bool)
        }
        Kind::Choice(choices) => {
            let index = prompter.one_of(ask, &labels(choices), index(choices, proposal))?;
            answer(index, |index| Answer::String(value(choices, index)))
        }
        Kind::Choices(choices) => {
            let indices = prompter.some_of(ask, &checked(choices, proposal))?;
            let values = |indices: Vec<usize>| {
                let values = indices.into_iter().map(|index| value(choices, index));
                Answer::List(values.collect())
            };
            answer(indices, values)
        }
        Kind::Secret => with_proposal(prompter.secret(ask)?, proposal),
        Kind::String | Kind::Int | Kind::Float | Kind::List => {
            let text = proposal
                .map(Answer::to_text)
                .filter(|text| !text.is_empty());
            let reply = prompter.text(ask, text.as_deref())?;
            match reply {
                Reply::Answer(typed) if text.is_some() && typed.trim() == NOTHING => {
                    Reply::Answer(Typed::Text(String::new()))
                }
                reply => with_proposal(reply, proposal),
            }
        }
    };
    Ok(reply)
}

fn answer<T>(reply: Reply<T>, make: impl FnOnce(T) -> Answer) -> Reply<Typed> {
    match reply {
        Reply::Answer(typed) => Reply::Answer(Typed::Answer(make(typed))),
        Reply::Back => Reply::Back,
    }
}

/// An empty line takes the proposal.
fn with_proposal(reply: Reply<String>, proposal: Option<&Answer>) -> Reply<Typed> {
    match (reply, proposal) {
        (Reply::Back, _) => Reply::Back,
        (Reply::Answer(text), Some(proposal)) if text.is_empty() || text == proposal.to_text() => {
            Reply::Answer(Typed::Answer(proposal.clone()))
        }
        (Reply::Answer(text), _) => Reply::Answer(Typed::Text(text)),
    }
}

fn labels(choices: &[Choice]) -> Vec<&str> {
    choices.iter().map(|choice| choice.label.as_str()).collect()
}

fn index(choices: &[Choice], proposal: Option<&Answer>) -> usize {
    let is_proposed = |choice: &Choice| match proposal {
        Some(Answer::String(value)) => choice.value == *value,
        _ => false,
    };
    choices.iter().position(is_proposed).unwrap_or_default()
}

fn checked<'c>(choices: &'c [Choice], proposal: Option<&Answer>) -> Vec<(&'c str, bool)> {
    let is_proposed = |choice: &Choice| match proposal {
        Some(Answer::List(values)) => values.contains(&choice.value),
        _ => false,
    };
    let checked = choices
        .iter()
        .map(|choice| (choice.label.as_str(), is_proposed(choice)));
    checked.collect()
}

fn value(choices: &[Choice], index: usize) -> String {
    let choice = choices.get(index);
    choice
        .map(|choice| choice.value.clone())
        .unwrap_or_default()
}

/// Returns what is said before the question.
fn help(
    interview: &Interview<'_>,
    prompt: &Prompt<'_>,
    proposal: Option<&Answer>,
) -> Option<String> {
    let form = match prompt.question.kind {
        Kind::List => Some("several answers with commas between them"),
        Kind::Choices(_) => Some("Space marks, Enter takes what is marked"),
        Kind::Secret if proposal.is_some() => Some("Enter takes the template's own"),
        _ => None,
    };
    let is_line = matches!(
        prompt.question.kind,
        Kind::String | Kind::Int | Kind::Float | Kind::List
    );
    let has_text = proposal.is_some_and(|answer| !answer.to_text().is_empty());
    let can_be_empty = is_line && has_text && interview.check("").is_ok();
    let parts = [
        prompt.question.help.as_deref(),
        form,
        can_be_empty.then_some("`\"\"` for nothing"),
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}
