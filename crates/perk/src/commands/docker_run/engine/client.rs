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

type Answer = Result<Vec<u8>, Silence>;

/// Asks all questions at once.
pub(super) fn ask(engine: Engine, questions: &[Question], wants_version: bool) -> Known {
    let mut known = Known {
        is_of_ordinary_user: !is_superuser(),
        ..Known::default()
    };
    let Ok(program) = SearchPath::of_process().find(engine.name(), PURPOSE) else {
        known.said.push(format!("{engine} is not installed"));
        return known;
    };
    let mut words: Vec<_> = questions.iter().map(words).collect();
    if wants_version {
        words.push(vec!["--version"]);
    }
    let answers = answers(&program, &words);
    for (question, answer) in questions.iter().zip(&answers) {
        known.hear(question, answer.as_deref().map_err(Clone::clone));
    }
    if let Some(Ok(text)) = answers.get(questions.len()) {
        known.hear_version(&String::from_utf8_lossy(text));
    }
    known
}

fn answers(program: &Program, words: &[Vec<&str>]) -> Vec<Answer> {
    thread::scope(|scope| {
        let words = words.iter();
        let asked: Vec<_> = words
            .map(|words| scope.spawn(move || answer(program, words)))
            .collect();
        let answers = asked.into_iter().map(thread::ScopedJoinHandle::join);
        answers
            .map(|answer| answer.unwrap_or(Err(Silence::NotUnderstood)))
            .collect()
    })
}

fn words(question: &Question) -> Vec<&str> {
    match question {
        Question::Image(name) => vec!["image", "inspect", name],
        Question::Network(name) => vec!["network", "inspect", name],
        Question::Container(name) => vec!["container", "inspect", name],
    }
}

fn answer(program: &Program, words: &[&str]) -> Answer {
    let invocation = program
        .invocation(PURPOSE)
        .arguments(words.iter().copied())
        .time_limit(TIME_LIMIT)
        .output_limit(OUTPUT_LIMIT);
    let captured = invocation.capture().map_err(|_| Silence::TooLate)?;
    captured.success().map_err(|_| Silence::Missing)
}

impl Known {
    fn hear_version(&mut self, text: &str) {
        let installation = Installation::that_says(text);
        self.client_version = installation.and_then(|installation| installation.version);
        if let Some(version) = self.client_version {
            self.said.insert(0, format!("version: {version}"));
        }
    }
}
