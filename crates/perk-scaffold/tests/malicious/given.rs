//! Templates and answers that mean harm by what they say.

use super::Case;

/// Asks for a list.
pub(crate) const LIST: &str =
    "[[question]]\nkey = \"items\"\nask = \"?\"\ntype = \"list\"\ndefault = [\"a\"]\n";

type Files = &'static [(&'static str, u32, &'static str)];
type Set = &'static [(&'static str, &'static str)];

const LINK: u32 = 0o120_000;

/// Asks for a name.
pub(crate) const NAME: &str =
    "[[question]]\nkey = \"name\"\nask = \"?\"\ntype = \"string\"\ndefault = \"a\"\n";

const fn files(name: &'static str, files: Files, error: &'static str) -> Case {
    Case {
        name,
        manifest: "",
        files,
        set: &[],
        error,
    }
}

const fn manifest(name: &'static str, manifest: &'static str, error: &'static str) -> Case {
    Case {
        name,
        manifest,
        files: &[],
        set: &[],
        error,
    }
}

const fn named(name: &'static str, set: Set, error: &'static str) -> Case {
    Case {
        name,
        manifest: NAME,
        files: &[("{{name}}/x", 0o644, "")],
        set,
        error,
    }
}

const fn text(name: &'static str, files: Files, error: &'static str) -> Case {
    Case {
        name,
        manifest: NAME,
        files,
        set: &[],
        error,
    }
}

pub(crate) const CASES: &[Case] = &[
    // Paths of the template itself.
    files(
        "an absolute path",
        &[("/etc/cron.d/x", 0o644, "")],
        "it is absolute",
    ),
    files(
        "a path that leaves",
        &[("../x", 0o644, "")],
        "`.` or `..` component",
    ),
    files(
        "a path that leaves deep inside",
        &[("a/b/../../../x", 0o644, "")],
        "`.` or `..` component",
    ),
    files("a backslash", &[("..\\x", 0o644, "")], "has a `\\`"),
    files("a drive", &[("C:x", 0o644, "")], "it is absolute"),
    files("a stream", &[("ab:c", 0o644, "")], "has a `:`"),
    files(
        "git in capitals",
        &[(".GIT/config", 0o644, "")],
        "`.git` folder",
    ),
    files(
        "git below",
        &[("vendor/.git/config", 0o644, "")],
        "`.git` folder",
    ),
    files(
        "git with a dot",
        &[(".git./config", 0o644, "")],
        "`.git` folder",
    ),
    files(
        "git with a space",
        &[(".git /config", 0o644, "")],
        "`.git` folder",
    ),
    files(
        "git as a stream",
        &[(".git::$INDEX_ALLOCATION/config", 0o644, "")],
        "`.git` folder",
    ),
    files(
        "git by its short name",
        &[("git~1/config", 0o644, "")],
        "`.git` folder",
    ),
    files(
        "git with a letter that macOS ignores",
        &[(".g\u{200c}it/config", 0o644, "")],
        "control or invisible characters",
    ),
    files(
        "a device of Windows",
        &[("aux.rs", 0o644, "")],
        "Windows reserves",
    ),
    files(
        "a device of Windows as a folder",
        &[("nul/x", 0o644, "")],
        "Windows reserves",
    ),
    files(
        "a name that Windows changes",
        &[("a./x", 0o644, "")],
        "ends with a dot or a space",
    ),
    files(
        "a name that moves the cursor",
        &[("a\u{1b}[2J", 0o644, "")],
        "control or invisible characters",
    ),
    files(
        "a name with a line break",
        &[("a\nb", 0o644, "")],
        "control or invisible characters",
    ),
    files(
        "a name that reads backward",
        &[("a\u{202e}txt.sh", 0o644, "")],
        "control or invisible characters",
    ),
    files(
        "a name without width",
        &[("a\u{200b}", 0o644, "")],
        "control or invisible characters",
    ),
    files(
        "the folder that writing uses",
        &[(".perk-pending/journal.json", 0o644, "{}")],
        "keeps for itself",
    ),
    files(
        "the folder that writing uses, in capitals",
        &[(".Perk-Pending/x", 0o644, "{}")],
        "keeps for itself",
    ),
    files(
        "a file twice",
        &[("a", 0o644, ""), ("a.hbs", 0o644, "")],
        "would be written twice",
    ),
    files(
        "a file in two cases",
        &[("Makefile", 0o644, ""), ("makefile", 0o644, "")],
        "one file where case",
    ),
    files(
        "a file in two Unicode forms",
        &[("caf\u{e9}", 0o644, ""), ("cafe\u{301}", 0o644, "")],
        "one file where case",
    ),
    files(
        "a file that is a folder",
        &[("a", 0o644, ""), ("a/b", 0o644, "")],
        "both a file and a folder",
    ),
    files(
        "a link and then through it",
        &[("a", LINK, "b"), ("a/c", 0o644, "")],
        "both a file and a folder",
    ),
    files(
        "a link in another case and then through it",
        &[("A", LINK, "b"), ("a/c", 0o644, "")],
        "one of them is a folder",
    ),
    // Links.
    files(
        "a link to the root",
        &[("a", LINK, "/")],
        "not surely within",
    ),
    files(
        "a link to somebody's keys",
        &[("a", LINK, "/root/.ssh/id_ed25519")],
        "not surely within",
    ),
    files(
        "a link that leaves",
        &[("d/a", LINK, "../../x")],
        "not surely within",
    ),
    files(
        "a link that leaves by a detour",
        &[("a", LINK, "b/../../x")],
        "not surely within",
    ),
    files("a link to nothing", &[("a", LINK, "")], "not surely within"),
    files(
        "a link to git",
        &[("a", LINK, ".git/config")],
        "`.git` folder",
    ),
    files(
        "a link with a backslash",
        &[("a", LINK, "..\\..\\x")],
        "has a `\\`",
    ),
    text(
        "a link whose target renders to a way out",
        &[("a", LINK, "{{concat \".\" \".\"}}")],
        "`.` or `..` component",
    ),
    text(
        "a link whose target renders to a slash",
        &[("b", LINK, "{{replace \"|etc\" \"|\" \"\\u002f\"}}")],
        "must not render to a slash",
    ),
    // Answers in names.
    named(
        "an answer that leaves",
        &[("name", "..")],
        "`.` or `..` component",
    ),
    named(
        "an answer that is here",
        &[("name", ".")],
        "`.` or `..` component",
    ),
    named(
        "an answer with a way out",
        &[("name", "../../etc")],
        "must not render to a slash",
    ),
    named(
        "an answer that is absolute",
        &[("name", "/etc")],
        "must not render to a slash",
    ),
    named(
        "an answer with a backslash",
        &[("name", "..\\..")],
        "has a `\\`",
    ),
    named(
        "an answer that is git",
        &[("name", ".git")],
        "`.git` folder",
    ),
    named(
        "an answer that is git in a way",
        &[("name", ".GiT..")],
        "`.git` folder",
    ),
    named(
        "an answer that is a device",
        &[("name", "con")],
        "Windows reserves",
    ),
    named(
        "an answer that is a drive",
        &[("name", "C:")],
        "it is absolute",
    ),
    named(
        "an answer with a NUL",
        &[("name", "a\u{0}b")],
        "control character",
    ),
    named(
        "an answer with an escape",
        &[("name", "a\u{1b}]0;x\u{7}")],
        "control character",
    ),
    named(
        "an answer with a line break in a name",
        &[("name", "a\nb")],
        "control character",
    ),
    named(
        "an answer that reads backward",
        &[("name", "a\u{202e}b")],
        "invisible character",
    ),
    Case {
        name: "two entries that meet",
        manifest: "[[question]]\nkey = \"items\"\nask = \"?\"\ntype = \"list\"\ndefault = [\"a\"]\n[[rule]]\npaths = [\"{{item}}\"]\neach = \"items\"\n",
        files: &[("{{item}}", 0o644, "")],
        set: &[("items", "a,A")],
        error: "one file where case",
    },
    Case {
        name: "an entry that leaves",
        manifest: "[[question]]\nkey = \"items\"\nask = \"?\"\ntype = \"list\"\ndefault = [\"a\"]\n[[rule]]\npaths = [\"{{item}}\"]\neach = \"items\"\n",
        files: &[("{{item}}", 0o644, "")],
        set: &[("items", "a,..")],
        error: "`.` or `..` component",
    },
    Case {
        name: "all entries in one file",
        manifest: "[[question]]\nkey = \"items\"\nask = \"?\"\ntype = \"list\"\ndefault = [\"a\"]\n[[rule]]\npaths = [\"x\"]\neach = \"items\"\n",
        files: &[("x", 0o644, "")],
        set: &[("items", "a,b")],
        error: "would be written twice",
    },
    Case {
        name: "an answer to nothing",
        manifest: NAME,
        files: &[],
        set: &[("__proto__", "x")],
        error: "has no question `__proto__`",
    },
    // Names that only a template makes.
    text(
        "a name that renders to a slash",
        &[("{{replace \"a|b\" \"|\" \"\\u002f\"}}", 0o644, "")],
        "must not render to a slash",
    ),
    text(
        "a name that is made of dots",
        &[("{{concat \".\" \".\"}}", 0o644, "")],
        "`.` or `..` component",
    ),
    text(
        "a name that is not defined",
        &[("{{nam}}", 0o644, "")],
        "`nam` is not defined",
    ),
    Case {
        name: "a name that shows a secret",
        manifest: "[[question]]\nkey = \"token\"\nask = \"?\"\ntype = \"secret\"\ndefault = \"hunter2\"\n",
        files: &[("{{token}}", 0o644, "")],
        set: &[],
        error: "uses `token`, which is a secret",
    },
    Case {
        name: "a name that shows a secret by a detour",
        manifest: "[[question]]\nkey = \"token\"\nask = \"?\"\ntype = \"secret\"\ndefault = \"hunter2\"\n[[computed]]\nkey = \"copy\"\nvalue = \"{{upper token}}\"\n",
        files: &[("{{copy}}", 0o644, "")],
        set: &[],
        error: "uses `copy`, which is a secret",
    },
    // Texts with tags.
    text(
        "a partial",
        &[("a.hbs", 0o644, "{{> b}}")],
        "partials and decorators are not supported",
    ),
    text(
        "a partial with its own name",
        &[("a.hbs", 0o644, "{{> a}}")],
        "partials and decorators are not supported",
    ),
    text(
        "partials in a circle",
        &[(
            "a.hbs",
            0o644,
            "{{#*inline \"x\"}}{{> y}}{{/inline}}{{#*inline \"y\"}}{{> x}}{{/inline}}{{> x}}",
        )],
        "partials and decorators are not supported",
    ),
    text(
        "a partial by its path",
        &[("a.hbs", 0o644, "{{> '../../outside/canary'}}")],
        "partials and decorators are not supported",
    ),
    text(
        "a block as a partial",
        &[("a.hbs", 0o644, "{{#> layout}}x{{/layout}}")],
        "partials and decorators are not supported",
    ),
    text(
        "a decorator",
        &[("a.hbs", 0o644, "{{* set x=1}}")],
        "partials and decorators are not supported",
    ),
    text(
        "a helper that reads files",
        &[("a.hbs", 0o644, "{{read_to_str \"/etc/passwd\"}}")],
        "there is no helper `read_to_str`",
    ),
    text(
        "a helper that reads the environment",
        &[("a.hbs", 0o644, "{{env_var \"HOME\"}}")],
        "there is no helper `env_var`",
    ),
    text(
        "a helper that asks the network",
        &[("a.hbs", 0o644, "{{http_get \"http://example.com\"}}")],
        "there is no helper `http_get`",
    ),
    text(
        "a helper that runs a program",
        &[("a.hbs", 0o644, "{{shell \"id\"}}")],
        "there is no helper `shell`",
    ),
    text(
        "a helper that logs",
        &[("a.hbs", 0o644, "{{log name}}")],
        "there is no helper `log`",
    ),
    text(
        "a prototype",
        &[("a.hbs", 0o644, "{{constructor.constructor}}")],
        "`constructor.constructor` is not defined",
    ),
    text(
        "a way out of the values",
        &[("a.hbs", 0o644, "{{../../name}}")],
        "`../../name` is not defined",
    ),
    text(
        "a condition on nothing",
        &[("a.hbs", 0o644, "{{#if nam}}x{{/if}}")],
        "`nam` is not defined",
    ),
    text(
        "a typo in a branch that is not taken",
        &[("a.hbs", 0o644, "{{#if name}}x{{else}}{{nam}}{{/if}}")],
        "`nam` is not defined",
    ),
    text(
        "the time, which differs each time",
        &[("a.hbs", 0o644, "{{now}}")],
        "is only for defaults and computed values",
    ),
    text(
        "a tag that does not end",
        &[("a.hbs", 0o644, "{{name")],
        "this tag has no `}}`",
    ),
    text(
        "an index far away",
        &[(
            "a.hbs",
            0o644,
            "{{lookup (split \"a,b\" \",\") 99999999999999999999}}",
        )],
        "finds no such entry",
    ),
    text(
        "an indent as wide as the world",
        &[("a.hbs", 0o644, "{{indent name 1000000000}}")],
        "a number from 0 to 200",
    ),
    // Manifests.
    manifest("no manifest that is one", "=\u{0}", "template.toml"),
    manifest(
        "a later schema",
        "=schema = 2\n[template]\nname = \"t\"\nversion = \"1.0.0\"\ndescription = \"d\"\n",
        "schema 2 is not known",
    ),
    manifest(
        "a key that nobody knows",
        "[[hook]]\nat = \"after\"\nrun = [\"a\"]\nshell = true\n",
        "unknown key `hook.shell`",
    ),
    manifest(
        "a table that nobody knows",
        "[include]\npath = \"/etc/passwd\"\n",
        "unknown key `include`",
    ),
    manifest(
        "a key with dots",
        "\"question.key\" = 1\n",
        "unknown key `template.question.key`",
    ),
    manifest(
        "a key twice",
        "[template]\nname = \"other\"\n",
        "duplicate key",
    ),
    manifest(
        "a question that is a helper",
        "[[question]]\nkey = \"lookup\"\nask = \"?\"\ntype = \"string\"\n",
        "`lookup` cannot be a key",
    ),
    manifest(
        "a question that is the project",
        "[[question]]\nkey = \"project\"\nask = \"?\"\ntype = \"string\"\n",
        "`project` cannot be a key",
    ),
    manifest(
        "a question twice",
        "[[question]]\nkey = \"a\"\nask = \"?\"\ntype = \"string\"\n[[question]]\nkey = \"a\"\nask = \"?\"\ntype = \"secret\"\n",
        "`a` is there twice",
    ),
    manifest(
        "a question that clears the screen",
        "[[question]]\nkey = \"a\"\nask = \"\\u001b[2Jyes?\"\ntype = \"bool\"\n",
        "`ask` has control or invisible characters",
    ),
    manifest(
        "a help that reads backward",
        "[[question]]\nkey = \"a\"\nask = \"?\"\nhelp = \"\\u202e\"\ntype = \"bool\"\n",
        "`help` has control or invisible characters",
    ),
    manifest(
        "a choice that looks like another",
        "[[question]]\nkey = \"a\"\nask = \"?\"\ntype = \"choice\"\nchoices = [{ value = \"a\", label = \"\\u001b[1A\" }]\n",
        "`label` has control or invisible characters",
    ),
    manifest(
        "a description that clears the screen",
        "=schema = 1\n[template]\nname = \"t\"\nversion = \"1.0.0\"\ndescription = \"\\u001b[2J\"\n",
        "`description` has control or invisible characters",
    ),
    manifest(
        "a name with a way out",
        "=schema = 1\n[template]\nname = \"../t\"\nversion = \"1.0.0\"\ndescription = \"d\"\n",
        "is not a template's name",
    ),
    manifest(
        "a version with a way out",
        "=schema = 1\n[template]\nname = \"t\"\nversion = \"1.0.0/../..\"\ndescription = \"d\"\n",
        "is not a version",
    ),
    manifest(
        "a hook that hides",
        "[[hook]]\nat = \"after\"\nrun = [\"sh\", \"-c\", \"true \\u001b[8m; id\"]\n",
        "`run` has control or invisible characters",
    ),
    manifest(
        "a hook that runs nothing",
        "[[hook]]\nat = \"after\"\nrun = []\n",
        "`run` must not be empty",
    ),
    manifest(
        "a hook at another time",
        "[[hook]]\nat = \"always\"\nrun = [\"id\"]\n",
        "`always` is not one of `before`, `after`",
    ),
    manifest(
        "a pattern as large as the world",
        "[[question]]\nkey = \"a\"\nask = \"?\"\ntype = \"string\"\npattern = \"((((a{99}){99}){99}){99})\"\n",
        "is not a regular expression",
    ),
    manifest(
        "a condition that breaks out of its block",
        "[[question]]\nkey = \"a\"\nask = \"?\"\ntype = \"string\"\nwhen = \"true}}{{/if}}{{#if true\"\n",
        "a condition is a name or a call",
    ),
    manifest(
        "a default that looks ahead",
        "[[question]]\nkey = \"a\"\nask = \"?\"\ntype = \"string\"\ndefault = \"{{b}}\"\n[[question]]\nkey = \"b\"\nask = \"?\"\ntype = \"string\"\n",
        "`b` is not defined",
    ),
    manifest(
        "a default that shows a secret",
        "[[question]]\nkey = \"a\"\nask = \"?\"\ntype = \"secret\"\n[[question]]\nkey = \"b\"\nask = \"?\"\ntype = \"string\"\ndefault = \"{{a}}\"\n",
        "uses `a`, which is a secret",
    ),
    manifest(
        "a computed value in a circle",
        "[[computed]]\nkey = \"a\"\nvalue = \"{{b}}\"\n[[computed]]\nkey = \"b\"\nvalue = \"{{a}}\"\n",
        "`b` is not defined",
    ),
    manifest(
        "a computed value with a partial",
        "[[computed]]\nkey = \"a\"\nvalue = \"{{> x}}\"\n",
        "partials and decorators are not supported",
    ),
    manifest(
        "a rule that is no pattern",
        "[[rule]]\npaths = [\"[\"]\ndelimiters = [\"[[\", \"]]\"]\n",
        "is not a path pattern",
    ),
    manifest(
        "a rule for nothing",
        "[[rule]]\npaths = [\"../**\"]\ndelimiters = [\"[[\", \"]]\"]\n",
        "no file of the template matches",
    ),
    manifest(
        "delimiters of letters",
        "[[rule]]\npaths = [\"a\"]\ndelimiters = [\"aa\", \"bb\"]\n",
        "delimiters are two different marks",
    ),
    manifest(
        "delimiters without length",
        "[[rule]]\npaths = [\"a\"]\ndelimiters = [\"\", \"\"]\n",
        "delimiters are two different marks",
    ),
];
