//! Answers: read from text or data, checked against their question, asked one by one or taken all
//! at once.

mod answer;
mod check;
mod evaluate;
mod interview;
mod problem;
mod resolve;
mod settled;
#[cfg(test)]
mod tests;

pub use answer::{Answer, Secret};
pub(crate) use check::{check_pattern, check_text};
pub(crate) use evaluate::{Evaluator, entry};
pub use interview::{Interview, Prompt};
pub use problem::AnswerProblem;
pub use resolve::{Defaults, Given, GivenAnswers, resolve};
pub(crate) use resolve::{check_keys, given_answer};
pub(crate) use settled::Entry;
pub use settled::{Answers, Circumstances, Source};
