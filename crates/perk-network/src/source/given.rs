//! What perk itself was told, by flags or in `perk.toml`.

use super::collector::Collector;
use super::{Found, SourceFault};
use crate::{Credentials, Field, Place, Secret};

/// The words that say that no proxy is to be used, in any case of letters.
pub const NONE: [&str; 3] = ["none", "off", "direct"];

/// Returns the word of [`NONE`] that a text is, in small letters.
pub(super) fn word_for_none(text: &str) -> Option<&'static str> {
    let mut words = NONE.into_iter();
    words.find(|word| text.trim().eq_ignore_ascii_case(word))
}

/// One thing that perk was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// What it is.
    pub key: GivenKey,
    /// Its value; it may have a password in it.
    pub value: Secret,
    /// Where it was said.
    pub place: Place,
}

/// What perk can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GivenKey {
    /// The proxy for `http:` and `https:`, or one of the words of [`NONE`].
    Proxy,
    /// The proxy for one kind of URL, or the exemptions.
    Field(Field),
    /// The user, as it is, for proxies without credentials.
    User,
    /// The password, as it is.
    Password,
}

/// Reads what was given. A proxy for one kind of URL beats the one for both.
pub fn find(given: &[Given]) -> Result<Option<Found>, SourceFault> {
    let mut collector = Collector::default();
    let of = |key| given.iter().filter(move |given| given.key == key);
    for Given { value, place, .. } in of(GivenKey::Proxy) {
        if word_for_none(value.reveal()).is_some() {
            collector.direct(place);
        } else {
            collector.proxy(Field::Http, value.reveal(), place)?;
            collector.proxy(Field::Https, value.reveal(), place)?;
        }
    }
    for field in Field::PROXIES {
        for Given { value, place, .. } in of(GivenKey::Field(field)) {
            collector.proxy(field, value.reveal(), place)?;
        }
    }
    for Given { value, place, .. } in of(GivenKey::Field(Field::NoProxy)) {
        collector.no_proxy(value.reveal(), place);
    }
    if let Some(user) = of(GivenKey::User).next_back() {
        let password = of(GivenKey::Password).next_back();
        collector.credentials(&Credentials::from_raw(
            user.value.reveal(),
            password.map(|given| given.value.reveal()),
        ));
    }
    Ok(collector.finish())
}
