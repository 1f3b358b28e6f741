//! The networks that this machine or container is in, as the kernel lists them.

use std::net::{IpAddr, Ipv4Addr};

use camino::Utf8Path;
use ipnet::{IpNet, Ipv4Net};

/// More than any table has.
const LIMIT: u64 = 1024 * 1024;

/// Returns the networks of this process. What cannot be read is left out.
pub(super) fn of_process() -> Vec<IpNet> {
    let table = perk_fs::read_text(Utf8Path::new("/proc/net/route"), LIMIT);
    networks(&table.unwrap_or_default())
}

/// Reads the lines of networks without a gateway: `eth0 000011AC 00000000 … 0000FFFF`.
fn networks(table: &str) -> Vec<IpNet> {
    let line = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [_, network, gateway, ..] = words[..] else {
            return None;
        };
        let mask = address(words.get(7)?)?;
        let network = Ipv4Net::with_netmask(address(network)?, mask).ok()?;
        let is_direct = address(gateway)?.is_unspecified() && network.prefix_len() > 0;
        is_direct.then_some(IpNet::V4(network.trunc()))
    };
    table.lines().skip(1).filter_map(line).collect()
}

/// The table has each address in the order of this machine.
fn address(hex: &str) -> Option<Ipv4Addr> {
    let number = u32::from_str_radix(hex, 16).ok()?;
    Some(Ipv4Addr::from(number.to_ne_bytes()))
}

/// Reads the servers for names of `resolv.conf` that a container can reach too.
pub(super) fn name_servers(text: &str) -> Vec<IpAddr> {
    let server = |line: &str| {
        let mut words = line.split_whitespace();
        let is_server = words.next() == Some("nameserver");
        let address: IpAddr = words.next().filter(|_| is_server)?.parse().ok()?;
        (!address.is_loopback()).then_some(address)
    };
    text.lines().filter_map(server).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_endian = "little")]
    fn the_table_of_the_kernel_has_networks() {
        let table = "Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT\n\
                     eth0\t00000000\t010011AC\t0003\t0\t0\t0\t00000000\t0\t0\t0\n\
                     eth0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n";
        let shown: Vec<_> = networks(table).iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["172.17.0.0/16"]);
        assert!(networks("nonsense\nmore").is_empty());
    }

    #[test]
    fn servers_on_the_loopback_are_for_this_machine_alone() {
        let text = "# a\nnameserver 127.0.0.53\nnameserver 10.0.0.53\nsearch corp\nnameserver x\n";
        let servers: Vec<_> = name_servers(text).iter().map(ToString::to_string).collect();
        assert_eq!(servers, ["10.0.0.53"]);
    }
}
