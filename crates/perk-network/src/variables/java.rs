//! Java's properties for proxies, which reach it through `JAVA_TOOL_OPTIONS`.
//!
//! Java reads no variable of a proxy. Its list of exemptions knows `*` at the ends of a name and
//! nothing of networks; it is one list for `http:` and `https:`.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};

use ipnet::{IpNet, Ipv4Net};

use super::sources;
use crate::{Entry, Field, Host, NoProxy, ProxyUrl, Settings};

/// A network that is written as at most as many patterns.
const MOST_PATTERNS: usize = 16;

/// The options for Java, and what they do not express.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JavaOptions {
    /// The options, none of which has a blank in it.
    pub options: Vec<String>,
    /// What they do not express.
    pub remarks: Vec<JavaRemark>,
}

/// Something that Java's properties cannot express.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JavaRemark {
    /// Credentials, which each library of Java takes from somewhere else.
    Credentials,
    /// A proxy that is itself reached over TLS.
    OverTls,
    /// An entry of the list of exemptions.
    LeftOut(Entry),
}

impl fmt::Display for JavaRemark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Credentials => f.write_str(
                "Java has no property for the credentials of a proxy: they were left out",
            ),
            Self::OverTls => f.write_str("Java cannot reach a proxy over TLS"),
            Self::LeftOut(entry) => {
                write!(
                    f,
                    "Java has no pattern for `{entry}`: it was left out of its list"
                )
            }
        }
    }
}

/// Makes the options of settings, with their full list of exemptions.
pub fn java_options(settings: &Settings, no_proxy: &NoProxy) -> JavaOptions {
    let mut java = JavaOptions::default();
    for (field, _, proxy) in sources(settings) {
        match field {
            Field::Http => java.add("http", proxy),
            Field::Https => java.add("https", proxy),
            _ => {}
        }
    }
    if java.options.is_empty() {
        return java;
    }
    let mut patterns = vec![
        "localhost".to_owned(),
        "127.*".to_owned(),
        "[::1]".to_owned(),
    ];
    for entry in no_proxy.entries() {
        match of_entry(entry) {
            Some(more) => patterns.extend(more),
            None => java.remarks.push(JavaRemark::LeftOut(entry.clone())),
        }
    }
    let mut seen = std::collections::HashSet::new();
    patterns.retain(|pattern| seen.insert(pattern.clone()));
    java.options
        .push(format!("-Dhttp.nonProxyHosts={}", patterns.join("|")));
    java
}

impl JavaOptions {
    fn add(&mut self, scheme: &str, proxy: &ProxyUrl) {
        if proxy.credentials.is_some() {
            self.remark(JavaRemark::Credentials);
        }
        if proxy.scheme == crate::Scheme::Https {
            self.remark(JavaRemark::OverTls);
        }
        let host = match &proxy.host {
            Host::Name(name) => name.clone(),
            Host::Address(address) => address.to_string(),
        };
        let prefix = if proxy.scheme.is_socks() {
            "socksProxy".to_owned()
        } else {
            format!("{scheme}.proxy")
        };
        let option = format!("-D{prefix}Host={host}");
        if !self.options.contains(&option) {
            self.options.push(option);
            self.options.push(format!("-D{prefix}Port={}", proxy.port));
        }
    }

    fn remark(&mut self, remark: JavaRemark) {
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }
}

fn of_entry(entry: &Entry) -> Option<Vec<String>> {
    match entry {
        Entry::Domain { name, port: None } => Some(vec![name.clone(), format!("*.{name}")]),
        Entry::Address {
            address: IpAddr::V4(address),
            port: None,
        } => Some(vec![address.to_string()]),
        Entry::Address {
            address: IpAddr::V6(address),
            port: None,
        } => Some(vec![format!("[{address}]")]),
        Entry::Network(IpNet::V4(network)) => of_network(*network),
        _ => None,
    }
}

/// Splits a network into those whose length is a whole number of octets: `172.16.0.0/12` is the
/// sixteen patterns from `172.16.*` to `172.31.*`.
fn of_network(network: Ipv4Net) -> Option<Vec<String>> {
    let octets = usize::from(network.prefix_len().div_ceil(8)).max(1);
    let length = u8::try_from(octets * 8).ok()?;
    let parts = network.subnets(length).ok()?;
    let patterns: Vec<_> = parts
        .take(MOST_PATTERNS + 1)
        .map(|part| pattern(part.network(), octets))
        .collect();
    (patterns.len() <= MOST_PATTERNS).then_some(patterns)
}

fn pattern(address: Ipv4Addr, octets: usize) -> String {
    let numbers = address.octets();
    let kept: Vec<String> = numbers.iter().take(octets).map(u8::to_string).collect();
    let rest = if octets < numbers.len() { ".*" } else { "" };
    format!("{}{rest}", kept.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_patterns_of_octets() {
        for (network, patterns) in [
            ("10.0.0.0/8", Some("10.*")),
            ("192.168.0.0/16", Some("192.168.*")),
            ("10.1.2.3/32", Some("10.1.2.3")),
            ("10.1.2.0/31", Some("10.1.2.0 10.1.2.1")),
            ("10.4.0.0/15", Some("10.4.* 10.5.*")),
            ("10.0.0.0/9", None),
            ("0.0.0.0/0", None),
        ] {
            let made = of_network(network.parse().expect("a network"));
            let made = made.map(|made| made.join(" "));
            assert_eq!(made.as_deref(), patterns, "{network}");
        }
        let private = of_network("172.16.0.0/12".parse().expect("a network")).expect("patterns");
        assert_eq!(private.len(), 16);
        assert_eq!(private.last().map(String::as_str), Some("172.31.*"));
    }
}
