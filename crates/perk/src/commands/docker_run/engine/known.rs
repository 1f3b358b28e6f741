//! What the engine has said, and what it has not.

use std::collections::BTreeMap;
use std::fmt;

use ipnet::IpNet;
use perk_docker::Host;
use perk_docker::engine::{Network, Version, container_networks, image_environment, network};
use perk_network::{Entry, NoProxy};

use super::Question;
use crate::render::quoted;

/// More containers than this would make a long list of their names.
const MOST_NAMES: usize = 32;

/// What the engine has said.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// What the image sets.
    pub(in super::super) image: BTreeMap<String, String>,
    /// The networks of the container.
    pub(in super::super) networks: Vec<Network>,
    /// The version of the client, where it decides anything.
    pub(in super::super) client_version: Option<Version>,
    /// Whether its containers run as the user, as far as that is known without asking.
    pub(super) is_of_ordinary_user: bool,
    /// What it said and did not say, in words.
    pub(crate) said: Vec<String>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Silence {
    /// There is no such thing.
    Missing,
    /// It was not asked.
    NotAsked(&'static str),
    /// It cannot be reached.
    Unreachable { address: String, reason: String },
    /// It took too long.
    TooLate,
    /// It answered something else.
    NotUnderstood,
}

impl fmt::Display for Silence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("it is not there"),
            Self::NotAsked(reason) => write!(f, "the engine was not asked, {reason}"),
            Self::Unreachable { address, reason } => {
                write!(f, "nothing answers at {address}: {reason}")
            }
            Self::TooLate => f.write_str("the engine did not answer in time"),
            Self::NotUnderstood => f.write_str("the engine's answer is not understood"),
        }
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Image(name) => write!(f, "image `{name}`"),
            Self::Network(name) => write!(f, "network `{name}`"),
            Self::Container(name) => write!(f, "container `{name}`"),
        }
    }
}

impl Known {
    /// Takes an answer in.
    pub(super) fn hear(&mut self, question: &Question, answer: Result<&[u8], Silence>) {
        let heard = answer.and_then(|json| {
            let heard = self.read(question, json);
            heard.map_err(|_| Silence::NotUnderstood)
        });
        let said = heard.unwrap_or_else(|silence| match silence {
            Silence::Missing => "not there yet".to_owned(),
            silence => silence.to_string(),
        });
        self.said.push(format!("{question}: {said}"));
    }

    fn read(
        &mut self,
        question: &Question,
        json: &[u8],
    ) -> Result<String, perk_docker::engine::Fault> {
        match question {
            Question::Image(_) => {
                self.image = image_environment(json)?;
                if self.image.is_empty() {
                    return Ok("it sets no variables".to_owned());
                }
                Ok(format!("it sets {}", quoted(self.image.keys())))
            }
            Question::Network(_) => {
                let network = network(json)?;
                let said = addresses(&network);
                self.networks.push(network);
                Ok(said)
            }
            Question::Container(_) => {
                let networks = container_networks(json)?;
                let said: Vec<_> = networks
                    .iter()
                    .map(|network| format!("in `{}`, {}", network.name, addresses(network)))
                    .collect();
                self.networks.extend(networks);
                Ok(said.join("; "))
            }
        }
    }

    /// Describes a host with what is known now.
    pub(in super::super) fn applied_to(&self, mut host: Host) -> Host {
        host.image_environment.clone_from(&self.image);
        let installation = &mut host.installation;
        installation.is_rootless |= self.is_of_ordinary_user;
        installation.version = installation.version.or(self.client_version);
        host
    }

    /// Returns what needs no proxy: the networks of the container, the containers that it reaches
    /// there by name, and what the image exempts itself.
    pub(in super::super) fn exemptions(&self) -> NoProxy {
        let ranges = self.networks.iter().flat_map(|network| &network.subnets);
        let ranges = ranges.map(|subnet| Entry::Network(IpNet::V4(subnet.range)));
        let with_names = self.networks.iter().filter(|network| network.has_names);
        let names = with_names
            .map(|network| &network.containers)
            .filter(|names| names.len() <= MOST_NAMES)
            .flatten()
            .map(|name| Entry::Domain {
                name: name.to_ascii_lowercase(),
                port: None,
            });
        let mut exemptions = NoProxy::of(names.chain(ranges));
        for name in ["no_proxy", "NO_PROXY"] {
            let of_image = self.image.get(name).map(String::as_str);
            let (of_image, _) = NoProxy::parse(of_image.unwrap_or_default());
            // An image does not decide that there is to be no proxy at all.
            if !of_image.is_everything() {
                exemptions = exemptions.extended(&of_image);
            }
        }
        exemptions
    }
}

fn addresses(network: &Network) -> String {
    if network.subnets.is_empty() {
        return "it has no addresses of IP version 4".to_owned();
    }
    let each = network.subnets.iter().map(|subnet| {
        let place = if network.is_bridge {
            "this machine"
        } else {
            "the gateway"
        };
        format!("{}, in which {place} is {}", subnet.range, subnet.gateway)
    });
    each.collect::<Vec<_>>().join("; ")
}
