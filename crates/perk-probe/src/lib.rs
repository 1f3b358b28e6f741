//! Whether a destination is reached from here, step by step: names, connections, what a proxy
//! answers, whose certificates come back. And what the answers mean.
//!
//! [`ask`] takes questions and returns an answer to each. An answer is plain data, so that one that was given in a container can be sent to the host.
//! [`diagnose`](diagnosis::diagnose) takes the answers of both and returns findings.
//!
//! [`secure`] speaks TLS with a server from which perk itself fetches something. It and [`ask`] are the
//! only parts with IO. Nothing here reads a file or the environment, or prints.

mod answer;
mod ask;
mod connection;
pub mod diagnosis;
mod head;
mod names;
mod question;
mod socks;
mod target;
mod tls;
mod words;

pub use answer::{
    Answer, ChainLink, NotConnected, Outcome, Silence, Step, StepKind, Taken, TakenProxy,
    TlsAnswer, Unresolved, Verdict,
};
pub use ask::ask;
pub use question::{Limits, Question, Route, Routes, questions};
pub use target::{Target, TargetFault, TargetScheme};
pub use tls::{TlsFault, TlsStream, secure};
