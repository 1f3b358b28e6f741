//! Repositories and configurations that mean harm.

use perk_scaffold::Sources;

use crate::fixture::{MANIFEST, World, location};

#[test]
fn links_out_of_the_template_are_refused() {
    for target in ["/etc/passwd", "../../../etc/passwd", "..", "a/../../x"] {
        let world = World::with_template();
        std::os::unix::fs::symlink(target, world.repository().join("files/link")).unwrap();
        world.commit(&[]);
        let said = world.failure("");
        assert!(
            said.contains(&format!("the link `link` leads to `{target}`")),
            "{said}"
        );
    }
}

#[test]
fn links_in_place_of_what_is_read_are_refused() {
    for path in ["template.toml", "files"] {
        let world = World::new();
        world.git(&["init", "--quiet", "."]);
        world.commit(&[
            ("other/template.toml", MANIFEST),
            ("template.toml", MANIFEST),
        ]);
        let _ = std::fs::remove_file(world.repository().join(path));
        std::os::unix::fs::symlink("/etc/passwd", world.repository().join(path)).unwrap();
        world.commit(&[]);
        let said = world.failure("");
        assert!(said.contains(&format!("`{path}` is a link")), "{said}");
        let said = world.failure("//files");
        assert!(said.contains("has no folder `files`"), "{said}");
    }
}

#[test]
fn submodules_are_refused_and_never_fetched() {
    let world = World::with_template();
    let commit = world.git(&["rev-parse", "HEAD"]);
    let cache_info = format!("160000,{commit},files/vendor");
    world.write(
        "repository/.gitmodules",
        "[submodule \"x\"]\npath = files/vendor\nurl = ext::sh -c touch% /tmp/x\n",
    );
    world.git(&["add", ".gitmodules"]);
    world.git(&["update-index", "--add", "--cacheinfo", &cache_info]);
    world.git(&["commit", "--quiet", "--message=x"]);
    assert_eq!(
        world.failure(""),
        "`files/vendor` of the template is a submodule; templates have files of their own only"
    );
}

#[test]
fn attributes_change_no_byte_and_start_no_filter() {
    let world = World::with_template();
    let text = "$Id$\r\nline\n";
    world.write(
        "repository/.gitattributes",
        "files/* filter=evil ident eol=crlf text working-tree-encoding=UTF-16\n",
    );
    world.git(&["add", ".gitattributes"]);
    let blob = world.git_with(&["hash-object", "-w", "--no-filters", "--stdin"], text);
    world.git(&[
        "update-index",
        "--add",
        "--cacheinfo",
        &format!("100644,{blob},files/raw"),
    ]);
    world.git(&["commit", "--quiet", "--message=x"]);
    let marker = world.root.join("marker");
    let sources = with_settings(
        &world,
        &[
            ("filter.evil.smudge", &format!("touch '{marker}'")),
            ("filter.evil.process", &format!("touch '{marker}'")),
            ("core.autocrlf", "true"),
        ],
    );
    let found = sources.template(&world.location("")).unwrap();
    let plain = World::new();
    plain.write("repository/template.toml", MANIFEST);
    plain.write("repository/files/a", "one");
    plain.write("repository/files/raw", text);
    let expected = perk_scaffold::Template::load(&plain.repository()).unwrap();
    assert_eq!(found.template.content_hash(), expected.content_hash());
    assert!(!marker.exists());
}

#[test]
fn no_hook_of_git_runs() {
    let world = World::with_template();
    let marker = world.root.join("marker");
    for hook in [
        "reference-transaction",
        "post-checkout",
        "post-merge",
        "pre-auto-gc",
        "post-index-change",
    ] {
        for folder in ["hooks", "template/hooks", "repository/.git/hooks"] {
            let path = format!("{folder}/{hook}");
            world.write(&path, &format!("#!/bin/sh\ntouch '{marker}'\n"));
            let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
            std::fs::set_permissions(world.root.join(path), mode).unwrap();
        }
    }
    let sources = with_settings(
        &world,
        &[
            ("core.hooksPath", world.root.join("hooks").as_str()),
            ("init.templateDir", world.root.join("template").as_str()),
            ("core.fsmonitor", &format!("touch '{marker}'")),
        ],
    );
    sources.template(&world.location("")).unwrap();
    assert!(!marker.exists());
}

#[test]
fn an_address_is_never_rewritten_to_a_program() {
    let world = World::with_template();
    let marker = world.root.join("marker");
    let program = format!("url.ext::sh -c touch% {marker}% .insteadOf");
    let sources = with_settings(
        &world,
        &[(&program, "file:///"), ("protocol.ext.allow", "always")],
    );
    let error = sources
        .template(&world.location(""))
        .map(|found| found.commit)
        .unwrap_err();
    let said = world.said(&error);
    assert!(said.contains("transport 'ext' not allowed"), "{said}");
    assert!(!marker.exists());
}

const AS_CHILD: &str = "PERK_SOURCES_TEST_IN_GIT";

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the test runs itself with other variables"
)]
fn a_git_that_runs_perk_does_not_lead_it_elsewhere() {
    if let Some(root) = std::env::var_os(AS_CHILD) {
        let root = camino::Utf8PathBuf::from(root.into_string().unwrap());
        let place = location(&format!("git+file://{root}/repository"));
        let sources = Sources {
            cache: root.join("cache"),
            ..World::new().sources()
        };
        sources.template(&place).unwrap();
        return;
    }
    let world = World::with_template();
    world.write(
        "working/.git/config",
        "[url \"file:///nowhere/\"]\ninsteadOf = file:///\n[core]\nrepositoryFormatVersion = 0\n",
    );
    world.write("working/.git/HEAD", "ref: refs/heads/main\n");
    for folder in ["objects", "refs"] {
        std::fs::create_dir(world.root.join("working/.git").join(folder)).unwrap();
    }
    let child = |name: &str| {
        std::process::Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "hostile::a_git_that_runs_perk_does_not_lead_it_elsewhere",
            ])
            .env(AS_CHILD, &world.root)
            .env(name, world.root.join("elsewhere"))
            .current_dir(world.root.join("working"))
            .stdout(std::process::Stdio::null())
            .status()
            .unwrap()
    };
    for name in [
        "GIT_DIR",
        "GIT_OBJECT_DIRECTORY",
        "GIT_COMMON_DIR",
        "GIT_TEMPLATE_DIR",
        "GIT_SHALLOW_FILE",
        "OTHER",
    ] {
        assert!(child(name).success(), "{name}");
        std::fs::remove_dir_all(world.cache()).unwrap();
        assert!(!world.root.join("elsewhere").exists(), "{name}");
    }
}

#[test]
fn a_file_that_is_too_large_is_not_even_fetched() {
    let world = World::with_template();
    world.git(&["config", "uploadpack.allowFilter", "true"]);
    let path = world.repository().join("files/large");
    let file = std::fs::File::create_new(path).unwrap();
    file.set_len((64 << 20) + 1).unwrap();
    world.commit(&[]);
    assert_eq!(
        world.failure(""),
        "`files/large` of the template is larger than 64 MiB"
    );
    let packs = world.cached().join("repository.git/objects/pack");
    let fetched: u64 = packs
        .read_dir_utf8()
        .unwrap()
        .map(|entry| entry.unwrap().metadata().unwrap().len())
        .sum();
    assert!(fetched < 20_000, "{fetched}");
    std::fs::remove_file(world.repository().join("files/large")).unwrap();
    let small = world.commit(&[("files/a", "two")]);
    assert_eq!(world.template("").unwrap().commit, Some(small));
}

#[test]
fn trees_that_no_checkout_makes_do_no_harm() {
    let world = World::with_template();
    let blob = world.git_with(&["hash-object", "-w", "--stdin"], "x");
    let manifest = world.git(&["rev-parse", "HEAD:template.toml"]);
    for name in ["..", ".git", ".", "a\\b"] {
        let inner = world.git_with(&["mktree"], &format!("100644 blob {blob}\t{name}"));
        let files = world.git_with(&["mktree"], &format!("040000 tree {inner}\td"));
        let top = format!("040000 tree {files}\tfiles\n100644 blob {manifest}\ttemplate.toml");
        let tree = world.git_with(&["mktree"], &top);
        let commit = world.git(&["commit-tree", &tree, "-m", "x"]);
        world.git(&["branch", "--force", "evil", &commit]);
        // The names are kept as they are until paths are made of them, and are refused then.
        match world.template("#evil") {
            Ok(found) => {
                let path = format!("d/{name}");
                assert_eq!(found.template.paths().collect::<Vec<_>>(), [path.as_str()]);
                assert!(perk_scaffold::SafePath::parse(&path).is_err(), "{name}");
            }
            Err(error) => assert!(!world.said(&error).is_empty()),
        }
    }
}

/// Returns sources whose git has settings of a user.
fn with_settings(world: &World, settings: &[(&str, &str)]) -> Sources {
    let exports: Vec<String> = settings
        .iter()
        .enumerate()
        .map(|(index, (key, value))| {
            let value = value.replace('\'', r"'\''");
            format!("export GIT_CONFIG_KEY_{index}='{key}' GIT_CONFIG_VALUE_{index}='{value}'")
        })
        .collect();
    world.sources_with_git(&format!(
        "export GIT_CONFIG_COUNT={}\n{}\nexec $git \"$@\"",
        settings.len(),
        exports.join("\n")
    ))
}
