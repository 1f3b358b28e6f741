//! What a script may ask about the machine that it runs on.

use std::fmt;
use std::net::IpAddr;

use crate::Moment;

/// Finds the addresses of a name.
type Resolve = Box<dyn Fn(&str) -> Vec<IpAddr> + Send>;

/// Tells the time.
type Now = Box<dyn Fn(Zone) -> Moment + Send>;

/// Whose clock is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// That of this machine.
    Local,
    /// Greenwich's.
    Utc,
}

/// What the functions of a script know.
pub struct World {
    /// Finds the addresses of a name; no address if there are none.
    pub resolve: Resolve,
    /// The addresses of this machine, the most important one first.
    pub addresses: Vec<IpAddr>,
    /// Tells the time.
    pub now: Now,
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World")
            .field("addresses", &self.addresses)
            .finish_non_exhaustive()
    }
}
