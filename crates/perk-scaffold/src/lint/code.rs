//! What can be found, by name.

use std::fmt;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The template does not work, for some answers at least.
    Error,
    /// It works, and probably not as it was meant.
    Warning,
    /// It could be better.
    Suggestion,
}

impl Severity {
    /// Returns the word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Suggestion => "suggestion",
        }
    }
}

macro_rules! codes {
    ($($(#[$about:meta])* $variant:ident $name:literal $severity:ident,)*) => {
        /// What is found in a template.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($(#[$about])* $variant,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the name that is shown.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// Returns how grave a finding of this code is.
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$variant => Severity::$severity,)*
                }
            }
        }
    };
}

codes! {
    /// `template.toml` has a mistake, and nothing else can be looked at.
    BadManifest "BAD_MANIFEST" Error,
    /// A file or link that no template may have.
    UnsafeFile "UNSAFE_FILE" Error,
    /// A name that no question and no computed value has.
    UnknownName "UNKNOWN_NAME" Error,
    /// A helper that does not exist.
    UnknownHelper "UNKNOWN_HELPER" Error,
    /// A tag that names what exists and uses it wrongly.
    MisusedTag "MISUSED_TAG" Error,
    /// A partial or a decorator.
    Partial "PARTIAL" Error,
    /// A tag that cannot be read.
    TagSyntax "TAG_SYNTAX" Error,
    /// A tag of another language, such as those of GitHub Actions, Helm or Jinja.
    ForeignTag "FOREIGN_TAG" Error,
    /// A file with tags that is not UTF-8.
    NotUtf8 "NOT_UTF8" Error,
    /// A pattern of a rule that matches no file.
    UnmatchedPattern "UNMATCHED_PATTERN" Error,
    /// A default that is not an answer to its own question.
    BadDefault "BAD_DEFAULT" Error,
    /// A question to which no answer can be made up.
    NoSample "NO_SAMPLE" Error,
    /// Two files that would be written to one path.
    CollidingPaths "COLLIDING_PATHS" Error,
    /// A path that cannot be written everywhere.
    BadPath "BAD_PATH" Error,
    /// An expression or a text that fails for some answers.
    RenderFailure "RENDER_FAILURE" Error,
    /// A tag after `$`, which is usually meant for GitHub Actions.
    DollarBeforeTag "DOLLAR_BEFORE_TAG" Warning,
    /// A tag in three braces, of which one pair is lost.
    TripleBraces "TRIPLE_BRACES" Warning,
    /// A tag that a backslash at the end of a path turns into plain text.
    EscapedTag "ESCAPED_TAG" Warning,
    /// A tag in a file that is copied as it is.
    ForgottenSuffix "FORGOTTEN_SUFFIX" Warning,
    /// A question whose answer changes nothing.
    UnusedQuestion "UNUSED_QUESTION" Warning,
    /// A computed value that nothing uses.
    UnusedComputed "UNUSED_COMPUTED" Warning,
    /// A file that no answers bring about.
    UnreachableFile "UNREACHABLE_FILE" Warning,
    /// A question that refuses answers without saying what it wants.
    MissingMessage "MISSING_MESSAGE" Warning,
    /// A question for free text that does not say more than its one line.
    MissingHelp "MISSING_HELP" Suggestion,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
