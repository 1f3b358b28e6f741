//! `perk docker-run`: PAC scripts on servers, and those that a desktop names.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::thread;

use perk_test::{Outcome, TestContext};

use crate::context;

const SCRIPT: &str = "function FindProxyForURL(url, host) {
    return dnsDomainIs(host, '.org') ? 'DIRECT' : 'PROXY proxy.example:3128';
}";

/// Answers each request by its path, and returns the address of the server.
fn server(answers: Vec<(&'static str, String)>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let known = address.clone();
    thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let mut request = [0; 1024];
            let length = connection.read(&mut request).unwrap();
            let request = String::from_utf8_lossy(&request[..length]).into_owned();
            let path = request.split(' ').nth(1).unwrap();
            let answer = answers.iter().find(|(known, _)| *known == path);
            let answer = answer.map_or("HTTP/1.1 404 Not Found\r\n\r\n", |(_, answer)| answer);
            let answer = answer.replace("SERVER", &known);
            // Whoever has read enough may be gone.
            let _ = connection.write_all(answer.as_bytes());
        }
    });
    address
}

fn ok(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn to(location: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n")
}

fn with_pac(context: &TestContext, url: &str) -> Outcome {
    context.run(["docker-run", "--pac", url, "alpine"])
}

#[test]
fn a_script_is_fetched() {
    let length = SCRIPT.len();
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let server = server(vec![
        ("/proxy.pac", ok(SCRIPT)),
        (
            "/chunked",
            format!("{chunked}{length:x}\r\n{SCRIPT}\r\n0\r\n\r\n"),
        ),
        ("/moved", to("http://SERVER/relative/x")),
        ("/relative/x", to("../proxy.pac")),
        ("/relative/../proxy.pac", to("//SERVER/proxy.pac")),
    ]);
    let context = context();
    for path in ["proxy.pac", "chunked", "moved"] {
        let outcome = with_pac(&context, &format!("http://{server}/{path}"));
        let stdout = &outcome.stdout;
        assert!(
            stdout.contains("-e http_proxy=http://proxy.example:3128 "),
            "{outcome}"
        );
        assert!(
            stdout.contains("-e no_proxy=pypi.org,.pypi.org,"),
            "{outcome}"
        );
    }
    let setting = format!("docker-run.pac = 'http://{server}/proxy.pac'");
    context.write("project/perk.toml", setting);
    let outcome = context.run(["docker-run", "alpine"]);
    assert!(
        outcome.stdout.contains("http://proxy.example:3128"),
        "{outcome}"
    );
    context.write("project/a b.pac", SCRIPT);
    let file = format!("file://{}", context.project().join("a b.pac"));
    let outcome = with_pac(&context, &file);
    assert!(
        outcome.stdout.contains("http://proxy.example:3128"),
        "{outcome}"
    );
}

#[test]
fn what_is_no_script_is_explained() {
    let page = "\u{feff}\n<!DOCTYPE html><html><body>Log in</body></html>";
    let long = "x".repeat(5 * 1024 * 1024);
    let server = server(vec![
        ("/login", ok(page)),
        ("/loop", to("/loop")),
        ("/ftp", to("ftp://jane:hunter2@pac.example/proxy.pac")),
        (
            "/cut",
            "HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nfunction".to_owned(),
        ),
        ("/long", ok(&long)),
        ("/ssh", "SSH-2.0-OpenSSH\r\n".to_owned()),
        ("/empty", ok("")),
    ]);
    let context = context();
    let said = |path: &str| {
        let outcome = with_pac(&context, &format!("http://{server}/{path}"));
        assert_eq!(outcome.stdout, "", "{outcome}");
        outcome.to_string().replace(&server, "[SERVER]")
    };
    insta::assert_snapshot!(said("login"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `http://[SERVER]/login` is a web page, not a PAC script
    hint: open it in a browser: the network may want you to log in first
    ");
    insta::assert_snapshot!(said("loop"), @"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    error: cannot fetch the PAC script `http://[SERVER]/loop`
      caused by: the server sends on more than 3 times
    hint: pass `--proxy URL`, or `--proxy none` where no proxy is needed
    ");
    insta::assert_snapshot!(said("ftp"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: cannot fetch the PAC script `http://[SERVER]/ftp`
      caused by: perk fetches over `http:` and `https:`, and `ftp://***@pac.example/proxy.pac` is something else
    hint: name it like `https://pac.example.com/proxy.pac`, or name a file
    ");
    insta::assert_snapshot!(said("cut"), @"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    error: cannot fetch the PAC script `http://[SERVER]/cut`
      caused by: the answer ends in the middle
    hint: pass `--proxy URL`, or `--proxy none` where no proxy is needed
    ");
    insta::assert_snapshot!(said("long"), @"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    error: cannot fetch the PAC script `http://[SERVER]/long`
      caused by: the answer is longer than 4 MiB
    hint: pass `--proxy URL`, or `--proxy none` where no proxy is needed
    ");
    insta::assert_snapshot!(said("ssh"), @"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    error: cannot fetch the PAC script `http://[SERVER]/ssh`
      caused by: what `[SERVER]` answers is not HTTP
    hint: pass `--proxy URL`, or `--proxy none` where no proxy is needed
    ");
    insta::assert_snapshot!(said("empty"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: cannot use the PAC script `http://[SERVER]/empty`
      caused by: the script has no function `FindProxyForURL`
    hint: tell whoever keeps the script, and name the proxy itself until it is mended
    ");
    insta::assert_snapshot!(said("missing"), @"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    error: cannot fetch the PAC script `http://[SERVER]/missing`
      caused by: the server answers with status 404
    hint: pass `--proxy URL`, or `--proxy none` where no proxy is needed
    ");
    insta::assert_snapshot!(with_pac(&context, "ftp://x/y"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: cannot fetch the PAC script `ftp://x/y`
      caused by: perk fetches over `http:` and `https:`, and `ftp://x/y` is something else
    hint: name it like `https://pac.example.com/proxy.pac`, or name a file
    ");
    insta::assert_snapshot!(with_pac(&context, "http:///y"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: cannot fetch the PAC script `http:///y`
      caused by: `http:///y` names no server
    hint: name it like `https://pac.example.com/proxy.pac`, or name a file
    ");
}

#[test]
fn a_server_that_says_nothing_is_not_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let context = context();
    let outcome = with_pac(&context, &format!("http://{address}/"));
    insta::assert_snapshot!(outcome.to_string().replace(&address, "[SERVER]"), @"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    error: cannot fetch the PAC script `http://[SERVER]/`
      caused by: `[SERVER]` did not answer within [DURATION]
    hint: pass `--proxy URL`, or `--proxy none` where no proxy is needed
    ");
    drop(listener);
    let outcome = with_pac(&context, &format!("http://{address}/"));
    insta::assert_snapshot!(outcome.to_string().replace(&address, "[SERVER]"), @"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    error: cannot fetch the PAC script `http://[SERVER]/`
      caused by: cannot reach `[SERVER]`: Connection refused (os error 111)
    hint: pass `--proxy URL`, or `--proxy none` where no proxy is needed
    ");
}

#[test]
fn a_script_has_limits() {
    let context = context();
    let said = |script: &str| {
        context.write("project/proxy.pac", script);
        with_pac(&context, "proxy.pac").to_string()
    };
    insta::assert_snapshot!(said("function FindProxyForURL() { for (;;) {} }"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: cannot use the PAC script `proxy.pac`
      caused by: the script did not end within [DURATION]
    hint: tell whoever keeps the script, and name the proxy itself until it is mended
    ");
    insta::assert_snapshot!(said("while (true) {}"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: cannot use the PAC script `proxy.pac`
      caused by: the script did not end within [DURATION]
    hint: tell whoever keeps the script, and name the proxy itself until it is mended
    ");
    insta::assert_snapshot!(said("var all = []; for (;;) all.push('x'.repeat(4 << 20) + all.length);"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: cannot use the PAC script `proxy.pac`
      caused by: the script needs more than 32 MiB of memory
    hint: tell whoever keeps the script, and name the proxy itself until it is mended
    ");
    insta::assert_snapshot!(said("function FindProxyForURL() { return FindProxyForURL(); }"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: cannot use the PAC script `proxy.pac`
      caused by: line 1: Maximum call stack size exceeded
    hint: tell whoever keeps the script, and name the proxy itself until it is mended
    ");
    insta::assert_snapshot!(said("function FindProxyForURL() {\n  return nothing;\n}"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: cannot use the PAC script `proxy.pac`
      caused by: line 2: nothing is not defined
    hint: tell whoever keeps the script, and name the proxy itself until it is mended
    ");
    insta::assert_snapshot!(said("function FindProxyForURL(url { }"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: cannot use the PAC script `proxy.pac`
      caused by: line 1: Unexpected token '{'
    hint: tell whoever keeps the script, and name the proxy itself until it is mended
    ");
    insta::assert_snapshot!(said("function Find() {}"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: cannot use the PAC script `proxy.pac`
      caused by: the script has no function `FindProxyForURL`
    hint: tell whoever keeps the script, and name the proxy itself until it is mended
    ");
    insta::assert_snapshot!(said("function FindProxyForURL() { return 7; }"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: cannot use the PAC script `proxy.pac`
      caused by: the script answers with something that is no text
    hint: tell whoever keeps the script, and name the proxy itself until it is mended
    ");
    insta::assert_snapshot!(said("function FindProxyForURL() { return 'PROXY'; }"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: cannot use the PAC script `proxy.pac`
      caused by: the script answers `PROXY`, which names no proxy
    hint: tell whoever keeps the script, and name the proxy itself until it is mended
    ");
}

#[test]
fn what_variables_cannot_say_is_told() {
    let context = context();
    context.write(
        "project/proxy.pac",
        "function FindProxyForURL(url, host) {
            if (url.substring(0, 6) == 'https:' && host == 'github.com') return 'DIRECT';
            if (host == 'pypi.org') return 'PROXY other.example:1';
            if (host == 'intranet') return 'SOCKS4 old.example:1080';
            return 'PROXY one.example:1; PROXY two.example:2';
        }",
    );
    let outcome = with_pac(&context, "proxy.pac");
    insta::assert_snapshot!(outcome.stderr, @"
    warning: `proxy.pac`: the script decides for each host: it was asked about 7 of them, and others may go another way
    warning: `proxy.pac`: `example.com` and 4 others have more than one route: the first is used, and nothing takes its place when it is down
    warning: `proxy.pac`: `github.com` is direct for one scheme only: it goes through the proxy for both
    warning: `proxy.pac`: `pypi.org` has the proxy http://other.example:1, but http://one.example:1 is used for all
    warning: `proxy.pac`: the script has no route to `intranet` that can be used
    ");
    context.write(
        "project/proxy.pac",
        "function FindProxyForURL() { return 'DIRECT'; }",
    );
    insta::assert_snapshot!(with_pac(&context, "proxy.pac"), @"
    exit code: 0
    ----- stdout -----
    docker run alpine
    ----- stderr -----
    warning: `proxy.pac`: the script decides for each host: it was asked about 7 of them, and others may go another way
    warning: `proxy.pac`: all of these are direct, so that no proxy is used
    ");
}

/// Puts a script in the place of gsettings.
fn gnome(context: &TestContext, settings: &str) -> Outcome {
    context.write(
        "bin/gsettings",
        format!("#!/bin/sh\ncat <<'END'\n{settings}\nEND\n"),
    );
    context.write(
        "bin/cat",
        "#!/bin/sh\nwhile IFS= read -r line; do echo \"$line\"; done\n",
    );
    for name in ["gsettings", "cat"] {
        let path = context.root().join("bin").join(name);
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let run = context.invocation(["docker-run", "alpine"]);
    run.variable("XDG_CURRENT_DESKTOP", "ubuntu:GNOME").run()
}

#[test]
fn the_script_that_a_desktop_names_is_asked() {
    let server = server(vec![("/proxy.pac", ok(SCRIPT))]);
    let context = context();
    let auto = |url: &str| {
        format!("org.gnome.system.proxy mode 'auto'\norg.gnome.system.proxy autoconfig-url '{url}'")
    };
    let outcome = gnome(&context, &auto(&format!("http://{server}/proxy.pac")));
    assert!(
        outcome
            .stdout
            .contains("-e http_proxy=http://proxy.example:3128 "),
        "{outcome}"
    );
    // A laptop that is not in the company's network goes without.
    let outcome = gnome(&context, &auto(&format!("http://{server}/gone")));
    insta::assert_snapshot!(outcome.to_string().replace(&server, "[SERVER]"), @"
    exit code: 0
    ----- stdout -----
    docker run alpine
    ----- stderr -----
    note: no proxy was found; `perk docker-run --explain` says where it was looked for
    warning: GNOME's settings: cannot fetch the PAC script `http://[SERVER]/gone`: the server answers with status 404; no proxy is used
    ");
    // What counts before it keeps the script from being fetched.
    context.write(
        "root/etc/environment",
        "http_proxy=http://first.example:1\n",
    );
    let outcome = gnome(&context, &auto("http://pac.invalid/"));
    assert!(outcome.stdout.contains("first.example"), "{outcome}");
}

#[test]
fn a_proxy_that_is_detected_is_not_guessed() {
    let outcome = gnome(
        &context(),
        "org.gnome.system.proxy mode 'auto'\norg.gnome.system.proxy autoconfig-url ''",
    );
    insta::assert_snapshot!(outcome, @"
    exit code: 0
    ----- stdout -----
    docker run alpine
    ----- stderr -----
    note: no proxy was found; `perk docker-run --explain` says where it was looked for
    warning: `org.gnome.system.proxy mode`: the proxy is to be detected automatically, which perk does not do: name it by `--proxy`, or the PAC script by `--pac`
    ");
}

#[test]
fn gnome_has_hosts_to_ignore() {
    let outcome = gnome(
        &context(),
        "org.gnome.system.proxy mode 'manual'\n\
         org.gnome.system.proxy ignore-hosts ['localhost', '127.0.0.0/8', '::1', '*.Corp.example', '10.0.0.0/8']\n\
         org.gnome.system.proxy.http host 'proxy.example'\n\
         org.gnome.system.proxy.http port 3128\n\
         org.gnome.system.proxy.https host ''\n\
         org.gnome.system.proxy.https port 0",
    );
    insta::assert_snapshot!(outcome, @"
    exit code: 0
    ----- stdout -----
    docker run -e http_proxy=http://proxy.example:3128 -e HTTP_PROXY=http://proxy.example:3128 -e https_proxy=http://proxy.example:3128 -e HTTPS_PROXY=http://proxy.example:3128 -e no_proxy=localhost,127.0.0.0/8,::1,corp.example,.corp.example,10.0.0.0/8,127.0.0.1 -e NO_PROXY=localhost,127.0.0.0/8,::1,corp.example,.corp.example,10.0.0.0/8,127.0.0.1 -e NODE_USE_ENV_PROXY=1 -e 'JAVA_TOOL_OPTIONS=-Dhttp.proxyHost=proxy.example -Dhttp.proxyPort=3128 -Dhttps.proxyHost=proxy.example -Dhttps.proxyPort=3128 -Dhttp.nonProxyHosts=localhost|127.*|[::1]|*.localhost|corp.example|*.corp.example|10.*' alpine
    ----- stderr -----
    warning: `org.gnome.system.proxy ignore-hosts`: names were written in lower case
    warning: `org.gnome.system.proxy ignore-hosts`: `*.corp.example` was written as `corp.example,.corp.example`, which exempts `corp.example` and all below it
    warning: `no_proxy`: fewer than half of the known programs understand the network 10.0.0.0/8: for the others its addresses are behind the proxy
    ");
}
