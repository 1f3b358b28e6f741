//! The network and the files that a program sees while it is measured.

mod network;
mod trust;

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::Result;
use perk_test_net::{
    Authority, Credentials, Names, Place, ProxyOptions, ServerOptions, TestProxy, TestServer,
};

pub(crate) use trust::TrustFiles;

use crate::cases::Trusted;
use crate::outcome::{Evidence, Listener};

/// Names of the internet, which all lead to one machine.
const INTERNET: &[&str] = &[
    "internet.test",
    "other.test",
    "corp.test",
    "a.corp.test",
    "notcorp.test",
];

/// The addresses of that machine.
const SERVERS: &[&str] = &["203.0.113.7", "2001:db8::7", "127.0.0.1"];

/// A machine of the company, whose certificate no system trusts.
const COMPANY: &str = "203.0.113.8";
const PROXY: &str = "192.0.2.1";
const OTHER_PROXY: &str = "192.0.2.2";
const PROXY_V6: &str = "2001:db8::1";

/// How long to wait for what a program that has ended left on its way.
const SETTLING: Duration = Duration::from_millis(300);

/// The proxies and servers, which are all that can be reached.
#[derive(Debug)]
pub(crate) struct World {
    proxies: Vec<(Listener, TestProxy)>,
    servers: Vec<TestServer>,
    system: TrustFiles,
    company: TrustFiles,
}

impl World {
    /// Makes the world of this process, which has to be in namespaces of its own.
    pub(crate) fn make(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let addresses = [SERVERS, &[COMPANY, PROXY, OTHER_PROXY, PROXY_V6]].concat();
        network::make(folder, &addresses, &hosts())?;
        let (internet, company) = (
            Authority::new("Internet CA")?,
            Authority::new("Company CA")?,
        );
        let system = TrustFiles::write(&folder.join("system"), &internet)?;
        system.replace_system_store()?;
        Ok(Self {
            proxies: proxies(&internet)?,
            servers: servers(&internet, &company)?,
            system,
            company: TrustFiles::write(&folder.join("company"), &company)?,
        })
    }

    pub(crate) fn trusted(&self) -> Trusted<'_> {
        Trusted {
            system: &self.system,
            company: &self.company,
        }
    }

    /// Returns what was seen since the last time, as soon as everything has come to rest.
    pub(crate) fn evidence(&self) -> Evidence {
        self.settle();
        let of_proxy = |(listener, proxy): &(Listener, TestProxy)| {
            let seen = proxy.take_seen().into_iter();
            seen.map(|seen| (*listener, seen)).collect::<Vec<_>>()
        };
        Evidence {
            seen: self.proxies.iter().flat_map(of_proxy).collect(),
            arrivals: self
                .servers
                .iter()
                .flat_map(TestServer::take_arrivals)
                .collect(),
        }
    }

    fn settle(&self) {
        let step = Duration::from_millis(3);
        for _ in 0..SETTLING.as_millis() / step.as_millis() {
            thread::sleep(step);
            let is_idle = self.proxies.iter().all(|(_, proxy)| proxy.is_idle())
                && self.servers.iter().all(TestServer::is_idle);
            if is_idle {
                return;
            }
        }
    }
}

fn hosts() -> String {
    let mut lines = vec!["127.0.0.1 localhost".to_owned(), "::1 localhost".to_owned()];
    lines.extend(INTERNET.iter().map(|name| format!("{} {name}", SERVERS[0])));
    lines.push(format!("{COMPANY} company.test"));
    lines.push(format!("{PROXY} proxy.test"));
    lines.push(format!("{OTHER_PROXY} other-proxy.test"));
    lines.join("\n") + "\n"
}

fn place(address: &str, port: u16) -> Result<Place> {
    Ok(Place::at(
        (address.parse::<std::net::IpAddr>()?, port).into(),
    ))
}

fn proxies(authority: &Authority) -> Result<Vec<(Listener, TestProxy)>> {
    let any = |port| (PROXY, port, None);
    let for_user = |port, password| (PROXY, port, Some(Credentials::new("ann", password)));
    let wanted = [
        any(3128),
        // Where programs look for a proxy that has no port.
        any(80),
        any(1080),
        for_user(3130, "p@ss"),
        for_user(3131, ""),
        (PROXY_V6, 3128, None),
        (OTHER_PROXY, 3128, None),
    ];
    wanted
        .into_iter()
        .map(|(address, port, credentials)| {
            let proxy = TestProxy::start(ProxyOptions {
                place: place(address, port)?,
                host: Some("proxy.test".to_owned()),
                names: names()?,
                credentials,
                authority: Some(authority.clone()),
                ..ProxyOptions::default()
            })?;
            let is_other = address == OTHER_PROXY;
            Ok((Listener { port, is_other }, proxy))
        })
        .collect()
}

fn names() -> Result<Names> {
    let (internet, company) = (
        SERVERS[0].parse::<std::net::IpAddr>()?,
        COMPANY.parse::<std::net::IpAddr>()?,
    );
    let names = Names::default().with("company.test", (company, 0).into());
    let with = |names: Names, name: &&str| names.with(name, (internet, 0).into());
    Ok(INTERNET.iter().fold(names, with))
}

fn servers(internet: &Authority, company: &Authority) -> Result<Vec<TestServer>> {
    let mut wanted = vec![(COMPANY, 80, 443, company)];
    for address in SERVERS {
        wanted.push((address, 80, 443, internet));
        wanted.push((address, 8080, 8443, internet));
    }
    wanted
        .into_iter()
        .map(|(address, http, https, authority)| {
            Ok(TestServer::start(ServerOptions {
                http: place(address, http)?,
                https: place(address, https)?,
                authority: Some(authority.clone()),
                ..ServerOptions::default()
            })?)
        })
        .collect()
}
