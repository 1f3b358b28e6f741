//! The types that the values of condition keys have.

use std::fmt;

/// The type of a condition key's value, or of each of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValueType {
    /// Text.
    String,
    /// `true` or `false`.
    Bool,
    /// A number.
    Numeric,
    /// A date, or seconds since 1970.
    Date,
    /// An ARN.
    Arn,
    /// An IP address or a range of them.
    IpAddress,
    /// Bytes in Base64.
    Binary,
}

impl ValueType {
    /// Every value type.
    pub const ALL: [Self; 7] = [
        Self::String,
        Self::Bool,
        Self::Numeric,
        Self::Date,
        Self::Arn,
        Self::IpAddress,
        Self::Binary,
    ];

    /// Parses AWS's name of a type, such as `ArrayOfString`, with whether it is multivalued.
    pub(crate) fn parse(name: &str) -> Option<(Self, bool)> {
        let single = name.strip_prefix("ArrayOf");
        let value_type = match single.unwrap_or(name) {
            "String" => Self::String,
            "Bool" | "Boolean" => Self::Bool,
            "Numeric" | "Long" => Self::Numeric,
            "Date" => Self::Date,
            "ARN" | "Arn" => Self::Arn,
            "IPAddress" | "IpAddress" => Self::IpAddress,
            "Binary" => Self::Binary,
            _ => return None,
        };
        Some((value_type, single.is_some()))
    }

    pub(crate) fn from_number(number: u32) -> Self {
        usize::try_from(number)
            .ok()
            .and_then(|at| Self::ALL.get(at).copied())
            .unwrap_or(Self::String)
    }
}

impl fmt::Display for ValueType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::String => "String",
            Self::Bool => "Bool",
            Self::Numeric => "Numeric",
            Self::Date => "Date",
            Self::Arn => "ARN",
            Self::IpAddress => "IPAddress",
            Self::Binary => "Binary",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_names_aws_uses() {
        assert_eq!(ValueType::parse("ArrayOfARN"), Some((ValueType::Arn, true)));
        assert_eq!(
            ValueType::parse("IPAddress"),
            Some((ValueType::IpAddress, false))
        );
        assert_eq!(ValueType::parse("Colour"), None);
    }
}
