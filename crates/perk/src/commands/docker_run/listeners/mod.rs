//! From where a port of this machine can be reached.

mod ask;
#[cfg(target_os = "linux")]
mod kernel;
mod table;

pub(super) use ask::{Listens, listens};
