//! The settings of GNOME, as `gsettings list-recursively org.gnome.system.proxy` prints them.
//!
//! The mode decides: `none`, `manual`, or `auto` for a PAC script. A host that is empty, or a port
//! of zero, means that there is no proxy of that kind.

use std::collections::HashMap;

use super::collector::Collector;
use super::{Found, SourceFault, SourceRemark};
use crate::{Credentials, Field, Place};

const SCHEMA: &str = "org.gnome.system.proxy";

/// Reads the proxies in what gsettings prints: a schema, a key and a value on each line.
pub fn find(output: &str) -> Result<Option<Found>, SourceFault> {
    let settings: HashMap<String, &str> = output.lines().filter_map(setting).collect();
    let text = |key: &str| {
        settings
            .get(key)
            .map_or_else(String::new, |value| string(value))
    };
    let mut collector = Collector::default();
    match text("mode").as_str() {
        "auto" => match text("autoconfig-url") {
            url if url.is_empty() => {
                collector.remark(&place("mode"), SourceRemark::AutoDetect);
            }
            url => collector.pac(&url),
        },
        "manual" => manual(&mut collector, &settings)?,
        _ => {}
    }
    Ok(collector.finish())
}

fn manual(collector: &mut Collector, settings: &HashMap<String, &str>) -> Result<(), SourceFault> {
    let value = |key: &str| settings.get(key).copied().unwrap_or("");
    for (group, field, scheme) in [
        ("http", Field::Http, "http"),
        ("https", Field::Https, "http"),
        ("ftp", Field::Ftp, "http"),
        ("socks", Field::All, "socks5"),
    ] {
        let host = string(value(&format!("{group}.host")));
        let port = value(&format!("{group}.port"));
        if !host.is_empty() && port != "0" {
            let key = format!("{group}.host");
            let address = address(scheme, &host, port);
            collector.proxy(field, &address, &place(&key))?;
        }
    }
    if value("http.use-authentication") == "true" {
        let user = string(value("http.authentication-user"));
        let password = string(value("http.authentication-password"));
        if password.is_empty() {
            let place = place("http.authentication-password");
            collector.remark(&place, SourceRemark::PasswordElsewhere);
        } else {
            collector.credentials(&Credentials::from_raw(user, Some(password)));
        }
    }
    let hosts = strings(value("ignore-hosts")).join(",");
    collector.no_proxy(&hosts, &place("ignore-hosts"));
    Ok(())
}

/// A host may be written with a scheme, by people who take the field for one of a URL.
pub(super) fn address(scheme: &str, host: &str, port: &str) -> String {
    let is_bare_v6 = host.contains(':') && host.parse::<std::net::Ipv6Addr>().is_ok();
    let host = if is_bare_v6 {
        format!("[{host}]")
    } else {
        host.trim_end_matches('/').to_owned()
    };
    let port = match port {
        "" => String::new(),
        port => format!(":{port}"),
    };
    if host.contains("://") {
        format!("{host}{port}")
    } else {
        format!("{scheme}://{host}{port}")
    }
}

fn setting(line: &str) -> Option<(String, &str)> {
    let (schema, rest) = line.trim().split_once(' ')?;
    let (key, value) = rest.split_once(' ')?;
    let group = schema.strip_prefix(SCHEMA)?;
    let key = match group.strip_prefix('.') {
        Some(group) => format!("{group}.{key}"),
        None => key.to_owned(),
    };
    Some((key, value.trim()))
}

fn place(key: &str) -> Place {
    let key = match key.split_once('.') {
        Some((group, key)) => format!("{SCHEMA}.{group} {key}"),
        None => format!("{SCHEMA} {key}"),
    };
    Place::Key(key)
}

fn string(value: &str) -> String {
    strings(value).into_iter().next().unwrap_or_default()
}

/// Returns the strings in the text that gsettings prints.
fn strings(value: &str) -> Vec<String> {
    let mut strings = Vec::new();
    let mut letters = value.chars();
    while let Some(quote) = letters.find(|letter| matches!(letter, '\'' | '"')) {
        let mut text = String::new();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => text.extend(letters.next()),
                letter if letter == quote => break,
                letter => text.push(letter),
            }
        }
        strings.push(text);
    }
    strings
}
