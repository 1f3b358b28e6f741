//! A SOCKS proxy (RFC 1928, RFC 1929), asked for a connection.

use std::io::{self, Read as _, Write as _};
use std::net::IpAddr;

use perk_network::{Credentials, Host, ProxyUrl};

use crate::connection::{Connection, silence};
use crate::{Outcome, Silence, Target};

const VERSION: u8 = 5;
const NO_AUTHENTICATION: u8 = 0;
const PASSWORD: u8 = 2;
const CONNECT: u8 = 1;
/// The proxy takes none of the ways to say who one is.
const NO_WAY: u8 = 255;

/// How the proxy would not connect.
enum Failure {
    Io(io::Error),
    Code(u8),
    NotSocks,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Asks a SOCKS proxy for a connection to the destination, whose name the proxy resolves.
pub(crate) fn tunnel(connection: &mut Connection, target: &Target, proxy: &ProxyUrl) -> Outcome {
    let agreed = greet(connection, proxy).and_then(|()| connect(connection, target));
    match agreed {
        Ok(()) => Outcome::Passed,
        Err(Failure::Code(code)) => Outcome::Rejected { code },
        Err(Failure::Io(error)) => Outcome::Silent {
            reason: silence(&error),
        },
        Err(Failure::NotSocks) => Outcome::Silent {
            reason: Silence::Garbled {
                message: "it is not SOCKS".to_owned(),
            },
        },
    }
}

fn greet(connection: &mut Connection, proxy: &ProxyUrl) -> Result<(), Failure> {
    let hello: &[u8] = match proxy.credentials {
        Some(_) => &[VERSION, 2, NO_AUTHENTICATION, PASSWORD],
        None => &[VERSION, 1, NO_AUTHENTICATION],
    };
    connection.stream.write_all(hello)?;
    match (read::<2>(connection)?, &proxy.credentials) {
        ([VERSION, NO_AUTHENTICATION], _) => Ok(()),
        ([VERSION, PASSWORD], Some(credentials)) => sign_in(connection, credentials),
        ([VERSION, _], _) => Err(Failure::Code(NO_WAY)),
        _ => Err(Failure::NotSocks),
    }
}

fn sign_in(connection: &mut Connection, credentials: &Credentials) -> Result<(), Failure> {
    let (user, password) = credentials.to_bytes();
    let mut message = vec![1];
    for part in [user, password] {
        message.push(u8::try_from(part.len()).map_err(|_| Failure::Code(NO_WAY))?);
        message.extend(part);
    }
    connection.stream.write_all(&message)?;
    match read::<2>(connection)? {
        [_, 0] => Ok(()),
        _ => Err(Failure::Code(NO_WAY)),
    }
}

fn connect(connection: &mut Connection, target: &Target) -> Result<(), Failure> {
    let mut message = vec![VERSION, CONNECT, 0];
    match &target.host {
        Host::Address(IpAddr::V4(address)) => {
            message.push(1);
            message.extend(address.octets());
        }
        Host::Address(IpAddr::V6(address)) => {
            message.push(4);
            message.extend(address.octets());
        }
        Host::Name(name) => {
            message.push(3);
            // A name has at most 253 letters.
            message.push(u8::try_from(name.len()).unwrap_or_default());
            message.extend(name.as_bytes());
        }
    }
    message.extend(target.port.to_be_bytes());
    connection.stream.write_all(&message)?;
    let [version, code, _, kind] = read::<4>(connection)?;
    if version != VERSION {
        return Err(Failure::NotSocks);
    }
    if code != 0 {
        return Err(Failure::Code(code));
    }
    let length = match kind {
        1 => 4,
        4 => 16,
        _ => usize::from(read::<1>(connection)?[0]),
    };
    let mut address_and_port = vec![0; length + 2];
    connection.stream.read_exact(&mut address_and_port)?;
    Ok(())
}

fn read<const LENGTH: usize>(connection: &mut Connection) -> Result<[u8; LENGTH], Failure> {
    let mut bytes = [0; LENGTH];
    connection.stream.read_exact(&mut bytes)?;
    Ok(bytes)
}
