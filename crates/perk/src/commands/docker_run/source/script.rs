//! A PAC script, which is asked about a few destinations.
//!
//! A script decides for each address, and variables hold for all of them: what is lost is said.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, ToSocketAddrs as _, UdpSocket};
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use perk_config::Setting;
use perk_network::source::pac::{Route, Sample, from_pac_routes};
use perk_network::{Field, Found, Place, ProxyUrl};
use perk_pac::{Limits, Moment, Pac, PacFault, RouteKind, World, evaluate};
use perk_process::without_credentials;
use time::OffsetDateTime;

use super::super::certificates::{read_named, trusted};
use super::super::error::DockerRunError;
use super::super::machine::{Machine, configured_path};
use super::fetch::fetch;
use super::within::within;

/// A script that is longer than this is some other file.
const LIMIT: u64 = 4 * 1024 * 1024;
/// How long a script waits for the addresses of a name, which is less than it may take itself.
const NAME_LIMIT: Duration = Duration::from_secs(1);
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

/// Where a script is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Script {
    /// In a file.
    File(Utf8PathBuf),
    /// On a server. The address may have a password in it.
    Url(String),
}

impl Script {
    /// Reads what people write for a script: a path, or a URL.
    pub(super) fn of(text: &str) -> Self {
        match text.split_once("://") {
            None => Self::File(text.into()),
            Some((scheme, path)) if scheme.eq_ignore_ascii_case("file") => {
                Self::File(path.trim_start_matches("localhost").into())
            }
            Some(_) => Self::Url(text.to_owned()),
        }
    }

    /// Returns the script that a setting names.
    pub(super) fn configured(setting: &Setting<String>) -> Self {
        match Self::of(&setting.value) {
            Self::File(path) if path.as_str() == setting.value => {
                Self::File(configured_path(setting))
            }
            script => script,
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::File(path) => path.to_string(),
            Self::Url(url) => without_credentials(url).into_owned(),
        }
    }

    fn load(
        &self,
        certificates: Option<&Utf8Path>,
        machine: &Machine<'_>,
    ) -> Result<Vec<u8>, DockerRunError> {
        let url = match self {
            Self::File(path) => {
                return perk_fs::read_bytes(path, LIMIT).map_err(DockerRunError::Script);
            }
            Self::Url(url) => url,
        };
        let named = certificates.map(read_named).transpose()?;
        let named = named.map(|read| read.certificates).unwrap_or_default();
        fetch(url, &|| trusted(&named, machine)).map_err(|fault| DockerRunError::Fetch {
            place: self.shown(),
            fault,
        })
    }
}

/// Asks a script. Its server may be vouched for by a file of certificates.
pub(super) fn find(
    script: &Script,
    certificates: Option<&Utf8Path>,
    machine: &Machine<'_>,
) -> Result<Found, DockerRunError> {
    let bytes = script.load(certificates, machine)?;
    let text = String::from_utf8_lossy(&bytes);
    let place = script.shown();
    if text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('<')
    {
        return Err(DockerRunError::WebPage { place });
    }
    let now = machine.surroundings().now();
    match samples(&text, now) {
        Ok(samples) => Ok(from_pac_routes(&samples).into_found(&Place::Key(place))),
        Err(fault) => Err(DockerRunError::Pac { place, fault }),
    }
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
    let host = if host.parse::<Ipv6Addr>().is_ok() {
        format!("[{host}]")
    } else {
        host
    };
    let (proxy, _) = ProxyUrl::parse(&format!("{scheme}://{host}:{port}")).ok()?;
    Some(Route::Proxy(proxy))
}

/// Tells the script what it may ask. Its clock is that of Greenwich.
fn world(now: OffsetDateTime) -> World {
    let names = Names::default();
    World {
        resolve: Box::new(move |name| names.addresses(name)),
        addresses: own_address().into_iter().collect(),
        now: Box::new(move |_| moment(now)),
    }
}

/// The names that were asked for. Once no answer comes in time, no name is asked for any more.
#[derive(Default)]
struct Names {
    known: RefCell<HashMap<String, Vec<IpAddr>>>,
    is_silent: Cell<bool>,
}

impl Names {
    fn addresses(&self, name: &str) -> Vec<IpAddr> {
        if let Some(known) = self.known.borrow().get(name) {
            return known.clone();
        }
        if self.is_silent.get() {
            return Vec::new();
        }
        let asked = name.to_owned();
        let answer = within(NAME_LIMIT, move || addresses(&asked));
        self.is_silent.set(answer.is_none());
        let addresses = answer.unwrap_or_default();
        self.known
            .borrow_mut()
            .insert(name.to_owned(), addresses.clone());
        addresses
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
