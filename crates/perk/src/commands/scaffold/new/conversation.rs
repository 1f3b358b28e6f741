//! Asking question after question, with the way back.

use perk_scaffold::{
    Answer, Answers, Circumstances, Defaults, GivenAnswers, Interview, Manifest, ScaffoldError,
    resolve,
};
use perk_term::{Prompter, Reply, Terminal};

use super::destination;
use super::error::Stop;
use super::question::ask;
use crate::render::scaffold as render;

/// What is known before the questions, and what has been typed so far.
#[derive(Debug)]
pub(super) struct Conversation<'m> {
    pub(super) manifest: &'m Manifest,
    pub(super) given: GivenAnswers,
    pub(super) circumstances: Circumstances,
    /// Whether the project is called as a question is answered.
    pub(super) names_project: bool,
    /// Whether to ask nothing.
    pub(super) takes_defaults: bool,
    /// The answers that were typed, in order, with their keys.
    pub(super) typed: Vec<(String, Answer)>,
}

impl<'m> Conversation<'m> {
    /// Asks what is left to ask, and returns all answers.
    pub(super) fn answers(
        &mut self,
        prompter: &Prompter,
        terminal: &mut Terminal,
    ) -> Result<Answers, Stop> {
        if self.takes_defaults {
            let circumstances = &self.circumstances;
            return Ok(resolve(
                self.manifest,
                circumstances,
                &self.given,
                Defaults::Take,
            )?);
        }
        let mut interview = self.replayed()?;
        if self.typed.is_empty() && interview.prompt()?.is_some() {
            render::introduction(self.manifest, terminal);
        }
        while let Some(prompt) = interview.prompt()? {
            match ask(&interview, &prompt, prompter, terminal)? {
                Reply::Answer(answer) => {
                    interview.answer(answer.clone())?;
                    self.typed.push((prompt.question.key.clone(), answer));
                    if self.names_project && prompt.question.key == destination::KEY {
                        interview = self.replayed()?;
                    }
                }
                Reply::Back if interview.go_back() => {
                    self.typed.pop();
                }
                Reply::Back => terminal.status("This is the first question."),
            }
        }
        Ok(interview.finish()?)
    }

    /// Takes the last answer back, so that its question is asked again.
    pub(super) fn go_back(&mut self) {
        self.typed.pop();
    }

    /// Returns an interview that is as far as what was typed.
    ///
    /// What was typed to questions that are no longer asked, now that the project has another name,
    /// is dropped with all that follows.
    fn replayed(&mut self) -> Result<Interview<'m>, ScaffoldError> {
        if self.names_project {
            let named = self.typed.iter().find(|(key, _)| key == destination::KEY);
            self.circumstances.project_name = named
                .map(|(_, answer)| answer.to_text())
                .unwrap_or_default();
        }
        let mut interview = Interview::new(self.manifest, &self.circumstances, self.given.clone())?;
        let typed = std::mem::take(&mut self.typed);
        for (key, answer) in typed {
            let is_asked = interview
                .prompt()?
                .is_some_and(|prompt| prompt.question.key == key);
            if !is_asked || interview.check_answer(&answer).is_err() {
                break;
            }
            interview.answer(answer.clone())?;
            self.typed.push((key, answer));
        }
        Ok(interview)
    }
}
