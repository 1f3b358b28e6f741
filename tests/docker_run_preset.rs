//! `perk docker-run --preset`: words of `perk.toml` before those of the user.

use std::os::unix::fs::MetadataExt as _;

use perk_test::{Outcome, TestContext};

use crate::context;

const PRESETS: &str = r#"
[docker-run]
proxy = "none"
ca = "none"
[docker-run.presets.node]
image = "node:24"
options = ["--rm", "-it"]
command = ["npm", "test"]
workdir = "/src"
user = "host"
caches = ["/home/node/.npm"]
environment = { CI = "it's true" }
[docker-run.presets.tools]
options = ["--name", "web"]
command = ["env"]
caches = ["/root/.cache"]
"#;

/// Runs in the project, and returns the words with the names of this machine taken out.
fn line(context: &TestContext, arguments: &str) -> String {
    let outcome = run(context, arguments);
    let line = outcome.data();
    let owner = context.root().metadata().unwrap();
    let user = format!("--user {}:{}", owner.uid(), owner.gid());
    let line = without_hashes(&line).replace(&user, "--user [USER]");
    line.trim_end().to_owned()
}

/// Takes out what names of caches have of the folder of the test.
fn without_hashes(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(",target=") {
        let (name, hash) = before.rsplit_once('-').unwrap_or((before, ""));
        let is_hash = hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        shown.push_str(if is_hash { name } else { before });
        shown.push_str(if is_hash {
            "-[HASH],target="
        } else {
            ",target="
        });
        rest = after;
    }
    shown + rest
}

fn run(context: &TestContext, arguments: &str) -> Outcome {
    let mut run = context.invocation(["docker-run"]);
    for argument in arguments.split(' ') {
        run = run.argument(argument);
    }
    run.variable("XDG_CACHE_HOME", context.root().join("cache"))
        .run()
}

fn with_presets() -> TestContext {
    let context = context();
    context.write("project/perk.toml", PRESETS);
    context
}

#[test]
fn the_words_of_a_preset_stand_before_those_of_the_user() {
    let context = with_presets();
    insta::assert_snapshot!(line(&context, "--preset node"), @r"docker run --rm -it -e 'CI=it'\''s true' --user [USER] -w /src --mount 'type=bind,source=[TEMP]/project,target=/src' --mount 'type=bind,source=[TEMP]/cache/perk/docker-run/caches/node-home-node--npm-[HASH],target=/home/node/.npm' node:24 npm test");
    insta::assert_snapshot!(line(&context, "--preset node -e CI=false -- npm run x"), @r"docker run --rm -it -e 'CI=it'\''s true' --user [USER] -w /src --mount 'type=bind,source=[TEMP]/project,target=/src' --mount 'type=bind,source=[TEMP]/cache/perk/docker-run/caches/node-home-node--npm-[HASH],target=/home/node/.npm' -e CI=false -- node:24 npm run x");
    insta::assert_snapshot!(line(&context, "--preset tools --name db alpine"), @"docker run --name web --mount type=volume,source=perk-tools-root--cache-[HASH],target=/root/.cache --name db alpine env");
    insta::assert_snapshot!(line(&context, "--preset tools alpine ls -l"), @"docker run --name web --mount type=volume,source=perk-tools-root--cache-[HASH],target=/root/.cache alpine ls -l");
    let folders = context.root().join("cache/perk/docker-run/caches");
    assert_eq!(folders.read_dir_utf8().unwrap().count(), 1);
}

#[test]
fn what_the_user_mounts_has_its_place() {
    let context = with_presets();
    let line = line(
        &context,
        "--preset node -v /other:/src/ -v x:/home/node/.npm ls",
    );
    insta::assert_snapshot!(line, @r"docker run --rm -it -e 'CI=it'\''s true' --user [USER] -w /src -v /other:/src/ -v x:/home/node/.npm node:24 ls");
}

#[test]
fn engines_differ_in_how_they_map_users_and_label_files() {
    let context = with_presets();
    context.write("root/sys/fs/selinux/enforce", "1");
    let docker = line(&context, "--preset node x");
    assert!(docker.contains("/project:/src:z"), "{docker}");
    let podman = line(&context, "--engine podman --preset node x");
    assert!(podman.contains(",target=/src,relabel=shared"), "{podman}");
    let rootless = context.invocation(["docker-run", "--preset", "node"]);
    let rootless = rootless.variable("DOCKER_HOST", "unix:///run/user/1000/docker.sock");
    let rootless = rootless.run().data();
    assert!(rootless.contains(" --user 0:0 "), "{rootless}");
}

#[test]
fn the_folder_is_that_of_the_project() {
    let context = with_presets();
    context.write("project/deep/er/x", "");
    let below = context.invocation(["docker-run", "--preset", "node"]);
    let below = below.folder("project/deep/er").run().data();
    assert!(
        below.contains("source=[TEMP]/project,target=/src"),
        "{below}"
    );
    let odd = "odd, \"folder\" é";
    context.write(&format!("{odd}/perk.toml"), PRESETS);
    let odd = context
        .invocation(["docker-run", "--preset", "node"])
        .folder(odd);
    insta::assert_snapshot!(odd.run().data().split("--mount").nth(1).unwrap(), @r#" 'type=bind,"source=[TEMP]/odd, ""folder"" é",target=/src'"#);
}

#[test]
fn mistakes_are_explained() {
    let context = with_presets();
    insta::assert_snapshot!(run(&context, "--preset nod alpine"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: there is no preset `nod`
    hint: did you mean `node`?
    ");
    context.write(
        "project/perk.toml",
        "[docker-run.presets]\na.options = ['--nmae', 'x']\nb.options = ['--rm', 'alpine']\n\
         c.workdir = 'src'\nd.caches = ['~/.npm']\ne.environment = { 'A=B' = 'c' }\nf.options = ['--name']",
    );
    insta::assert_snapshot!(run(&context, "--preset zzz alpine"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: there is no preset `zzz`
    hint: the presets are `a`, `b`, `c`, `d`, `e`, `f`
    ");
    insta::assert_snapshot!(run(&context, "--preset a alpine"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: the options of the preset `a` cannot be used (project: [TEMP]/project/perk.toml:2:13)
      caused by: `--nmae` is not an option of `docker run`
    hint: did you mean `--name`?
    hint: if your `docker` has it, pass `--allow-unknown nmae` before it, or `--allow-unknown nmae=` if it takes a value
    ");
    insta::assert_snapshot!(run(&context, "--preset b alpine"), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `alpine` in the options of the preset `b` is no option (project: [TEMP]/project/perk.toml:3:13)
    hint: write each word by itself, as in `options = ["--name", "web"]`; the image and the command have keys of their own
    "#);
    insta::assert_snapshot!(run(&context, "--preset c alpine"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `src` is not an absolute path of the container (project: [TEMP]/project/perk.toml:4:13)
    ");
    insta::assert_snapshot!(run(&context, "--preset d alpine"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `~/.npm` is not an absolute path of the container (project: [TEMP]/project/perk.toml:5:12)
    ");
    insta::assert_snapshot!(run(&context, "--preset e alpine"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `A=B` is not the name of a variable (project: [TEMP]/project/perk.toml:6:27)
    ");
    insta::assert_snapshot!(run(&context, "--preset f alpine"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: the options of the preset `f` cannot be used (project: [TEMP]/project/perk.toml:7:13)
      caused by: `--name` needs a value, and nothing follows it
    ");
    context.write("project/perk.toml", "");
    insta::assert_snapshot!(run(&context, "--preset zzz alpine"), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: there is no preset `zzz`
    hint: write one in perk.toml: `[docker-run.presets.zzz]`
    ");
}

#[test]
fn the_explanation_has_the_words_and_nothing_is_made() {
    let context = with_presets();
    let explained = run(&context, "--explain --preset tools").data();
    let explained = without_hashes(&explained);
    let words = explained.split("Words of").nth(1).unwrap();
    insta::assert_snapshot!(words, @"
    the preset `tools`
     --name
     web
     --mount
     type=volume,source=perk-tools-root--cache-[HASH],target=/root/.cache
     env
       project: [TEMP]/project/perk.toml:14:11
    ");
    let document = run(&context, "--explain --format json --preset node").data();
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    assert_eq!(document["preset"]["name"], "node");
    assert_eq!(document["preset"]["words"][0], "--rm");
    assert!(!context.root().join("cache").exists());
}

#[test]
fn presets_are_settings_like_others() {
    let context = with_presets();
    let shown = context.run(["config", "show"]).data();
    let presets: Vec<_> = shown
        .lines()
        .filter(|line| line.contains("presets"))
        .collect();
    insta::assert_snapshot!(presets.join("\n"), @r#"
    docker-run.presets.node.image = "node:24"
    docker-run.presets.node.options = ["--rm", "-it"]
    docker-run.presets.node.command = ["npm", "test"]
    docker-run.presets.node.workdir = "/src"
    docker-run.presets.node.user = "host"
    docker-run.presets.node.caches = ["/home/node/.npm"]
    docker-run.presets.node.environment.CI = "it's true"
    docker-run.presets.tools.options = ["--name", "web"]
    docker-run.presets.tools.command = ["env"]
    docker-run.presets.tools.caches = ["/root/.cache"]
    "#);
    let secret = "docker-run.proxy = 'jane:hun/ter@proxy.example:3128'";
    context.write("project/perk.toml", secret);
    let shown = context.run(["config", "show"]);
    assert!(!shown.to_string().contains("hun"), "{shown}");
    assert!(
        shown.stdout.contains("http://***@proxy.example:3128"),
        "{shown}"
    );
}
