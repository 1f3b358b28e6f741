//! Calendar days, as catalogs are dated; no clock and no time zones.

use std::fmt;

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(u32);

impl Date {
    /// Parses a day from the start of a text: `2026-09-26` or `2026-09-26T04:46:59Z`.
    pub fn parse(text: &str) -> Option<Self> {
        let day = text
            .get(..10)
            .filter(|_| matches!(text.as_bytes().get(10), None | Some(b'T')))?;
        let mut parts = day.split('-').map(digits);
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let valid = parts.next().is_none() && (1..=12).contains(&month) && (1..=31).contains(&day);
        valid.then(|| Self(year * 10_000 + month * 100 + day))
    }

    /// Returns the year.
    pub fn year(self) -> u32 {
        self.0 / 10_000
    }

    /// Returns the month, from 1.
    pub fn month(self) -> u32 {
        self.0 / 100 % 100
    }

    /// Returns the day of the month, from 1.
    pub fn day(self) -> u32 {
        self.0 % 100
    }

    pub(crate) fn from_number(number: u32) -> Self {
        Self(number)
    }

    pub(crate) fn number(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.year(),
            self.month(),
            self.day()
        )
    }
}

fn digits(text: &str) -> Option<u32> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_and_moments() {
        let shown = |text| Date::parse(text).map(|date| date.to_string());
        assert_eq!(shown("2026-09-26").as_deref(), Some("2026-09-26"));
        assert_eq!(
            shown("2026-09-26T04:46:59.905Z").as_deref(),
            Some("2026-09-26")
        );
        assert!(Date::parse("2026-09-26") < Date::parse("2026-10-01"));
    }

    #[test]
    fn refuses_what_is_no_day() {
        for text in [
            "",
            "2026",
            "2026-13-01",
            "2026-00-10",
            "2026-1-100",
            "+026-01-01",
            "2026-09-260",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }
}
