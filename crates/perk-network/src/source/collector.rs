//! From the values of a place, one after the other, to what it says.

use super::given::word_for_none;
use super::{Found, SourceFault, SourceRemark};
use crate::remark::{About, Remark};
use crate::{Credentials, Field, NoProxy, Place, ProxyUrl, Secret};

/// Takes values as they come; a later value of a proxy replaces an earlier one.
#[derive(Default)]
pub(super) struct Collector {
    found: Found,
    has_value: bool,
}

impl Collector {
    /// Takes the address of a proxy. An empty one means that there is none.
    pub(super) fn proxy(
        &mut self,
        field: Field,
        text: &str,
        place: &Place,
    ) -> Result<(), SourceFault> {
        self.forget(field);
        let none = word_for_none(text);
        if text.trim().is_empty() || none.is_some() {
            self.found.settings.emptied.push(field);
            if let Some(word) = none {
                let word = word.to_owned();
                self.remark(place, SourceRemark::MeansNone { word });
            }
            return Ok(());
        }
        let (proxy, cleaned) = ProxyUrl::parse(text).map_err(|source| SourceFault::Url {
            place: place.clone(),
            field,
            source,
        })?;
        for cleaned in cleaned {
            self.about(place, About::Proxy(cleaned));
        }
        self.put(field, proxy, place);
        Ok(())
    }

    /// Takes a proxy that is known already.
    pub(super) fn put(&mut self, field: Field, proxy: ProxyUrl, place: &Place) {
        if let Some(slot) = self.found.settings.proxy_mut(field) {
            *slot = Some(proxy);
            self.found.places.push((field, place.clone()));
            self.has_value = true;
        }
    }

    /// Forgets the proxy of a field, with what was said about it.
    fn forget(&mut self, field: Field) {
        self.found.settings.emptied.retain(|of| *of != field);
        let is_of_field = |(of, _): &&(Field, Place)| *of == field;
        let Some((_, place)) = self.found.places.iter().find(is_of_field).cloned() else {
            return;
        };
        self.found.places.retain(|(of, _)| *of != field);
        let is_shared = self.found.places.iter().any(|(_, other)| *other == place);
        if !is_shared {
            let is_about =
                |remark: &Remark| remark.place == place && matches!(remark.about, About::Proxy(_));
            self.found.remarks.retain(|remark| !is_about(remark));
        }
        if let Some(slot) = self.found.settings.proxy_mut(field) {
            *slot = None;
        }
    }

    /// Takes exemptions, in addition to those that are known.
    pub(super) fn no_proxy(&mut self, text: &str, place: &Place) {
        let (list, remarks) = NoProxy::parse(text);
        if list.is_empty() && remarks.is_empty() {
            return;
        }
        self.has_value = true;
        self.found.settings.no_proxy = self.found.settings.no_proxy.extended(&list);
        self.found.places.push((Field::NoProxy, place.clone()));
        for remark in remarks {
            self.about(place, About::NoProxy(remark));
        }
    }

    /// Takes exemptions in the place of those that are known.
    pub(super) fn replace_no_proxy(&mut self, text: &str, place: &Place) {
        self.found.settings.no_proxy = NoProxy::default();
        self.found
            .places
            .retain(|(field, _)| *field != Field::NoProxy);
        let is_about = |remark: &Remark| matches!(remark.about, About::NoProxy(_));
        self.found.remarks.retain(|remark| !is_about(remark));
        self.no_proxy(text, place);
    }

    /// Takes the statement that no proxy is to be used.
    pub(super) fn direct(&mut self, place: &Place) {
        self.found.settings.no_proxy = NoProxy::everything();
        self.found.places.push((Field::NoProxy, place.clone()));
        self.has_value = true;
    }

    /// Takes the address of a PAC script.
    pub(super) fn pac(&mut self, location: &str) {
        self.found.pac = Some(Secret::new(location));
        self.has_value = true;
    }

    /// Gives credentials to all proxies that have none.
    pub(super) fn credentials(&mut self, credentials: &Credentials) {
        for field in Field::PROXIES {
            let slot = self.found.settings.proxy_mut(field);
            if let Some(proxy) = slot.and_then(Option::as_mut) {
                proxy.credentials.get_or_insert_with(|| credentials.clone());
            }
        }
    }

    /// Takes a remark about the place.
    pub(super) fn remark(&mut self, place: &Place, remark: SourceRemark) {
        self.about(place, About::Source(remark));
    }

    fn about(&mut self, place: &Place, about: About) {
        let remark = Remark {
            place: place.clone(),
            about,
        };
        if !self.found.remarks.contains(&remark) {
            self.found.remarks.push(remark);
        }
    }

    /// Returns what was found, if anything was.
    pub(super) fn finish(self) -> Option<Found> {
        (self.has_value || !self.found.remarks.is_empty()).then_some(self.found)
    }
}
