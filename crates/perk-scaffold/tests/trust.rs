//! Hooks run when exactly they are trusted, and never otherwise.

#![expect(clippy::unwrap_used, reason = "to panic is how a test fails")]

use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::thread;

use camino::{Utf8Path, Utf8PathBuf};
use perk_process::SearchPath;
use perk_scaffold::{ContentHash, HookIdentity, HookMoment, TrustError, TrustStore};

fn hook() -> HookIdentity {
    HookIdentity {
        source: "git+https://git.example.com/team/templates//worker".to_owned(),
        commit: Some("1".repeat(40)),
        content: ContentHash::of(b"content"),
        at: HookMoment::After,
        run: vec![
            "sh".to_owned(),
            "-c".to_owned(),
            "echo done > done".to_owned(),
        ],
    }
}

struct World {
    folder: Utf8PathBuf,
    store: TrustStore,
    _guard: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        let guard = tempfile::tempdir().unwrap();
        let folder = Utf8PathBuf::from_path_buf(guard.path().to_owned()).unwrap();
        Self {
            store: TrustStore::new(folder.join("perk/trusted-hooks.toml")),
            folder,
            _guard: guard,
        }
    }

    fn file(&self) -> Utf8PathBuf {
        self.folder.join("perk/trusted-hooks.toml")
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "tests do not test with what they test"
    )]
    fn text(&self) -> String {
        fs::read_to_string(self.file()).unwrap()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "tests do not test with what they test"
    )]
    fn write(&self, text: &str) {
        fs::create_dir_all(self.file().parent().unwrap()).unwrap();
        fs::write(self.file(), text).unwrap();
        fs::set_permissions(self.file(), Permissions::from_mode(0o600)).unwrap();
    }

    fn is_trusted(&self, hook: &HookIdentity) -> bool {
        self.store.untrusted([hook]).unwrap().is_empty()
    }

    fn run(&self, hook: HookIdentity) -> Result<(), TrustError> {
        self.store.trust([&hook])?;
        let hooks = self.store.trusted(vec![hook])?;
        hooks[0].run(&self.folder, &SearchPath::new(OsStr::new("/usr/bin:/bin")))
    }
}

#[test]
fn trust_is_in_everything_at_once_and_in_no_prefix() {
    let world = World::new();
    world.store.trust([&hook()]).unwrap();
    assert!(world.is_trusted(&hook()));
    let source = |source: &str| HookIdentity {
        source: source.to_owned(),
        ..hook()
    };
    let run = |run: &[&str]| HookIdentity {
        run: run.iter().map(|&word| word.to_owned()).collect(),
        ..hook()
    };
    for other in [
        source("git+https://git.example.com/team/templates//worker-evil"),
        source("git+https://git.example.com/team/templates//worker/evil"),
        source("git+https://git.example.com/team/templates//worker/../evil"),
        source("git+https://git.example.com/team/templates//worker%2f..%2fevil"),
        source("git+https://git.example.com/team/templates"),
        source("git+https://git.example.com/team/templates-evil//worker"),
        source("git+https://git.example.com.evil.example/team/templates//worker"),
        source("git+https://git.example.com@evil.example/team/templates//worker"),
        source("git+HTTPS://git.example.com/team/templates//worker"),
        source("git+ssh://git.example.com/team/templates//worker"),
        source("git+https://git.example.com/team/templates//worker "),
        source("git+https://git.example.com/team/templates//Worker"),
        source(""),
        HookIdentity {
            commit: Some("2".repeat(40)),
            ..hook()
        },
        HookIdentity {
            commit: Some("1".repeat(39)),
            ..hook()
        },
        HookIdentity {
            commit: None,
            ..hook()
        },
        HookIdentity {
            content: ContentHash::of(b"other"),
            ..hook()
        },
        HookIdentity {
            at: HookMoment::Before,
            ..hook()
        },
        run(&["sh", "-c", "echo done > done; id"]),
        run(&["sh", "-c", "echo done > done", "x"]),
        run(&["sh", "-c echo done > done"]),
        run(&["sh -c", "echo done > done"]),
        run(&["-c", "sh", "echo done > done"]),
        run(&["sh"]),
        run(&[]),
    ] {
        assert!(!world.is_trusted(&other), "{other:?}");
        assert!(matches!(
            world.store.trusted(vec![hook(), other]),
            Err(TrustError::NotTrusted { commands }) if commands.len() == 1
        ));
    }
}

#[test]
fn the_file_is_the_users_alone_and_says_what_is_trusted() {
    let world = World::new();
    assert!(!world.is_trusted(&hook()));
    assert!(!world.file().exists());
    world.store.trust([&hook(), &hook()]).unwrap();
    world.store.trust([&hook()]).unwrap();
    let mode = |path: &Utf8Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&world.file()), 0o600);
    assert_eq!(mode(world.file().parent().unwrap()), 0o700);
    let content = ContentHash::of(b"content");
    assert_eq!(
        world.text(),
        format!(
            "schema = 1\n\n[[hook]]\nsource = \"git+https://git.example.com/team/templates//worker\"\n\
             commit = \"{}\"\ncontent = \"sha256:{content}\"\nat = \"after\"\n\
             run = [\"sh\", \"-c\", \"echo done > done\"]\n",
            "1".repeat(40)
        )
    );
}

#[test]
fn a_file_that_others_can_write_is_not_believed() {
    let world = World::new();
    world.store.trust([&hook()]).unwrap();
    for mode in [0o666, 0o620, 0o602] {
        fs::set_permissions(world.file(), Permissions::from_mode(mode)).unwrap();
        let hook = hook();
        assert!(matches!(
            world.store.untrusted([&hook]),
            Err(TrustError::Exposed { .. })
        ));
        assert!(world.store.trust([&hook]).is_err());
    }
}

#[test]
fn a_file_that_is_not_understood_is_neither_believed_nor_replaced() {
    for text in [
        "",
        "schema = 1\n[[hook]]\nsource = \"x\"",
        "schema = 1\nhooks = \"all\"",
        "schema = \"1\"",
        "schema = 2\n[future]\n",
        "not toml",
    ] {
        let world = World::new();
        world.write(text);
        assert!(world.store.trust([&hook()]).is_err(), "{text}");
        assert_eq!(world.text(), text);
    }
}

#[test]
fn trust_given_at_the_same_time_is_not_lost() {
    let world = World::new();
    let hooks: Vec<HookIdentity> = (0..16)
        .map(|number| HookIdentity {
            source: number.to_string(),
            ..hook()
        })
        .collect();
    thread::scope(|scope| {
        let store = &world.store;
        for hook in &hooks {
            scope.spawn(move || store.trust([hook]).unwrap());
        }
    });
    assert!(hooks.iter().all(|hook| world.is_trusted(hook)));
}

#[test]
fn a_trusted_hook_runs_in_its_folder() {
    let world = World::new();
    world.run(hook()).unwrap();
    assert!(world.folder.join("done").exists());
}

#[test]
fn a_failing_hook_is_named() {
    let world = World::new();
    let failing = HookIdentity {
        run: vec!["sh".to_owned(), "-c".to_owned(), "exit 3".to_owned()],
        ..hook()
    };
    let error = world.run(failing).unwrap_err();
    assert_eq!(error.to_string(), "the hook `sh -c 'exit 3'` has failed");
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(
        source.to_string(),
        "`sh` failed to run as a hook (exit code 3)"
    );
    let missing = HookIdentity {
        run: vec!["no-such-program".to_owned()],
        ..hook()
    };
    let error = world.run(missing).unwrap_err();
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(
        source.to_string(),
        "cannot find the program `no-such-program`, which is needed to run a hook"
    );
}

#[test]
fn only_after_the_files_are_there_one_of_them_may_be_run() {
    let world = World::new();
    let script = world.folder.join("setup.sh");
    std::os::unix::fs::symlink("/bin/true", &script).unwrap();
    let at = |at, program: &str| HookIdentity {
        at,
        run: vec![program.to_owned()],
        ..hook()
    };
    world.run(at(HookMoment::After, "./setup.sh")).unwrap();
    let error = world.run(at(HookMoment::Before, "./setup.sh")).unwrap_err();
    assert!(matches!(error, TrustError::NotYetThere { .. }), "{error}");
    // A bare name is looked for in the search path only, never in the folder.
    assert!(world.run(at(HookMoment::After, "setup.sh")).is_err());
    world.run(at(HookMoment::Before, "/bin/true")).unwrap();
}

const AS_CHILD: &str = "PERK_TRUST_TEST_CHILD";

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the test runs itself with other variables"
)]
fn a_hook_sees_no_variable_of_perk() {
    if std::env::var_os(AS_CHILD).is_some() {
        let world = World::new();
        let words = ["sh", "-c", "env > env"].map(str::to_owned);
        world
            .run(HookIdentity {
                run: words.to_vec(),
                ..hook()
            })
            .unwrap();
        let seen = fs::read_to_string(world.folder.join("env")).unwrap();
        assert!(seen.contains("KEPT=1"), "{seen}");
        assert!(
            !seen.contains("PERK_") && !seen.contains("hunter2"),
            "{seen}"
        );
        return;
    }
    let status = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_hook_sees_no_variable_of_perk"])
        .env(AS_CHILD, "1")
        .env("PERK_SCAFFOLD_PASSWORD", "hunter2")
        .env("KEPT", "1")
        .stdout(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
}
