//! A daemon of docker that says what a test wants, for the tests that need no real one.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixListener;
use std::sync::{Arc, Mutex};
use std::thread;

use perk_test::TestContext;

/// The paths that a daemon was asked for.
pub(crate) type Asked = Arc<Mutex<Vec<String>>>;

/// Answers where docker's client looks for its daemon, as long as it knows the path.
pub(crate) fn daemon(
    context: &TestContext,
    answer: fn(path: &str) -> Option<&'static str>,
) -> Asked {
    let folder = context.root().join("root/var/run");
    std::fs::create_dir_all(&folder).unwrap();
    let listener = UnixListener::bind(folder.join("docker.sock")).unwrap();
    let asked = Asked::default();
    let noted = asked.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = String::new();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            reader.read_line(&mut request).unwrap();
            let path = request.split(' ').nth(1).unwrap().to_owned();
            let (status, text) = match answer(&path) {
                Some(text) => ("200 OK", text),
                None => ("404 Not Found", ""),
            };
            noted.lock().unwrap().push(path);
            // Who asked may have gone.
            let _ = write!(stream, "HTTP/1.0 {status}\r\n\r\n{text}");
        }
    });
    asked
}
