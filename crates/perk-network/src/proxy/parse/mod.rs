//! From what people write to the address of a proxy.

use super::credentials::irregular;
use super::{Cleaned, Credentials, Host, ProxyUrl, ProxyUrlFault, Scheme};
use crate::MASK;

pub(super) fn parse(text: &str) -> Result<(ProxyUrl, Vec<Cleaned>), ProxyUrlFault> {
    let mut cleaned = Vec::new();
    let text = without_wrapping(text, &mut cleaned);
    if text.is_empty() {
        return Err(ProxyUrlFault::Empty);
    }
    if text.chars().any(char::is_control) {
        return Err(ProxyUrlFault::ControlCharacter);
    }
    let (scheme, rest) = split_scheme(text, &mut cleaned)?;
    let (userinfo, rest) = split_userinfo(rest)?;
    let credentials = userinfo.and_then(|userinfo| credentials(userinfo, &mut cleaned));
    let authority = without_path(rest, &mut cleaned);
    let (host, port) = host_and_port(authority, userinfo.is_some())?;
    // A second scheme, or one without its colon: what follows is the host that was meant.
    let is_scheme = Scheme::named(&host.to_string()).is_some();
    if is_scheme && port.is_none() && cleaned.contains(&Cleaned::PathDropped) {
        return Err(ProxyUrlFault::NoHost);
    }
    let port = port.unwrap_or_else(|| {
        cleaned.push(Cleaned::PortAdded(scheme, scheme.usual_port()));
        scheme.usual_port()
    });
    let proxy = ProxyUrl {
        scheme,
        credentials,
        host,
        port,
    };
    Ok((proxy, cleaned))
}

/// Quotes come from env files, where they are a part of the value; they may have blanks on both
/// sides.
fn without_wrapping<'a>(text: &'a str, cleaned: &mut Vec<Cleaned>) -> &'a str {
    let mut inner = trim(text);
    let mut had_blanks = inner.len() < text.len();
    let mut had_quotes = false;
    while let Some(quoted) = unquote(inner) {
        had_quotes = true;
        inner = trim(quoted);
        had_blanks |= inner.len() < quoted.len();
    }
    if had_quotes {
        cleaned.push(Cleaned::Quotes);
    }
    if had_blanks {
        cleaned.push(Cleaned::Blanks);
    }
    inner
}

/// A byte order mark is no blank to Rust, but it is to people.
fn trim(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}')
}

fn unquote(text: &str) -> Option<&str> {
    [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('‘', '’')]
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close))
}

fn split_scheme<'a>(
    text: &'a str,
    cleaned: &mut Vec<Cleaned>,
) -> Result<(Scheme, &'a str), ProxyUrlFault> {
    let (name, after) = match text.split_once(':') {
        Some((name, after)) if is_scheme(name, after) => (name, after),
        _ => {
            cleaned.push(Cleaned::SchemeAdded);
            return Ok((Scheme::Http, text.trim_start_matches('/')));
        }
    };
    let lower = name.to_ascii_lowercase();
    if lower != name {
        cleaned.push(Cleaned::SchemeCase);
    }
    if lower == "socks" {
        cleaned.push(Cleaned::SocksNamed);
    }
    let rest = after.trim_start_matches('/');
    if after.len() - rest.len() != 2 {
        cleaned.push(Cleaned::Slashes);
    }
    match Scheme::named(&lower) {
        Some(scheme) => Ok((scheme, rest)),
        None => Err(ProxyUrlFault::UnsupportedScheme { scheme: lower }),
    }
}

/// Without slashes, `http:3128` is a host called `http`, and `jane:secret@proxy` are credentials.
fn is_scheme(name: &str, after: &str) -> bool {
    let is_token = name.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte));
    let is_port = after
        .trim_end_matches('/')
        .bytes()
        .all(|byte| byte.is_ascii_digit());
    let is_known = Scheme::named(&name.to_ascii_lowercase()).is_some();
    is_token && (after.starts_with("//") || (is_known && !is_port))
}

/// Passwords with a raw `@`, `/`, `?` or `#` are written all the time. The last `@` is the one that
/// separates, unless the text without it is an address already.
fn split_userinfo(rest: &str) -> Result<(Option<&str>, &str), ProxyUrlFault> {
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, after) = rest.split_at(end);
    let Some(last) = rest.rfind('@') else {
        return Ok((None, rest));
    };
    if after.contains('@') {
        let host = authority.rsplit('@').next().unwrap_or(authority);
        if host_and_port(host, true).is_ok() {
            return Err(ProxyUrlFault::AmbiguousCredentials);
        }
    }
    Ok((Some(&rest[..last]), &rest[last + 1..]))
}

fn credentials(userinfo: &str, cleaned: &mut Vec<Cleaned>) -> Option<Credentials> {
    if userinfo.is_empty() || userinfo == ":" {
        cleaned.push(Cleaned::EmptyCredentials);
        return None;
    }
    let irregular = irregular(userinfo);
    if irregular.character {
        cleaned.push(Cleaned::CredentialsEncoded);
    }
    if irregular.percent {
        cleaned.push(Cleaned::BarePercent);
    }
    Some(Credentials::from_userinfo(userinfo))
}

fn without_path<'a>(rest: &'a str, cleaned: &mut Vec<Cleaned>) -> &'a str {
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    if !path.is_empty() {
        let is_slash = path.bytes().all(|byte| byte == b'/');
        cleaned.push(if is_slash {
            Cleaned::TrailingSlash
        } else {
            Cleaned::PathDropped
        });
    }
    authority
}

fn host_and_port(
    authority: &str,
    has_credentials: bool,
) -> Result<(Host, Option<u16>), ProxyUrlFault> {
    let (host, port) = split_port(authority)?;
    if host.is_empty() {
        return Err(ProxyUrlFault::NoHost);
    }
    let shown = if has_credentials { MASK } else { host };
    let host = Host::parse(host).ok_or_else(|| ProxyUrlFault::InvalidHost {
        host: shown.to_owned(),
    })?;
    Ok((host, port.map(parse_port).transpose()?))
}

/// Returns the host, and the port if one is written.
fn split_port(authority: &str) -> Result<(&str, Option<&str>), ProxyUrlFault> {
    let end = match authority.find(']') {
        Some(bracket) if authority.starts_with('[') => bracket + 1,
        _ if authority.matches(':').count() > 1 => return Err(bare_address(authority)),
        _ => authority.find(':').unwrap_or(authority.len()),
    };
    let (host, after) = authority.split_at(end);
    match after.strip_prefix(':') {
        None if after.is_empty() => Ok((host, None)),
        Some("") => Ok((host, None)),
        Some(port) => Ok((host, Some(port))),
        None => Err(ProxyUrlFault::InvalidPort),
    }
}

fn bare_address(authority: &str) -> ProxyUrlFault {
    if authority.parse::<std::net::Ipv6Addr>().is_ok() {
        ProxyUrlFault::BareIpv6
    } else {
        ProxyUrlFault::InvalidPort
    }
}

fn parse_port(text: &str) -> Result<u16, ProxyUrlFault> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse() {
        Ok(port) if is_number && port > 0 => Ok(port),
        _ => Err(ProxyUrlFault::InvalidPort),
    }
}

#[cfg(test)]
mod tests;
