//! What programs do with the variables: a measured table, and what it says about given values.
//!
//! There is no standard for these variables, and no two programs agree. The table is data,
//! `programs.toml`; each of its lines was measured with a proxy that recorded what reached it.

mod certificates;
mod exemptions;
mod forecast;
mod table;
mod warning;
mod way;

pub use certificates::Trust;
pub use exemptions::{Exemption, Reach};
pub use forecast::{Forecast, forecast};
pub use table::{
    Address, Behavior, Certificates, Effect, Empty, ExemptionRules, Fallback, Form, Order, Program,
    ProgramError, Sent, TrustVariable, UserOnly, VariableRules, known, programs,
};
pub use warning::Warning;
pub use way::Way;
