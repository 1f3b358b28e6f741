//! Addresses as people write them, and what becomes of them.

use std::fmt::Write as _;

use insta::assert_snapshot;
use perk_diag::Explain as _;
use proptest::prelude::*;

use super::*;

fn table(texts: &[&str]) -> String {
    let mut table = String::new();
    for text in texts {
        let _ = match parse(text) {
            Ok((proxy, cleaned)) => writeln!(
                table,
                "{text:?} -> {} {cleaned:?}",
                proxy.to_text().reveal()
            ),
            Err(fault) => writeln!(table, "{text:?} -> error: {fault}"),
        };
    }
    table
}

#[test]
fn an_address_without_fault_stays_as_it_is() {
    let texts = [
        "http://proxy.example:3128",
        "https://proxy.example:443",
        "socks5://10.0.0.1:1080",
        "socks5h://[fd00::1]:1080",
        "http://jane:secret@proxy.example:3128",
        "http://CORP%5Cjane:p%40ss@proxy.example:3128",
        "http://jane@proxy.example:3128",
        "http://jane:@proxy.example:3128",
    ];
    for text in texts {
        let (proxy, cleaned) = parse(text).expect("an address");
        assert_eq!(proxy.to_text().reveal(), text);
        assert_eq!(cleaned, []);
    }
}

#[test]
fn what_people_write_is_put_right() {
    assert_snapshot!(table(&[
        " http://proxy:3128\r\n",
        "\"http://proxy:3128\"",
        " ' http://proxy:3128 '",
        "“http://proxy:3128”",
        "HTTP://PROXY:3128/",
        "proxy:3128",
        "proxy",
        "//proxy:3128",
        "http:proxy:3128",
        "http:/proxy:3128",
        "http:///proxy:3128",
        "http:3128",
        "https://proxy",
        "socks://proxy",
        "http://proxy:3128/path?query",
        "http://[::1]",
        "http://proxy:",
        "10.0.0.1:3128",
    ]), @r#"
    " http://proxy:3128\r\n" -> http://proxy:3128 [Blanks]
    "\"http://proxy:3128\"" -> http://proxy:3128 [Quotes]
    " ' http://proxy:3128 '" -> http://proxy:3128 [Quotes, Blanks]
    "“http://proxy:3128”" -> http://proxy:3128 [Quotes]
    "HTTP://PROXY:3128/" -> http://proxy:3128 [SchemeCase, TrailingSlash]
    "proxy:3128" -> http://proxy:3128 [SchemeAdded]
    "proxy" -> http://proxy:80 [SchemeAdded, PortAdded(Http, 80)]
    "//proxy:3128" -> http://proxy:3128 [SchemeAdded]
    "http:proxy:3128" -> http://proxy:3128 [Slashes]
    "http:/proxy:3128" -> http://proxy:3128 [Slashes]
    "http:///proxy:3128" -> http://proxy:3128 [Slashes]
    "http:3128" -> http://http:3128 [SchemeAdded]
    "https://proxy" -> https://proxy:443 [PortAdded(Https, 443)]
    "socks://proxy" -> socks5://proxy:1080 [SocksNamed, PortAdded(Socks5, 1080)]
    "http://proxy:3128/path?query" -> http://proxy:3128 [PathDropped]
    "http://[::1]" -> http://[::1]:80 [PortAdded(Http, 80)]
    "http://proxy:" -> http://proxy:80 [PortAdded(Http, 80)]
    "10.0.0.1:3128" -> http://10.0.0.1:3128 [SchemeAdded]
    "#);
}

#[test]
fn credentials_are_encoded_once() {
    assert_snapshot!(table(&[
        "http://jane:p@ss@proxy:3128",
        "http://jane:p#ss@proxy:3128",
        "http://jane:p/s?s@proxy:3128",
        "http://jane:50%@proxy:3128",
        "http://jane:50%25@proxy:3128",
        "http://jane:%40@@proxy:3128",
        "http://jane:a:b@proxy:3128",
        "http://CORP\\jane:secret@proxy:3128",
        "http://jane:pass word@proxy:3128",
        "http://jané:ü@proxy:3128",
        "http://jane:a$b!c*(d)@proxy:3128",
        "http://jane:%c3%bc@proxy:3128",
        "http://jane:%FC@proxy:3128",
        "jane:secret@proxy:3128",
        "http:jane:secret@proxy:3128",
        "http://@proxy:3128",
        "http://:@proxy:3128",
        "http://:secret@proxy:3128",
        "http://jane:x://y@proxy:3128",
    ]), @r#"
    "http://jane:p@ss@proxy:3128" -> http://jane:p%40ss@proxy:3128 [CredentialsEncoded]
    "http://jane:p#ss@proxy:3128" -> http://jane:p%23ss@proxy:3128 [CredentialsEncoded]
    "http://jane:p/s?s@proxy:3128" -> http://jane:p%2Fs%3Fs@proxy:3128 [CredentialsEncoded]
    "http://jane:50%@proxy:3128" -> http://jane:50%25@proxy:3128 [BarePercent]
    "http://jane:50%25@proxy:3128" -> http://jane:50%25@proxy:3128 []
    "http://jane:%40@@proxy:3128" -> http://jane:%40%40@proxy:3128 [CredentialsEncoded]
    "http://jane:a:b@proxy:3128" -> http://jane:a%3Ab@proxy:3128 [CredentialsEncoded]
    "http://CORP\\jane:secret@proxy:3128" -> http://CORP%5Cjane:secret@proxy:3128 [CredentialsEncoded]
    "http://jane:pass word@proxy:3128" -> http://jane:pass%20word@proxy:3128 [CredentialsEncoded]
    "http://jané:ü@proxy:3128" -> http://jan%C3%A9:%C3%BC@proxy:3128 [CredentialsEncoded]
    "http://jane:a$b!c*(d)@proxy:3128" -> http://jane:a%24b!c*(d)@proxy:3128 []
    "http://jane:%c3%bc@proxy:3128" -> http://jane:%C3%BC@proxy:3128 []
    "http://jane:%FC@proxy:3128" -> http://jane:%FC@proxy:3128 []
    "jane:secret@proxy:3128" -> http://jane:secret@proxy:3128 [SchemeAdded]
    "http:jane:secret@proxy:3128" -> http://jane:secret@proxy:3128 [Slashes]
    "http://@proxy:3128" -> http://proxy:3128 [EmptyCredentials]
    "http://:@proxy:3128" -> http://proxy:3128 [EmptyCredentials]
    "http://:secret@proxy:3128" -> http://:secret@proxy:3128 []
    "http://jane:x://y@proxy:3128" -> http://jane:x%3A%2F%2Fy@proxy:3128 [CredentialsEncoded]
    "#);
}

#[test]
fn what_is_no_address_is_a_fault() {
    assert_snapshot!(table(&[
        "",
        " \"\" ",
        "http://",
        "http://:3128",
        "ftp://proxy:21",
        "socks4://proxy:1080",
        "file:///etc/passwd",
        "javascript://x",
        "http://pro xy:3128",
        "http://proxy:3128\nx",
        "http://proxy:0",
        "http://proxy:65536",
        "http://proxy:+80",
        "http://proxy:http",
        "http://[::1",
        "http://[::1]x:80",
        "http://fd00::1",
        "http://fd00::1:3128",
        "http://a:b:c",
        "http://10.0.0.300:3128",
        "http://prôxy:3128",
        "http://proxy:3128/a@b",
        "http://jane:12/34@proxy:3128",
        "http://jane:secret@pro xy:3128",
        "${PROXY}",
        "http://$PROXY:3128",
    ]), @r#"
    "" -> error: the address of the proxy is empty
    " \"\" " -> error: the address of the proxy is empty
    "http://" -> error: the address of the proxy has no host
    "http://:3128" -> error: the address of the proxy has no host
    "ftp://proxy:21" -> error: `ftp` is not a scheme of proxies
    "socks4://proxy:1080" -> error: `socks4` is not a scheme of proxies
    "file:///etc/passwd" -> error: `file` is not a scheme of proxies
    "javascript://x" -> error: `javascript` is not a scheme of proxies
    "http://pro xy:3128" -> error: `pro xy` is neither the name nor the address of a proxy
    "http://proxy:3128\nx" -> error: the address of the proxy has a control character in it
    "http://proxy:0" -> error: the port of the proxy is not a number from 1 to 65535
    "http://proxy:65536" -> error: the port of the proxy is not a number from 1 to 65535
    "http://proxy:+80" -> error: the port of the proxy is not a number from 1 to 65535
    "http://proxy:http" -> error: the port of the proxy is not a number from 1 to 65535
    "http://[::1" -> error: the port of the proxy is not a number from 1 to 65535
    "http://[::1]x:80" -> error: the port of the proxy is not a number from 1 to 65535
    "http://fd00::1" -> error: the IPv6 address of the proxy has no brackets
    "http://fd00::1:3128" -> error: the IPv6 address of the proxy has no brackets
    "http://a:b:c" -> error: the port of the proxy is not a number from 1 to 65535
    "http://10.0.0.300:3128" -> error: `10.0.0.300` is neither the name nor the address of a proxy
    "http://prôxy:3128" -> error: `prôxy` is neither the name nor the address of a proxy
    "http://proxy:3128/a@b" -> error: it cannot be told where the credentials of the proxy end
    "http://jane:12/34@proxy:3128" -> error: it cannot be told where the credentials of the proxy end
    "http://jane:secret@pro xy:3128" -> error: `***` is neither the name nor the address of a proxy
    "${PROXY}" -> error: `${PROXY}` is neither the name nor the address of a proxy
    "http://$PROXY:3128" -> error: `$PROXY` is neither the name nor the address of a proxy
    "#);
}

#[test]
fn every_fault_has_a_hint() {
    for text in [
        "",
        "ftp://a",
        "socks4://a",
        "http://é",
        "http://::1",
        "a:1/@b",
    ] {
        let fault = parse(text).expect_err("a fault");
        assert_eq!(fault.hints().len(), 1, "{text}");
    }
}

fn proxies() -> impl Strategy<Value = ProxyUrl> {
    let scheme = prop_oneof![
        Just(Scheme::Http),
        Just(Scheme::Https),
        Just(Scheme::Socks5),
        Just(Scheme::Socks5h)
    ];
    let host = prop_oneof![
        "[a-z][a-z0-9-]{0,10}(\\.[a-z][a-z0-9]{0,5}){0,2}\\.?".prop_map(Host::Name),
        any::<std::net::IpAddr>().prop_map(Host::Address),
    ];
    let credentials = prop::option::of((
        prop::collection::vec(any::<u8>(), 1..12),
        prop::option::of(prop::collection::vec(any::<u8>(), 0..12)),
    ));
    (scheme, credentials, host, 1u16..).prop_map(|(scheme, credentials, host, port)| ProxyUrl {
        scheme,
        credentials: credentials
            .map(|(user, password)| Credentials::from_raw(user, password.as_deref())),
        host,
        port,
    })
}

proptest! {
    #[test]
    fn the_text_of_an_address_is_the_same_address(proxy in proxies()) {
        let (again, cleaned) = parse(proxy.to_text().reveal()).expect("an address");
        prop_assert_eq!(again, proxy);
        prop_assert_eq!(cleaned, []);
    }

    #[test]
    fn no_text_makes_it_panic(text: String) {
        let _ = parse(&text);
    }

    #[test]
    fn no_password_is_in_what_is_shown(before in "[ -~]{0,6}", after in "[ -~]{0,6}") {
        let text = format!("http://jane:{before}hunter2{after}@proxy.example:3128");
        let shown = format!("{:?}", parse(&text));
        prop_assert!(!shown.contains("hunter2"), "{}", shown);
        if let Err(fault) = parse(&text) {
            let shown = format!("{fault} {:?}", fault.hints());
            prop_assert!(!shown.contains("hunter2"), "{}", shown);
        }
    }
}
