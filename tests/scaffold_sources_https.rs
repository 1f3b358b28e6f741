//! Templates from a repository behind real HTTPS, as git serves it. Where `python3`, `openssl` or
//! git's own HTTP backend is missing, nothing is tested.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use perk_test::TestContext;

use crate::context;
use crate::scaffold_repositories::{Repository, perk, text};

/// Serves the repositories below a folder to whoever knows the password, and says its port.
const SERVER: &str = r#"
import http.server, os, ssl, subprocess, sys

root, certificate, key = sys.argv[1:]

class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_GET(self):
        # me:s3cret
        if self.headers.get("Authorization") != "Basic bWU6czNjcmV0":
            self.send_response(401)
            self.send_header("WWW-Authenticate", "Basic realm=templates")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        path, _, query = self.path.partition("?")
        length = int(self.headers.get("Content-Length") or 0)
        variables = dict(
            PATH=os.environ["PATH"], GIT_PROJECT_ROOT=root, GIT_HTTP_EXPORT_ALL="1",
            PATH_INFO=path, QUERY_STRING=query, REQUEST_METHOD=self.command,
            CONTENT_TYPE=self.headers.get("Content-Type", ""), CONTENT_LENGTH=str(length),
            HTTP_CONTENT_ENCODING=self.headers.get("Content-Encoding", ""),
            GIT_PROTOCOL=self.headers.get("Git-Protocol", ""),
            GIT_CONFIG_COUNT="1", GIT_CONFIG_KEY_0="safe.directory", GIT_CONFIG_VALUE_0="*",
        )
        done = subprocess.run(["git", "http-backend"], input=self.rfile.read(length),
                              env=variables, stdout=subprocess.PIPE)
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(headers.pop("Status", "200").split()[0]))
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
server.serve_forever()
"#;

struct Server {
    process: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests do not test with what they test"
)]
fn serve(context: &TestContext) -> Option<Server> {
    let root = context.root();
    let (certificate, key) = (root.join("certificate.pem"), root.join("key.pem"));
    let made = Command::new("openssl")
        .args([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
        ])
        .args([
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
        ])
        .args(["-keyout", key.as_str(), "-out", certificate.as_str()])
        .stderr(Stdio::null())
        .status();
    let backend = Command::new("git").arg("--exec-path").output().ok()?;
    let folder = String::from_utf8(backend.stdout).ok()?;
    let has_backend = std::path::Path::new(folder.trim())
        .join("git-http-backend")
        .exists();
    if !made.is_ok_and(|status| status.success()) || !has_backend {
        return None;
    }
    let mut process = Command::new("python3")
        .args([
            "-c",
            SERVER,
            root.as_str(),
            certificate.as_str(),
            key.as_str(),
        ])
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut line = String::new();
    BufReader::new(process.stdout.take()?)
        .read_line(&mut line)
        .ok()?;
    let port = line.trim().parse().ok()?;
    context.write(
        "home/.gitconfig",
        format!("[http]\n\tsslCAInfo = {certificate}\n"),
    );
    Some(Server { process, port })
}

#[test]
fn a_template_comes_by_https_with_the_password_that_git_has() {
    let context = context();
    let repository = Repository::of_services(&context);
    let Some(server) = serve(&context) else {
        return;
    };
    let spec = format!(
        "git+https://localhost:{}/repository/.git//services/api#main",
        server.port
    );
    // Without one, nobody is asked who is not there, and it is over at once.
    let run = perk(&context, &["new", &spec, "out"]).run();
    assert_eq!(run.code, Some(3), "{run}");
    let said = run.stderr.replace(&server.port.to_string(), "[PORT]");
    insta::assert_snapshot!(said, @"
    error: cannot get `git+https://localhost:[PORT]/repository/.git//services/api#main`
      caused by: `git` failed to ask `https://localhost:[PORT]/repository/.git` for its branches and tags (exit code 128)
      caused by: fatal: could not read Username for 'https://localhost:[PORT]': terminal prompts disabled
    hint: see what `git ls-remote https://localhost:[PORT]/repository/.git` says
    ");

    let config = text(context.root().join("home/.gitconfig"));
    let helper = "!f() { echo username=me; echo password=s3cret; }; f";
    context.write(
        "home/.gitconfig",
        format!("{config}[credential]\n\thelper = \"{helper}\"\n"),
    );
    let run = perk(&context, &["new", &spec, "out"]).run();
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(text(context.project().join("out/api.txt")), "one\n");
    let record = text(context.project().join("out/.perk/scaffold.toml"));
    assert!(record.contains(&format!("source = \"{spec}\"")), "{record}");
    assert!(
        record.contains(&repository.git(&["rev-parse", "HEAD"])),
        "{record}"
    );

    drop(server);
    let run = perk(&context, &["new", &spec, "later"]).run();
    assert_eq!(run.code, Some(0), "{run}");
    assert!(
        run.stderr.contains("warning: cannot reach `git+https:"),
        "{run}"
    );
}
