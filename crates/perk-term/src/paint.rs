//! The one table of styles, by meaning.
//!
//! Color only repeats what the words already say.

use std::fmt;

use anstyle::{AnsiColor, Effects, Style};

/// What a piece of text is, as far as its look is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// The label of an error.
    Error,
    /// The label of a warning, and counts of them.
    Warning,
    /// The label of a suggestion or other mild finding.
    Suggestion,
    /// The label of a hint.
    Hint,
    /// The label of a note.
    Note,
    /// The word that says all is well.
    Success,
    /// The name of a file or folder.
    Path,
    /// A title above other lines.
    Heading,
    /// A name that the user could type: a key, a code, a command.
    Name,
    /// A remark that may be skipped.
    Aside,
}

impl Meaning {
    pub(crate) const fn style(self) -> Style {
        match self {
            Self::Error => AnsiColor::BrightRed.on_default().effects(Effects::BOLD),
            Self::Warning => AnsiColor::Yellow.on_default().effects(Effects::BOLD),
            Self::Suggestion => AnsiColor::BrightBlue.on_default().effects(Effects::BOLD),
            Self::Hint => AnsiColor::BrightCyan.on_default().effects(Effects::BOLD),
            Self::Note | Self::Success => {
                AnsiColor::BrightGreen.on_default().effects(Effects::BOLD)
            }
            Self::Path => AnsiColor::Cyan.on_default(),
            Self::Heading => Style::new().effects(Effects::BOLD),
            Self::Name => AnsiColor::Green.on_default(),
            Self::Aside => Style::new().effects(Effects::DIMMED),
        }
    }
}

/// Colors text, or leaves it plain, as its stream wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Painter {
    is_colored: bool,
}

impl Painter {
    /// Creates a painter that colors or does not.
    pub const fn new(is_colored: bool) -> Self {
        Self { is_colored }
    }

    /// Returns whether this painter colors at all.
    pub const fn is_colored(self) -> bool {
        self.is_colored
    }

    /// Returns a value that displays in the style of its meaning.
    pub fn paint<T: fmt::Display>(self, meaning: Meaning, value: T) -> Painted<T> {
        let style = if self.is_colored {
            meaning.style()
        } else {
            Style::new()
        };
        Painted { style, value }
    }
}

/// A value with the style in which it displays; width and alignment apply to the value alone.
#[derive(Debug, Clone, Copy)]
pub struct Painted<T> {
    style: Style,
    value: T,
}

impl<T: fmt::Display> fmt::Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.style.render())?;
        self.value.fmt(f)?;
        write!(f, "{}", self.style.render_reset())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_painter_adds_nothing() {
        assert_eq!(
            Painter::new(false).paint(Meaning::Error, "x").to_string(),
            "x"
        );
    }

    #[test]
    fn padding_is_inside_the_color() {
        let painted = Painter::new(true).paint(Meaning::Name, "x");
        assert_eq!(format!("{painted:<3}|"), "\u{1b}[32mx  \u{1b}[0m|");
    }
}
