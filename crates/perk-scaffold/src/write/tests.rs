//! Writing, failing, and being cut off at every step.

use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use camino::{Utf8Path, Utf8PathBuf};

use super::{Existing, PENDING_FOLDER, Recovery, Step, compare, recover, write};
use crate::plan::Plan;
use crate::{
    Answers, Circumstances, Defaults, GivenAnswers, ScaffoldError, Template, plan, resolve,
};

const MANIFEST: &str =
    "schema = 1\n[template]\nname = \"t\"\nversion = \"1.0.0\"\ndescription = \"d\"\n";

type File = (&'static str, u32, &'static str);

const FILES: &[File] = &[
    ("a.txt", 0o644, "new a"),
    ("deep/er/b.txt", 0o644, "new b"),
    ("deep/c.sh", 0o755, "new c"),
    ("link", 0o120_000, "deep/c.sh"),
    ("src/d.rs", 0o644, "new d"),
];

fn template(files: &[File]) -> Template {
    let manifest = ("template.toml".to_owned(), 0o644, MANIFEST);
    let files = files
        .iter()
        .map(|&(path, mode, text)| (format!("files/{path}"), mode, text));
    let all = std::iter::once(manifest).chain(files);
    Template::from_files(all.map(|(path, mode, text)| (path, mode, text.as_bytes().into())))
        .unwrap()
}

fn answers(template: &Template) -> Answers {
    let circumstances = Circumstances {
        project_name: "p".to_owned(),
        time: time::OffsetDateTime::UNIX_EPOCH,
        entropy: [0; 32],
    };
    let given = GivenAnswers::new();
    resolve(template.manifest(), &circumstances, &given, Defaults::Take).unwrap()
}

/// Calls a function with the plan of some files.
fn with_plan<T>(files: &[File], use_plan: impl FnOnce(&Plan<'_>) -> T) -> T {
    let template = template(files);
    let plan = plan(&template, &answers(&template)).unwrap();
    use_plan(&plan)
}

fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
    (folder, path)
}

/// Returns every path below a folder with its kind and content, sorted.
fn tree(folder: &Utf8Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in next.read_dir_utf8().unwrap() {
            let path = entry.unwrap().into_path();
            let name = path.strip_prefix(folder).unwrap();
            let metadata = path.symlink_metadata().unwrap();
            if metadata.is_symlink() {
                found.push(format!("{name} -> {}", path.read_link_utf8().unwrap()));
            } else if metadata.is_dir() {
                found.push(format!("{name}/"));
                open.push(path);
            } else {
                let mode = metadata.permissions().mode() & 0o100;
                let text = perk_fs_text(&path);
                found.push(format!("{name}{} {text}", if mode == 0 { "" } else { "*" }));
            }
        }
    }
    found.sort();
    found
}

#[expect(clippy::disallowed_methods, reason = "a test may read its own files")]
fn perk_fs_text(path: &Utf8Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "a test may write its own files")]
fn put(folder: &Utf8Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// What the plan of `FILES` comes to in an empty folder.
const COMPLETE: &[&str] = &[
    "a.txt new a",
    "deep/",
    "deep/c.sh* new c",
    "deep/er/",
    "deep/er/b.txt new b",
    "link -> deep/c.sh",
    "src/",
    "src/d.rs new d",
];

#[test]
fn makes_a_destination_with_the_folders_above_it() {
    let (_guard, top) = folder();
    with_plan(FILES, |plan| {
        write(plan, &top.join("one/two"), Existing::Refuse, &|_| ()).unwrap();
    });
    assert_eq!(tree(&top.join("one/two")), COMPLETE);
    assert_eq!(top.read_dir_utf8().unwrap().count(), 1);
}

#[test]
fn fills_a_folder_that_exists_and_leaves_nothing_else() {
    let (_guard, top) = folder();
    put(&top, "mine.txt", "mine");
    put(&top, "deep/mine.txt", "mine");
    with_plan(FILES, |plan| {
        write(plan, &top, Existing::Refuse, &|_| ()).unwrap();
    });
    let mut expected = COMPLETE.to_vec();
    expected.extend(["mine.txt mine", "deep/mine.txt mine"]);
    expected.sort_unstable();
    assert_eq!(tree(&top), expected);
    // Again, it is all there.
    with_plan(FILES, |plan| {
        write(plan, &top, Existing::Refuse, &|step| panic!("{step:?}")).unwrap();
        assert_eq!(compare(plan, &top).unwrap().same.len(), FILES.len());
    });
}

#[test]
fn files_that_differ_are_replaced_only_when_told() {
    let (_guard, top) = folder();
    put(&top, "a.txt", "mine");
    put(&top, "deep/c.sh", "new c");
    put(&top, "src/d.rs", "new d");
    let before = tree(&top);
    with_plan(FILES, |plan| {
        let error = write(plan, &top, Existing::Refuse, &|_| ()).unwrap_err();
        // `deep/c.sh` has the right text and the wrong mode.
        assert_eq!(
            error.to_string(),
            "`a.txt`, `deep/c.sh` are there already, with other content"
        );
        assert_eq!(tree(&top), before);
        write(plan, &top, Existing::Replace, &|_| ()).unwrap();
    });
    assert_eq!(tree(&top), COMPLETE);
}

#[test]
fn nothing_is_written_through_a_link_or_over_a_folder() {
    let (_guard, top) = folder();
    let (_other_guard, outside) = folder();
    symlink(&outside, top.join("deep")).unwrap();
    put(&top, "a.txt/inner", "mine");
    put(&top, "src", "a file where a folder should be");
    let before = tree(&top);
    with_plan(FILES, |plan| {
        let error = write(plan, &top, Existing::Replace, &|_| ()).unwrap_err();
        let ScaffoldError::InTheWay { paths } = error else {
            panic!("{error}")
        };
        assert_eq!(paths, ["a.txt", "deep/c.sh", "deep/er/b.txt", "src/d.rs"]);
    });
    assert_eq!(tree(&top), before);
    assert!(tree(&outside).is_empty());
}

#[test]
fn a_pending_folder_that_is_a_link_is_not_followed() {
    let (_guard, top) = folder();
    let (_other_guard, outside) = folder();
    put(&outside, "precious", "mine");
    symlink(&outside, top.join(PENDING_FOLDER)).unwrap();
    with_plan(FILES, |plan| {
        assert!(write(plan, &top, Existing::Replace, &|_| ()).is_err());
    });
    assert!(recover(&top).is_err());
    assert_eq!(tree(&outside), ["precious mine"]);
}

#[test]
fn a_link_that_is_in_the_place_of_a_file_is_replaced_itself() {
    let (_guard, top) = folder();
    let (_other_guard, outside) = folder();
    put(&outside, "precious", "mine");
    symlink(outside.join("precious"), top.join("a.txt")).unwrap();
    with_plan(FILES, |plan| {
        write(plan, &top, Existing::Replace, &|_| ()).unwrap();
    });
    assert_eq!(tree(&top), COMPLETE);
    assert_eq!(tree(&outside), ["precious mine"]);
}

#[test]
fn a_destination_that_is_a_file_is_refused() {
    let (_guard, top) = folder();
    put(&top, "file", "mine");
    with_plan(FILES, |plan| {
        assert!(write(plan, &top.join("file"), Existing::Replace, &|_| ()).is_err());
        assert!(write(plan, &top.join("file/below"), Existing::Replace, &|_| ()).is_err());
        assert!(write(plan, &top.join("new/../x"), Existing::Replace, &|_| ()).is_err());
    });
    assert_eq!(tree(&top), ["file mine"]);
}

#[test]
fn a_failure_in_the_middle_takes_everything_back() {
    let (_guard, top) = folder();
    put(&top, "a.txt", "mine");
    put(&top, "deep/c.sh", "mine");
    let before = tree(&top);
    with_plan(FILES, |plan| {
        // Somebody takes the place of a later file after the first one has been moved.
        let observer = |step: Step<'_>| {
            if step == Step::Placed("link") {
                put(&top, "src/d.rs", "somebody's");
            }
        };
        let error = write(plan, &top, Existing::Replace, &observer).unwrap_err();
        assert!(matches!(error, ScaffoldError::InTheWay { .. }), "{error}");
    });
    let mut expected = before;
    expected.extend(["src/".to_owned(), "src/d.rs somebody's".to_owned()]);
    assert_eq!(tree(&top), expected);
}

/// Writes, and ends as a process does that is killed: at a step, without cleaning up.
fn cut_off(plan: &Plan<'_>, destination: &Utf8Path, at: usize) -> bool {
    let steps = AtomicUsize::new(0);
    let observer = |_: Step<'_>| {
        if steps.fetch_add(1, Ordering::Relaxed) == at {
            std::panic::resume_unwind(Box::new("cut off"));
        }
    };
    let written = catch_unwind(AssertUnwindSafe(|| {
        write(plan, destination, Existing::Replace, &observer)
    }));
    match written {
        Ok(written) => {
            written.unwrap();
            false
        }
        Err(_) => true,
    }
}

#[test]
fn a_new_destination_is_there_or_not_wherever_the_end_comes() {
    with_plan(FILES, |plan| {
        for at in 0.. {
            let (_guard, top) = folder();
            let destination = top.join("new");
            let is_cut_off = cut_off(plan, &destination, at);
            assert!(
                !destination.exists() || tree(&destination) == COMPLETE,
                "{at}"
            );
            write(plan, &destination, Existing::Refuse, &|_| ()).unwrap();
            assert_eq!(tree(&destination), COMPLETE);
            assert_eq!(top.read_dir_utf8().unwrap().count(), 1, "{at}");
            if !is_cut_off {
                assert_eq!(at, FILES.len() + 1);
                break;
            }
        }
    });
}

#[test]
fn an_existing_folder_is_as_before_or_complete_wherever_the_end_comes() {
    let mut seen = Vec::new();
    with_plan(FILES, |plan| {
        for at in 0.. {
            let (_guard, top) = folder();
            put(&top, "a.txt", "mine");
            put(&top, "src/d.rs", "mine");
            let before = tree(&top);
            let is_cut_off = cut_off(plan, &top, at);
            let recovery = recover(&top).unwrap();
            match recovery {
                Recovery::Discarded => assert_eq!(tree(&top), before, "{at}"),
                _ => assert_eq!(tree(&top), COMPLETE, "{at}"),
            }
            assert_eq!(recover(&top).unwrap(), Recovery::Nothing);
            seen.push(recovery);
            if !is_cut_off {
                break;
            }
        }
    });
    let expected = [
        vec![Recovery::Discarded; FILES.len()],
        vec![Recovery::Completed; FILES.len() + 1],
        vec![Recovery::Nothing],
    ];
    assert_eq!(seen, expected.concat());
}

#[test]
fn what_somebody_changed_after_the_end_is_kept() {
    with_plan(FILES, |plan| {
        let (_guard, top) = folder();
        put(&top, "src/d.rs", "mine");
        let before = tree(&top);
        // Three files are placed, then the end comes, then somebody edits a file that was to be
        // replaced: the write is taken back.
        assert!(cut_off(plan, &top, FILES.len() + 3));
        put(&top, "src/d.rs", "edited");
        assert_eq!(recover(&top).unwrap(), Recovery::TakenBack);
        assert_eq!(
            tree(&top),
            before
                .iter()
                .map(|line| line.replace("mine", "edited"))
                .collect::<Vec<_>>()
        );
    });
    with_plan(FILES, |plan| {
        let (_guard, top) = folder();
        put(&top, "src/d.rs", "mine");
        // Both a file that was placed and one that was not are edited: nothing is lost.
        assert!(cut_off(plan, &top, FILES.len() + 3));
        put(&top, "src/d.rs", "edited");
        put(&top, "a.txt", "edited");
        assert!(matches!(
            recover(&top).unwrap_err(),
            ScaffoldError::Changed { .. }
        ));
        assert_eq!(perk_fs_text(&top.join("src/d.rs")), "edited");
        assert_eq!(perk_fs_text(&top.join("a.txt")), "edited");
    });
}

#[test]
fn a_journal_that_was_copied_here_counts_for_nothing() {
    with_plan(FILES, |plan| {
        let (_guard, top) = folder();
        assert!(cut_off(plan, &top, FILES.len()));
        let journal = perk_fs_text(&top.join(PENDING_FOLDER).join("journal.json"));
        let (_other_guard, other) = folder();
        put(&other, ".perk-pending/new/a.txt", "new a");
        put(&other, ".perk-pending/journal.json", &journal);
        assert_eq!(recover(&other).unwrap(), Recovery::Discarded);
        assert!(tree(&other).is_empty());
    });
}

#[test]
fn a_journal_never_leads_outside() {
    let (_guard, top) = folder();
    with_plan(FILES, |plan| assert!(cut_off(plan, &top, FILES.len())));
    let path = top.join(PENDING_FOLDER).join("journal.json");
    let journal = perk_fs_text(&path).replace("\"a.txt\"", "\"../a.txt\"");
    put(&top, ".perk-pending/journal.json", &journal);
    assert!(recover(&top).is_err());
}

#[test]
fn two_writers_do_not_meet() {
    let (_guard, top) = folder();
    let refused = AtomicUsize::new(0);
    for destination in [top.clone(), top.join("new")] {
        with_plan(FILES, |plan| {
            let observer = |step: Step<'_>| {
                if matches!(step, Step::Staged(_)) {
                    let other = write(plan, &destination, Existing::Replace, &|_| ());
                    assert!(matches!(other, Err(ScaffoldError::Busy { .. })));
                    refused.fetch_add(1, Ordering::Relaxed);
                }
            };
            write(plan, &destination, Existing::Refuse, &observer).unwrap();
        });
    }
    assert_eq!(refused.into_inner(), 2 * FILES.len());
}

#[test]
fn many_files_are_made_by_several_threads() {
    let names: Vec<String> = (0..600)
        .map(|number| format!("f/{}/{number}", number % 7))
        .collect();
    let manifest = (
        "template.toml".to_owned(),
        0o644,
        MANIFEST.as_bytes().into(),
    );
    let files = names.iter().map(|name| {
        (
            format!("files/{name}"),
            0o644,
            name.clone().into_bytes().into(),
        )
    });
    let template = Template::from_files(std::iter::once(manifest).chain(files)).unwrap();
    let plan = plan(&template, &answers(&template)).unwrap();
    let (_guard, top) = folder();
    write(&plan, &top.join("new"), Existing::Refuse, &|_| ()).unwrap();
    let comparison = compare(&plan, &top.join("new")).unwrap();
    assert_eq!(comparison.same.len(), 600);
}
