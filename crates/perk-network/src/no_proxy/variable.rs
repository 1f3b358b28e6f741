//! The one form of `NO_PROXY` that nearly all programs understand.

use ipnet::IpNet;

use super::{Entry, NoProxy, NoProxyRemark};

/// What is always exempt: a proxy cannot reach the loopback of a container.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// A network with at most as many bits for its addresses, 16 of them, is written as its addresses.
const BITS_OF_SMALL: u8 = 4;

pub(super) fn to_variable(list: &NoProxy) -> (String, Vec<NoProxyRemark>) {
    if list.is_everything {
        return ("*".to_owned(), Vec::new());
    }
    let mut written = Written::default();
    for entry in &list.entries {
        written.add(entry);
    }
    for own in LOOPBACK {
        written.word(own.to_owned());
    }
    (written.words.join(","), written.remarks)
}

#[derive(Default)]
struct Written {
    words: Vec<String>,
    seen: std::collections::HashSet<String>,
    remarks: Vec<NoProxyRemark>,
}

impl Written {
    fn word(&mut self, word: String) {
        if self.seen.insert(word.clone()) {
            self.words.push(word);
        }
    }

    fn add(&mut self, entry: &Entry) {
        match entry {
            Entry::Domain { name, port: None } if name == "localhost" => self.word(name.clone()),
            // The bare form is for the name itself, the one with a dot for what is below it.
            Entry::Domain { name, port: None } => {
                self.word(name.clone());
                self.word(format!(".{name}"));
            }
            Entry::Address {
                address,
                port: None,
            } => self.word(address.to_string()),
            Entry::Address {
                address,
                port: Some(_),
            } if address.is_ipv6() => self.leave_out(entry),
            Entry::Domain { .. } | Entry::Address { .. } => {
                self.word(entry.to_string());
                self.remarks.push(NoProxyRemark::Port(entry.clone()));
            }
            Entry::Network(network) => self.network(*network),
            Entry::Pattern(_) | Entry::PlainNames => self.leave_out(entry),
        }
    }

    fn network(&mut self, network: IpNet) {
        let addresses = addresses(network);
        if let [address] = &addresses[..] {
            self.word(address.clone());
        } else if !addresses.is_empty() {
            self.remarks.push(NoProxyRemark::Expanded {
                network,
                addresses: addresses.len(),
            });
            for address in addresses {
                self.word(address);
            }
        } else if matches!(network, IpNet::V6(_)) {
            self.leave_out(&Entry::Network(network));
        } else {
            self.word(network.to_string());
            if !is_loopback(network) {
                self.remarks.push(NoProxyRemark::FewUnderstand(network));
            }
        }
    }

    fn leave_out(&mut self, entry: &Entry) {
        self.remarks.push(NoProxyRemark::LeftOut(entry.clone()));
    }
}

/// Desktops have all of `127.0.0.0/8` in their lists, of which only one address is ever used.
fn is_loopback(network: IpNet) -> bool {
    network.network().is_loopback() && network.broadcast().is_loopback()
}

/// Returns all addresses of a small network, its first and last ones too.
fn addresses(network: IpNet) -> Vec<String> {
    if network.max_prefix_len() - network.prefix_len() > BITS_OF_SMALL {
        return Vec::new();
    }
    match network {
        IpNet::V4(network) => {
            let first = u32::from(network.network());
            (first..=u32::from(network.broadcast()))
                .map(|bits| std::net::Ipv4Addr::from(bits).to_string())
                .collect()
        }
        IpNet::V6(network) => {
            let first = u128::from(network.network());
            (first..=u128::from(network.broadcast()))
                .map(|bits| std::net::Ipv6Addr::from(bits).to_string())
                .collect()
        }
    }
}
