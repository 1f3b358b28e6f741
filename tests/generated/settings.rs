//! The page of all settings.

use std::fmt::Write as _;

use perk_config::{KEYS, Key, SYSTEM_FILE_VARIABLE, Takes};

const INTRODUCTION: &str = "\
# Settings

perk reads settings in layers. A later layer wins, key by key; the entries of
`[[iam.checks.suppress]]` add up over all files.

1. the defaults
2. the system's file: `/etc/perk/config.toml`, or the file that `SYSTEM` names
3. the user's file: `$XDG_CONFIG_HOME/perk/config.toml`, usually `~/.config/perk/config.toml`
4. the project's file: the nearest `perk.toml` in the working folder or above it
5. variables of the environment; an empty one counts as not set
6. flags on the command line

`perk config path` lists the files, `perk config show --origin` says where each value comes from.
An unknown key is an error.

";

pub(super) fn page() -> String {
    let mut page = INTRODUCTION.replace("SYSTEM", SYSTEM_FILE_VARIABLE);
    page.push_str("| Key | Takes | Default | Variable | Meaning |\n");
    page.push_str("| --- | --- | --- | --- | --- |\n");
    for key in KEYS {
        row(&mut page, key).unwrap();
    }
    page
}

fn row(page: &mut String, key: &Key) -> std::fmt::Result {
    let takes = match key.takes {
        Takes::Word(words) => words().into_iter().map(code).collect::<Vec<_>>().join(", "),
        Takes::Text => "text".to_owned(),
        Takes::Texts => "list of texts".to_owned(),
        Takes::Date => "date".to_owned(),
    };
    let variable = key.variable.map(code).unwrap_or_default();
    let default = if key.default.is_empty() {
        String::new()
    } else {
        code(key.default)
    };
    let (name, about) = (code(key.name), key.about);
    writeln!(
        page,
        "| {name} | {takes} | {default} | {variable} | {about} |"
    )
}

fn code(text: &str) -> String {
    format!("`{text}`")
}
