//! What is worth saying about the settings that were found.

use std::fmt;

use crate::source::SourceRemark;
use crate::source::pac::PacLoss;
use crate::{Cleaned, NoProxyRemark, Place};

/// Something that its writer may not know, with the place it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Where it is.
    pub place: Place,
    /// What it is.
    pub about: About,
}

/// What a remark says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// The address of a proxy was put right.
    Proxy(Cleaned),
    /// The list of exemptions.
    NoProxy(NoProxyRemark),
    /// The place itself.
    Source(SourceRemark),
    /// A script that says more than variables can.
    Pac(PacLoss),
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place)?;
        match &self.about {
            About::Proxy(cleaned) => cleaned.fmt(f),
            About::NoProxy(remark) => remark.fmt(f),
            About::Source(remark) => remark.fmt(f),
            About::Pac(loss) => loss.fmt(f),
        }
    }
}
