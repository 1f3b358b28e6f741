//! Dialects of the list, what they mean and how they are written.

use std::fmt::Write as _;

use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;

fn table(texts: &[&str]) -> String {
    let mut table = String::new();
    for text in texts {
        let (list, mut remarks) = NoProxy::parse(text);
        let (variable, more) = list.to_variable();
        remarks.extend(more);
        let variable = variable
            .strip_suffix("localhost,127.0.0.1,::1")
            .unwrap_or(&variable);
        let _ = writeln!(table, "{text:?} -> {variable}");
        for remark in remarks {
            let _ = writeln!(table, "    {remark}");
        }
    }
    table
}

#[test]
fn domains() {
    assert_snapshot!(table(&[
        "corp.example",
        ".corp.example",
        "*.corp.example",
        "*corp.example",
        "corp.example.",
        "CORP.example",
        "corp.example,.corp.example,*.corp.example",
        "corp.example:8443",
        "corp.example:*",
        "intranet",
        "my_host",
        "build-*.corp.example",
        "intranet.*",
        "<local>",
        "https://corp.example/path",
        "https://jane:hunter2@corp.example:8443/",
        "corp.example/path",
    ]), @r#"
    "corp.example" -> corp.example,.corp.example,
    ".corp.example" -> corp.example,.corp.example,
    "*.corp.example" -> corp.example,.corp.example,
        `*.corp.example` was written as `corp.example,.corp.example`, which exempts `corp.example` and all below it
    "*corp.example" -> corp.example,.corp.example,
        `*corp.example` was written as `corp.example,.corp.example`, which exempts `corp.example` and all below it
    "corp.example." -> corp.example,.corp.example,
        `corp.example.` was written as `corp.example,.corp.example`, which exempts `corp.example` and all below it
    "CORP.example" -> corp.example,.corp.example,
        names were written in lower case
    "corp.example,.corp.example,*.corp.example" -> corp.example,.corp.example,
        `*.corp.example` was written as `corp.example,.corp.example`, which exempts `corp.example` and all below it
    "corp.example:8443" -> corp.example:8443,
        few programs understand the port of `corp.example:8443`: for the others it is behind the proxy
    "corp.example:*" -> corp.example,.corp.example,
    "intranet" -> intranet,.intranet,
    "my_host" -> my_host,.my_host,
    "build-*.corp.example" -> 
        the pattern `build-*.corp.example` was left out: no program understands it
    "intranet.*" -> 
        the pattern `intranet.*` was left out: no program understands it
    "<local>" -> 
        names without a dot cannot be exempted by a variable: `<local>` was left out
    "https://corp.example/path" -> corp.example,.corp.example,
        a URL was taken for its host `corp.example`
    "https://jane:hunter2@corp.example:8443/" -> corp.example:8443,
        a URL was taken for its host `corp.example:8443`
        few programs understand the port of `corp.example:8443`: for the others it is behind the proxy
    "corp.example/path" -> corp.example,.corp.example,
        a URL was taken for its host `corp.example`
    "#);
}

#[test]
fn addresses_and_networks() {
    assert_snapshot!(table(&[
        "10.0.0.1",
        "10.0.0.1:80",
        "::1",
        "[FD00::1]",
        "[fd00::1]:80",
        "fd00::/8",
        "[fd00::]/8",
        "[fd00::/8]",
        "fd00::4/127",
        "10.0.0.0/8",
        "10.1.2.3/8",
        "10.0.0.0/255.0.0.0",
        "169.254/16",
        "203.0.113.*",
        "10.*",
        "10.*.*.*",
        "192.168.",
        "192.0.2.4/30",
        "192.0.2.4/32",
        "192.0.2.0/28",
        "192.0.2.0/27",
        "0.0.0.0/0",
    ]), @r#"
    "10.0.0.1" -> 10.0.0.1,
    "10.0.0.1:80" -> 10.0.0.1:80,
        few programs understand the port of `10.0.0.1:80`: for the others it is behind the proxy
    "::1" -> ::1,localhost,127.0.0.1
    "[FD00::1]" -> fd00::1,
        names were written in lower case
        brackets were taken off `[fd00::1]`
    "[fd00::1]:80" -> 
        brackets were taken off `[fd00::1]:80`
        `[fd00::1]:80` was left out: it cannot be written without brackets, which make some programs fail
    "fd00::/8" -> 
        the IPv6 network fd00::/8 was left out: it makes some programs fail
    "[fd00::]/8" -> 
        brackets were taken off `[fd00::]/8`
        the IPv6 network fd00::/8 was left out: it makes some programs fail
    "[fd00::/8]" -> 
        brackets were taken off `[fd00::/8]`
        the IPv6 network fd00::/8 was left out: it makes some programs fail
    "fd00::4/127" -> fd00::4,fd00::5,
        the network fd00::4/127 was written as its 2 addresses
    "10.0.0.0/8" -> 10.0.0.0/8,
        fewer than half of the known programs understand the network 10.0.0.0/8: for the others its addresses are behind the proxy
    "10.1.2.3/8" -> 10.0.0.0/8,
        `10.1.2.3/8` was taken for the network 10.0.0.0/8
        fewer than half of the known programs understand the network 10.0.0.0/8: for the others its addresses are behind the proxy
    "10.0.0.0/255.0.0.0" -> 10.0.0.0/8,
        `10.0.0.0/255.0.0.0` was taken for the network 10.0.0.0/8
        fewer than half of the known programs understand the network 10.0.0.0/8: for the others its addresses are behind the proxy
    "169.254/16" -> 169.254.0.0/16,
        `169.254/16` was taken for the network 169.254.0.0/16
        fewer than half of the known programs understand the network 169.254.0.0/16: for the others its addresses are behind the proxy
    "203.0.113.*" -> 203.0.113.0/24,
        `203.0.113.*` was taken for the network 203.0.113.0/24
        fewer than half of the known programs understand the network 203.0.113.0/24: for the others its addresses are behind the proxy
    "10.*" -> 10.0.0.0/8,
        `10.*` was taken for the network 10.0.0.0/8
        fewer than half of the known programs understand the network 10.0.0.0/8: for the others its addresses are behind the proxy
    "10.*.*.*" -> 10.0.0.0/8,
        `10.*.*.*` was taken for the network 10.0.0.0/8
        fewer than half of the known programs understand the network 10.0.0.0/8: for the others its addresses are behind the proxy
    "192.168." -> 192.168.0.0/16,
        `192.168.` was taken for the network 192.168.0.0/16
        fewer than half of the known programs understand the network 192.168.0.0/16: for the others its addresses are behind the proxy
    "192.0.2.4/30" -> 192.0.2.4,192.0.2.5,192.0.2.6,192.0.2.7,
        the network 192.0.2.4/30 was written as its 4 addresses
    "192.0.2.4/32" -> 192.0.2.4,
    "192.0.2.0/28" -> 192.0.2.0,192.0.2.1,192.0.2.2,192.0.2.3,192.0.2.4,192.0.2.5,192.0.2.6,192.0.2.7,192.0.2.8,192.0.2.9,192.0.2.10,192.0.2.11,192.0.2.12,192.0.2.13,192.0.2.14,192.0.2.15,
        the network 192.0.2.0/28 was written as its 16 addresses
    "192.0.2.0/27" -> 192.0.2.0/27,
        fewer than half of the known programs understand the network 192.0.2.0/27: for the others its addresses are behind the proxy
    "0.0.0.0/0" -> 0.0.0.0/0,
        fewer than half of the known programs understand the network 0.0.0.0/0: for the others its addresses are behind the proxy
    "#);
}

#[test]
fn lists() {
    assert_snapshot!(table(&[
        "",
        " , ,",
        "a.example, b.example",
        "a.example b.example",
        "a.example;b.example",
        "localhost|*.a.example|10.*",
        "\"a.example,b.example\"",
        "a.example,'b.example'",
        "*",
        "a.example,*",
        "localhost,127.0.0.1,a.example",
        "a.example,A.example,a.example",
    ]), @r#"
    "" -> 
    " , ," -> 
        blanks between the entries were taken out
    "a.example, b.example" -> a.example,.a.example,b.example,.b.example,
        blanks between the entries were taken out
    "a.example b.example" -> a.example,.a.example,b.example,.b.example,
        the entries were separated by commas
    "a.example;b.example" -> a.example,.a.example,b.example,.b.example,
        the entries were separated by commas
    "localhost|*.a.example|10.*" -> localhost,a.example,.a.example,10.0.0.0/8,127.0.0.1,::1
        the entries were separated by commas
        `*.a.example` was written as `a.example,.a.example`, which exempts `a.example` and all below it
        `10.*` was taken for the network 10.0.0.0/8
        fewer than half of the known programs understand the network 10.0.0.0/8: for the others its addresses are behind the proxy
    "\"a.example,b.example\"" -> a.example,.a.example,b.example,.b.example,
        quotes were taken out
    "a.example,'b.example'" -> a.example,.a.example,b.example,.b.example,
        quotes were taken out
    "*" -> *
    "a.example,*" -> *
        `*` stands among other entries: no proxy is used at all
    "localhost,127.0.0.1,a.example" -> localhost,127.0.0.1,a.example,.a.example,::1
    "a.example,A.example,a.example" -> a.example,.a.example,
        names were written in lower case
    "#);
}

#[test]
fn what_means_nothing_is_left_out() {
    assert_snapshot!(table(&[
        ".",
        "*.",
        "a.example:port",
        "a.example:0",
        "10.0.0.300",
        "10.0",
        "10.0.0.0/33",
        "bücher.example",
        "$NO_PROXY",
        "<-loopback>",
        "jane:hunter2@host:x",
        "a:b:c",
    ]), @r#"
    "." -> 
        `.` is no host, address or network, and was left out
    "*." -> 
        `*.` is no host, address or network, and was left out
    "a.example:port" -> 
        `a.example:port` is no host, address or network, and was left out
    "a.example:0" -> 
        `a.example:0` is no host, address or network, and was left out
    "10.0.0.300" -> 
        `10.0.0.300` is no host, address or network, and was left out
    "10.0" -> 
        `10.0` is no host, address or network, and was left out
    "10.0.0.0/33" -> 
        `10.0.0.0/33` is no host, address or network, and was left out
    "bücher.example" -> 
        `bücher.example` was left out: write the name in its ASCII form, which begins with `xn--`
    "$NO_PROXY" -> 
        names were written in lower case
        `$NO_PROXY` is no host, address or network, and was left out
    "<-loopback>" -> 
        `<-loopback>` is no host, address or network, and was left out
    "jane:hunter2@host:x" -> 
        `***` is no host, address or network, and was left out
    "a:b:c" -> 
        `a:b:c` is no host, address or network, and was left out
    "#);
}

#[test]
fn a_host_is_exempt_as_the_writer_meant_it() {
    for (list, host, port, is_exempt) in [
        ("corp.example", "corp.example", 443, true),
        ("corp.example", "a.corp.example", 443, true),
        ("corp.example", "A.Corp.Example.", 443, true),
        ("corp.example", "notcorp.example", 443, false),
        (".corp.example", "corp.example", 443, true),
        ("*.corp.example", "a.b.corp.example", 443, true),
        ("corp.example:8443", "corp.example", 8443, true),
        ("corp.example:8443", "corp.example", 443, false),
        ("10.0.0.0/8", "10.1.2.3", 443, true),
        ("10.0.0.0/8", "::ffff:10.1.2.3", 443, true),
        ("10.0.0.0/8", "11.1.2.3", 443, false),
        ("10.0.0.0/8", "corp.example", 443, false),
        ("fd00::/8", "[fd00::1]", 443, true),
        ("203.0.113.*", "203.0.113.9", 443, true),
        ("203.0.113.*", "203.0.114.9", 443, false),
        ("build-*.example", "build-7.example", 443, true),
        ("build-*.example", "build.example", 443, false),
        ("a*b*b", "ab", 443, false),
        ("<local>", "intranet", 443, true),
        ("<local>", "intranet.example", 443, false),
        ("", "localhost", 443, true),
        ("", "127.0.0.2", 443, true),
        ("", "::1", 443, true),
        ("", "corp.example", 443, false),
        ("*", "corp.example", 443, true),
        ("a,*", "corp.example", 443, true),
    ] {
        let (parsed, _) = NoProxy::parse(list);
        assert_eq!(
            parsed.matches(host, port),
            is_exempt,
            "{list} {host} {port}"
        );
    }
}

fn words() -> impl Strategy<Value = String> {
    let ports = prop::option::of(1u16..4).prop_map(|port| match port {
        Some(port) => format!(":{port}"),
        None => String::new(),
    });
    prop_oneof![
        ("(\\*?\\.)?[ab]{1,2}(\\.[ab]{1,2}){0,2}", ports.clone())
            .prop_map(|(name, port)| name + &port),
        ("10\\.0\\.0\\.[0-9]{1,2}", ports).prop_map(|(address, port)| address + &port),
        "10\\.0\\.[0-9]\\.[0-9]{1,2}/(8|16|24|3[0-2])",
        "10\\.[0-9]\\.\\*",
        "fd00::[0-9]{1,2}(/12[4-8])?",
    ]
}

proptest! {
    #[test]
    fn the_variable_means_the_same(
        words in prop::collection::vec(words(), 0..6),
        host in "[ab]{1,2}(\\.[ab]{1,2}){0,3}|10\\.0\\.0\\.[0-9]{1,2}|fd00::[0-9]{1,2}",
        port in 1u16..4,
    ) {
        let (list, _) = NoProxy::parse(&words.join(","));
        let (variable, _) = list.to_variable();
        let (again, _) = NoProxy::parse(&variable);
        prop_assert_eq!(list.matches(&host, port), again.matches(&host, port), "{}", variable);
        prop_assert_eq!(again.to_variable().0, variable);
    }

    #[test]
    fn the_variable_has_the_form_that_programs_agree_on(text in "[a-zA-Z0-9.*:,/ \\[\\];|\"<>@-]{0,40}") {
        let (list, _) = NoProxy::parse(&text);
        let (variable, _) = list.to_variable();
        let is_agreed = |letter: char| "abcdefghijklmnopqrstuvwxyz0123456789.:/-,".contains(letter);
        prop_assert!(list.is_everything() || variable.chars().all(is_agreed), "{}", variable);
    }

    #[test]
    fn no_text_makes_it_panic(text: String, host: String) {
        let (list, _) = NoProxy::parse(&text);
        let _ = (list.to_variable(), list.matches(&host, 80));
    }
}
