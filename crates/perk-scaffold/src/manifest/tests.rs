//! Mistakes in `template.toml`, with their places and hints.

use perk_diag::Explain as _;

use super::Manifest;

const HEAD: &str =
    "schema = 1\n[template]\nname = \"t\"\nversion = \"1.0.0\"\ndescription = \"d\"\n";

/// Returns what is said about a manifest that goes on like this; it begins on line 6.
fn said(rest: &str) -> String {
    let error = Manifest::parse(&format!("{HEAD}{rest}")).unwrap_err();
    let hints = error
        .hints()
        .into_iter()
        .map(|hint| format!("\nhint: {hint}"));
    format!("{error}{}", hints.collect::<String>())
}

fn question(rest: &str) -> String {
    said(&format!("[[question]]\nkey = \"a\"\nask = \"?\"\n{rest}\n"))
}

#[test]
fn unknown_keys_have_a_place_and_a_hint() {
    insta::assert_snapshot!(question("tpye = \"string\""), @"
    template.toml:9:1: unknown key `question.tpye`
    hint: did you mean `type`?
    ");
    insta::assert_snapshot!(said("[template.extra]\nx = 1"), @"
    template.toml:6:11: unknown key `template.extra`
    hint: the keys here are `name`, `version`, `description`
    ");
    insta::assert_snapshot!(question("type = \"choice\"\nchoices = [{ value = \"a\", lable = \"b\" }]"), @"
    template.toml:10:27: unknown key `question.choices.lable`
    hint: did you mean `label`?
    ");
}

#[test]
fn values_are_checked_against_each_other() {
    insta::assert_snapshot!(question("type = \"text\""), @"template.toml:9:8: `text` is not one of `string`, `int`, `float`, `bool`, `choice`, `choices`, `list`, `secret`");
    insta::assert_snapshot!(question("type = \"int\"\ndefault = \"5\""), @"template.toml:10:11: the default does not fit: it must be a whole number, not a text");
    insta::assert_snapshot!(question("type = \"string\"\npattern = \"^[a-z]+$\"\ndefault = \"A\""), @"template.toml:11:11: the default does not fit: it does not match `^[a-z]+$`");
    insta::assert_snapshot!(question("type = \"string\"\npattern = \"[a-\""), @"template.toml:10:11: the pattern is not a regular expression: unclosed character class");
    insta::assert_snapshot!(question("type = \"bool\"\npattern = \"x\""), @"template.toml:10:11: a question of type `bool` has no `pattern`");
    insta::assert_snapshot!(question("type = \"choice\""), @"template.toml:9:8: a question of type `choice` needs `choices`");
    insta::assert_snapshot!(question("type = \"choice\"\nchoices = [{ value = \"a\" }]\ndefault = \"b\""), @"template.toml:11:11: the default does not fit: `b` is not one of `a`");
    insta::assert_snapshot!(question("type = \"string\"\nmessage = \"m\""), @"template.toml:10:11: `message` is said when `pattern` or `valid` fails, and there is neither");
    insta::assert_snapshot!(question("type = \"string\"\ndefault = 2027-01-01"), @"template.toml:10:11: the default cannot be a date");
    insta::assert_snapshot!(question("type = \"string\"\nwhen = \"(eq b 1)\""), @"template.toml:10:8: the expression cannot work: `b` is not defined");
    insta::assert_snapshot!(question("type = \"string\"\nvalid = \"(matches a)\""), @"template.toml:10:9: the expression cannot work: there is no helper `matches`");
    insta::assert_snapshot!(said("[[computed]]\nkey = \"title\"\nvalue = \"x\""), @"template.toml:7:7: `title` cannot be a key: it has a meaning in templates already");
    insta::assert_snapshot!(said("[[rule]]\npaths = [\"a\"]"), @"template.toml:6:1: a rule needs `when`, `delimiters` or `each`");
    insta::assert_snapshot!(said("[[rule]]\npaths = [\"a\"]\neach = \"x\""), @"template.toml:8:8: `x` is not the key of a question of type `list` or `choices`");
}

#[test]
fn what_is_no_toml_is_said_with_its_place() {
    insta::assert_snapshot!(said("[[question]\n"), @"template.toml:6:12: unclosed array table, expected `]`");
    insta::assert_snapshot!(said("[[question]]\nkey = \"a\"\n"), @"template.toml:6:1: missing field `ask`");
}

#[test]
fn versions_are_those_of_semver() {
    let parse = |version: &str| Manifest::parse(&HEAD.replace("1.0.0", version));
    for version in ["0.1.0", "10.20.30", "1.0.0-rc.1", "1.0.0+build.5"] {
        assert!(parse(version).is_ok(), "{version}");
    }
    for version in [
        "1", "1.0", "1.0.0.0", "v1.0.0", "01.0.0", "1.0.0-", "1.0.x", "",
    ] {
        assert!(parse(version).is_err(), "{version}");
    }
}
