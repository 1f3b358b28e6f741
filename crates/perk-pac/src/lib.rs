//! Scripts that say which proxy is for which address (PAC), evaluated within limits.
//!
//! The script comes from a network and is not trusted: it has limits on time, memory and depth, and
//! reaches nothing but the functions that such scripts are promised. What these need to know, the
//! caller tells them: [`World`]. This is the only crate that knows the `JavaScript` engine.

mod error;
mod functions;
mod limits;
mod pac;
mod route;
mod script;
mod world;

pub use error::PacFault;
pub use functions::Moment;
pub use limits::Limits;
pub use pac::{Pac, evaluate};
pub use route::{Route, RouteKind};
pub use world::{World, Zone};
