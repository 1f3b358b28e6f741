//! Bytes to text: policies are UTF-8, and what is not is shown as far as it can be.

use std::borrow::Cow;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The text of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded<'b> {
    /// The text, without byte order mark; stands in for what could not be decoded.
    pub(super) text: Cow<'b, str>,
    /// What is wrong with the bytes.
    pub(super) fault: Option<Fault>,
}

/// Why bytes are no text of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The byte at this offset of the text is not UTF-8.
    NotUtf8 {
        /// Where the text shows a replacement.
        offset: usize,
    },
    /// The text is UTF-16, by its byte order mark.
    Utf16,
}

/// Decodes the bytes of a file.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some(text) = decode_utf16(bytes) {
        return Decoded {
            text: Cow::Owned(text),
            fault: Some(Fault::Utf16),
        };
    }
    match str::from_utf8(bytes) {
        Ok(text) => Decoded {
            text: Cow::Borrowed(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)),
            fault: None,
        },
        Err(error) => {
            let text = String::from_utf8_lossy(bytes);
            let marked = text.len();
            let text = text.trim_start_matches(BYTE_ORDER_MARK).to_owned();
            let offset = error.valid_up_to() - (marked - text.len());
            Decoded {
                text: Cow::Owned(text),
                fault: Some(Fault::NotUtf8 { offset }),
            }
        }
    }
}

fn decode_utf16(bytes: &[u8]) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let (pairs, _) = bytes.as_chunks();
    let units: Vec<u16> = pairs.iter().skip(1).map(|pair| unit(*pair)).collect();
    Some(String::from_utf16_lossy(&units))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_byte_order_mark_is_no_text() {
        let decoded = decode("\u{feff}{}".as_bytes());
        assert_eq!((decoded.text.as_ref(), decoded.fault), ("{}", None));
    }

    #[test]
    fn the_first_bad_byte_is_found_in_the_text_that_is_shown() {
        for bytes in [&b"{\"\xe9\xff"[..], b"\xef\xbb\xbf{\"\xe9\xff"] {
            let decoded = decode(bytes);
            assert_eq!(decoded.text, "{\"\u{fffd}\u{fffd}");
            assert_eq!(decoded.fault, Some(Fault::NotUtf8 { offset: 2 }));
        }
    }

    #[test]
    fn sixteen_bits_are_recognized_in_both_orders() {
        for bytes in [b"\xff\xfe{\0}\0", b"\xfe\xff\0{\0}"] {
            let decoded = decode(bytes);
            assert_eq!(
                (decoded.text.as_ref(), decoded.fault),
                ("{}", Some(Fault::Utf16))
            );
        }
    }
}
