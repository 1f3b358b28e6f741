//! Hashes as text.

/// Returns two letters for each byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let letters = bytes.iter().map(|byte| format!("{byte:02x}"));
    letters.collect::<Vec<_>>().concat()
}
