//! Scripts as companies write them, and as nobody should.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::net::{IpAddr, Ipv4Addr};
use std::thread;
use std::time::{Duration, Instant};

use perk_pac::{Limits, Moment, Pac, PacFault, Route, RouteKind, World, Zone, evaluate};

const LIMITS: Limits = Limits {
    time: Duration::from_millis(300),
    memory: 16 << 20,
    script: 100_000,
};

fn world() -> World {
    World {
        resolve: Box::new(|host| match host {
            "intranet.corp" => vec![IpAddr::from([10, 1, 2, 3])],
            "slow.corp" => {
                thread::sleep(Duration::from_secs(2));
                Vec::new()
            }
            "six.corp" => vec!["fd00::1".parse().unwrap()],
            _ => Vec::new(),
        }),
        addresses: vec!["fe80::1".parse().unwrap(), IpAddr::from([192, 168, 1, 2])],
        now: Box::new(|zone| Moment {
            year: 2026,
            month: 6,
            day: 17,
            weekday: 3,
            hour: if zone == Zone::Utc { 12 } else { 14 },
            minute: 30,
            second: 0,
        }),
    }
}

fn pac(script: &str) -> Result<Pac, PacFault> {
    evaluate(script, LIMITS, world())
}

fn ask(script: &str, url: &str, host: &str) -> Result<Vec<Route>, PacFault> {
    pac(script)?.find_proxy(url, host)
}

/// Returns what an expression in the place of a script's function says.
fn says(expression: &str) -> String {
    let script = format!(
        "function FindProxyForURL(url, host) {{ return 'PROXY ' + ({expression}) + ':1'; }}"
    );
    match ask(&script, "http://a/", "a").unwrap().as_slice() {
        [Route::Proxy { host, .. }] => host.clone(),
        other => panic!("{other:?}"),
    }
}

fn proxy(host: &str) -> Route {
    Route::Proxy {
        kind: RouteKind::Http,
        host: host.to_owned(),
        port: 8080,
    }
}

const USUAL: &str = "\u{feff}
// A script of the usual kind, which sets a variable that it does not declare.
proxy = \"PROXY proxy.corp:8080; DIRECT\";
function FindProxyForURL(url, host) {
    if (isPlainHostName(host) || dnsDomainIs(host, '.corp') || isInNet(host, '127.0.0.0', '255.0.0.0'))
        return 'DIRECT';
    if (shExpMatch(url, 'https:*')) return 'PROXY secure.corp:8080';
    return proxy;
}";

#[test]
fn one_script_answers_many_questions() {
    let mut pac = pac(USUAL).unwrap();
    let mut ask = |url, host| pac.find_proxy(url, host).unwrap();
    assert_eq!(ask("http://intranet/", "intranet"), [Route::Direct]);
    assert_eq!(ask("http://a.corp/", "a.corp"), [Route::Direct]);
    assert_eq!(ask("http://127.0.0.1/", "127.0.0.1"), [Route::Direct]);
    assert_eq!(ask("https://a.com/", "a.com"), [proxy("secure.corp")]);
    assert_eq!(
        ask("http://a.com/", "a.com"),
        [proxy("proxy.corp"), Route::Direct]
    );
}

#[test]
fn the_functions_that_scripts_are_promised_are_there() {
    for (expression, wanted) in [
        ("dnsResolve('intranet.corp')", "10.1.2.3"),
        ("dnsResolve('1.2.3.4')", "1.2.3.4"),
        ("dnsResolve('nowhere') === null", "true"),
        ("isResolvable('intranet.corp')", "true"),
        ("isResolvable('nowhere')", "false"),
        ("isResolvable('six.corp')", "false"),
        ("isResolvableEx('six.corp')", "true"),
        ("isInNet('intranet.corp', '10.0.0.0', '255.0.0.0')", "true"),
        ("isInNet('nowhere', '0.0.0.0', '0.0.0.0')", "false"),
        ("isInNetEx('six.corp', 'fd00::/8')", "true"),
        ("myIpAddress()", "192.168.1.2"),
        ("dnsDomainLevels('a.b.c')", "2"),
        ("localHostOrDomainIs('www', 'www.corp')", "true"),
        ("weekdayRange('MON', 'FRI')", "true"),
        ("weekdayRange('SAT', 'SUN', 'GMT')", "false"),
        ("dateRange(1, 'JUN', 30, 'JUN')", "true"),
        ("dateRange(2027)", "false"),
        ("timeRange(14)", "true"),
        ("timeRange(14, 'GMT')", "false"),
        ("timeRange(12, 'GMT')", "true"),
        ("alert('x') === undefined", "true"),
        ("isPlainHostName()", "true"),
        (
            "typeof require + typeof std + typeof os + typeof fetch",
            "undefinedundefinedundefinedundefined",
        ),
    ] {
        assert_eq!(says(expression), wanted, "{expression}");
    }
}

#[test]
fn nothing_means_no_proxy() {
    for answer in ["''", "null", "undefined", "' '"] {
        let script = format!("function FindProxyForURL() {{ return {answer}; }}");
        assert_eq!(ask(&script, "http://a/", "a").unwrap(), [Route::Direct]);
    }
}

#[test]
fn what_is_wrong_is_said() {
    for (script, wanted) in [
        ("function f( {", "line 1: "),
        ("\n\nnonsense()", "line 3: nonsense is not defined"),
        ("var a = 1;", "the script has no function `FindProxyForURL`"),
        (
            "FindProxyForURL = 5",
            "the script has no function `FindProxyForURL`",
        ),
        ("throw 'enough'", "enough"),
        (
            "function FindProxyForURL() {\n return a.b;\n}",
            "line 2: a is not defined",
        ),
        (
            "function FindProxyForURL() { return 5; }",
            "the script answers with something that is no text",
        ),
        (
            "function FindProxyForURL() { return 'x'; }",
            "the script answers `x`, which names no proxy",
        ),
    ] {
        let fault = ask(script, "http://a/", "a").unwrap_err().to_string();
        assert!(fault.starts_with(wanted), "{script}: {fault}");
    }
    let long = " ".repeat(LIMITS.script + 1);
    assert!(matches!(pac(&long), Err(PacFault::TooLong { .. })));
}

/// Wraps what a script does into the function, and again outside of it.
fn in_both_places(code: &str) -> [String; 2] {
    [
        format!("function FindProxyForURL() {{ {code}; return 'DIRECT'; }}"),
        format!("{code}; function FindProxyForURL() {{ return 'DIRECT'; }}"),
    ]
}

fn assert_ends(code: &str, is_wanted: impl Fn(&PacFault) -> bool) {
    for script in in_both_places(code) {
        let start = Instant::now();
        let fault = ask(&script, "http://a/", "a").unwrap_err();
        assert!(is_wanted(&fault), "{code}: {fault:?}");
        assert!(start.elapsed() < Duration::from_secs(10), "{code}");
    }
}

#[test]
fn a_script_that_does_not_end_is_ended() {
    let is_timed_out = |fault: &PacFault| matches!(fault, PacFault::TimedOut { .. });
    for code in [
        "while (true) {}",
        "for (;;) { try { while (true) {} } catch (e) {} finally { continue } }",
        "(function f() { try { f() } finally { f() } })()",
        "/(a+)+$/.test('a'.repeat(40) + 'b')",
        "[].indexOf.call({ length: 2 ** 53 - 1 }, 1)",
        "[].lastIndexOf.call({ length: 2 ** 53 - 1 }, 1)",
        "[].includes.call({ length: 2 ** 53 - 1 }, 1)",
        "[].copyWithin.call({ length: 2 ** 53 - 1 }, 2 ** 40, 0)",
        "[].reverse.call({ length: 2 ** 53 - 1 })",
        "var e = new Proxy({}, { get: function () { while (true) {} } }); e.a",
    ] {
        assert_ends(code, is_timed_out);
    }
}

#[test]
fn a_script_that_wants_everything_gets_nothing() {
    let is_refused = |fault: &PacFault| {
        matches!(
            fault,
            PacFault::OutOfMemory { .. } | PacFault::Script { .. } | PacFault::TimedOut { .. }
        )
    };
    for code in [
        "var a = 'x'.repeat(1 << 29); a = a + a",
        "var a = 'x'; while (true) a += a",
        "var a = []; while (true) a.push({ a: [1, 2, 3] })",
        "var a = []; while (true) { try { a.push(new Array(1e6).fill('x')) } catch (e) {} }",
        "new Uint8Array(1 << 30)",
        "(function f() { f() })()",
        "eval('('.repeat(99999))",
        "JSON.parse('['.repeat(1e6))",
        "new Array(1e9).fill(0)",
        "dnsDomainIs('x'.repeat(1 << 23), 'y'.repeat(1 << 23))\n;throw 1",
        "shExpMatch('a'.repeat(1e6), '*a'.repeat(1e6) + 'b'); throw 1",
        "isInNet(Symbol(), 1, 2)",
        "dnsResolve({ toString: function () { throw new Error('no') } })",
    ] {
        assert_ends(code, is_refused);
    }
}

#[test]
fn after_a_question_that_did_not_end_no_answer_is_mistaken() {
    let script = "function FindProxyForURL(url, host) {
        if (host === 'slow') dnsResolve('slow.corp');
        if (host === 'loop') while (true) {}
        return 'PROXY ' + host + ':8080';
    }";
    let mut pac = pac(script).unwrap();
    assert_eq!(pac.find_proxy("http://a/", "a").unwrap(), [proxy("a")]);
    assert!(matches!(
        pac.find_proxy("http://loop/", "loop"),
        Err(PacFault::TimedOut { .. })
    ));
    assert_eq!(pac.find_proxy("http://b/", "b").unwrap(), [proxy("b")]);
    assert!(matches!(
        pac.find_proxy("http://slow/", "slow"),
        Err(PacFault::TimedOut { .. })
    ));
    assert!(matches!(
        pac.find_proxy("http://c/", "c"),
        Err(PacFault::TimedOut { .. })
    ));
}

#[test]
fn an_address_without_a_name_is_this_machine() {
    let nobody = World {
        addresses: Vec::new(),
        ..world()
    };
    let script = "function FindProxyForURL() { return 'PROXY ' + myIpAddress() + ':8080'; }";
    let mut pac = evaluate(script, LIMITS, nobody).unwrap();
    let wanted = Ipv4Addr::LOCALHOST.to_string();
    assert_eq!(pac.find_proxy("http://a/", "a").unwrap(), [proxy(&wanted)]);
}
