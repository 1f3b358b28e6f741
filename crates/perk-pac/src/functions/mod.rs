//! The functions that scripts are promised, as plain functions over plain data.

mod addresses;
mod calendar;
mod names;
pub(crate) mod standard;

pub(crate) use addresses::{is_in_net, is_in_prefix};
pub use calendar::Moment;
pub(crate) use calendar::{date_range, time_range, weekday_range};
pub(crate) use names::{
    dns_domain_is, dns_domain_levels, is_plain_host_name, local_host_or_domain_is, sh_exp_match,
};
