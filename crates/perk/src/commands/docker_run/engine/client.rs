//! Asking podman and nerdctl, which have no daemon that always listens: their programs are run.

use std::thread;
use std::time::Duration;

use perk_docker::engine::{Engine, Installation};
use perk_process::{Program, SearchPath, is_superuser};

use super::{Known, Question, Silence};

/// How long each question may take.
const TIME_LIMIT: Duration = Duration::from_secs(1);
/// More than anybody says about an image.
const OUTPUT_LIMIT: usize = 4 * 1024 * 1024;
const PURPOSE: &str = "ask about images and networks";

/// Asks all questions at once.
pub(super) fn ask(engine: Engine, questions: Vec<Question>) -> Known {
    let mut known = Known::default();
    let program = SearchPath::of_process().find(engine.name(), PURPOSE);
    let Ok(program) = program else {
        for question in questions {
            let reason = "since it is not installed";
            known.hear(&question, Err(Silence::NotAsked(reason)));
        }
        return known;
    };
    let answers: Vec<_> = thread::scope(|scope| {
        let asked = questions.iter();
        let asked: Vec<_> = asked
            .map(|question| scope.spawn(|| output(&program, &words(question))))
            .collect();
        let answers = asked.into_iter().map(thread::ScopedJoinHandle::join);
        answers
            .map(|answer| answer.unwrap_or(Err(Silence::NotUnderstood)))
            .collect()
    });
    for (question, answer) in questions.iter().zip(answers) {
        match question {
            Question::Nature => known.hear_version(answer),
            question => known.hear(question, answer.as_deref().map_err(Clone::clone)),
        }
    }
    known
}

fn words(question: &Question) -> Vec<&str> {
    match question {
        Question::Image(name) => vec!["image", "inspect", name],
        Question::Network(name) => vec!["network", "inspect", name],
        Question::Container(name) => vec!["container", "inspect", name],
        Question::Nature => vec!["--version"],
    }
}

fn output(program: &Program, words: &[&str]) -> Result<Vec<u8>, Silence> {
    let invocation = program
        .invocation(PURPOSE)
        .arguments(words.iter().copied())
        .time_limit(TIME_LIMIT)
        .output_limit(OUTPUT_LIMIT);
    let captured = invocation.capture().map_err(|_| Silence::TooLate)?;
    captured.success().map_err(|_| Silence::Missing)
}

impl Known {
    fn hear_version(&mut self, answer: Result<Vec<u8>, Silence>) {
        let text = answer.unwrap_or_default();
        let installation = Installation::that_says(&String::from_utf8_lossy(&text));
        self.client_version = installation.and_then(|installation| installation.version);
        self.is_of_ordinary_user = !is_superuser();
        if let Some(version) = self.client_version {
            self.said.push(format!("engine: its version is {version}"));
        }
    }
}
