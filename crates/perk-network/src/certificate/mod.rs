//! Certificates that a container has to trust: bundles of what the system trusts and what the
//! company adds, and the variables that name them.
//!
//! A bundle of the company's certificates alone would break every host that its proxy does not
//! intercept, since many programs trust nothing but the file they are given.

mod bundle;
mod der;
mod fault;
mod pem;
mod pkcs12;
mod remark;
mod store;
mod variables;
mod x509;

pub use bundle::{Bundle, merge};
pub use fault::CertificateFault;
pub use pem::{Read, read};
pub use pkcs12::to_pkcs12;
pub use remark::CertificateRemark;
pub use store::{Additions, COMPANY_FOLDERS, DISTRIBUTION_FOLDER, SYSTEM_BUNDLES, mozilla};
pub use variables::{Paths, java_option, variables, wgetrc};
pub use x509::Certificate;

#[cfg(test)]
mod tests;
