//! IAM policy documents to findings: AWS's own verdicts, and what AWS does not look for.
//!
//! [`Validator::validate`] is the entry: a text, what is known about it, and the catalog of AWS's services
//! in; documents and findings out. Nothing here reads files, prints, or knows of a terminal.

mod arena;
mod checks;
mod code;
mod finding;
mod fingerprint;
mod hash;
pub mod json;
mod known;
mod own;
mod page;
pub mod policy;
mod report;
mod validate;

pub use code::{Code, FindingType, Origin, UnknownCode, UnknownFindingType};
pub use finding::{Finding, Location};
pub use fingerprint::{Fingerprints, Subject as FingerprintSubject};
pub use report::{CheckedDocument, Place, Report, ReportedFinding, Source};
pub use validate::{Document, Options, Validation, Validator, validate};
