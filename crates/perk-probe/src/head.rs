//! The head of an answer in HTTP, and what a proxy is asked in it.

use std::io::{Read as _, Write as _};

use perk_network::ProxyUrl;

use crate::connection::{Connection, silence};
use crate::{Outcome, Silence, Target};

/// A head that is longer than this is none.
const LIMIT: usize = 64 * 1024;
/// The first byte of each record of TLS that a server may begin with: an alert, a handshake.
const TLS_RECORDS: [u8; 2] = [0x15, 0x16];

/// Asks a proxy for a connection to the destination.
pub(crate) fn tunnel(connection: &mut Connection, target: &Target, proxy: &ProxyUrl) -> Outcome {
    let authority = target.authority();
    let first = format!("CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n");
    ask(connection, &(first + &authorization(proxy)))
}

/// Asks for a page: of the destination itself, or of a proxy that has to fetch it.
pub(crate) fn request(
    connection: &mut Connection,
    target: &Target,
    proxy: Option<&ProxyUrl>,
) -> Outcome {
    let authority = target.authority();
    let path = match proxy {
        Some(_) => format!("{target}/"),
        None => "/".to_owned(),
    };
    let first = format!("HEAD {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n");
    ask(
        connection,
        &(first + &proxy.map(authorization).unwrap_or_default()),
    )
}

fn authorization(proxy: &ProxyUrl) -> String {
    let Some(credentials) = &proxy.credentials else {
        return String::new();
    };
    let value = credentials.to_basic_authorization();
    format!("Proxy-Authorization: {}\r\n", value.reveal())
}

fn ask(connection: &mut Connection, head: &str) -> Outcome {
    let version = env!("CARGO_PKG_VERSION");
    let text = format!("{head}User-Agent: perk/{version}\r\n\r\n");
    let sent = connection
        .stream
        .write_all(text.as_bytes())
        .and_then(|()| connection.stream.flush());
    if let Err(error) = sent {
        return silent(silence(&error));
    }
    match read(connection) {
        Ok(bytes) => parse(&bytes),
        Err(reason) => silent(reason),
    }
}

fn silent(reason: Silence) -> Outcome {
    Outcome::Silent { reason }
}

/// Reads up to the empty line. Bytes are read one by one, so that what comes after them is still
/// there for who speaks next.
fn read(connection: &mut Connection) -> Result<Vec<u8>, Silence> {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") && !bytes.ends_with(b"\n\n") {
        match connection.stream.read(&mut byte) {
            Ok(0) if bytes.is_empty() => return Err(Silence::Closed),
            Ok(0) => break,
            Ok(_) => bytes.push(byte[0]),
            Err(_) if TLS_RECORDS.iter().any(|first| bytes.first() == Some(first)) => {
                return Err(Silence::SpeaksTls);
            }
            Err(error) => return Err(silence(&error)),
        }
        if bytes.len() > LIMIT {
            return Err(garbled("it does not end"));
        }
    }
    Ok(bytes)
}

fn garbled(message: &str) -> Silence {
    Silence::Garbled {
        message: message.to_owned(),
    }
}

fn parse(bytes: &[u8]) -> Outcome {
    if TLS_RECORDS.iter().any(|first| bytes.first() == Some(first)) {
        return silent(Silence::SpeaksTls);
    }
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.lines();
    let status = lines.next().and_then(status);
    let Some(status) = status else {
        return silent(garbled("it is not HTTP"));
    };
    let mut schemes: Vec<String> = Vec::new();
    for line in lines {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        if !name.trim().eq_ignore_ascii_case("proxy-authenticate") {
            continue;
        }
        for scheme in of_challenges(value) {
            if !schemes.contains(&scheme) {
                schemes.push(scheme);
            }
        }
    }
    Outcome::Answered { status, schemes }
}

/// `HTTP/1.1 200 Connection established`
fn status(line: &str) -> Option<u16> {
    let mut words = line.split_whitespace();
    words.next().filter(|word| word.starts_with("HTTP/"))?;
    words.next()?.parse().ok()
}

/// Returns the schemes of challenges, `Negotiate, Basic realm="a, b"` (RFC 9110, 11.6.1): a scheme
/// is the first word of an item, unless that is a parameter.
fn of_challenges(value: &str) -> Vec<String> {
    let mut is_quoted = false;
    let items = value.split(|letter: char| {
        is_quoted ^= letter == '"';
        letter == ',' && !is_quoted
    });
    let words = items.filter_map(|item| item.split_whitespace().next());
    let is_scheme = |word: &&str| {
        word.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    words.filter(is_scheme).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn challenges_name_their_schemes() {
        for (value, expected) in [
            ("Basic realm=\"a, b\"", "Basic"),
            (" NTLM", "NTLM"),
            ("Negotiate, NTLM, Basic realm=x", "Negotiate NTLM Basic"),
            ("Digest realm=\"x\", nonce=\"y\", qop=auth", "Digest"),
            ("", ""),
        ] {
            assert_eq!(of_challenges(value).join(" "), expected);
        }
    }

    #[test]
    fn a_head_has_a_status() {
        let text =
            b"HTTP/1.1 407 No\r\nProxy-Authenticate: NTLM\r\nproxy-authenticate: NTLM\r\n\r\n";
        let schemes = vec!["NTLM".to_owned()];
        assert_eq!(
            parse(text),
            Outcome::Answered {
                status: 407,
                schemes
            }
        );
        assert_eq!(parse(b"\x15\x03\x01\0\x02"), silent(Silence::SpeaksTls));
        assert_eq!(
            parse(b"220 smtp\r\n\r\n"),
            silent(garbled("it is not HTTP"))
        );
    }
}
