//! How long ago something was, in words.

use std::fmt;

use time::OffsetDateTime;

/// The time between two moments, displayed as `3 days ago`.
pub(super) struct Age {
    pub(super) then: OffsetDateTime,
    pub(super) now: OffsetDateTime,
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let passed = self.now - self.then;
        let units = [
            (passed.whole_days(), "day"),
            (passed.whole_hours(), "hour"),
            (passed.whole_minutes(), "minute"),
        ];
        match units.into_iter().find(|(count, _)| *count > 0) {
            Some((1, unit)) => write!(f, "1 {unit} ago"),
            Some((count, unit)) => write!(f, "{count} {unit}s ago"),
            None => f.write_str("just now"),
        }
    }
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;

    #[test]
    fn the_largest_unit_is_named() {
        for (passed, words) in [
            (Duration::seconds(-5), "just now"),
            (Duration::seconds(59), "just now"),
            (Duration::seconds(60), "1 minute ago"),
            (Duration::minutes(119), "1 hour ago"),
            (Duration::hours(49), "2 days ago"),
        ] {
            let now = OffsetDateTime::UNIX_EPOCH + Duration::days(9);
            let then = now - passed;
            assert_eq!(Age { then, now }.to_string(), words);
        }
    }
}
