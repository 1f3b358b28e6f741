//! The answers of a PAC script to settings: one answer for each destination that was asked about.
//!
//! A script decides for each URL, which variables cannot. What it says about a few destinations
//! becomes one proxy and a list of exemptions, and what is lost is said. The script itself is run
//! elsewhere.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::Found;
use crate::{About, Entry, Field, Host, NoProxy, Place, ProxyUrl, Remark, Settings};

/// One way to a destination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Without a proxy.
    Direct,
    /// Through a proxy.
    Proxy(ProxyUrl),
}

impl Route {
    /// Reads the answer of `FindProxyForURL`: routes in the order in which they are to be tried,
    /// separated by `;`. Routes of kinds that containers do not know are passed over. An empty
    /// answer means a direct way.
    pub fn parse_list(answer: &str) -> Vec<Self> {
        if answer.trim().is_empty() {
            return vec![Self::Direct];
        }
        answer.split(';').filter_map(Self::parse).collect()
    }

    fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let kind = words.next()?.to_ascii_uppercase();
        let scheme = match kind.as_str() {
            "DIRECT" => return Some(Self::Direct),
            "PROXY" | "HTTP" => "http",
            "HTTPS" => "https",
            "SOCKS5" | "SOCKS" => "socks5h",
            _ => return None,
        };
        let (proxy, _) = ProxyUrl::parse(&format!("{scheme}://{}", words.next()?)).ok()?;
        Some(Self::Proxy(proxy))
    }
}

/// A destination that the script was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Whether it is reached by `http:` or `https:`.
    pub field: Field,
    /// Its host.
    pub host: String,
    /// The answer of the script.
    pub routes: Vec<Route>,
}

/// What becomes of the answers of a script.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FromPac {
    /// The settings that come nearest.
    pub settings: Settings,
    /// What they do not express.
    pub losses: Vec<PacLoss>,
}

impl FromPac {
    /// Returns what the script says like that of any other place.
    pub fn into_found(self, place: &Place) -> Found {
        let fields: Vec<Field> = self.settings.proxies().map(|(field, _)| field).collect();
        let exemptions = (!self.settings.no_proxy.is_empty()).then_some(Field::NoProxy);
        let places = fields.into_iter().chain(exemptions);
        let remark = |loss| Remark {
            place: place.clone(),
            about: About::Pac(loss),
        };
        Found {
            places: places.map(|field| (field, place.clone())).collect(),
            remarks: self.losses.into_iter().map(remark).collect(),
            settings: self.settings,
            pac: None,
        }
    }
}

/// Something that a script says and variables cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PacLoss {
    /// The script decides for each destination; only those asked about are known.
    OnlySamples {
        /// How many there were.
        count: usize,
    },
    /// No destination has a proxy.
    AllDirect,
    /// A destination that has a proxy of its own.
    OtherProxy {
        /// The destination.
        host: String,
        /// Its proxy.
        proxy: ProxyUrl,
        /// The proxy that is used instead.
        used: ProxyUrl,
    },
    /// Destinations with more than one route, of which only the first is used.
    FirstRouteOnly {
        /// The first of the destinations.
        host: String,
        /// How many others there are.
        others: usize,
    },
    /// A destination that is direct for one scheme and has a proxy for the other.
    MixedSchemes {
        /// The destination.
        host: String,
    },
    /// Destinations for which the script has no route that can be used.
    NoRoute {
        /// The first of the destinations.
        host: String,
        /// How many others there are.
        others: usize,
    },
}

impl fmt::Display for PacLoss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OnlySamples { count } => write!(
                f,
                "the script decides for each host: it was asked about {count} of them, and others \
                 may go another way"
            ),
            Self::AllDirect => f.write_str("all of these are direct, so that no proxy is used"),
            Self::OtherProxy { host, proxy, used } => {
                write!(
                    f,
                    "`{host}` has the proxy {proxy}, but {used} is used for all"
                )
            }
            Self::FirstRouteOnly { host, others } => {
                let have = if *others == 0 { "has" } else { "have" };
                let others = and_others(*others);
                write!(
                    f,
                    "`{host}`{others} {have} more than one route: the first is used, and nothing \
                     takes its place when it is down"
                )
            }
            Self::MixedSchemes { host } => write!(
                f,
                "`{host}` is direct for one scheme only: it goes through the proxy for both"
            ),
            Self::NoRoute { host, others } => {
                let others = and_others(*others);
                write!(
                    f,
                    "the script has no route to `{host}`{others} that can be used"
                )
            }
        }
    }
}

fn and_others(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => " and one other".to_owned(),
        count => format!(" and {count} others"),
    }
}

/// Makes settings of what a script answers for sample destinations: the proxy that most of them
/// have, and exemptions for those that are direct.
pub fn from_pac_routes(samples: &[Sample]) -> FromPac {
    let mut settings = Settings {
        http: most_frequent(samples, Field::Http),
        https: most_frequent(samples, Field::Https),
        ..Settings::default()
    };
    let hosts: HashSet<&str> = samples.iter().map(|sample| sample.host.as_str()).collect();
    let count = hosts.len();
    let mut losses = vec![PacLoss::OnlySamples { count }];
    let is_direct = |sample: &Sample| sample.routes.first() == Some(&Route::Direct);
    if !settings.is_decisive() && samples.iter().any(is_direct) {
        settings = Settings::direct();
        losses.push(PacLoss::AllDirect);
    }
    let mut direct = Vec::new();
    for sample in samples {
        let loss = loss(samples, sample, &settings);
        if loss.is_none() && sample.routes.first() == Some(&Route::Direct) {
            direct.extend(exemption(&sample.host));
        }
        losses.extend(loss.filter(|loss| !losses.contains(loss)));
    }
    if !settings.no_proxy.is_everything() {
        settings.no_proxy = NoProxy::of(direct);
    }
    FromPac {
        settings,
        losses: counted(losses),
    }
}

/// Makes one of what is the same for several destinations, as it is in most scripts.
fn counted(losses: Vec<PacLoss>) -> Vec<PacLoss> {
    let mut counted: Vec<PacLoss> = Vec::new();
    for loss in losses {
        let same = counted.iter_mut().find_map(|known| match (known, &loss) {
            (PacLoss::FirstRouteOnly { others, .. }, PacLoss::FirstRouteOnly { .. })
            | (PacLoss::NoRoute { others, .. }, PacLoss::NoRoute { .. }) => Some(others),
            _ => None,
        });
        match same {
            Some(others) => *others += 1,
            None => counted.push(loss),
        }
    }
    counted
}

/// Returns what settings do not express of the answer for one destination.
fn loss(samples: &[Sample], sample: &Sample, settings: &Settings) -> Option<PacLoss> {
    let host = sample.host.clone();
    match &sample.routes[..] {
        [] => Some(PacLoss::NoRoute { host, others: 0 }),
        [Route::Direct, ..] => is_proxied(samples, &host).then_some(PacLoss::MixedSchemes { host }),
        [Route::Proxy(proxy), rest @ ..] => {
            let other = settings.proxy(sample.field).filter(|used| *used != proxy);
            match other {
                Some(used) => Some(PacLoss::OtherProxy {
                    host,
                    proxy: proxy.clone(),
                    used: used.clone(),
                }),
                None => (!rest.is_empty()).then_some(PacLoss::FirstRouteOnly { host, others: 0 }),
            }
        }
    }
}

fn most_frequent(samples: &[Sample], field: Field) -> Option<ProxyUrl> {
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    let mut proxies = Vec::new();
    for sample in samples.iter().filter(|sample| sample.field == field) {
        if let Some(Route::Proxy(proxy)) = sample.routes.first() {
            let next = proxies.len();
            let entry = counts
                .entry(proxy.to_text().reveal().to_owned())
                .or_insert((0, next));
            entry.0 += 1;
            if entry.1 == next {
                proxies.push(proxy.clone());
            }
        }
    }
    // Of those that are equally frequent the one that came first.
    let (_, index) = counts
        .into_values()
        .max_by_key(|(count, index)| (*count, std::cmp::Reverse(*index)))?;
    proxies.into_iter().nth(index)
}

fn is_proxied(samples: &[Sample], host: &str) -> bool {
    samples
        .iter()
        .any(|sample| sample.host == host && matches!(sample.routes.first(), Some(Route::Proxy(_))))
}

fn exemption(host: &str) -> Option<Entry> {
    match Host::parse(host)? {
        Host::Name(name) => Some(Entry::Domain { name, port: None }),
        Host::Address(address) => Some(Entry::Address {
            address,
            port: None,
        }),
    }
}
