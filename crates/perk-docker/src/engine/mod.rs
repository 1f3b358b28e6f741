//! The engines that run containers, and how they differ from each other.

mod answer;
mod http;
mod kind;
mod passes;
mod reach;
mod version;

pub use answer::{Fault, Network, Subnet, container_networks, image_environment, network};
pub use http::{Reply, parse_reply, request};
pub use kind::{Engine, Installation};
pub use passes::passed_by_itself;
pub(crate) use reach::understands_host_gateway;
pub use reach::{HostRoute, LoopbackNetwork, host_route, loopback_network};
pub use version::Version;
