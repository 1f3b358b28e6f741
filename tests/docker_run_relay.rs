//! `perk docker-run --exec`: relays to proxies that containers do not reach.
//!
//! The engine's network is the loopback of this machine here, so that nothing has to be set up.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::thread;
use std::time::{Duration, Instant};

use perk_test::{Outcome, TestContext};
use rustix::process::{Pid, Signal, kill_process};

use crate::{context, docker_daemon};

/// Longer than anything takes that goes right.
const PATIENCE: Duration = Duration::from_secs(20);
/// A client of an engine that notes its words, and stays until there is a file called `done`.
const CLIENT: &str = r#"
echo "$$" > "$TMPDIR/number"
echo "$@" > "$TMPDIR/words.new"
while read -r line; do echo "$line" > "$TMPDIR/words"; done < "$TMPDIR/words.new"
turn=0
while ! test -e "$TMPDIR/done" && test $turn -lt 400; do turn=$((turn + 1)); /bin/sleep 0.05; done
exit 37"#;

/// Runs a proxy on the loopback alone, which answers with what it was asked.
fn proxy(context: &TestContext) -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let line = format!("  0: 0100007F:{port:04X} 00000000:0000 0A 00000000:00000000 00:0 0\n");
    context.write("root/proc/net/tcp", line);
    thread::spawn(move || {
        for client in listener.incoming() {
            let mut client = client.unwrap();
            let mut reader = BufReader::new(client.try_clone().unwrap());
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                if reader.read_line(&mut head).unwrap() == 0 {
                    break;
                }
            }
            write!(client, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{head}").unwrap();
        }
    });
    port
}

/// Runs a daemon that knows one network.
fn daemon(context: &TestContext) {
    const NETWORK: &str = r#"{"Name": "bridge", "Driver": "bridge", "IPAM": {"Config":
        [{"Subnet": "127.0.0.0/8", "Gateway": "127.0.0.5"}]}}"#;
    docker_daemon::daemon(context, |path| {
        (path == "/networks/bridge").then_some(NETWORK)
    });
}

fn client(context: &TestContext, script: &str) {
    context.write("bin/docker", format!("#!/bin/sh\n{script}\n"));
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(context.root().join("bin/docker"), mode).unwrap();
}

/// Waits until a file below the folder for temporary files has something in it.
#[expect(
    clippy::disallowed_methods,
    reason = "tests do not test with what they test"
)]
fn wait_for(context: &TestContext, name: &str) -> String {
    let path = context.root().join("tmp").join(name);
    let begin = Instant::now();
    loop {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        if !text.is_empty() {
            return text.trim_end().to_owned();
        }
        assert!(begin.elapsed() < PATIENCE, "{path} does not come");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Returns where the words of a client say that the proxy is.
fn relay(words: &str) -> SocketAddr {
    let word = words
        .split(' ')
        .find_map(|word| word.strip_prefix("http_proxy=http://"));
    word.unwrap().parse().unwrap()
}

fn ask(relay: SocketAddr) -> String {
    let mut stream = TcpStream::connect(relay).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let request = "GET http://internet.example/ HTTP/1.1\r\nHost: internet.example\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn assert_ends(relay: SocketAddr) {
    let begin = Instant::now();
    while TcpStream::connect(relay).is_ok() {
        assert!(begin.elapsed() < PATIENCE, "the relay at {relay} goes on");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Runs a command and does something as soon as the client runs.
fn run_and(context: &TestContext, arguments: &[&str], meanwhile: impl FnOnce(&str)) -> Outcome {
    thread::scope(|scope| {
        let running = scope.spawn(|| {
            let mut run = context.invocation(["docker-run"]);
            for argument in arguments {
                run = run.argument(*argument);
            }
            run.run()
        });
        meanwhile(&wait_for(context, "words"));
        context.write("tmp/done", "");
        running.join().unwrap()
    })
}

#[test]
fn a_proxy_on_the_loopback_is_reached_and_the_container_knows_no_password() {
    let context = context();
    let url = format!("http://jane:hunter2@127.0.0.1:{}", proxy(&context));
    daemon(&context);
    client(&context, CLIENT);
    let mut place = None;
    let outcome = run_and(&context, &["--proxy", &url, "--exec", "alpine"], |words| {
        assert!(words.ends_with(" alpine"), "{words}");
        assert!(!words.contains("--add-host"), "{words}");
        let relay = relay(words);
        assert_eq!(relay.ip(), Ipv4Addr::new(127, 0, 0, 5));
        let answer = ask(relay);
        assert!(answer.contains("GET http://internet.example/ "), "{answer}");
        let header = "Proxy-Authorization: Basic amFuZTpodW50ZXIy\r\n";
        assert!(answer.contains(header), "{answer}");
        place = Some(relay);
    });
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(37), ""));
    assert_ends(place.unwrap());
}

#[test]
fn nothing_is_left_when_the_client_is_killed() {
    let context = context();
    let url = format!("http://127.0.0.1:{}", proxy(&context));
    daemon(&context);
    client(&context, CLIENT);
    let outcome = run_and(&context, &["--proxy", &url, "--exec", "alpine"], |words| {
        let relay = relay(words);
        assert!(ask(relay).starts_with("HTTP/1.1 200 "));
        let number = wait_for(&context, "number").parse().unwrap();
        kill_process(Pid::from_raw(number).unwrap(), Signal::KILL).unwrap();
        assert_ends(relay);
    });
    assert_eq!(outcome.code, None);
}

#[test]
fn a_container_in_the_background_keeps_its_relay() {
    let context = context();
    let url = format!("http://127.0.0.1:{}", proxy(&context));
    daemon(&context);
    client(
        &context,
        r#"case $1 in
        run) echo "$@" > "$TMPDIR/words"; echo 0123abcd ;;
        ps) echo 0123abcd ;;
        wait) echo "$2" > "$TMPDIR/waits"; 
            while test -e "$TMPDIR/waits" && ! test -e "$TMPDIR/ended"; do /bin/sleep 0.05; done ;;
        inspect) echo exited ;;
        esac"#,
    );
    let mut place = None;
    let arguments = [
        "--proxy",
        &url,
        "--exec",
        "-d",
        "--restart",
        "always",
        "alpine",
    ];
    let outcome = run_and(&context, &arguments, |words| place = Some(relay(words)));
    let relay = place.unwrap();
    assert_eq!(outcome.stdout, "0123abcd\n");
    insta::assert_snapshot!(outcome.stderr, @"
    note: a relay to the proxy runs in the background until the container has ended
    warning: with `--restart always` the container may come back when this machine has started anew, and the relay to its proxy does not
    ");
    assert_eq!(wait_for(&context, "waits"), "0123abcd");
    assert!(wait_for(&context, "words").contains(&format!(" --label perk.relay={relay} ")));
    assert!(ask(relay).starts_with("HTTP/1.1 200 "));
    context.write("tmp/ended", "");
    assert_ends(relay);
}

#[test]
fn whether_there_is_a_relay_can_be_decided() {
    let context = context();
    daemon(&context);
    client(&context, CLIENT);
    let local = format!("http://127.0.0.1:{}", proxy(&context));
    let never = ["--proxy", &local, "--exec", "--relay", "never", "alpine"];
    let outcome = run_and(&context, &never, |words| {
        assert!(
            words.contains("http_proxy=http://host.docker.internal:"),
            "{words}"
        );
    });
    assert!(
        outcome.stderr.contains("pass `--network host`"),
        "{outcome}"
    );
    std::fs::remove_dir_all(context.root().join("tmp")).unwrap();
    std::fs::create_dir(context.root().join("tmp")).unwrap();

    context.write("project/perk.toml", "docker-run.relay = 'always'");
    let far = [
        "--proxy",
        "http://jane:hunter2@proxy.example:3128",
        "--exec",
        "alpine",
    ];
    let outcome = run_and(&context, &far, |words| {
        assert_eq!(relay(words).ip(), Ipv4Addr::new(127, 0, 0, 5));
        assert!(!words.contains(" -e http_proxy "), "{words}");
    });
    assert_eq!(outcome.code, Some(37));
    let outcome = context
        .invocation([
            "docker-run",
            "--proxy",
            &local,
            "--exec",
            "--network",
            "host",
        ])
        .argument("alpine")
        .run();
    insta::assert_snapshot!(outcome, @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: no relay to the proxy is possible: the container has the network of this machine
    hint: pass `--relay auto` to do without one where that is possible
    ");
    let outcome = context
        .invocation(["docker-run", "--proxy", &local, "--exec", "alpine"])
        .variable("DOCKER_HOST", "tcp://127.0.0.1:1")
        .run();
    insta::assert_snapshot!(outcome, @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: no relay to the proxy is possible: docker's daemon may be on another machine
    hint: pass `--relay auto` to do without one where that is possible
    ");
}

#[test]
fn a_command_that_is_only_written_says_how_to_get_there() {
    let context = context();
    let url = format!("http://127.0.0.1:{}", proxy(&context));
    daemon(&context);
    let outcome = context.run(["docker-run", "--proxy", &url, "alpine"]);
    let port = url.rsplit(':').next().unwrap();
    insta::assert_snapshot!(outcome.stderr.replace(port, "PORT"), @"warning: the proxy http://127.0.0.1:PORT listens on the loopback of this machine alone, which containers do not reach: run the command by `--exec`, which brings them there, or pass `--network host`, or have it listen on the engine's bridge too");
}

#[test]
fn what_only_a_client_can_say_to_its_proxy_is_told_to_the_container() {
    let context = context();
    daemon(&context);
    client(&context, CLIENT);
    let url = format!("socks5h://jane:hunter2@127.0.0.1:{}", proxy(&context));
    let outcome = run_and(&context, &["--proxy", &url, "--exec", "alpine"], |words| {
        assert!(words.contains(" -e http_proxy "), "{words}");
    });
    assert!(!outcome.to_string().contains("hunter2"), "{outcome}");
    assert!(
        outcome.stderr.contains("can keep it only for a proxy"),
        "{outcome}"
    );
}

#[test]
fn the_process_of_relays_is_no_command() {
    let context = context();
    let help = context.run(["--help"]);
    assert!(!help.to_string().contains("relay"), "{help}");
    let outcome = context.invocation(["docker-run-relay"]).input("{}\n").run();
    assert_eq!(outcome.stdout, "");
}

#[test]
fn an_engine_of_an_ordinary_user_has_no_relay() {
    let context = context();
    let url = format!("http://127.0.0.1:{}", proxy(&context));
    let run = context.invocation(["docker-run", "--proxy", &url, "alpine"]);
    let socket = "unix:///run/user/none/docker.sock";
    let outcome = run.variable("DOCKER_HOST", socket).run();
    assert!(
        outcome.stderr.contains("runs as an ordinary user"),
        "{outcome}"
    );
    assert!(!outcome.stderr.contains("--exec"), "{outcome}");
}
