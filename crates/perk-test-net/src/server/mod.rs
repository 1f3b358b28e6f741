//! Servers of the internet, or the intranet, of a test: HTTP and HTTPS.
//!
//! What they answer says how they were reached. A tunnel leaves no trace in what goes through it;
//! that a request came by one is known to the proxy alone.

mod arrival;

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::channel::Channel;
use crate::head::{Head, answer};
use crate::listening::Listening;
use crate::{Authority, Place};

pub use arrival::{Arrival, Request};

/// How a pair of servers behaves.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// The first line of what they answer.
    pub name: String,
    /// Where HTTP is served.
    pub http: Place,
    /// Where HTTPS is served.
    pub https: Place,
    /// The authority that signs their certificates; if none, they make one.
    pub authority: Option<Authority>,
    /// The name in their certificates, in place of that which a client asks for.
    pub certificate_name: Option<String>,
    /// What they answer for a path, with the query if there is one, in place of the usual text.
    pub pages: BTreeMap<String, Vec<u8>>,
}

impl Default for ServerOptions {
    fn default() -> Self {
        Self {
            name: "internet".to_owned(),
            http: Place::default(),
            https: Place::default(),
            authority: None,
            certificate_name: None,
            pages: BTreeMap::new(),
        }
    }
}

/// A server of HTTP and one of HTTPS, which run until they are dropped.
#[derive(Debug)]
pub struct TestServer {
    http: Listening,
    https: Listening,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    name: String,
    pages: BTreeMap<String, Vec<u8>>,
    authority: Authority,
    certificate_name: Option<String>,
    arrivals: Mutex<Vec<Arrival>>,
}

impl Shared {
    fn arrivals(&self) -> MutexGuard<'_, Vec<Arrival>> {
        self.arrivals.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TestServer {
    /// Starts both.
    pub fn start(options: ServerOptions) -> io::Result<Self> {
        let authority = match options.authority {
            Some(authority) => authority,
            None => Authority::new("Test Server")?,
        };
        let shared = Arc::new(Shared {
            name: options.name,
            pages: options.pages,
            authority,
            certificate_name: options.certificate_name,
            arrivals: Mutex::default(),
        });
        let (plain, tls) = (Arc::clone(&shared), Arc::clone(&shared));
        let http = Listening::start(&options.http, move |stream| {
            let _ = serve(&plain, Channel::Plain(stream), false);
        })?;
        let https = Listening::start(&options.https, move |stream| {
            let _ = serve_tls(&tls, stream);
        })?;
        Ok(Self {
            http,
            https,
            shared,
        })
    }

    /// Returns where HTTP is served.
    pub fn http(&self) -> SocketAddr {
        self.http.address()
    }

    /// Returns where HTTPS is served.
    pub fn https(&self) -> SocketAddr {
        self.https.address()
    }

    /// Returns whether no connection is open, so that nothing more will be seen of the past.
    pub fn is_idle(&self) -> bool {
        self.http.is_idle() && self.https.is_idle()
    }

    /// Returns the authority that signs the certificates.
    pub fn authority(&self) -> &Authority {
        &self.shared.authority
    }

    /// Returns what has arrived.
    pub fn arrivals(&self) -> Vec<Arrival> {
        self.shared.arrivals().clone()
    }

    /// Returns what has arrived, and forgets it.
    pub fn take_arrivals(&self) -> Vec<Arrival> {
        std::mem::take(&mut *self.shared.arrivals())
    }
}

fn serve_tls(shared: &Shared, stream: TcpStream) -> io::Result<()> {
    let config = if let Some(name) = &shared.certificate_name {
        shared.authority.acceptor_as(name)?
    } else {
        let host = stream.local_addr()?.ip().to_string();
        shared.authority.acceptor(&host)?
    };
    match Channel::accept(Channel::Plain(stream), config) {
        Ok(channel) => serve(shared, channel, true),
        Err(error) => {
            let arrival = Arrival {
                is_https: true,
                request: None,
            };
            shared.arrivals().push(arrival);
            Err(error)
        }
    }
}

fn serve(shared: &Shared, mut client: Channel, is_https: bool) -> io::Result<()> {
    let head = Head::read(&mut client)?;
    let request = head.as_ref().map(Request::of_head);
    shared.arrivals().push(Arrival {
        is_https,
        request: request.clone(),
    });
    let (Some(head), Some(request)) = (head, request) else {
        return Ok(());
    };
    let body = &mut Read::by_ref(&mut client).take(head.body_length());
    io::copy(body, &mut io::sink())?;
    let text = request.text(&shared.name).into_bytes();
    let page = shared.pages.get(&request.path).unwrap_or(&text);
    let mut answer = answer("200 OK", &["Content-Type: text/plain".to_owned()], page);
    if head.method == "HEAD" {
        answer.truncate(answer.len() - page.len());
    }
    client.write_all(&answer)?;
    client.flush()?;
    client.finish();
    Ok(())
}
