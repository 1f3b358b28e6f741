//! The settings of macOS, as `scutil --proxy` prints them.
//!
//! A proxy counts if its `…Enable` is 1. Passwords are in the keychain. Dictionaries for single
//! network interfaces follow under `__SCOPED__` and do not count.

use std::collections::HashMap;

use super::collector::Collector;
use super::gnome::address;
use super::{Found, SourceFault, SourceRemark};
use crate::{Field, Place};

/// Reads the proxies in what scutil prints.
pub fn find(output: &str) -> Result<Option<Found>, SourceFault> {
    let printed = Printed::parse(output);
    let mut collector = Collector::default();
    for (name, field, scheme) in [
        ("HTTP", Field::Http, "http"),
        ("HTTPS", Field::Https, "http"),
        ("FTP", Field::Ftp, "http"),
        ("SOCKS", Field::All, "socks5"),
    ] {
        let host = printed.value(&format!("{name}Proxy"));
        if !printed.is_on(&format!("{name}Enable")) || host.is_empty() {
            continue;
        }
        let place = Place::Key(format!("{name}Proxy"));
        let address = address(scheme, host, printed.value(&format!("{name}Port")));
        collector.proxy(field, &address, &place)?;
        if !printed.value(&format!("{name}User")).is_empty() {
            collector.remark(&place, SourceRemark::PasswordElsewhere);
        }
    }
    let place = Place::Key("ExceptionsList".to_owned());
    let mut exceptions = printed.exceptions.clone();
    if printed.is_on("ExcludeSimpleHostnames") {
        exceptions.push("<local>");
    }
    collector.no_proxy(&exceptions.join(","), &place);
    let script = printed.value("ProxyAutoConfigURLString");
    if printed.is_on("ProxyAutoConfigEnable") && !script.is_empty() {
        collector.pac(script);
    } else if printed.is_on("ProxyAutoDiscoveryEnable") {
        let place = Place::Key("ProxyAutoDiscoveryEnable".to_owned());
        collector.remark(&place, SourceRemark::AutoDetect);
    }
    Ok(collector.finish())
}

#[derive(Default)]
struct Printed<'a> {
    values: HashMap<&'a str, &'a str>,
    exceptions: Vec<&'a str>,
}

impl<'a> Printed<'a> {
    fn parse(output: &'a str) -> Self {
        let mut printed = Self::default();
        let mut outer: Vec<&str> = Vec::new();
        for line in output.lines().map(str::trim) {
            if line == "}" {
                outer.pop();
            } else if let Some(open) = line.strip_suffix('{') {
                outer.push(open.split(" : ").next().unwrap_or("").trim());
            } else if let Some((key, value)) = line.split_once(" : ") {
                match outer[..] {
                    [_] => {
                        printed.values.insert(key.trim(), value.trim());
                    }
                    [_, "ExceptionsList"] => printed.exceptions.push(value.trim()),
                    _ => {}
                }
            }
        }
        printed
    }

    fn value(&self, key: &str) -> &'a str {
        self.values.get(key).copied().unwrap_or("")
    }

    fn is_on(&self, key: &str) -> bool {
        self.value(key) == "1"
    }
}
