//! The corporate network: where people keep the settings of proxies, which of these places counts,
//! and what programs in a container need so that they reach what they should.
//!
//! Texts come in and values go out. Nothing here opens a file, reads the environment, starts a
//! program or prints.

pub mod certificate;
mod choose;
mod explain;
mod hex;
mod no_proxy;
mod place;
pub mod program;
mod proxy;
mod remark;
mod secret;
mod settings;
pub mod source;
mod variables;

pub use choose::{Candidate, Choice, Loser, Lost, choose};
pub use explain::{BeatenValue, ExplainedLoser, ExplainedValue, Explanation};
pub use no_proxy::{Entry, NoProxy, NoProxyRemark};
pub use place::Place;
pub use proxy::{Cleaned, Credentials, Host, ProxyUrl, ProxyUrlFault, Scheme};
pub use remark::{About, Remark};
pub use secret::{MASK, Secret};
pub use settings::{Field, Settings};
pub use source::{Found, SourceFault, SourceKind, SourceRemark};
pub use variables::{
    Extra, JavaOptions, JavaRemark, Mode, Origin, Variable, VariableRemark, Variables,
    java_options, variables,
};
