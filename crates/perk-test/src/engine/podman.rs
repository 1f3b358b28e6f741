//! podman, which has no daemon.

use super::{ThrowAwayEngine, write};

/// Images that are imported are signed by nobody.
const POLICY: &str = r#"{"default": [{"type": "insecureAcceptAnything"}]}"#;

/// Has all programs find libraries in the folders that are the arguments. When a container ends,
/// podman is started without the variables that it was started with first.
const USE_LIBRARIES: &str = r#"
if [ $# -gt 0 ]; then
    ldconfig -X -C "$folder/memory/libraries" "$@"
    mount --bind "$folder/memory/libraries" /etc/ld.so.cache
fi"#;

impl ThrowAwayEngine {
    pub(super) fn start_podman(&mut self) {
        let program = self.programs.expect("podman");
        let folder = self.folder.path().display();
        // podman starts itself with these options when a container ends, not with the variables of
        // its settings.
        self.add_client(&format!(
            "export PATH='{path}' CONTAINERS_CONF='{folder}/containers.conf'\n\
             exec '{program}' --root '{folder}/memory/graph' --runroot '{folder}/memory/run' \
             --tmpdir '{folder}/memory/tmp' --network-config-dir '{folder}/memory/networks' \
             --storage-driver overlay --cgroup-manager cgroupfs --events-backend file \"$@\"",
            path = self.programs.path().display(),
            program = program.display(),
        ));
        // What the system limits cannot be raised in every container that tests run in, and crun
        // refuses some of them.
        let mut settings = "[containers]\n\
             default_ulimits = [\"nofile=20000:20000\", \"nproc=4096:4096\"]\n\
             [engine]\n\
             runtime = \"runc\"\n"
            .to_owned();
        if let Some(brought) = self.programs.settings_of_podman() {
            settings.push_str(&brought);
        }
        write(&self.file("containers.conf"), &settings);
        let policy = self.file("home/.config/containers");
        std::fs::create_dir_all(&policy).expect("a new folder");
        write(&policy.join("policy.json"), POLICY);
        self.start_sandbox(USE_LIBRARIES, &self.programs.libraries_of_podman());
    }
}
