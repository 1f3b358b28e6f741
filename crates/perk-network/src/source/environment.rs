//! The variables of the environment: `http_proxy`, `HTTP_PROXY` and the others.
//!
//! curl's manual describes the variables. Where both spellings are set, the one in lower case
//! counts here, as it does for most programs.

use super::assignments::{self, Assignment, Prefer};
use super::{Found, SourceFault};
use crate::Place;

/// Reads the variables of proxies among all variables.
pub fn find<'a>(
    variables: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Option<Found>, SourceFault> {
    let assignments: Vec<_> = variables
        .into_iter()
        .map(|(name, value)| Assignment {
            name: name.to_owned(),
            value: value.to_owned(),
            place: Place::Variable(name.to_owned()),
        })
        .collect();
    assignments::find(&assignments, Prefer::Lower)
}
