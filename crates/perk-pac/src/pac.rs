//! A script on a thread of its own, and a watch over it.

use std::fmt;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::script::{STACK, Script};
use crate::{Limits, PacFault, Route, World};

/// What the engine gets beyond its limit, to stop by itself.
const GRACE: Duration = Duration::from_millis(500);

/// A script that can be asked which proxy is for an address.
pub struct Pac {
    questions: Sender<Question>,
    answers: Receiver<Result<String, PacFault>>,
    limits: Limits,
    is_stuck: bool,
}

struct Question {
    url: String,
    host: String,
}

impl fmt::Debug for Pac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pac")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// Reads a script and runs what is outside of its functions.
pub fn evaluate(script: &str, limits: Limits, world: World) -> Result<Pac, PacFault> {
    if script.len() > limits.script {
        return Err(PacFault::TooLong {
            length: script.len(),
            limit: limits.script,
        });
    }
    let text = script.strip_prefix('\u{feff}').unwrap_or(script).to_owned();
    let (ask, questions) = channel();
    let (reply, answers) = channel();
    thread::Builder::new()
        .name("pac".to_owned())
        .stack_size(STACK * 4)
        .spawn(move || answer_all(&text, limits, world, &questions, &reply))
        .map_err(|source| PacFault::Engine { source })?;
    let mut pac = Pac {
        questions: ask,
        answers,
        limits,
        is_stuck: false,
    };
    pac.wait()?;
    Ok(pac)
}

impl Pac {
    /// Asks for the ways to an address, the best one first.
    pub fn find_proxy(&mut self, url: &str, host: &str) -> Result<Vec<Route>, PacFault> {
        let question = Question {
            url: url.to_owned(),
            host: host.to_owned(),
        };
        // Without a listener the answer is missing too, and that is said below.
        let _ = self.questions.send(question);
        Route::parse_all(&self.wait()?)
    }

    fn wait(&mut self) -> Result<String, PacFault> {
        let timed_out = PacFault::TimedOut {
            limit: self.limits.time,
        };
        // An answer that comes late would be taken for that to the next question.
        if self.is_stuck {
            return Err(timed_out);
        }
        match self.answers.recv_timeout(self.limits.time + GRACE) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => {
                self.is_stuck = true;
                Err(timed_out)
            }
            Err(RecvTimeoutError::Disconnected) => Err(PacFault::Script {
                line: None,
                message: "the engine gave the script up".to_owned(),
            }),
        }
    }
}

/// Reads the script and says so, then answers questions until nobody has any more.
fn answer_all(
    text: &str,
    limits: Limits,
    world: World,
    questions: &Receiver<Question>,
    reply: &Sender<Result<String, PacFault>>,
) {
    let script = match Script::load(text, limits, world) {
        Ok(script) => script,
        Err(fault) => {
            let _ = reply.send(Err(fault));
            return;
        }
    };
    if reply.send(Ok(String::new())).is_err() {
        return;
    }
    while let Ok(Question { url, host }) = questions.recv() {
        if reply.send(script.answer(&url, &host)).is_err() {
            return;
        }
    }
}
