//! The look of prompts, from the same table of styles as everything else.

use std::fmt;

use dialoguer::theme::Theme;

use crate::{Meaning, Painter};

/// Prompts in plain words; the question is bold and the answer colored where there are colors.
#[derive(Debug)]
pub(super) struct Look {
    pub(super) painter: Painter,
}

impl Look {
    /// Returns the question, with a colon unless it ends with a mark of its own.
    pub(super) fn question(&self, prompt: &str) -> String {
        let colon = if prompt.ends_with(['?', ':', '!', '.']) {
            ""
        } else {
            ":"
        };
        format!("{}{colon}", self.painter.paint(Meaning::Heading, prompt))
    }

    fn answered(&self, f: &mut dyn fmt::Write, prompt: &str, answer: &str) -> fmt::Result {
        let answer = self.painter.paint(Meaning::Name, answer);
        write!(f, "{} {answer}", self.question(prompt))
    }
}

impl Theme for Look {
    fn format_prompt(&self, f: &mut dyn fmt::Write, prompt: &str) -> fmt::Result {
        f.write_str(&self.question(prompt))
    }

    fn format_input_prompt(
        &self,
        f: &mut dyn fmt::Write,
        prompt: &str,
        default: Option<&str>,
    ) -> fmt::Result {
        write!(f, "{} ", self.question(prompt))?;
        match default {
            Some(default) => {
                let default = format!("[{default}]");
                write!(f, "{} ", self.painter.paint(Meaning::Aside, default))
            }
            None => Ok(()),
        }
    }

    fn format_input_prompt_selection(
        &self,
        f: &mut dyn fmt::Write,
        prompt: &str,
        selection: &str,
    ) -> fmt::Result {
        self.answered(f, prompt, selection)
    }

    fn format_confirm_prompt(
        &self,
        f: &mut dyn fmt::Write,
        prompt: &str,
        default: Option<bool>,
    ) -> fmt::Result {
        let keys = match default {
            None => "[y/n]",
            Some(true) => "[Y/n]",
            Some(false) => "[y/N]",
        };
        let keys = self.painter.paint(Meaning::Aside, keys);
        write!(f, "{} {keys} ", self.question(prompt))
    }

    fn format_confirm_prompt_selection(
        &self,
        f: &mut dyn fmt::Write,
        prompt: &str,
        selection: Option<bool>,
    ) -> fmt::Result {
        let answer = match selection {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        };
        self.answered(f, prompt, answer)
    }

    fn format_multi_select_prompt_selection(
        &self,
        f: &mut dyn fmt::Write,
        prompt: &str,
        selections: &[&str],
    ) -> fmt::Result {
        let answer = match selections {
            [] => "none".to_owned(),
            selections => selections.join(", "),
        };
        self.answered(f, prompt, &answer)
    }

    fn format_select_prompt_item(
        &self,
        f: &mut dyn fmt::Write,
        text: &str,
        is_active: bool,
    ) -> fmt::Result {
        if is_active {
            write!(f, "> {}", self.painter.paint(Meaning::Name, text))
        } else {
            write!(f, "  {text}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_ends_with_one_mark() {
        let look = Look {
            painter: Painter::new(false),
        };
        assert_eq!(look.question("Who?"), "Who?");
        assert_eq!(look.question("Name"), "Name:");
    }
}
