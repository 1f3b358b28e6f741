//! The known ways of privilege escalation, from `data/escalation-paths.txt`.

use std::sync::LazyLock;

use crate::own::dangerous::{DANGEROUS, DangerousSet};
use crate::own::grant::Reach;

/// A known way from a few permissions to more than was given.
#[derive(Debug)]
pub(super) struct Path {
    /// Its name, such as `iam-001`.
    pub(super) id: &'static str,
    /// The permissions it takes, all of them.
    pub(super) permissions: Vec<Permission>,
    /// The services that get the role, for ways that pass one.
    pub(super) passed_to: Vec<&'static str>,
    /// What happens, as `runs a new function under any role`.
    pub(super) effect: &'static str,
    /// The permissions' actions.
    pub(super) actions: DangerousSet,
}

/// A permission that a path takes.
#[derive(Debug)]
pub(super) struct Permission {
    pub(super) action: &'static str,
    /// Its place among the dangerous actions.
    pub(super) position: usize,
    pub(super) mark: Mark,
    /// The forms of the resources that count, when they are not those the action requires.
    pub(super) forms: Vec<&'static str>,
}

/// On which resources a permission must be granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// On any it can act on.
    Any,
    /// On every one of its type.
    Every,
    /// On every user, or on the caller's own.
    EveryOrOwn,
    /// On the same one as the other permissions with this mark.
    Same,
}

impl Mark {
    pub(super) fn reach(self) -> Reach {
        match self {
            Self::Any | Self::Same => Reach::Any,
            Self::Every => Reach::Every,
            Self::EveryOrOwn => Reach::EveryOrOwn,
        }
    }
}

const TEXT: &str = include_str!("../../../data/escalation-paths.txt");

/// Every known way.
pub(super) static PATHS: LazyLock<Vec<Path>> = LazyLock::new(|| {
    let mut paths: Vec<Path> = TEXT.lines().filter_map(path).collect();
    for path in &mut paths {
        for permission in &mut path.permissions {
            permission.position = DANGEROUS.position(permission.action).unwrap_or_default();
        }
        let positions = path
            .permissions
            .iter()
            .map(|permission| permission.position);
        path.actions = positions.collect();
    }
    paths
});

/// Returns the names of the actions that the ways take.
pub(in crate::own) fn action_names() -> impl Iterator<Item = &'static str> {
    let permissions = TEXT
        .lines()
        .filter_map(path)
        .flat_map(|path| path.permissions);
    permissions.map(|permission| permission.action)
}

fn path(line: &'static str) -> Option<Path> {
    let mut fields = line.split('|').map(str::trim);
    let id = fields.next().filter(|id| !id.starts_with('#'))?;
    let permissions = fields.next()?;
    let passed_to = fields.next()?;
    let effect = fields.next()?;
    Some(Path {
        id,
        permissions: permissions.split(' ').map(permission).collect(),
        passed_to: passed_to.split_whitespace().collect(),
        effect,
        actions: DangerousSet::default(),
    })
}

fn permission(text: &'static str) -> Permission {
    let (marked, forms) = match text.split_once('@') {
        Some((marked, forms)) => (marked, forms.split(',').collect()),
        None => (text, Vec::new()),
    };
    let (mark, action) = [
        ('!', Mark::Every),
        ('~', Mark::EveryOrOwn),
        ('=', Mark::Same),
    ]
    .into_iter()
    .find_map(|(sign, mark)| Some((mark, marked.strip_suffix(sign)?)))
    .unwrap_or((Mark::Any, marked));
    Permission {
        action,
        position: 0,
        mark,
        forms,
    }
}

#[cfg(test)]
mod tests {
    use perk_iam_catalog::Catalog;

    use super::*;

    #[test]
    fn every_line_is_a_path_of_known_actions() {
        assert_eq!(PATHS.len(), 65);
        for path in &*PATHS {
            assert!(!path.actions.is_empty(), "{}", path.id);
            let passes = path
                .permissions
                .iter()
                .any(|permission| permission.action == "iam:PassRole");
            assert_eq!(passes, !path.passed_to.is_empty(), "{}", path.id);
            for permission in &path.permissions {
                let action = Catalog::embedded().action(permission.action);
                assert!(action.is_some(), "{}", permission.action);
            }
        }
    }
}
