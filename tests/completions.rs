//! `perk completions`.

use crate::context;

#[test]
fn every_shell_gets_a_script() {
    let context = context();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = context.run(["completions", shell]).data();
        assert!(script.contains("completions"), "{shell}: {script}");
    }
}

#[test]
fn a_broken_configuration_does_not_break_the_shell() {
    let context = context();
    context.write("project/perk.toml", "nonsense");
    assert!(!context.run(["completions", "bash"]).data().is_empty());
}

#[test]
fn an_unknown_shell_is_wrong_usage() {
    insta::assert_snapshot!(context().run(["completions", "tcsh"]), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: invalid value 'tcsh' for '<SHELL>'
      [possible values: bash, elvish, fish, powershell, zsh]

      tip: a similar value exists: 'zsh'

    For more information, try '--help'.
    ");
}
