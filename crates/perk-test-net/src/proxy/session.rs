//! What happens with one connection.

use std::io::{self, Read, Write};
use std::net::TcpStream;

use super::requests::Target;
use super::socks::{self, Reply};
use super::{Failure, Handling, Presented, Seen, Shared, Transport, upstream};
use crate::channel::{self, Channel};
use crate::head::{Head, answer};

/// The first byte of TLS, and of SOCKS 5.
const TLS: u8 = 22;
const SOCKS: u8 = 5;

/// Serves a connection until it ends.
pub(super) fn serve(shared: &Shared, stream: TcpStream) -> io::Result<()> {
    if shared.options.failure == Some(Failure::Closes) {
        return Ok(());
    }
    let mut first = [0];
    stream.peek(&mut first)?;
    match first[0] {
        SOCKS => serve_socks(shared, Channel::Plain(stream)),
        TLS => {
            let address = stream.local_addr()?.ip().to_string();
            let host = shared.options.host.as_deref().unwrap_or(&address);
            let config = shared.authority.acceptor(host)?;
            let channel = Channel::accept(Channel::Plain(stream), config)?;
            serve_http(shared, channel, Transport::Https)
        }
        _ => serve_http(shared, Channel::Plain(stream), Transport::Http),
    }
}

fn serve_socks(shared: &Shared, mut client: Channel) -> io::Result<()> {
    let wish = socks::hear(&mut client, shared.options.credentials.as_ref())?;
    let target = Target {
        host: wish.host,
        port: wish.port,
        path: None,
        is_https: false,
    };
    let request = Request {
        shared,
        transport: if wish.is_name {
            Transport::SocksName
        } else {
            Transport::SocksAddress
        },
        method: "CONNECT".to_owned(),
        presented: wish.presented,
        user_agent: None,
    };
    if !request.is_welcome() {
        return request.record(&target, Handling::Denied);
    }
    if shared.options.failure.is_some() {
        request.record(&target, Handling::Failed)?;
        return socks::reply(&mut client, Reply::Failure);
    }
    let Ok(mut server) = upstream::connect(&shared.options.names, &target) else {
        request.record(&target, Handling::Unreachable)?;
        return socks::reply(&mut client, Reply::HostUnreachable);
    };
    request.record(&target, Handling::Tunneled)?;
    socks::reply(&mut client, Reply::Granted)?;
    channel::join(&mut client, &mut server)
}

fn serve_http(shared: &Shared, mut client: Channel, transport: Transport) -> io::Result<()> {
    let Some(head) = Head::read(&mut client)? else {
        return Ok(());
    };
    let Some(target) = Target::of_proxy(&head) else {
        return client.write_all(&answer("400 Bad Request", &[], b"not for a proxy\n"));
    };
    let request = Request {
        shared,
        transport,
        method: head.method.to_ascii_uppercase(),
        presented: Presented::of_head(&head, shared.options.credentials.as_ref()),
        user_agent: head.header("user-agent").map(str::to_owned),
    };
    if let Some(failure) = shared.options.failure {
        request.record(&target, Handling::Failed)?;
        return fail(&mut client, failure, target.path.is_none());
    }
    if !request.is_welcome() {
        request.record(&target, Handling::Denied)?;
        let schemes = shared.options.schemes.iter();
        let headers: Vec<_> = schemes
            .map(|scheme| format!("Proxy-Authenticate: {scheme}"))
            .collect();
        let status = "407 Proxy Authentication Required";
        return client.write_all(&answer(status, &headers, b"who are you?\n"));
    }
    if target.path.is_some() {
        request.forward(client, &head, &target, Handling::Forwarded)
    } else if shared.options.interception.is_for(&target.host) {
        request.intercept(client, &target)
    } else {
        request.tunnel(client, &target)
    }
}

/// A request to the proxy, or within a tunnel.
struct Request<'s> {
    shared: &'s Shared,
    transport: Transport,
    method: String,
    presented: Presented,
    user_agent: Option<String>,
}

impl Request<'_> {
    fn is_welcome(&self) -> bool {
        self.shared.options.credentials.is_none() || self.presented == Presented::Right
    }

    #[expect(clippy::unnecessary_wraps, reason = "it is often the last thing to do")]
    fn record(&self, target: &Target, handling: Handling) -> io::Result<()> {
        self.shared.record(Seen {
            transport: self.transport,
            method: self.method.clone(),
            authority: target.authority(),
            path: target.path.clone(),
            presented: self.presented.clone(),
            user_agent: self.user_agent.clone(),
            handling,
        });
        Ok(())
    }

    fn forward(
        &self,
        mut client: Channel,
        head: &Head,
        target: &Target,
        handling: Handling,
    ) -> io::Result<()> {
        if !upstream::has_plain_body(head) {
            return client.write_all(&answer("411 Length Required", &[], b""));
        }
        let Ok(mut server) = upstream::connect(&self.shared.options.names, target) else {
            return self.unreachable(&mut client, target);
        };
        self.record(target, handling)?;
        let path = target.path.as_deref().unwrap_or("/");
        let via = format!("1.1 {}", self.shared.options.name);
        let forwarded = head.forwarded(path, &via);
        upstream::exchange(&mut client, &mut server, &forwarded, head.body_length())
    }

    fn tunnel(&self, mut client: Channel, target: &Target) -> io::Result<()> {
        let Ok(mut server) = upstream::connect(&self.shared.options.names, target) else {
            return self.unreachable(&mut client, target);
        };
        self.record(target, Handling::Tunneled)?;
        open(&mut client)?;
        channel::join(&mut client, &mut server)
    }

    /// Opens a tunnel that leads to the proxy itself, which then is the client of the server.
    fn intercept(self, mut client: Channel, target: &Target) -> io::Result<()> {
        self.record(target, Handling::Intercepted)?;
        open(&mut client)?;
        let config = self.shared.authority.acceptor(&target.host)?;
        let mut client = Channel::accept(client, config)?;
        let Some(head) = Head::read(&mut client)? else {
            return Ok(());
        };
        let within = Self {
            method: head.method.to_ascii_uppercase(),
            user_agent: head.header("user-agent").map(str::to_owned),
            ..self
        };
        within.forward(client, &head, &target.within(&head), Handling::Intercepted)
    }

    fn unreachable(&self, client: &mut Channel, target: &Target) -> io::Result<()> {
        self.record(target, Handling::Unreachable)?;
        client.write_all(&answer("502 Bad Gateway", &[], b"no such server\n"))
    }
}

fn open(client: &mut Channel) -> io::Result<()> {
    client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
    client.flush()
}

fn fail(client: &mut Channel, failure: Failure, is_tunnel: bool) -> io::Result<()> {
    match failure {
        Failure::Forbids => client.write_all(&answer("403 Forbidden", &[], b"not there\n")),
        Failure::BadGateway => client.write_all(&answer("502 Bad Gateway", &[], b"no answer\n")),
        Failure::Hangs => io::copy(client, &mut io::sink()).map(drop),
        Failure::Closes => Ok(()),
        Failure::ClosesMidway if is_tunnel => {
            open(client)?;
            client.read(&mut [0]).map(drop)
        }
        Failure::ClosesMidway => {
            client.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
        }
    }
}
