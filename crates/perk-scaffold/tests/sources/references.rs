//! Branches, tags and commits: which one is meant, and what happens when they move.

use camino::Utf8Path;
use perk_diag::Explain as _;
use perk_scaffold::{ContentHash, Template};

use crate::fixture::{MANIFEST, World};

fn hash_of(folder: &Utf8Path) -> ContentHash {
    Template::load(folder).unwrap().content_hash()
}

#[test]
fn a_repository_gives_what_its_folder_gives() {
    let world = World::with_template();
    world.write("repository/files/run.sh", "#!/bin/sh\n");
    world.git(&["add", "--all"]);
    world.git(&["update-index", "--chmod=+x", "files/run.sh"]);
    std::os::unix::fs::symlink("a", world.repository().join("files/link")).unwrap();
    let commit = world.commit(&[("files/ä b\t{{x}}", "\r\n\0"), ("README.md", "left aside")]);
    let found = world.template("");
    // Control characters in names are refused, tabs too.
    assert!(found.is_err());
    world.git(&["rm", "--quiet", "files/ä b\t{{x}}"]);
    let next = world.commit(&[("files/ä b", "\r\n\0")]);
    assert_ne!(commit, next);
    let found = world.template("").unwrap();
    assert_eq!(found.commit, Some(next));
    assert!(found.outdated.is_none());
    world.git(&["checkout", "--quiet", "--force", "HEAD"]);
    let paths: Vec<&str> = found.template.paths().collect();
    assert_eq!(paths, ["a", "link", "run.sh", "ä b"]);
    world.git(&["reset", "--quiet", "--hard"]);
    assert_eq!(found.template.content_hash(), hash_of(&world.repository()));
}

#[test]
fn branches_and_tags_of_both_kinds_are_found() {
    let world = World::with_template();
    let first = world.git(&["rev-parse", "HEAD"]);
    world.git(&["tag", "light"]);
    world.git(&["tag", "--annotate", "--message=x", "v1.0.0"]);
    let second = world.commit(&[("files/a", "two")]);
    world.git(&["branch", "feature/x"]);
    for (rest, commit) in [
        ("", &second),
        ("#main", &second),
        ("#feature/x", &second),
        ("#light", &first),
        ("#v1.0.0", &first),
        ("#refs/tags/v1.0.0", &first),
        ("#refs/heads/main", &second),
        (&format!("#{first}"), &first),
    ] {
        let found = world.template(rest).unwrap();
        assert_eq!(found.commit.as_ref(), Some(commit), "{rest}");
    }
}

#[test]
fn a_name_of_both_a_tag_and_a_branch_is_refused() {
    let world = World::with_template();
    world.git(&["tag", "next"]);
    world.git(&["checkout", "--quiet", "-b", "next"]);
    world.commit(&[("files/a", "two")]);
    let said = world.failure("#next");
    assert!(
        said.starts_with("`next` is both a tag and a branch of "),
        "{said}"
    );
    assert!(world.template("#refs/heads/next").is_ok());
}

#[test]
fn a_tag_that_moves_is_followed_and_a_commit_stays() {
    let world = World::with_template();
    let first = world.git(&["rev-parse", "HEAD"]);
    world.git(&["tag", "v1"]);
    let before = world.template("#v1").unwrap();
    let pinned = format!("#{first}");
    world.template(&pinned).unwrap();
    let second = world.commit(&[("files/a", "evil")]);
    world.git(&["tag", "--force", "v1"]);
    let after = world.template("#v1").unwrap();
    assert_eq!(
        (before.commit.unwrap(), after.commit.unwrap()),
        (first.clone(), second)
    );
    assert_ne!(
        before.template.content_hash(),
        after.template.content_hash()
    );
    let still = world.template(&pinned).unwrap();
    assert_eq!(still.commit, Some(first));
    assert_eq!(
        still.template.content_hash(),
        before.template.content_hash()
    );
}

#[test]
fn a_branch_that_is_rewritten_is_followed() {
    let world = World::with_template();
    world.commit(&[("files/a", "two")]);
    world.template("#main").unwrap();
    world.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    let other = world.commit(&[("files/a", "three")]);
    assert_eq!(world.template("#main").unwrap().commit, Some(other));
}

#[test]
fn a_name_that_is_gone_says_what_it_was() {
    let world = World::with_template();
    world.git(&["branch", "old"]);
    let commit = world.template("#old").unwrap().commit.unwrap();
    world.git(&["branch", "--delete", "--force", "old"]);
    let error = world
        .template("#old")
        .map(|found| found.commit)
        .unwrap_err();
    assert_eq!(
        world.said(&error),
        "`file://[TEMP]/repository` has no branch or tag `old`"
    );
    assert!(
        error.hints()[0]
            .to_string()
            .contains(&format!("`#{commit}`"))
    );
    let never = world.failure("#never");
    assert_eq!(
        never,
        "`file://[TEMP]/repository` has no branch or tag `never`"
    );
}

#[test]
fn an_empty_repository_and_a_tag_of_no_commit_say_so() {
    let world = World::new();
    world.git(&["init", "--quiet", "."]);
    assert_eq!(
        world.failure(""),
        "`file://[TEMP]/repository` has no commits"
    );
    let world = World::with_template();
    let blob = world.git_with(&["hash-object", "-w", "--stdin"], "x");
    world.git(&["tag", "blob", &blob]);
    let said = world.failure("#blob");
    assert!(said.ends_with("is no commit"), "{said}");
}

#[test]
fn folders_of_a_repository_are_templates_of_their_own() {
    let world = World::new();
    world.git(&["init", "--quiet", "."]);
    world.commit(&[
        ("worker/template.toml", MANIFEST),
        ("worker/files/a", "a"),
        ("service/template.toml", MANIFEST),
        ("docs/readme.md", "no template"),
        ("Odd Name/template.toml", MANIFEST),
    ]);
    assert_eq!(
        world.failure(""),
        "`git+file://[TEMP]/repository` holds several templates: service, worker"
    );
    let all = world.location("");
    assert_eq!(world.sources().names(&all).unwrap(), ["service", "worker"]);
    let found = world
        .sources()
        .template(&all.template("worker").unwrap())
        .unwrap();
    assert_eq!(found.template.paths().collect::<Vec<_>>(), ["a"]);
    assert!(world.template("//worker").is_ok());
    assert!(
        world
            .sources()
            .names(&world.location("//worker"))
            .unwrap()
            .is_empty()
    );
    let said = world.failure("//nowhere");
    assert!(
        said.starts_with(
            "`git+file://[TEMP]/repository//nowhere` has no folder `nowhere` at commit "
        ),
        "{said}"
    );
    let said = world.failure("//docs");
    assert!(said.ends_with("it has no `template.toml`"), "{said}");
    let said = world.failure("//docs/readme.md");
    assert!(said.contains("has no folder `docs/readme.md`"), "{said}");
}

#[test]
fn a_repository_with_the_newer_hash_is_read_too() {
    let world = World::new();
    world.git(&["init", "--quiet", "--object-format=sha256", "."]);
    let commit = world.commit(&[("template.toml", MANIFEST), ("files/a", "a")]);
    assert_eq!(commit.len(), 64);
    assert_eq!(world.template("").unwrap().commit, Some(commit));
}
