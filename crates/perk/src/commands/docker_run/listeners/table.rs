//! The tables of connections below `/proc`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Reads a line such as `0: 0100007F:0C38 00000000:0000 0A …`, and returns the address of who listens
/// there. None if it is no line of a listener on the port.
pub(super) fn listener(line: &str, port: u16) -> Option<IpAddr> {
    const LISTENING: &str = "0A";
    let mut words = line.split_whitespace();
    let (text, hex) = words.nth(1)?.rsplit_once(':')?;
    let is_listening = words.nth(1) == Some(LISTENING);
    if !is_listening || u16::from_str_radix(hex, 16) != Ok(port) {
        return None;
    }
    address(text)
}

/// The table has each 32 bits in the order of this machine.
fn address(text: &str) -> Option<IpAddr> {
    let words = (0..text.len() / 8).map(|index| &text[index * 8..index * 8 + 8]);
    let bytes: Vec<u8> = words
        .filter_map(|word| u32::from_str_radix(word, 16).ok())
        .flat_map(u32::to_ne_bytes)
        .collect();
    if let Ok(bytes) = <[u8; 4]>::try_from(&bytes[..]) {
        return Some(Ipv4Addr::from(bytes).into());
    }
    let bytes = <[u8; 16]>::try_from(&bytes[..]).ok()?;
    Some(Ipv6Addr::from(bytes).to_canonical())
}

#[cfg(test)]
#[cfg(target_endian = "little")]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_system_is_understood() {
        for (text, expected) in [
            ("0100007F", "127.0.0.1"),
            ("00000000", "0.0.0.0"),
            ("010011AC", "172.17.0.1"),
            ("00000000000000000000000001000000", "::1"),
            ("0000000000000000FFFF00000100007F", "127.0.0.1"),
            ("00000000000000000000000000000000", "::"),
        ] {
            let line = format!("   0: {text}:0C38 00000000:0000 0A 00000000:00000000 00:0 0");
            let expected = expected.parse().ok();
            assert_eq!(listener(&line, 3128), expected, "{text}");
        }
        for line in [
            "1: 0100007F:0C38 0100007F:9999 01 0:0",
            "1: 0100007F:0C39 00000000:0000 0A 0:0",
            "  sl  local_address rem_address   st",
        ] {
            assert_eq!(listener(line, 3128), None, "{line}");
        }
    }
}
