//! A process that brings containers to a proxy that they do not reach by themselves, or that is to
//! be told a password that they are not to know.
//!
//! perk starts itself once more, under a name that is no command. That process is told everything
//! by a pipe, and lives as long as somebody has the other end of it, or as a container that goes on
//! in the background.

mod container;
mod order;
mod place;
mod process;
mod start;

pub(crate) use process::{is_relay, relay};
pub(crate) use start::Relayed;

pub(super) use place::NoPlace;
pub(super) use start::{Circumstances, Relays, prepare};
