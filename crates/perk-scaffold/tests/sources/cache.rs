//! What was fetched once: without network, two at once, killed on the way, damaged.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::thread;
use std::time::{Duration, Instant};

use perk_scaffold::{Network, Sources, TimeLimits};

use crate::fixture::{World, location};

#[test]
fn what_was_seen_is_used_offline_and_only_that() {
    let world = World::with_template();
    let commit = world.template("#main").unwrap().commit;
    let offline = Sources {
        network: Network::Offline,
        ..world.sources_with_git(
            "case \"$*\" in *\" ls-remote \"*|*\" fetch \"*) exit 9;; esac\nexec $git \"$@\"",
        )
    };
    let found = offline.template(&world.location("#main")).unwrap();
    assert_eq!(found.commit, commit);
    assert!(found.outdated.is_none());
    let error = offline
        .template(&world.location(""))
        .map(|found| found.commit)
        .unwrap_err();
    assert_eq!(
        world.said(&error),
        "`git+file://[TEMP]/repository` has never been fetched on this machine, and the network is not to be used"
    );
}

#[test]
fn a_repository_that_cannot_be_reached_is_served_from_the_cache() {
    let world = World::with_template();
    let commit = world.template("#main").unwrap().commit.unwrap();
    let place = world.location("#main");
    fs::rename(world.repository(), world.root.join("away")).unwrap();
    let later = Sources {
        now: world.sources().now + time::Duration::days(3),
        ..world.sources()
    };
    let found = later.template(&place).unwrap();
    assert_eq!(found.commit.as_ref(), Some(&commit));
    let warning = found.outdated.unwrap();
    let text = warning.to_string().replace(world.root.as_str(), "[TEMP]");
    assert_eq!(
        text,
        format!(
            "cannot reach `git+file://[TEMP]/repository#main`; using commit {} as fetched 3 days ago",
            &commit[..12]
        )
    );
    let error = later
        .template(&location("git+file:///nowhere/x"))
        .map(|found| found.commit);
    let said = world.said(&error.unwrap_err());
    assert!(
        said.starts_with("cannot get `git+file:///nowhere/x`: `git` failed to ask"),
        "{said}"
    );
}

#[test]
fn a_repository_that_does_not_answer_is_given_up() {
    let world = World::with_template();
    world.template("").unwrap();
    let slow =
        world.sources_with_git("case \"$*\" in *ls-remote*) sleep 60;; esac\nexec $git \"$@\"");
    let slow = Sources {
        limits: TimeLimits {
            answer: Duration::from_millis(200),
            ..slow.limits
        },
        ..slow
    };
    let start = Instant::now();
    let found = slow.template(&world.location("")).unwrap();
    let reason = found.outdated.unwrap().reason.to_string();
    assert!(reason.ends_with("within 0.2 s"), "{reason}");
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_commit_is_fetched_once() {
    let world = World::with_template();
    let commit = world.template("").unwrap().commit.unwrap();
    let log = world.root.join("log");
    let counting = world.sources_with_git(&format!("echo \"$*\" >> '{log}'\nexec $git \"$@\""));
    counting.template(&world.location("")).unwrap();
    let pinned = world.location(&format!("#{commit}"));
    counting.template(&pinned).unwrap();
    let before = lines(&log, " ls-remote ") + lines(&log, " fetch ");
    assert_eq!((lines(&log, " ls-remote "), lines(&log, " fetch ")), (1, 1));
    counting.template(&pinned).unwrap();
    assert_eq!(lines(&log, " ls-remote ") + lines(&log, " fetch "), before);
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests do not test with what they test"
)]
fn lines(log: &camino::Utf8Path, word: &str) -> usize {
    let text = fs::read_to_string(log).unwrap();
    text.lines().filter(|line| line.contains(word)).count()
}

#[test]
fn two_at_once_do_not_disturb_each_other() {
    let world = World::with_template();
    let places = [
        world.location(""),
        world.location("#main"),
        world.location(""),
    ];
    thread::scope(|scope| {
        let fetches: Vec<_> = places
            .iter()
            .cycle()
            .take(6)
            .map(|place| scope.spawn(|| world.sources().template(place).map(|found| found.commit)))
            .collect();
        for fetch in fetches {
            fetch.join().unwrap().unwrap();
        }
    });
}

#[test]
fn what_a_killed_git_leaves_behind_is_cleared_away() {
    let world = World::with_template();
    world.template("").unwrap();
    let repository = world.cached().join("repository.git");
    for path in [
        "shallow.lock",
        "config.lock",
        "packed-refs.lock",
        "objects/pack/tmp_pack_x",
    ] {
        fs::File::create_new(repository.join(path)).unwrap();
    }
    let second = world.commit(&[("files/a", "two")]);
    let found = world.template("").unwrap();
    assert_eq!(found.commit, Some(second));
    assert!(found.outdated.is_none(), "{:?}", found.outdated);
    assert!(!repository.join("objects/pack/tmp_pack_x").exists());
}

const AS_CHILD: &str = "PERK_SOURCES_TEST_CHILD";
const KILLED: &str = "cache::a_fetch_may_be_killed_at_any_time";

/// Kills the process that fetches, before or after git has worked; in between it leaves a lock.
const KILLER: &str = r#"
case "$*" in
*" $WHEN "*) [ -n "$AFTER" ] && $git "$@"
    kill -9 $PPID
    sleep 0.5
    ;;
esac
exec $git "$@"
"#;

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the test runs itself to be killed"
)]
fn a_fetch_may_be_killed_at_any_time() {
    if let Some(root) = std::env::var_os(AS_CHILD) {
        let root = camino::Utf8PathBuf::from(root.into_string().unwrap());
        let place = location(&format!("git+file://{root}/repository"));
        let sources = Sources {
            cache: root.join("cache"),
            search_path: perk_process::SearchPath::new(root.join("bin").as_std_path().as_os_str()),
            ..World::new().sources()
        };
        let _ = sources.template(&place);
        return;
    }
    for (when, after) in [
        ("init", ""),
        ("init", "1"),
        ("fetch", ""),
        ("fetch", "1"),
        ("rev-parse", "1"),
        ("cat-file", ""),
        ("ls-tree", "1"),
    ] {
        let world = World::with_template();
        world.sources_with_git(KILLER);
        let status = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", KILLED])
            .env(AS_CHILD, &world.root)
            .env("WHEN", when)
            .env("AFTER", after)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .status()
            .unwrap();
        assert_eq!(status.signal(), Some(9), "{when} {after}");
        // The git that was left alone is still at work; the next one waits for it.
        let found = world.template("");
        assert!(found.is_ok(), "{when} {after}: {found:?}");
    }
}

#[test]
fn a_damaged_cache_is_fetched_anew_but_not_offline() {
    let world = World::with_template();
    world.template("").unwrap();
    let objects = world.cached().join("repository.git/objects");
    fs::remove_dir_all(&objects).unwrap();
    fs::create_dir(&objects).unwrap();
    let offline = Sources {
        network: Network::Offline,
        ..world.sources()
    };
    let error = offline
        .template(&world.location(""))
        .map(|found| found.commit)
        .unwrap_err();
    let said = world.said(&error);
    assert!(
        said.starts_with("what was fetched from `file://[TEMP]/repository` cannot be read"),
        "{said}"
    );
    assert!(world.template("").is_ok());
    assert!(offline.template(&world.location("")).is_ok());
}

#[test]
fn without_git_the_error_names_it() {
    let world = World::with_template();
    let none = Sources {
        search_path: perk_process::SearchPath::new(std::ffi::OsStr::new("/nowhere")),
        ..world.sources()
    };
    let error = none
        .template(&world.location(""))
        .map(|found| found.commit)
        .unwrap_err();
    assert_eq!(
        world.said(&error),
        "cannot get `git+file://[TEMP]/repository`: cannot find the program `git`, which is needed to fetch templates from repositories"
    );
}
