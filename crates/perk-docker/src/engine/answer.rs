//! What engines say about images, networks and containers.
//!
//! Docker answers with an object and its client with a list of one; podman has names of its own
//! for the parts of a network.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A network that containers join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// The name.
    pub name: String,
    /// Whether this machine has an address in it, as it has in a bridge.
    pub is_bridge: bool,
    /// Whether its containers reach each other by their names.
    pub has_names: bool,
    /// The parts of it that are of IP version 4.
    pub subnets: Vec<Subnet>,
    /// The names of the containers that are in it.
    pub containers: Vec<String>,
}

/// A part of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subnet {
    /// The addresses in it.
    pub range: Ipv4Net,
    /// The address of this machine in it.
    pub gateway: Ipv4Addr,
}

/// An answer in a form that is not known.
#[derive(Debug, thiserror::Error)]
#[error("the engine's answer is not understood")]
pub struct Fault(#[from] serde_json::Error);

/// Reads which variables an image sets.
pub fn image_environment(json: &[u8]) -> Result<BTreeMap<String, String>, Fault> {
    let image: Image = one(json)?;
    let variables = image.config.unwrap_or_default().env.unwrap_or_default();
    let pairs = variables.iter().filter_map(|text| text.split_once('='));
    Ok(pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect())
}

/// Reads what a network is like.
pub fn network(json: &[u8]) -> Result<Network, Fault> {
    let said: NetworkSaid = one(json)?;
    let ranges = said.ipam.unwrap_or_default().config.unwrap_or_default();
    let ranges = ranges.iter().chain(&said.subnets);
    let containers = said.containers.unwrap_or_default().into_values();
    let is_default = said.options.unwrap_or_default();
    let is_default = is_default.contains_key("com.docker.network.bridge.default_bridge");
    Ok(Network {
        is_bridge: said.driver == "bridge",
        has_names: said.dns_enabled.unwrap_or(!is_default),
        subnets: ranges.filter_map(RangeSaid::subnet).collect(),
        containers: containers.map(|container| container.name).collect(),
        name: said.name,
    })
}

/// Reads in which networks a container is.
pub fn container_networks(json: &[u8]) -> Result<Vec<Network>, Fault> {
    let said: ContainerSaid = one(json)?;
    let networks = said.network_settings.networks.unwrap_or_default();
    let network = |(name, place): (String, PlaceSaid)| Network {
        name,
        is_bridge: true,
        has_names: false,
        subnets: place.subnet().into_iter().collect(),
        containers: Vec::new(),
    };
    Ok(networks.into_iter().map(network).collect())
}

/// Reads a thing, or the first of a list.
fn one<T: DeserializeOwned>(json: &[u8]) -> Result<T, Fault> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMore<T> {
        More((T,)),
        One(T),
    }
    Ok(match serde_json::from_slice(json)? {
        OneOrMore::More((thing,)) | OneOrMore::One(thing) => thing,
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Image {
    config: Option<ImageConfig>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ImageConfig {
    env: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct NetworkSaid {
    #[serde(alias = "Name")]
    name: String,
    #[serde(alias = "Driver", default)]
    driver: String,
    #[serde(rename = "IPAM")]
    ipam: Option<Ipam>,
    #[serde(rename = "Containers")]
    containers: Option<BTreeMap<String, Member>>,
    #[serde(rename = "Options")]
    options: Option<BTreeMap<String, String>>,
    #[serde(default)]
    subnets: Vec<RangeSaid>,
    dns_enabled: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ipam {
    config: Option<Vec<RangeSaid>>,
}

#[derive(Deserialize)]
struct RangeSaid {
    #[serde(alias = "Subnet", default)]
    subnet: String,
    #[serde(alias = "Gateway")]
    gateway: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Member {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ContainerSaid {
    network_settings: NetworkSettings,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct NetworkSettings {
    networks: Option<BTreeMap<String, PlaceSaid>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PlaceSaid {
    gateway: String,
    #[serde(rename = "IPPrefixLen")]
    prefix_length: u8,
}

impl RangeSaid {
    fn subnet(&self) -> Option<Subnet> {
        let range: Ipv4Net = self.subnet.parse().ok()?;
        let range = range.trunc();
        let said = self.gateway.as_deref().map(str::parse);
        Some(Subnet {
            range,
            // Where docker does not say, it has taken the first one.
            gateway: match said {
                Some(Ok(gateway)) => gateway,
                _ => range.hosts().next()?,
            },
        })
    }
}

impl PlaceSaid {
    fn subnet(&self) -> Option<Subnet> {
        let gateway: Ipv4Addr = self.gateway.parse().ok()?;
        let range = Ipv4Net::new(gateway, self.prefix_length).ok()?;
        Some(Subnet {
            range: range.trunc(),
            gateway,
        })
    }
}
