//! The record: which templates a project was made from, with which answers, and what they made.

mod model;
mod parse;
mod schema;
#[cfg(test)]
mod tests;
mod write;

pub use model::{FileRecord, Record, TemplateRecord};
