//! The one type of path that is ever written, and the check that paths do not meet.

mod collision;
mod component;
mod safe;

pub(crate) use collision::check_collisions;
pub use component::PathFault;
pub(crate) use component::is_invisible;
pub use safe::SafePath;
