//! The part of DER (X.690) that certificates and key stores need.

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const OID: u8 = 0x06;
pub(super) const UTF8_STRING: u8 = 0x0c;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const BMP_STRING: u8 = 0x1e;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// Returns the tag of a field that is marked with a number and constructed.
pub(super) const fn explicit(number: u8) -> u8 {
    0xa0 | number
}

/// A value with its tag.
#[derive(Clone, Copy)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) contents: &'a [u8],
    /// Tag, length and contents.
    pub(super) whole: &'a [u8],
}

impl<'a> Element<'a> {
    /// Reads the first value of some bytes, and returns what is left.
    pub(super) fn read(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (&tag, after_tag) = bytes.split_first()?;
        let (&first, mut after) = after_tag.split_first()?;
        let mut length = usize::from(first);
        if first & 0x80 != 0 {
            let count = usize::from(first & 0x7f);
            if !(1..=4).contains(&count) {
                return None;
            }
            let octets;
            (octets, after) = after.split_at_checked(count)?;
            length = octets
                .iter()
                .fold(0, |length, octet| length << 8 | usize::from(*octet));
        }
        let (contents, rest) = after.split_at_checked(length)?;
        let whole = &bytes[..bytes.len() - rest.len()];
        let element = Self {
            tag,
            contents,
            whole,
        };
        Some((element, rest))
    }

    /// Returns the values inside.
    pub(super) fn children(&self) -> Option<Vec<Self>> {
        let mut children = Vec::new();
        let mut rest = self.contents;
        while !rest.is_empty() {
            let (child, left) = Self::read(rest)?;
            children.push(child);
            rest = left;
        }
        Some(children)
    }
}

/// Writes a value.
pub(super) fn write(tag: u8, contents: &[u8]) -> Vec<u8> {
    let mut bytes = vec![tag];
    let length = contents.len().to_be_bytes();
    let digits = &length[length.iter().take_while(|octet| **octet == 0).count()..];
    match digits {
        [] => bytes.push(0),
        [short] if *short < 0x80 => bytes.push(*short),
        // INVARIANT: a length has at most eight octets.
        digits => {
            bytes.extend(u8::try_from(0x80 | digits.len()));
            bytes.extend(digits);
        }
    }
    bytes.extend(contents);
    bytes
}

/// Writes a value made of others.
pub(super) fn write_all(tag: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    write(tag, &parts.concat())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(length in 0_usize..70_000) {
            let contents = vec![7; length];
            let written = write(OCTET_STRING, &contents);
            let (element, rest) = Element::read(&written).expect("a value");
            prop_assert_eq!(element.contents, &contents[..]);
            prop_assert!(rest.is_empty() && element.whole == written);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            if let Some((element, _)) = Element::read(&bytes) {
                let _ = element.children();
            }
        }
    }
}
