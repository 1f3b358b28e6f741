//! What is wrong with a template, and what it makes of many different answers.
//!
//! A [`Draft`] is a template that need not be a good one. [`lint`] reads every text in it, makes up
//! answers so that any two of them meet somewhere, renders each combination in memory, and returns
//! what it found as findings: mistakes of the template are a result here, not errors.

mod clash;
mod code;
mod combination;
mod covering;
mod draft;
mod example;
mod finding;
mod manifest;
mod questionnaire;
mod reach;
mod render;
mod report;
mod samples;
mod texts;
mod usage;

pub use code::{Code, Severity};
pub use combination::Combination;
pub use draft::Draft;
pub use finding::Finding;
pub use report::{LintReport, lint};
