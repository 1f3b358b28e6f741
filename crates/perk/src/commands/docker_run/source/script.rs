//! A PAC script, which is asked about a few destinations.
//!
//! A script decides for each address, and variables hold for all of them: what is lost is said.

use std::net::{IpAddr, ToSocketAddrs as _, UdpSocket};

use camino::Utf8Path;
use perk_network::source::pac::{Route, Sample, from_pac_routes};
use perk_network::{Field, Found, Place, ProxyUrl};
use perk_pac::{Limits, Moment, Pac, PacFault, RouteKind, World, evaluate};
use time::OffsetDateTime;

use super::super::error::DockerRunError;
use super::super::machine::Machine;

/// A script that is longer than this is some other file.
const LIMIT: u64 = 4 * 1024 * 1024;
/// What programs in containers mostly fetch.
const HOSTS: [&str; 7] = [
    "example.com",
    "github.com",
    "pypi.org",
    "registry.npmjs.org",
    "registry-1.docker.io",
    "deb.debian.org",
    "intranet",
];
/// An address that belongs to nobody, to see which way this machine goes.
const ELSEWHERE: (&str, u16) = ("192.0.2.1", 9);

/// Asks the script in a file.
pub(super) fn find(path: &Utf8Path, machine: &Machine<'_>) -> Result<Found, DockerRunError> {
    let is_remote = path.as_str().contains("://") && !path.as_str().starts_with("file://");
    if is_remote {
        return Err(DockerRunError::RemoteScript(path.to_owned()));
    }
    let path = Utf8Path::new(path.as_str().trim_start_matches("file://"));
    let bytes = perk_fs::read_bytes(path, LIMIT).map_err(DockerRunError::Script)?;
    let text = String::from_utf8_lossy(&bytes);
    let now = machine.surroundings().now();
    let samples = samples(&text, now).map_err(|fault| DockerRunError::Pac {
        path: path.to_owned(),
        fault,
    })?;
    let place = Place::Key(path.to_string());
    Ok(from_pac_routes(&samples).into_found(&place))
}

fn samples(script: &str, now: OffsetDateTime) -> Result<Vec<Sample>, PacFault> {
    let mut pac = evaluate(script, Limits::default(), world(now))?;
    let mut samples = Vec::new();
    for host in HOSTS {
        for (field, scheme) in [(Field::Http, "http"), (Field::Https, "https")] {
            samples.push(Sample {
                field,
                host: host.to_owned(),
                routes: routes(&mut pac, scheme, host)?,
            });
        }
    }
    Ok(samples)
}

fn routes(pac: &mut Pac, scheme: &str, host: &str) -> Result<Vec<Route>, PacFault> {
    let found = pac.find_proxy(&format!("{scheme}://{host}/"), host)?;
    Ok(found.into_iter().filter_map(route).collect())
}

/// No variable speaks of SOCKS 4.
fn route(route: perk_pac::Route) -> Option<Route> {
    let (kind, host, port) = match route {
        perk_pac::Route::Direct => return Some(Route::Direct),
        perk_pac::Route::Proxy { kind, host, port } => (kind, host, port),
    };
    let scheme = match kind {
        RouteKind::Http => "http",
        RouteKind::Https => "https",
        RouteKind::Socks5 => "socks5h",
        RouteKind::Socks4 => return None,
    };
    let host = if host.contains(':') {
        format!("[{host}]")
    } else {
        host
    };
    let (proxy, _) = ProxyUrl::parse(&format!("{scheme}://{host}:{port}")).ok()?;
    Some(Route::Proxy(proxy))
}

/// Tells the script what it may ask. Its clock is that of Greenwich.
fn world(now: OffsetDateTime) -> World {
    World {
        resolve: Box::new(addresses),
        addresses: own_address().into_iter().collect(),
        now: Box::new(move |_| moment(now)),
    }
}

fn addresses(name: &str) -> Vec<IpAddr> {
    let found = (name, 0).to_socket_addrs();
    found
        .map(|addresses| addresses.map(|address| address.ip()).collect())
        .unwrap_or_default()
}

/// Returns the address that others see. Nothing is sent to find it out.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect(ELSEWHERE).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

fn moment(now: OffsetDateTime) -> Moment {
    Moment {
        year: now.year(),
        month: u32::from(u8::from(now.month())),
        day: u32::from(now.day()),
        weekday: u32::from(now.weekday().number_days_from_sunday()),
        hour: u32::from(now.hour()),
        minute: u32::from(now.minute()),
        second: u32::from(now.second()),
    }
}
