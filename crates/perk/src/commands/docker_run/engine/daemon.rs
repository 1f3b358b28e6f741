//! Asking docker's daemon, at the place where docker's client finds it.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use camino::Utf8PathBuf;
use perk_docker::engine::{Version, parse_reply, request};
use perk_network::source::docker_context::DEFAULT_DAEMON;

use super::super::machine::Machine;
use super::super::source::DockerClient;
use super::{Known, Question, Silence};

/// How long all answers together may take.
const TIME_LIMIT: Duration = Duration::from_millis(300);
/// More than anybody says about an image.
const SIZE_LIMIT: u64 = 4 * 1024 * 1024;

/// Where the daemon listens, and how its user writes that.
struct Place {
    daemon: Daemon,
    address: String,
}

enum Daemon {
    Socket(Utf8PathBuf),
    Port(String),
}

/// What it says, with its version.
struct Said {
    version: Option<Version>,
    json: Vec<u8>,
}

type Answer = Result<Said, Silence>;

/// Asks the questions one after the other.
pub(super) fn ask(questions: &[Question], docker: &DockerClient, machine: &Machine<'_>) -> Known {
    let mut known = Known::default();
    let mut answers = match place(docker, machine) {
        Ok(place) => answers(place, questions),
        Err(silence) => vec![Err(silence)],
    };
    // What one question has shown of the daemon holds for those after it.
    if answers.len() < questions.len() && !answers.last().is_some_and(is_about_daemon) {
        answers.push(Err(Silence::TooLate));
    }
    let version = answers
        .iter()
        .find_map(|answer| answer.as_ref().ok()?.version);
    if let Some(version) = version {
        known.said.push(format!("version: {version}"));
    }
    for (question, answer) in questions.iter().zip(&answers) {
        match answer {
            Err(silence) if is_about_daemon(answer) => known.said.push(silence.to_string()),
            Err(silence) => known.hear(question, Err(silence.clone())),
            Ok(said) => known.hear(question, Ok(&said.json)),
        }
    }
    known
}

fn is_about_daemon(answer: &Answer) -> bool {
    matches!(
        answer,
        Err(Silence::NotAsked(_) | Silence::Unreachable { .. } | Silence::TooLate)
    )
}

fn place(docker: &DockerClient, machine: &Machine<'_>) -> Result<Place, Silence> {
    let Some(address) = docker.daemon.as_deref() else {
        return Err(Silence::NotAsked("since its address is not known"));
    };
    let daemon = match address.split_once("://") {
        Some(("unix", _)) if address == DEFAULT_DAEMON => {
            Daemon::Socket(machine.system("/var/run/docker.sock"))
        }
        Some(("unix", path)) => Daemon::Socket(path.into()),
        Some(("tcp" | "http", _)) if docker.uses_tls => {
            return Err(Silence::NotAsked("since it is reached over TLS"));
        }
        Some(("tcp" | "http", port)) => Daemon::Port(port.trim_end_matches('/').to_owned()),
        _ => {
            let reason = "since it is reached over SSH or another way";
            return Err(Silence::NotAsked(reason));
        }
    };
    Ok(Place {
        daemon,
        address: address.to_owned(),
    })
}

/// Returns the answers that came in time. Connecting has no limit of its own on a socket, so that a
/// thread does it, which is left alone when the time is up.
fn answers(place: Place, questions: &[Question]) -> Vec<Answer> {
    let paths: Vec<_> = questions.iter().map(path).collect();
    let (sender, receiver) = channel();
    thread::spawn(move || ask_all(&place, &paths, &sender));
    in_time(&receiver)
}

fn in_time(receiver: &Receiver<Answer>) -> Vec<Answer> {
    let deadline = Instant::now() + TIME_LIMIT;
    let next = || {
        let rest = deadline.saturating_duration_since(Instant::now());
        receiver.recv_timeout(rest).ok()
    };
    std::iter::from_fn(next).collect()
}

fn ask_all(place: &Place, paths: &[String], sender: &Sender<Answer>) {
    for path in paths {
        let answer = ask_for(place, path);
        let is_over = is_about_daemon(&answer);
        if sender.send(answer).is_err() || is_over {
            return;
        }
    }
}

fn ask_for(place: &Place, path: &str) -> Answer {
    // The daemon would not know a name that cannot be asked for.
    let request = request(path).ok_or(Silence::Missing)?;
    let reply = match &place.daemon {
        Daemon::Socket(path) => UnixStream::connect(path).and_then(|stream| said(stream, &request)),
        Daemon::Port(port) => TcpStream::connect(port).and_then(|stream| said(stream, &request)),
    };
    let reply = reply.map_err(|fault| Silence::Unreachable {
        address: place.address.clone(),
        reason: fault.to_string(),
    })?;
    match parse_reply(&reply) {
        Some(reply) if reply.status == 200 => Ok(Said {
            version: reply.version,
            json: reply.body.to_vec(),
        }),
        Some(reply) if reply.status == 404 => Err(Silence::Missing),
        _ => Err(Silence::NotUnderstood),
    }
}

fn said(mut stream: impl Read + Write, request: &str) -> io::Result<Vec<u8>> {
    stream.write_all(request.as_bytes())?;
    let mut reply = Vec::new();
    stream.take(SIZE_LIMIT).read_to_end(&mut reply)?;
    Ok(reply)
}

fn path(question: &Question) -> String {
    match question {
        Question::Image(name) => format!("/images/{name}/json"),
        Question::Network(name) => format!("/networks/{name}"),
        Question::Container(name) => format!("/containers/{name}/json"),
    }
}
