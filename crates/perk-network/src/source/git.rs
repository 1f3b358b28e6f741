//! The configuration of git, as `git config --null --show-origin --list` prints it.
//!
//! `http.proxy` is for `https:` too, and may be set for one URL: `http.URL.proxy` (git-config(1)).

use super::collector::Collector;
use super::shown::without_userinfo;
use super::{Found, SourceFault, SourceRemark};
use crate::{Field, NoProxyRemark, Place};

/// Reads the proxies in what git prints: an origin, a key and a value, each ended by a NUL.
pub fn find(output: &str) -> Result<Option<Found>, SourceFault> {
    let mut collector = Collector::default();
    let mut pieces = output.split('\0');
    while let (Some(origin), Some(setting)) = (pieces.next(), pieces.next()) {
        let (key, value) = setting.split_once('\n').unwrap_or((setting, ""));
        take(&mut collector, key, value, &place(origin, key))?;
    }
    Ok(collector.finish())
}

fn place(origin: &str, key: &str) -> Place {
    let key = without_userinfo(key);
    match origin.strip_prefix("file:") {
        Some(path) => Place::KeyIn {
            key,
            path: path.to_owned(),
        },
        None => Place::Key(key),
    }
}

fn take(
    collector: &mut Collector,
    key: &str,
    value: &str,
    place: &Place,
) -> Result<(), SourceFault> {
    match key {
        "http.proxy" => {
            collector.proxy(Field::Http, value, place)?;
            collector.proxy(Field::Https, value, place)?;
        }
        "https.proxy" => {
            let key = key.to_owned();
            collector.remark(place, SourceRemark::NoSuchKey { key });
        }
        _ => {
            let url = key
                .strip_prefix("http.")
                .and_then(|rest| rest.strip_suffix(".proxy"));
            match (url, host_of(url.unwrap_or(""))) {
                (Some(_), Some(host)) if value.is_empty() => collector.no_proxy(&host, place),
                (Some(url), _) => {
                    let target = without_userinfo(url);
                    collector.remark(place, SourceRemark::OneHostOnly { target });
                }
                (None, _) => {}
            }
        }
    }
    Ok(())
}

/// Returns the host and port of a URL, as the list of exemptions reads it.
fn host_of(url: &str) -> Option<String> {
    let (_, remarks) = crate::NoProxy::parse(url);
    remarks.into_iter().find_map(|remark| match remark {
        NoProxyRemark::Url { kept } => Some(kept),
        _ => None,
    })
}
