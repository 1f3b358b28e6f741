//! Values that many commands take: the plain formats, and the words of settings.

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use perk_config::Choice;

/// The formats of commands that have no other than these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Format {
    #[default]
    Text,
    Json,
}

/// Returns a parser for the words of a setting, so that flags and configuration agree.
pub(crate) fn word<T: Choice + Send + Sync>() -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(T::names()).try_map(|word| T::parse(&word).ok_or("not a known word"))
}
