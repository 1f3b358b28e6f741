//! Asking the kernel who listens, by the protocol `sock_diag(7)`, which passes over all that is
//! connected.

use std::io;
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use rustix::net::sockopt::{Timeout, set_socket_timeout};
use rustix::net::{
    AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, netlink, recv, send, socket_with,
};

/// The kernel answers at once, or it never does.
const TIME_LIMIT: Duration = Duration::from_millis(100);
const ANSWER_SIZE: usize = 32 * 1024;

// What linux/netlink.h, linux/sock_diag.h and linux/inet_diag.h define.
const HEADER_LENGTH: usize = 16;
const ERROR: u16 = 2;
const DONE: u16 = 3;
const BY_FAMILY: u16 = 20;
const REQUEST_FOR_ALL: u16 = 0x301;
const TCP: u8 = 6;
const LISTENING: u32 = 1 << 10;
/// Where the address begins in an answer.
const ADDRESS: usize = 8;

/// What came in one piece.
#[derive(Debug, Default, PartialEq, Eq)]
struct Piece {
    addresses: Vec<IpAddr>,
    is_last: bool,
}

/// Returns the addresses on whose port somebody listens.
pub(super) fn addresses(port: u16) -> io::Result<Vec<IpAddr>> {
    let mut addresses = of_family(AddressFamily::INET, port)?;
    addresses.extend(of_family(AddressFamily::INET6, port)?);
    Ok(addresses)
}

fn of_family(family: AddressFamily, port: u16) -> io::Result<Vec<IpAddr>> {
    let socket = socket_with(
        AddressFamily::NETLINK,
        SocketType::RAW,
        SocketFlags::CLOEXEC,
        Some(netlink::SOCK_DIAG),
    )?;
    set_socket_timeout(&socket, Timeout::Recv, Some(TIME_LIMIT))?;
    send(&socket, &request(family, port), SendFlags::empty())?;
    let mut addresses = Vec::new();
    let mut buffer = vec![0; ANSWER_SIZE];
    loop {
        let (length, _) = recv(&socket, &mut buffer[..], RecvFlags::empty())?;
        let piece = parse(&buffer[..length]).ok_or(io::ErrorKind::InvalidData)?;
        addresses.extend(piece.addresses);
        if piece.is_last {
            return Ok(addresses);
        }
    }
}

/// Asks for all who listen on a port.
fn request(family: AddressFamily, port: u16) -> Vec<u8> {
    const LENGTH: u32 = 72;
    let family = u8::try_from(family.as_raw()).unwrap_or_default();
    let mut request = Vec::new();
    request.extend(LENGTH.to_ne_bytes());
    request.extend(BY_FAMILY.to_ne_bytes());
    request.extend(REQUEST_FOR_ALL.to_ne_bytes());
    // Which request it is, and whose.
    request.extend([0; 8]);
    request.extend([family, TCP, 0, 0]);
    request.extend(LISTENING.to_ne_bytes());
    request.extend(port.to_be_bytes());
    // All other parts of an address may be anything.
    request.resize(LENGTH as usize, 0);
    request
}

/// Reads messages. None if the kernel refuses, or says something else.
fn parse(mut bytes: &[u8]) -> Option<Piece> {
    let mut piece = Piece::default();
    while !bytes.is_empty() {
        let length = u32::from_ne_bytes(bytes.get(..4)?.try_into().ok()?);
        let length = usize::try_from(length).ok()?;
        let message = bytes.get(HEADER_LENGTH..length)?;
        match u16::from_ne_bytes(bytes.get(4..6)?.try_into().ok()?) {
            BY_FAMILY => piece.addresses.push(address(message)?),
            DONE => piece.is_last = true,
            ERROR => return None,
            _ => {}
        }
        bytes = bytes.get(length.next_multiple_of(4)..).unwrap_or_default();
    }
    Some(piece)
}

fn address(message: &[u8]) -> Option<IpAddr> {
    let is_short = u16::from(*message.first()?) == AddressFamily::INET.as_raw();
    let bytes = message.get(ADDRESS..ADDRESS + 16)?;
    if is_short {
        let bytes: [u8; 4] = bytes[..4].try_into().ok()?;
        return Some(bytes.into());
    }
    let bytes: [u8; 16] = bytes.try_into().ok()?;
    Some(Ipv6Addr::from(bytes).to_canonical())
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};

    use super::*;

    #[test]
    fn the_kernel_knows_who_listens() {
        let own = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = own.local_addr().unwrap().port();
        assert_eq!(
            addresses(port).unwrap(),
            [IpAddr::from(Ipv4Addr::LOCALHOST)]
        );
        drop(own);
        assert_eq!(addresses(port).unwrap(), [] as [IpAddr; 0]);
        let open = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap();
        let port = open.local_addr().unwrap().port();
        assert_eq!(
            addresses(port).unwrap(),
            [IpAddr::from(Ipv4Addr::UNSPECIFIED)]
        );
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        for bytes in [&[1][..], &[0; 16], &[255; 16], &[20, 0, 0, 0, 20, 0]] {
            assert_eq!(parse(bytes), None, "{bytes:?}");
        }
        let mut done = vec![0; 20];
        done[0] = 20;
        done[4] = 3;
        let last = Piece {
            addresses: Vec::new(),
            is_last: true,
        };
        assert_eq!(parse(&done), Some(last));
    }
}
