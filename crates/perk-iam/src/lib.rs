//! IAM policy documents to findings: AWS's own verdicts, and what AWS does not look for.
//!
//! [`validate`] is the entry: a text, what is known about it, and the catalogue of AWS's services
//! in; documents and findings out. Nothing here reads files, prints, or knows of a terminal.

mod checks;
mod code;
mod finding;
pub mod json;
mod own;
pub mod policy;
mod report;
mod suggest;
mod validate;

pub use code::{Code, FindingType, Origin, UnknownCode, UnknownFindingType};
pub use finding::{Finding, Location};
pub use report::{CheckedDocument, Place, Report, ReportedFinding, Source};
pub use validate::{Document, Options, Validation, validate};
