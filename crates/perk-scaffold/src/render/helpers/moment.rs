//! The helpers whose result depends on when and where they run: `now`, `year`, `uuid`.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The time and the randomness that values may be made of; the caller reads them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) time: OffsetDateTime,
    pub(crate) entropy: [u8; 32],
}

impl Moment {
    /// Returns the time in UTC as RFC 3339 has it, without fractions of a second.
    pub(super) fn now(&self) -> Option<String> {
        let time = self
            .time
            .to_offset(time::UtcOffset::UTC)
            .replace_nanosecond(0)
            .ok()?;
        time.format(&Rfc3339).ok()
    }

    pub(super) fn year(&self) -> i32 {
        self.time.to_offset(time::UtcOffset::UTC).year()
    }

    /// Returns a random UUID, the same one each time for one name.
    pub(super) fn uuid(&self, name: &str) -> String {
        let digest = Sha256::new()
            .chain_update(self.entropy)
            .chain_update(name)
            .finalize();
        let mut bytes = [0_u8; 16];
        bytes.copy_from_slice(&digest[..16]);
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        let mut text = String::with_capacity(36);
        for (index, byte) in bytes.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_moment_is_in_utc_and_uuids_are_version_4() {
        let time = OffsetDateTime::from_unix_timestamp(1_800_000_000).unwrap();
        let moment = Moment {
            time: time.to_offset(time::UtcOffset::from_hms(5, 0, 0).unwrap()),
            entropy: [7; 32],
        };
        assert_eq!(moment.now().unwrap(), "2027-01-15T08:00:00Z");
        assert_eq!(moment.year(), 2027);
        let uuid = moment.uuid("id");
        assert_eq!((uuid.len(), &uuid[14..15]), (36, "4"));
        assert!("89ab".contains(&uuid[19..20]));
        assert_eq!(uuid, moment.uuid("id"));
        assert_ne!(uuid, moment.uuid("other"));
    }
}
