//! Where a link of a template leads: only further down, after leaving some folders upward.

use crate::ScaffoldError;

/// A target within the template.
///
/// INVARIANT: it is some `..` and then plain names, and it does not leave the top. A `..` after a
/// name is refused even if it seems to stay inside: the name may be a link itself, and then the
/// `..` begins somewhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LinkTarget {
    /// How many `..` it begins with.
    pub(crate) up: usize,
    /// The names after that; there may be none.
    pub(crate) names: Vec<String>,
}

impl LinkTarget {
    /// Reads the target of the link at a path below `files`.
    pub(crate) fn parse(path: &str, target: &str) -> Result<Self, ScaffoldError> {
        let outside = || ScaffoldError::LinkOutside {
            path: path.to_owned(),
            target: target.to_owned(),
        };
        let depth = path.matches('/').count();
        let mut parts = target
            .strip_suffix('/')
            .unwrap_or(target)
            .split('/')
            .peekable();
        let mut up = 0;
        while parts.next_if_eq(&"..").is_some() {
            up += 1;
        }
        let names: Vec<String> = parts.map(str::to_owned).collect();
        let is_plain = |name: &String| !matches!(name.as_str(), "" | "." | "..");
        if up > depth || !names.iter().all(is_plain) || (up == 0 && names.is_empty()) {
            return Err(outside());
        }
        Ok(Self { up, names })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_stay_inside_are_kept() {
        for (path, target, up) in [
            ("a", "b", 0),
            ("a", "b/c", 0),
            ("d/a", "../b", 1),
            ("d/e/a", "../../b/c", 2),
            ("d/a", "..", 1),
            ("a", "b/", 0),
        ] {
            assert_eq!(
                LinkTarget::parse(path, target).unwrap().up,
                up,
                "{path} -> {target}"
            );
        }
    }

    #[test]
    fn links_that_may_lead_outside_are_refused() {
        for (path, target) in [
            ("a", "/etc/passwd"),
            ("a", "//etc"),
            ("a", ".."),
            ("a", "../x"),
            ("d/a", "../../x"),
            ("a", "b/../../x"),
            ("a", "b/../x"),
            ("d/a", "./../../x"),
            ("a", "./b"),
            ("a", ""),
            ("a", "."),
            ("a", "b//c"),
        ] {
            assert!(
                LinkTarget::parse(path, target).is_err(),
                "{path} -> {target}"
            );
        }
    }
}
