//! How long a source file may be.

const LIMIT: usize = 800;

/// Files that are one long table, which reads best in one piece.
const TABLES: &[&str] = &[];

/// Returns what is wrong with the length of a file.
pub(super) fn problem(path: &str, source: &str) -> Option<String> {
    let lines = source.lines().count();
    (lines > LIMIT && !TABLES.contains(&path))
        .then(|| format!("{path}: {lines} lines, more than {LIMIT}: find its seam"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_itself_is_allowed() {
        assert_eq!(problem("a.rs", &"\n".repeat(LIMIT)), None);
        assert!(problem("a.rs", &"\n".repeat(LIMIT + 1)).is_some());
    }
}
