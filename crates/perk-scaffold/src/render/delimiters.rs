//! What a tag begins and ends with.

/// The two marks around a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delimiters {
    open: String,
    close: String,
}

impl Delimiters {
    /// Creates delimiters, if each is two punctuation characters and they differ.
    ///
    /// Two characters, as in `{{`, so that lines and columns of errors are those of the file.
    pub fn new(open: &str, close: &str) -> Option<Self> {
        let is_mark =
            |mark: &str| mark.len() == 2 && mark.bytes().all(|byte| byte.is_ascii_punctuation());
        (is_mark(open) && is_mark(close) && open != close).then(|| Self {
            open: open.to_owned(),
            close: close.to_owned(),
        })
    }

    /// Returns the usual `{{` and `}}`.
    pub fn braces() -> Self {
        Self {
            open: "{{".to_owned(),
            close: "}}".to_owned(),
        }
    }

    /// Returns `[[` and `]]`, for files in which `{{` has a meaning already.
    pub fn brackets() -> Self {
        Self {
            open: "[[".to_owned(),
            close: "]]".to_owned(),
        }
    }

    /// Returns what a tag begins with.
    pub fn open(&self) -> &str {
        &self.open
    }

    /// Returns what a tag ends with.
    pub fn close(&self) -> &str {
        &self.close
    }

    pub(super) fn are_braces(&self) -> bool {
        self.open == "{{" && self.close == "}}"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_two_punctuation_characters() {
        for (open, close) in [("[[", "]]"), ("<%", "%>"), ("((", "))")] {
            assert!(Delimiters::new(open, close).is_some(), "{open}");
        }
        for (open, close) in [
            ("", ""),
            ("[", "]"),
            ("[[[", "]]]"),
            ("aa", "bb"),
            ("@@", "@@"),
            ("{{", "é"),
        ] {
            assert_eq!(Delimiters::new(open, close), None, "{open}");
        }
    }
}
