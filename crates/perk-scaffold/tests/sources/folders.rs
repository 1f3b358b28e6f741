//! Templates in folders of this machine.

use crate::fixture::{MANIFEST, World, location};

#[test]
fn a_folder_is_a_template_or_holds_several() {
    let world = World::new();
    world.write("templates/worker/template.toml", MANIFEST);
    world.write("templates/worker/files/a", "a");
    world.write("templates/service/template.toml", MANIFEST);
    world.write("templates/notes/readme.md", "");
    let all = location(&format!("{}/templates", world.root));
    let sources = world.sources();
    assert_eq!(sources.names(&all).unwrap(), ["service", "worker"]);
    let error = sources
        .template(&all)
        .map(|found| found.commit)
        .unwrap_err();
    assert_eq!(
        world.said(&error),
        "`[TEMP]/templates` holds several templates: service, worker"
    );
    let found = sources.template(&all.template("worker").unwrap()).unwrap();
    assert_eq!(found.commit, None);
    assert!(
        sources
            .names(&all.template("worker").unwrap())
            .unwrap()
            .is_empty()
    );
    assert!(!world.cache().exists());
}

#[test]
fn a_folder_that_is_not_there_says_so() {
    let world = World::new();
    let error = world
        .sources()
        .template(&location("/nowhere/x#v1"))
        .map(|found| found.commit);
    let error = error.unwrap_err();
    assert_eq!(error.to_string(), "there is no folder `/nowhere/x#v1`");
    let hints = perk_diag::Explain::hints(&error);
    assert!(
        hints[0]
            .to_string()
            .starts_with("a branch or tag is named for a repository only")
    );
}

#[test]
fn a_folder_has_one_identity_however_it_is_written() {
    let world = World::new();
    world.write("templates/worker/template.toml", MANIFEST);
    std::os::unix::fs::symlink("templates", world.root.join("link")).unwrap();
    let identity = |path: &str| location(&format!("{}/{path}", world.root)).identity();
    let expected = format!("{}/templates/worker", world.root);
    for path in [
        "templates/worker",
        "templates/worker/",
        "templates//./worker",
        "link/worker",
        "templates/../link/worker",
    ] {
        assert_eq!(identity(path), expected, "{path}");
    }
}
