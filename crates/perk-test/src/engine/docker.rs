//! dockerd.

use std::ffi::OsString;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use super::{ThrowAwayEngine, write};

/// Longer than it takes, also on a machine with much else to do.
const PATIENCE: Duration = Duration::from_mins(1);

/// Starts the daemon, whose words are the arguments.
const START_DAEMON: &str = r#""$@" > "$folder/log" 2>&1 < /dev/null &"#;

impl ThrowAwayEngine {
    pub(super) fn start_docker(&mut self) {
        let daemon = self.programs.expect("dockerd").into_os_string();
        let client = self.programs.expect("docker");
        self.add_client(&format!("exec '{}' \"$@\"", client.display()));
        // The control groups are asked for by name, since with systemd they would be its own.
        let settings = format!(
            r#"{{"cgroup-parent": "/{}", "exec-opts": ["native.cgroupdriver=cgroupfs"]}}"#,
            self.group()
        );
        write(&self.file("daemon.json"), &settings);
        let path = |name: &str| self.file(name).into_os_string();
        let options: [(&str, OsString); 6] = [
            ("--host", self.docker_host().into()),
            ("--data-root", path("memory/data")),
            ("--exec-root", path("memory/exec")),
            ("--pidfile", path("docker.pid")),
            ("--config-file", path("daemon.json")),
            ("--storage-driver", "overlay2".into()),
        ];
        let options = options
            .into_iter()
            .flat_map(|(name, value)| [name.into(), value]);
        let words: Vec<_> = std::iter::once(daemon).chain(options).collect();
        self.start_sandbox(START_DAEMON, &words);
        self.wait_for_docker();
    }

    pub(super) fn docker_host(&self) -> String {
        format!("unix://{}", self.file("docker.sock").display())
    }

    fn wait_for_docker(&self) {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            let asked = self.command(&["docker", "version"]).output();
            if asked.expect("docker's client").status.success() {
                return;
            }
            thread::sleep(Duration::from_millis(30));
        }
        let log = fs::read_to_string(self.file("log")).unwrap_or_default();
        panic!("dockerd does not answer:\n{log}");
    }
}
