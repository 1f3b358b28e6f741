//! Templates from real repositories and folders, honest and hostile.

#![expect(clippy::unwrap_used, reason = "to panic is how a test fails")]

mod cache;
mod fixture;
mod folders;
mod hostile;
mod references;
