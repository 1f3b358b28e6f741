//! The code map of ARCHITECTURE.md: one heading for each crate, and none for a crate that is gone.

use std::collections::BTreeSet;

use crate::workspace::Crate;

/// Returns the crates that the map lacks and the headings that lead nowhere.
///
/// A heading of the map is `### ` and the crate's folder in backticks.
pub(super) fn problems(architecture: &str, crates: &[Crate]) -> Vec<String> {
    let mapped: BTreeSet<&str> = architecture
        .lines()
        .filter_map(|line| line.strip_prefix("### `")?.strip_suffix('`'))
        .collect();
    let existing: BTreeSet<&str> = crates.iter().map(|member| member.folder.as_str()).collect();
    let missing = existing
        .difference(&mapped)
        .map(|folder| format!("ARCHITECTURE.md: the code map lacks `{folder}`"));
    let gone = mapped
        .difference(&existing)
        .map(|folder| format!("ARCHITECTURE.md: the code map names `{folder}`, which is no crate"));
    missing.chain(gone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn map_and_crates_name_each_other() {
        let member = Crate {
            name: "perk-fs".to_owned(),
            folder: "crates/perk-fs".to_owned(),
            dependencies: Vec::new(),
        };
        let crates = [member];
        assert!(problems("## Map\n### `crates/perk-fs`\n", &crates).is_empty());
        assert_eq!(
            problems("### `crates/perk-gone`\n", &crates),
            [
                "ARCHITECTURE.md: the code map lacks `crates/perk-fs`",
                "ARCHITECTURE.md: the code map names `crates/perk-gone`, which is no crate"
            ]
        );
    }
}
