//! How far a long piece of work has come.
//!
//! A bar only exists at a terminal; otherwise every call does nothing.

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

const BAR: &str = "{prefix} {wide_bar} {pos}/{len}";
const SPINNER: &str = "{spinner} {prefix} {pos}";

/// A running count, shown while it lives.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    pub(crate) fn shown(bars: &MultiProgress, label: &str, total: Option<u64>) -> Self {
        let bar = match total {
            Some(total) => ProgressBar::new(total).with_style(style(BAR)),
            None => ProgressBar::new_spinner().with_style(style(SPINNER)),
        };
        Self {
            bar: bars.add(bar.with_prefix(label.to_owned())),
        }
    }

    pub(crate) fn silent() -> Self {
        Self {
            bar: ProgressBar::hidden(),
        }
    }

    /// Counts finished steps.
    pub fn advance(&self, steps: u64) {
        self.bar.inc(steps);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_are_valid() {
        assert!(ProgressStyle::with_template(BAR).is_ok());
        assert!(ProgressStyle::with_template(SPINNER).is_ok());
    }
}
