//! The `proxies` of dockerd's `daemon.json`, since version 23.
//!
//! They are for what the daemon itself fetches, which makes them a good sign of where the proxy is.

use super::collector::Collector;
use super::json::Document;
use super::{Found, SourceFault};
use crate::Field;

/// Reads the proxies of the daemon.
pub fn find(path: &str, text: &str) -> Result<Option<Found>, SourceFault> {
    let document = Document::new(path, text);
    let members = document.root()?;
    let Some(proxies) = members.into_iter().find(|member| member.key == "proxies") else {
        return Ok(None);
    };
    let mut collector = Collector::default();
    for member in document.members(&proxies.key, proxies.value)? {
        let place = document.place(member.value);
        let value = || document.string(&member.key, member.value);
        match member.key.as_str() {
            "http-proxy" => collector.proxy(Field::Http, &value()?, &place)?,
            "https-proxy" => collector.proxy(Field::Https, &value()?, &place)?,
            "no-proxy" => collector.no_proxy(&value()?, &place),
            key => {
                let key = key.to_owned();
                collector.remark(&place, super::SourceRemark::NoSuchKey { key });
            }
        }
    }
    Ok(collector.finish())
}
