//! The address of a git repository.

use std::fmt;

use super::SpecFault;
use super::disguise::is_disguised;

const SEPARATOR: &str = "://";

/// An address that git can be given, without credentials and without a second meaning.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GitUrl(String);

/// How a repository is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Transport {
    Https,
    Ssh,
    File,
}

impl GitUrl {
    /// Parses an address such as `https://host/path`, without `git+` and what follows the path.
    pub(super) fn parse(text: &str) -> Result<Self, SpecFault> {
        let (transport, rest) = split_transport(text)?;
        if text.contains('\\') {
            return Err(SpecFault::Backslash);
        }
        if text.contains('?') {
            return Err(SpecFault::Query);
        }
        let forbidden = |letter: &char| "\"'`<>|^{}$;&*".contains(*letter);
        if let Some(letter) = text.chars().find(forbidden) {
            return Err(SpecFault::Character(letter));
        }
        let path = match transport {
            Transport::File => local_path(rest)?,
            Transport::Https | Transport::Ssh => remote_path(transport, rest)?,
        };
        check_path(path, transport)?;
        Ok(Self(text.trim_end_matches('/').to_owned()))
    }

    /// Returns it as git takes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for GitUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn split_transport(text: &str) -> Result<(Transport, &str), SpecFault> {
    let Some((scheme, rest)) = text.split_once(SEPARATOR) else {
        return Err(match text.split_once(':') {
            Some(("file", _)) => SpecFault::RelativeFile,
            Some((scheme, _)) => SpecFault::Transport(format!("git+{scheme}:")),
            None => SpecFault::Transport("git+".to_owned()),
        });
    };
    match scheme {
        "https" => Ok((Transport::Https, rest)),
        "ssh" => Ok((Transport::Ssh, rest)),
        "file" => Ok((Transport::File, rest)),
        _ => Err(SpecFault::Transport(format!("git+{scheme}"))),
    }
}

fn local_path(rest: &str) -> Result<&str, SpecFault> {
    match rest.strip_prefix('/') {
        Some(path) => Ok(path),
        None => Err(SpecFault::RelativeFile),
    }
}

fn remote_path(transport: Transport, rest: &str) -> Result<&str, SpecFault> {
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = match authority.rsplit_once('@') {
        None => authority,
        Some((user, host)) => {
            // For ssh, the user is no secret: it is `git` nearly everywhere.
            if transport == Transport::Https || user.contains(':') {
                return Err(SpecFault::Credentials);
            }
            check_user(user)?;
            host
        }
    };
    check_host(host)?;
    Ok(path)
}

fn check_user(user: &str) -> Result<(), SpecFault> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    if user.is_empty() || user.starts_with('-') || !user.bytes().all(is_plain) {
        return Err(SpecFault::User);
    }
    Ok(())
}

fn check_host(authority: &str) -> Result<(), SpecFault> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (address, after) = rest.split_once(']').ok_or(SpecFault::Host)?;
            if address.parse::<std::net::Ipv6Addr>().is_err() {
                return Err(SpecFault::Host);
            }
            match after.strip_prefix(':') {
                Some(port) => (None, Some(port)),
                None if after.is_empty() => (None, None),
                None => return Err(SpecFault::Host),
            }
        }
        None => match authority.split_once(':') {
            Some((host, port)) => (Some(host), Some(port)),
            None => (Some(authority), None),
        },
    };
    if let Some(host) = host {
        let is_label = |label: &str| {
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
            !label.is_empty() && !label.starts_with('-') && label.bytes().all(is_plain)
        };
        if !host.split('.').all(is_label) {
            return Err(SpecFault::Host);
        }
    }
    match port {
        Some(port) if !is_port(port) => Err(SpecFault::Port),
        _ => Ok(()),
    }
}

fn is_port(port: &str) -> bool {
    port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)
}

fn check_path(path: &str, transport: Transport) -> Result<(), SpecFault> {
    let path = path.strip_suffix('/').unwrap_or(path);
    if path.is_empty() {
        return Err(SpecFault::Repository);
    }
    for name in path.split('/') {
        if name.is_empty() || name == "." || name == ".." || is_disguised(name) {
            return Err(SpecFault::Dots);
        }
    }
    // Git decodes local addresses as well, and a space there is a plain one.
    if transport != Transport::File && path.contains(' ') {
        return Err(SpecFault::Character(' '));
    }
    check_encoding(path)
}

/// Lets spaces and letters outside ASCII be encoded, as some hosts need it, and nothing else.
fn check_encoding(path: &str) -> Result<(), SpecFault> {
    for part in path.split('%').skip(1) {
        let digits: String = part.chars().take(2).collect();
        let byte = u8::from_str_radix(&digits, 16);
        let is_needed = digits.len() == 2 && byte.is_ok_and(|byte| byte == b' ' || byte >= 0x80);
        if !is_needed {
            return Err(SpecFault::Encoding(digits));
        }
    }
    Ok(())
}
