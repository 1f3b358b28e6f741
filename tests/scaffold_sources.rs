//! `[scaffold.sources]` in the configuration.

use crate::context;

#[test]
fn sources_of_templates_are_shown_with_their_origins_and_without_credentials() {
    let context = context();
    context.write(
        "config/perk/config.toml",
        "[scaffold.sources]\nmine = './templates'\nbad = 'git+https://me:s3cret@h/t'\n",
    );
    context.write(
        "project/perk.toml",
        "[scaffold.sources]\ncompany = 'git+https://git.example.com/t//services#v1'\n",
    );
    insta::assert_snapshot!(context.run(["config", "show", "--origin"]), @r#"
    exit code: 0
    ----- stdout -----
    output.color = "auto"  # built in
    iam.fail-on = "security-warning"  # built in
    scaffold.sources.bad = "git+https://***@h/t"  # user: [TEMP]/config/perk/config.toml:3:7
    scaffold.sources.company = "git+https://git.example.com/t//services#v1"  # project: [TEMP]/project/perk.toml:2:11
    scaffold.sources.mine = "./templates"  # user: [TEMP]/config/perk/config.toml:2:8
    ----- stderr -----
    "#);
    let json = context.run(["config", "show", "--format=json"]).data();
    assert!(
        json.contains("git+https://***@h/t") && !json.contains("s3cret"),
        "{json}"
    );
}

#[test]
fn a_source_with_a_name_that_cannot_be_typed_is_refused() {
    let context = context();
    context.write(
        "project/perk.toml",
        "[scaffold.sources]\n'Our Own' = '/x'\n",
    );
    insta::assert_snapshot!(context.run(["config", "show"]), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: "Our Own" at [TEMP]/project/perk.toml:2:1 is not the name of a source
    hint: a name begins with a letter and has lower-case letters, digits and hyphens only
    "#);
}
