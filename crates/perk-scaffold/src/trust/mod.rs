//! Hooks: which of them may run, and running them.
//!
//! A hook is a program that a template brings along. It runs only after somebody has seen its
//! exact command and trusted it; and trust is in the source, the commit and the content of the
//! template as a whole, never in an address alone.

mod decision;
mod error;
mod identity;
mod run;
mod store;

pub use decision::{Decision, decide};
pub use error::TrustError;
pub use identity::HookIdentity;
pub use run::TrustedHook;
pub use store::TrustStore;
