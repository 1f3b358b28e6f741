//! Every dialect of `NO_PROXY`, and of the lists of desktops and Java, to entries.

use std::net::{IpAddr, Ipv4Addr};

use ipnet::{IpNet, Ipv4Net};

use super::{Entry, NoProxy, NoProxyRemark};
use crate::MASK;
use crate::proxy::Host;

const QUOTES: [char; 2] = ['"', '\''];

pub(super) fn parse(text: &str) -> (NoProxy, Vec<NoProxyRemark>) {
    let mut remarks = about_the_whole(text);
    let words: Vec<&str> = words(text).collect();
    if words.contains(&"*") {
        if words.len() > 1 {
            remarks.push(NoProxyRemark::EverythingAmongOthers);
        }
        return (NoProxy::everything(), remarks);
    }
    let mut entries = Vec::new();
    for word in words {
        let (entry, remark) = parse_word(word);
        remarks.extend(match entry {
            Some(_) => remark,
            None => Some(not_understood(word, text)),
        });
        entries.extend(entry);
    }
    (NoProxy::of(entries), remarks)
}

/// Commas separate in variables, `|` in Java's properties, `;` on Windows, blanks in some programs.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| ",;|".contains(letter) || letter.is_whitespace())
        .map(|word| word.trim_matches(QUOTES))
        .filter(|word| !word.is_empty())
}

fn about_the_whole(text: &str) -> Vec<NoProxyRemark> {
    let text = text.trim();
    let inner = text.trim_matches(QUOTES).trim();
    let has_blanks = inner.contains(char::is_whitespace);
    let pieces = inner.split([',', ';', '|']);
    let is_separated_by_blanks = pieces
        .into_iter()
        .any(|piece| piece.trim().contains(char::is_whitespace));
    let mut remarks = Vec::new();
    if is_separated_by_blanks || inner.contains([';', '|']) {
        remarks.push(NoProxyRemark::Separators);
    } else if has_blanks {
        remarks.push(NoProxyRemark::Blanks);
    }
    if text.contains(QUOTES) {
        remarks.push(NoProxyRemark::Quotes);
    }
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        remarks.push(NoProxyRemark::UpperCase);
    }
    remarks
}

/// The meaning of a word, and what is worth saying about it.
type Parsed = (Option<Entry>, Option<NoProxyRemark>);

const NOTHING: Parsed = (None, None);

fn parse_word(word: &str) -> Parsed {
    let lower = word.to_ascii_lowercase();
    if lower == "<local>" {
        return (Some(Entry::PlainNames), None);
    }
    if let Some((_, rest)) = lower.split_once("://") {
        return from_url(rest);
    }
    if let Some(parsed) = bracketed(&lower).or_else(|| network(&lower)) {
        return parsed;
    }
    match lower.split_once('/') {
        Some((before, _)) if before.parse::<IpAddr>().is_ok() => NOTHING,
        Some(_) => from_url(&lower),
        None => host(&lower),
    }
}

/// With an `@` anywhere in the list, any word may be a part of a password.
fn not_understood(word: &str, list: &str) -> NoProxyRemark {
    let written = if list.contains('@') { MASK } else { word };
    NoProxyRemark::NotUnderstood {
        written: written.to_owned(),
    }
}

/// Keeps the host and the port of what follows the scheme of a URL.
fn from_url(rest: &str) -> Parsed {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let kept = authority.rsplit('@').next().unwrap_or(authority);
    let (entry, _) = bracketed(kept).unwrap_or_else(|| host(kept));
    match entry {
        Some(entry) => {
            let kept = entry.to_string();
            (Some(entry), Some(NoProxyRemark::Url { kept }))
        }
        None => NOTHING,
    }
}

/// `[v6]`, `[v6]:port`, `[v6]/length` and `[v6/length]`.
fn bracketed(word: &str) -> Option<Parsed> {
    let (inner, after) = word.strip_prefix('[')?.split_once(']')?;
    let entry = match after.strip_prefix(':') {
        Some(port) => Entry::Address {
            address: inner.parse().ok()?,
            port: port_of(port),
        },
        None if after.is_empty() && !inner.contains('/') => Entry::Address {
            address: inner.parse().ok()?,
            port: None,
        },
        None => Entry::Network(format!("{inner}{after}").parse::<IpNet>().ok()?.trunc()),
    };
    let written = word.to_owned();
    Some((Some(entry), Some(NoProxyRemark::Brackets { written })))
}

/// A network with its length or mask, or the first numbers of its addresses.
fn network(word: &str) -> Option<Parsed> {
    let network = match word.split_once('/') {
        Some((address, length)) => with_length(address, length)?,
        None => of_first_numbers(word)?,
    };
    let remark = (network.to_string() != word).then(|| NoProxyRemark::Network {
        written: word.to_owned(),
        network,
    });
    Some((Some(Entry::Network(network)), remark))
}

/// macOS leaves zeros at the end out: `169.254/16`.
fn with_length(address: &str, length: &str) -> Option<IpNet> {
    let address: IpAddr = match address.parse() {
        Ok(address) => address,
        Err(_) => padded(address)?.0.into(),
    };
    let network = match length.parse::<IpAddr>() {
        Ok(mask) => IpNet::with_netmask(address, mask).ok()?,
        Err(_) => IpNet::new(address, length.parse().ok()?).ok()?,
    };
    Some(network.trunc())
}

/// `10.*`, `10.1.*.*` and `10.`; at least one number, and not all four.
fn of_first_numbers(word: &str) -> Option<IpNet> {
    let mut start = word;
    while let Some(shorter) = start.strip_suffix(".*") {
        start = shorter;
    }
    let is_open = start.len() < word.len() || word.ends_with('.');
    let (address, numbers) = padded(start.strip_suffix('.').unwrap_or(start))?;
    let is_part = is_open && numbers < 4;
    let length = u8::try_from(numbers * 8).ok()?;
    is_part.then(|| Some(Ipv4Net::new(address, length).ok()?.into()))?
}

/// Fills the numbers of an address up with zeros, and returns how many there were.
fn padded(text: &str) -> Option<(Ipv4Addr, usize)> {
    let mut octets = [0_u8; 4];
    let mut count = 0;
    for number in text.split('.') {
        let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
        *octets.get_mut(count)? = number.parse().ok().filter(|_| is_number)?;
        count += 1;
    }
    Some((octets.into(), count))
}

/// A name or an address, with or without a port.
fn host(word: &str) -> Parsed {
    if let Ok(address) = word.parse() {
        return (
            Some(Entry::Address {
                address,
                port: None,
            }),
            None,
        );
    }
    let (text, port) = match word.split_once(':') {
        Some((text, "*" | "")) => (text, None),
        Some((text, port)) if port_of(port).is_some() => (text, port_of(port)),
        Some(_) => return NOTHING,
        None => (word, None),
    };
    if let Ok(address) = text.parse() {
        return (Some(Entry::Address { address, port }), None);
    }
    domain(text, port)
}

fn domain(text: &str, port: Option<u16>) -> Parsed {
    let name = text.trim_start_matches(['*', '.']).trim_end_matches('.');
    if name.contains('*') && port.is_none() && is_pattern(text) {
        return (Some(Entry::Pattern(text.to_owned())), None);
    }
    if !matches!(Host::parse(name), Some(Host::Name(_))) {
        return NOTHING;
    }
    let is_usual = name == text || text.strip_prefix('.') == Some(name);
    let remark = (!is_usual).then(|| NoProxyRemark::Domain {
        written: text.to_owned(),
        name: name.to_owned(),
    });
    let name = name.to_owned();
    (Some(Entry::Domain { name, port }), remark)
}

fn is_pattern(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"*.-_".contains(&byte))
        && text.bytes().any(|byte| byte.is_ascii_alphanumeric())
}

fn port_of(text: &str) -> Option<u16> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|port| is_number && *port > 0)
}
