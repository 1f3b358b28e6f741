//! Templates and answers that mean harm by their size.

use super::Case;
use super::given::{LIST, NAME};

/// Builds the cases; their texts live as long as the tests.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = texts();
    cases.extend([
        listed("a list without end", 1_001, "", "more than 1000 entries"),
        listed(
            "loops in loops",
            100,
            &loops(4, ""),
            "the turns of all loops would be more than 1000000",
        ),
        listed(
            "loops that write",
            90,
            &loops(3, &"0123456789".repeat(50)),
            "the bytes of output would be more than 268435456",
        ),
        computed(
            "a text that doubles",
            &doubling(),
            "it has more than 65536 bytes",
        ),
        computed(
            "a text that grows at once",
            GROWING,
            "the bytes that one helper gives would be more than 262144",
        ),
        computed(
            "values without end",
            &(0..600).map(|index| value(index, "")).collect::<String>(),
            "more than 500 computed values",
        ),
        computed(
            "a manifest without end",
            &"# x\n".repeat(300_000),
            "more than 1048576 bytes",
        ),
        computed(
            "tables without end",
            &format!("x = {}", "[".repeat(100_000)),
            "template.toml:",
        ),
        computed(
            "keys without end",
            &format!("[{}a]", "a.".repeat(10_000)),
            "template.toml:",
        ),
    ]);
    for (name, length, error) in [
        (
            "an answer that is too long for a name",
            256,
            "more than 255 bytes",
        ),
        ("an answer without end", 70_000, "more than 65536 bytes"),
    ] {
        cases.push(Case {
            name,
            manifest: NAME,
            files: &[("{{name}}", 0o644, "")],
            set: vec![("name", "a".repeat(length).leak() as &str)].leak(),
            error,
        });
    }
    cases
}

/// Texts with tags that are too large or too deep.
fn texts() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, text, error) in [
        (
            "blocks without end",
            "{{#if name}}".repeat(50_000),
            "the depth of blocks would be more than 64",
        ),
        (
            "branches without end",
            format!(
                "{{{{#if name}}}}{}{{{{/if}}}}",
                "{{else if name}}".repeat(50_000)
            ),
            "the depth of blocks would be more than 64",
        ),
        (
            "parentheses without end",
            format!("{{{{{}}}}}", "(not ".repeat(800)),
            "the depth of parentheses would be more than 32",
        ),
        (
            "brackets without end",
            format!("{{{{len {}}}}}", "[".repeat(4_000)),
            "the depth of parentheses would be more than 32",
        ),
        (
            "a tag without end",
            format!("{{{{{}}}}}", "a ".repeat(100_000)),
            "the bytes of a tag would be more than 4096",
        ),
        (
            "tags without end",
            "{{name}}".repeat(130_000),
            "the tags of a file of this size would be more than",
        ),
        (
            "a text without end",
            format!("{{{{name}}}}{}", "a".repeat(1 << 20)),
            "the bytes of a file with tags would be more than 1048576",
        ),
    ] {
        cases.push(Case {
            name,
            manifest: NAME,
            files: vec![("a.hbs", 0o644, text.leak() as &str)].leak(),
            set: &[],
            error,
        });
    }
    cases
}

fn listed(name: &'static str, entries: usize, text: &str, error: &'static str) -> Case {
    let entries: Vec<String> = (0..entries).map(|index| format!("i{index}")).collect();
    Case {
        name,
        manifest: LIST,
        files: vec![("a.hbs", 0o644, text.to_owned().leak() as &str)].leak(),
        set: vec![("items", entries.join(",").leak() as &str)].leak(),
        error,
    }
}

fn computed(name: &'static str, manifest: &str, error: &'static str) -> Case {
    Case {
        name,
        manifest: manifest.to_owned().leak(),
        files: &[],
        set: &[],
        error,
    }
}

fn loops(depth: usize, inner: &str) -> String {
    let open = "{{#each @root.items}}".repeat(depth);
    format!("{open}{inner}{}", "{{/each}}".repeat(depth))
}

fn value(index: usize, value: &str) -> String {
    format!("[[computed]]\nkey = \"a{index}\"\nvalue = '{value}'\n")
}

fn doubling() -> String {
    let first = value(0, "0123456789abcdef");
    let double = |index: usize| {
        let before = index - 1;
        value(index, &format!("{{{{concat a{before} a{before}}}}}"))
    };
    (1..60).map(double).fold(first, |text, next| text + &next)
}

const GROWING: &str = "[[computed]]
key = \"a\"
value = '{{replace (indent \"a\" 200) \" \" (indent \"a\" 200)}}'
[[computed]]
key = \"b\"
value = '{{replace a \" \" a}}'
";
