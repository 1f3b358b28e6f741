//! podman, which has no daemon.

use super::{ThrowAwayEngine, write};

/// Images that are imported are signed by nobody.
const POLICY: &str = r#"{"default": [{"type": "insecureAcceptAnything"}]}"#;

/// Keeps the networks of containers to the sandbox, and has all programs find libraries in the
/// folders that are the arguments: when a container ends, podman is started without the variables
/// that it was started with first.
const PREPARE: &str = r#"
mkdir -p /run/netns
mount -t tmpfs tmpfs /run/netns
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
        // Limits of the system cannot be raised in every container that tests run in. crun refuses
        // some systems. Locks in memory are those of the system's own podman.
        let mut settings = "[containers]\n\
             default_ulimits = [\"nofile=20000:20000\", \"nproc=4096:4096\"]\n\
             [engine]\n\
             lock_type = \"file\"\n\
             runtime = \"runc\"\n"
            .to_owned();
        if let Some(brought) = self.programs.settings_of_podman() {
            settings.push_str(&brought);
        }
        write(&self.file("containers.conf"), &settings);
        let policy = self.file("home/.config/containers");
        std::fs::create_dir_all(&policy).expect("a new folder");
        write(&policy.join("policy.json"), POLICY);
        self.start_sandbox(PREPARE, &self.programs.libraries_of_podman());
    }
}
