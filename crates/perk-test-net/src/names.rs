//! Names without DNS.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

/// Where names lead to. A name that is not in the table is unknown; an address leads to itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(BTreeMap<String, SocketAddr>);

impl Names {
    /// Adds a `host`, or a `host:port` that goes elsewhere than the host's other ports.
    ///
    /// Port 0 of an address stands for the port that was asked for.
    #[must_use]
    pub fn with(mut self, authority: &str, address: SocketAddr) -> Self {
        self.0.insert(authority.to_ascii_lowercase(), address);
        self
    }

    pub(crate) fn resolve(&self, host: &str, port: u16) -> Option<SocketAddr> {
        let host = host.to_ascii_lowercase();
        let of_table = self.0.get(&format!("{host}:{port}"));
        let mut address = match of_table.or_else(|| self.0.get(&host)) {
            Some(address) => *address,
            None => SocketAddr::new(host.parse::<IpAddr>().ok()?, port),
        };
        if address.port() == 0 {
            address.set_port(port);
        }
        Some(address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_come_before_hosts_and_addresses_lead_to_themselves() {
        let address = |text: &str| text.parse::<SocketAddr>().unwrap();
        let names = Names::default()
            .with("a.test", address("192.0.2.1:0"))
            .with("A.test:443", address("192.0.2.2:8443"));
        assert_eq!(names.resolve("a.test", 80), Some(address("192.0.2.1:80")));
        assert_eq!(
            names.resolve("a.TEST", 443),
            Some(address("192.0.2.2:8443"))
        );
        assert_eq!(names.resolve("::1", 80), Some(address("[::1]:80")));
        assert_eq!(names.resolve("b.test", 80), None);
    }
}
