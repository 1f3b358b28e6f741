//! How a container reaches what listens on the machine that it runs on.

use crate::command_line::NetworkMode;
use crate::engine::{Engine, Installation, Version};

/// The first podman that understands `host-gateway`.
const HOST_GATEWAY_IN_PODMAN: Version = Version::new(4, 7);

/// The first podman whose ordinary users get their network from pasta and not from slirp4netns.
const PASTA_IN_PODMAN: Version = Version::new(5, 0);

/// The way from a container to its host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostRoute {
    /// The container has the host's network, so the host's loopback is its own.
    Loopback,
    /// The host has a name in the container, which may have to be asked for by `--add-host`. It
    /// leads to an address of the host's bridge: what listens on the loopback alone is not there,
    /// unless the engine runs in a virtual machine that forwards it.
    Name {
        /// The name.
        name: &'static str,
        /// What `--add-host` has to say, unless the engine makes the name known by itself.
        add_host: Option<&'static str>,
        /// Whether services that listen on the host's loopback alone are reached too.
        reaches_loopback: bool,
    },
    /// The network is that of another container or pod, whose names cannot be added to.
    NetworkOfAnother,
    /// There is no network.
    NoNetwork,
}

/// Returns how a container of the engine reaches its host from a network.
pub fn host_route(installation: &Installation, network: &NetworkMode) -> HostRoute {
    match network {
        NetworkMode::Host if !installation.is_desktop => HostRoute::Loopback,
        NetworkMode::None => HostRoute::NoNetwork,
        NetworkMode::Container(_) | NetworkMode::Pod => HostRoute::NetworkOfAnother,
        NetworkMode::Host | NetworkMode::Default | NetworkMode::Named(_) => by_name(installation),
    }
}

fn by_name(installation: &Installation) -> HostRoute {
    let reaches_loopback = installation.is_desktop;
    let docker_name = |add_host| HostRoute::Name {
        name: "host.docker.internal",
        add_host,
        reaches_loopback,
    };
    let gateway = Some("host.docker.internal:host-gateway");
    match installation.engine {
        Engine::Docker if installation.is_desktop => docker_name(None),
        Engine::Docker | Engine::Nerdctl => docker_name(gateway),
        // Podman writes the name into each container, in all versions.
        Engine::Podman => HostRoute::Name {
            name: "host.containers.internal",
            add_host: None,
            reaches_loopback,
        },
    }
}

/// A network in which a container reaches what listens on its host's loopback alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoopbackNetwork {
    /// The value of `--network`.
    pub network: &'static str,
    /// The address of the host's loopback in it.
    pub address: &'static str,
}

/// Returns the network to propose for a proxy that listens on the host's loopback alone.
pub fn loopback_network(installation: &Installation) -> LoopbackNetwork {
    let has_slirp = installation.engine == Engine::Podman
        && installation.is_rootless
        && installation
            .version
            .is_some_and(|version| version < PASTA_IN_PODMAN);
    if has_slirp {
        return LoopbackNetwork {
            network: "slirp4netns:allow_host_loopback=true",
            address: "10.0.2.2",
        };
    }
    LoopbackNetwork {
        network: "host",
        address: "127.0.0.1",
    }
}

/// Tells whether `--add-host NAME:host-gateway` is understood for certain.
pub(crate) fn understands_host_gateway(installation: &Installation) -> bool {
    installation.engine != Engine::Podman
        || installation
            .version
            .is_some_and(|version| version >= HOST_GATEWAY_IN_PODMAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_and_host(installation: Installation) -> (&'static str, Option<&'static str>) {
        match host_route(&installation, &NetworkMode::Default) {
            HostRoute::Name { name, add_host, .. } => (name, add_host),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_name_of_the_host_depends_on_the_engine() {
        let docker = Installation::of(Engine::Docker);
        let gateway = Some("host.docker.internal:host-gateway");
        assert_eq!(name_and_host(docker), ("host.docker.internal", gateway));
        let desktop = Installation {
            is_desktop: true,
            ..docker
        };
        assert_eq!(name_and_host(desktop), ("host.docker.internal", None));
        let podman = Installation {
            version: Some(Version::new(4, 3)),
            ..Installation::of(Engine::Podman)
        };
        assert_eq!(name_and_host(podman), ("host.containers.internal", None));
        let newer = Installation {
            version: Some(Version::new(4, 7)),
            ..podman
        };
        assert_eq!(name_and_host(newer), ("host.containers.internal", None));
        assert!(understands_host_gateway(&newer) && !understands_host_gateway(&podman));
    }

    #[test]
    fn the_loopback_is_reached_in_some_network() {
        let rootless = |version| Installation {
            version: Some(version),
            is_rootless: true,
            ..Installation::of(Engine::Podman)
        };
        let address = |installation| loopback_network(&installation).address;
        assert_eq!(address(rootless(Version::new(4, 3))), "10.0.2.2");
        assert_eq!(address(rootless(Version::new(5, 0))), "127.0.0.1");
        assert_eq!(address(Installation::of(Engine::Docker)), "127.0.0.1");
    }

    #[test]
    fn the_network_decides_first() {
        let docker = Installation::of(Engine::Docker);
        let route = |mode| host_route(&docker, &mode);
        assert_eq!(route(NetworkMode::Host), HostRoute::Loopback);
        assert_eq!(route(NetworkMode::None), HostRoute::NoNetwork);
        assert_eq!(
            route(NetworkMode::Container("db".to_owned())),
            HostRoute::NetworkOfAnother
        );
    }
}
