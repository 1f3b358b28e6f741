//! Bytes as text, for names and hashes.

/// Returns two letters for each byte.
pub(super) fn hex(bytes: &[u8]) -> String {
    let letters = bytes.iter().map(|byte| format!("{byte:02x}"));
    letters.collect::<Vec<_>>().concat()
}
