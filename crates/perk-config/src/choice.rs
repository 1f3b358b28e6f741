//! Values that are one of a few words.

/// A value that is written as one word out of a fixed list.
pub trait Choice: Copy + PartialEq + 'static {
    /// All values, in the order in which people should read them.
    const ALL: &'static [Self];

    /// Returns the word for this value.
    fn name(self) -> &'static str;

    /// Returns the value for a word.
    fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|choice| choice.name() == word)
    }

    /// Returns the words of all values.
    fn names() -> Vec<&'static str> {
        Self::ALL.iter().map(|choice| choice.name()).collect()
    }
}

/// When to color.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorWhen {
    /// At a terminal, unless the environment says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Choice for ColorWhen {
    const ALL: &'static [Self] = &[Self::Auto, Self::Always, Self::Never];

    fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }
    }
}

/// The mildest type of finding that makes `perk iam validate` say no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FailOn {
    /// Errors only.
    Error,
    /// Security warnings and errors.
    #[default]
    SecurityWarning,
    /// Warnings and worse.
    Warning,
    /// Anything found.
    Suggestion,
    /// Nothing.
    Never,
}

impl Choice for FailOn {
    const ALL: &'static [Self] = &[
        Self::Error,
        Self::SecurityWarning,
        Self::Warning,
        Self::Suggestion,
        Self::Never,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::SecurityWarning => "security-warning",
            Self::Warning => "warning",
            Self::Suggestion => "suggestion",
            Self::Never => "never",
        }
    }
}

/// Who the programs in a container are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PresetUser {
    /// Whoever types the command, so that files which are made in the project are theirs.
    Host,
    /// Whom the image names.
    Image,
}

impl Choice for PresetUser {
    const ALL: &'static [Self] = &[Self::Host, Self::Image];

    fn name(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Image => "image",
        }
    }
}

/// A program that runs containers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngineName {
    /// Docker's client.
    Docker,
    /// Podman.
    Podman,
    /// Nerdctl.
    Nerdctl,
}

impl Choice for EngineName {
    const ALL: &'static [Self] = &[Self::Docker, Self::Podman, Self::Nerdctl];

    fn name(self) -> &'static str {
        match self {
            Self::Docker => "docker",
            Self::Podman => "podman",
            Self::Nerdctl => "nerdctl",
        }
    }
}

/// When containers get to their proxy by a relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RelayWhen {
    /// Where they do not reach the proxy by themselves.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Choice for RelayWhen {
    const ALL: &'static [Self] = &[Self::Auto, Self::Always, Self::Never];

    fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }
    }
}

/// The type that findings of one check get, or no findings at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckLevel {
    /// The check is not made.
    Off,
    /// Findings are errors.
    Error,
    /// Findings are security warnings.
    SecurityWarning,
    /// Findings are warnings.
    Warning,
    /// Findings are suggestions.
    Suggestion,
}

impl Choice for CheckLevel {
    const ALL: &'static [Self] = &[
        Self::Off,
        Self::Error,
        Self::SecurityWarning,
        Self::Warning,
        Self::Suggestion,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Error => "error",
            Self::SecurityWarning => "security-warning",
            Self::Warning => "warning",
            Self::Suggestion => "suggestion",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_word_means_its_value<T: Choice + std::fmt::Debug>() {
        for &choice in T::ALL {
            assert_eq!(T::parse(choice.name()), Some(choice));
        }
    }

    #[test]
    fn words_are_distinct() {
        every_word_means_its_value::<ColorWhen>();
        every_word_means_its_value::<FailOn>();
        every_word_means_its_value::<CheckLevel>();
        every_word_means_its_value::<RelayWhen>();
        every_word_means_its_value::<EngineName>();
    }
}
