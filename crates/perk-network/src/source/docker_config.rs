//! The `proxies` of docker's `config.json`.
//!
//! docker/cli has the rules in `cli/config/configfile/file.go`: the entry of the daemon's address
//! is used, or else `default`; the two are never merged. Names of members are read without regard
//! to case, names of entries are not. An empty file is no mistake to docker.

use super::collector::Collector;
use super::json::{Document, Member};
use super::shown::without_userinfo;
use super::{Found, SourceFault, SourceRemark};
use crate::{Field, Place};

/// Reads what docker gives to containers of a daemon, by its address with scheme.
pub fn find(path: &str, text: &str, daemon: &str) -> Result<Option<Found>, SourceFault> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let document = Document::new(path, text);
    let Some(proxies) = last_like(document.root()?, "proxies") else {
        return Ok(None);
    };
    let entries = document.members(&proxies.key, proxies.value)?;
    let mut collector = Collector::default();
    for entry in &entries {
        if entry.key != "default" && !entry.key.contains("://") {
            let key = without_userinfo(&entry.key);
            let remark = SourceRemark::KeyNeverMatches { key };
            collector.remark(&document.place(entry.value), remark);
        }
    }
    let of_key = |key: &str| entries.iter().find(|entry| entry.key == key);
    let own = of_key(daemon);
    if let (Some(own), Some(_)) = (own, of_key("default")) {
        let key = without_userinfo(&own.key);
        collector.remark(
            &document.place(own.value),
            SourceRemark::HidesDefault { key },
        );
    }
    if let Some(entry) = own.or_else(|| of_key("default")) {
        for member in document.members(&entry.key, entry.value)? {
            take(&mut collector, &document, &member)?;
        }
    }
    Ok(collector.finish())
}

fn last_like<'a>(members: Vec<Member<'a>>, name: &str) -> Option<Member<'a>> {
    members
        .into_iter()
        .rfind(|member| member.key.eq_ignore_ascii_case(name))
}

fn take<'a>(
    collector: &mut Collector,
    document: &Document<'a>,
    member: &Member<'a>,
) -> Result<(), SourceFault> {
    let Some(field) = field(&member.key) else {
        return Ok(());
    };
    let value = document.string(&member.key, member.value)?;
    let place: Place = document.place(member.value);
    match field {
        Field::NoProxy => collector.replace_no_proxy(&value, &place),
        _ => collector.proxy(field, &value, &place)?,
    }
    Ok(())
}

fn field(key: &str) -> Option<Field> {
    match key.to_ascii_lowercase().as_str() {
        "httpproxy" => Some(Field::Http),
        "httpsproxy" => Some(Field::Https),
        "ftpproxy" => Some(Field::Ftp),
        "allproxy" => Some(Field::All),
        "noproxy" => Some(Field::NoProxy),
        _ => None,
    }
}
