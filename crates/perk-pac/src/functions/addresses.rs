//! Functions over addresses.

use std::net::{IpAddr, Ipv4Addr};

/// Tells whether an address is in the network that a pattern and a mask describe.
pub(crate) fn is_in_net(address: Ipv4Addr, pattern: &str, mask: &str) -> bool {
    let (Ok(pattern), Ok(mask)) = (pattern.parse::<Ipv4Addr>(), mask.parse::<Ipv4Addr>()) else {
        return false;
    };
    let mask = mask.to_bits();
    address.to_bits() & mask == pattern.to_bits() & mask
}

/// Tells whether an address is in the network of a prefix such as `10.0.0.0/8` or `fd00::/8`.
pub(crate) fn is_in_prefix(address: IpAddr, prefix: &str) -> bool {
    let Some((network, length)) = prefix.split_once('/') else {
        return false;
    };
    let (Ok(network), Ok(length)) = (network.parse::<IpAddr>(), length.parse::<u32>()) else {
        return false;
    };
    match (address, network) {
        (IpAddr::V4(address), IpAddr::V4(network)) if length <= 32 => {
            let differing = address.to_bits() ^ network.to_bits();
            differing.leading_zeros() >= length
        }
        (IpAddr::V6(address), IpAddr::V6(network)) if length <= 128 => {
            let differing = address.to_bits() ^ network.to_bits();
            differing.leading_zeros() >= length
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_have_their_addresses() {
        let address = Ipv4Addr::new(10, 1, 2, 3);
        assert!(is_in_net(address, "10.0.0.0", "255.0.0.0"));
        assert!(is_in_net(address, "10.1.2.99", "255.255.255.0"));
        assert!(is_in_net(address, "0.0.0.0", "0.0.0.0"));
        assert!(!is_in_net(address, "10.1.3.0", "255.255.255.0"));
        assert!(!is_in_net(address, "10.0.0.0", "nonsense"));
        let in_prefix = |address: &str, prefix| is_in_prefix(address.parse().unwrap(), prefix);
        assert!(in_prefix("10.1.2.3", "10.0.0.0/8"));
        assert!(in_prefix("10.1.2.3", "0.0.0.0/0"));
        assert!(!in_prefix("11.1.2.3", "10.0.0.0/8"));
        assert!(in_prefix("fd00::1", "fd00::/8"));
        assert!(!in_prefix("fe80::1", "fd00::/8"));
        assert!(!in_prefix("10.1.2.3", "fd00::/8"));
        assert!(!in_prefix("10.1.2.3", "10.0.0.0/33"));
    }
}
