//! A PostgreSQL server of the system's own installation, started for one test.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};

use super::free_address;

const NAME: &str = "service";
/// Where the build found the programs of the server.
const PROGRAMS: Option<&str> = option_env!("POSTGRESQL_PROGRAMS");

/// A running server, stopped and removed when the test is over.
#[derive(Debug)]
pub(crate) struct PostgreSql {
    pub(crate) address: SocketAddr,
    programs: &'static str,
    folder: tempfile::TempDir,
}

impl PostgreSql {
    /// Starts a server. Tests that call it are ignored where PostgreSQL is not installed.
    pub(crate) fn start() -> Self {
        let programs = PROGRAMS.expect("PostgreSQL is installed");
        let folder = tempfile::tempdir().expect("a folder");
        give_to_server_account(folder.path());
        let server = Self {
            address: free_address(),
            programs,
            folder,
        };
        server.run(
            "initdb",
            &[
                "--username",
                NAME,
                "--auth",
                "trust",
                "--encoding",
                "UTF8",
                "--no-sync",
            ],
        );
        let options = format!(
            "-c listen_addresses=127.0.0.1 -c port={} -c fsync=off -c unix_socket_directories=",
            server.address.port(),
        );
        server.run(
            "pg_ctl",
            &[
                "start",
                "--wait",
                "--log",
                &server.log(),
                "--options",
                &options,
            ],
        );
        server
    }

    /// Returns the address of the database for the program, by way of `host`.
    pub(crate) fn url(host: SocketAddr) -> String {
        format!("postgresql://{NAME}@{host}/postgres?sslmode=disable")
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn log(&self) -> String {
        self.folder.path().join("log").display().to_string()
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let status = self
            .command(program)
            .args(arguments)
            .status()
            .expect(program);
        assert!(status.success(), "{program} failed: {}", read(&self.log()));
    }

    /// PostgreSQL refuses to run as root; as root, this goes through the account it came with.
    fn command(&self, program: &str) -> Command {
        let path = Path::new(self.programs).join(program);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args([
                "--reuid",
                "postgres",
                "--regid",
                "postgres",
                "--clear-groups",
            ]);
            command.arg(path);
            command
        } else {
            Command::new(path)
        };
        command
            .args(["--pgdata", &self.data()])
            .current_dir(self.folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command
    }
}

impl Drop for PostgreSql {
    fn drop(&mut self) {
        let _ = self
            .command("pg_ctl")
            .args(["stop", "--mode", "immediate"])
            .status();
    }
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().expect("id");
    output.stdout.trim_ascii() == b"0"
}

fn give_to_server_account(folder: &Path) {
    if is_root() {
        let status = Command::new("chown")
            .arg("postgres")
            .arg(folder)
            .status()
            .expect("chown");
        assert!(status.success(), "there is no account `postgres`");
    }
}

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}
