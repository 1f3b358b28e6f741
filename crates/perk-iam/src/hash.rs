//! Hashes of texts, the same on every machine, without a secret.

/// The FNV-1a hash of 64 bits of some texts (RFC 9923), each ended by a byte that no text has.
#[derive(Debug)]
pub(crate) struct Fnv(u64);

impl Fnv {
    /// Starts without a text.
    pub(crate) fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Adds a text.
    pub(crate) fn add(&mut self, text: &str) {
        self.add_parts([text]);
    }

    /// Adds the text that some parts make together.
    pub(crate) fn add_parts<'t>(&mut self, parts: impl IntoIterator<Item = &'t str>) {
        for part in parts {
            self.add_bytes(part.as_bytes());
        }
        self.add_bytes(&[0xff]);
    }

    /// Returns the hash.
    pub(crate) fn finish(&self) -> u64 {
        self.0
    }

    fn add_bytes(&mut self, bytes: &[u8]) {
        const PRIME: u64 = 0x0000_0100_0000_01b3;
        self.0 = bytes.iter().fold(self.0, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(PRIME)
        });
    }
}

/// Returns a hash that tells most texts apart, eight bytes at a time: for looking whether two are
/// equal at all, before they are compared.
pub(crate) fn quick(text: &str) -> u64 {
    words(text.as_bytes(), 0)
}

/// Returns a hash as [`quick`] does, equal for texts that differ in ASCII case only.
pub(crate) fn quick_ignoring_case(text: &str) -> u64 {
    // The bit by which letters differ in case; that others lose it as well does no harm.
    words(text.as_bytes(), u64::from_le_bytes([0x20; WORD]))
}

const WORD: usize = 8;

fn words(bytes: &[u8], mask: u64) -> u64 {
    let (whole, _) = bytes.as_chunks::<WORD>();
    // The last bytes, some of them a second time, or all there are.
    let last = bytes.last_chunk().map_or_else(
        || {
            bytes
                .iter()
                .fold(0, |word, &byte| word << 8 | u64::from(byte))
        },
        |word| u64::from_le_bytes(*word),
    );
    let hash = whole.iter().fold(bytes.len() as u64, |hash, word| {
        mix(hash ^ (u64::from_le_bytes(*word) | mask))
    });
    mix(hash ^ (last | mask))
}

/// Multiplies by an odd number with bits all over, and folds the upper half onto the lower.
fn mix(hash: u64) -> u64 {
    let product = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ (product >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quick_hashes_tell_texts_apart() {
        let texts = ["", "a", "aa", "A", "abcdefgh", "abcdefghi", "abcdefgh\0"];
        for (index, one) in texts.iter().enumerate() {
            for other in &texts[index + 1..] {
                assert_ne!(quick(one), quick(other), "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn quick_hashes_may_ignore_case() {
        let (one, other) = ("s3:GetObjectVersion", "S3:getobjectversioN");
        assert_eq!(quick_ignoring_case(one), quick_ignoring_case(other));
        assert_ne!(quick(one), quick(other));
        assert_ne!(
            quick_ignoring_case(one),
            quick_ignoring_case("s3:GetObject")
        );
    }
}
