//! Findings drawn into the text that they are about, as compilers do it.

mod excerpt;
mod line_window;
mod rendering;
#[cfg(test)]
mod tests;

pub use rendering::{Label, Snippet};
