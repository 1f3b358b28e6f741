//! Hostile texts: whatever comes, there is an answer that holds to its invariants.
#![expect(
    clippy::unwrap_used,
    reason = "to panic is how a test fails, in helpers as well"
)]

mod attacks;
mod bad_input;
mod documents;
mod growth;
mod invariants;
mod odd;
