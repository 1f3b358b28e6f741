//! The corporate network: where people keep the settings of proxies, which of these places counts,
//! and what programs in a container need so that they reach what they should.
//!
//! Texts come in and values go out. Nothing here opens a file, reads the environment, starts a
//! program or prints.

mod proxy;
mod secret;

pub use proxy::{Cleaned, Credentials, Host, ProxyUrl, ProxyUrlFault, Scheme};
pub use secret::{MASK, Secret};
