//! The little of SOCKS 5 (RFC 1928, RFC 1929) that opens a tunnel.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Credentials, Presented};

const VERSION: u8 = 5;
const WITHOUT_PASSWORD: u8 = 0;
const WITH_PASSWORD: u8 = 2;
const REFUSED: u8 = 0xff;

/// What a client asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wish {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) is_name: bool,
    pub(super) presented: Presented,
}

/// How a wish is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reply {
    Granted = 0,
    Failure = 1,
    HostUnreachable = 4,
}

/// Hears what a client wants; a client with the wrong password is told at once, and is heard too.
pub(super) fn hear(
    stream: &mut (impl Read + Write),
    wanted: Option<&Credentials>,
) -> io::Result<Wish> {
    let presented = greet(stream, wanted)?;
    let [_, _, _, kind] = bytes(stream)?;
    let host = match kind {
        1 => Ipv4Addr::from(bytes::<4>(stream)?).to_string(),
        4 => Ipv6Addr::from(bytes::<16>(stream)?).to_string(),
        3 => text(stream)?,
        _ => return Err(io::ErrorKind::InvalidData.into()),
    };
    Ok(Wish {
        host,
        port: u16::from_be_bytes(bytes(stream)?),
        is_name: kind == 3,
        presented,
    })
}

fn greet(stream: &mut (impl Read + Write), wanted: Option<&Credentials>) -> io::Result<Presented> {
    let [_, count] = bytes(stream)?;
    let mut methods = vec![0; usize::from(count)];
    stream.read_exact(&mut methods)?;
    if methods.contains(&WITH_PASSWORD) {
        stream.write_all(&[VERSION, WITH_PASSWORD])?;
        let [_version] = bytes(stream)?;
        let (user, password) = (text(stream)?, text(stream)?);
        let presented = Presented::of_text(format!("{user}:{password}"), wanted);
        let is_welcome = wanted.is_none() || presented == Presented::Right;
        stream.write_all(&[1, u8::from(!is_welcome)])?;
        Ok(presented)
    } else {
        let method = if wanted.is_some() {
            REFUSED
        } else {
            WITHOUT_PASSWORD
        };
        stream.write_all(&[VERSION, method])?;
        Ok(Presented::Nothing)
    }
}

pub(super) fn reply(stream: &mut impl Write, reply: Reply) -> io::Result<()> {
    stream.write_all(&[VERSION, reply as u8, 0, 1, 0, 0, 0, 0, 0, 0])
}

fn bytes<const N: usize>(stream: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn text(stream: &mut impl Read) -> io::Result<String> {
    let [length] = bytes(stream)?;
    let mut text = vec![0; usize::from(length)];
    stream.read_exact(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}
