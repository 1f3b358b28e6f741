//! The known ways of privilege escalation, from `data/escalation-paths.txt`.

use std::sync::LazyLock;

use crate::own::grant::Reach;
use crate::own::index::ActionIndex;

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
    /// The permissions' actions, as bits at their positions in the index.
    pub(super) actions: u128,
}

/// A permission that a path takes.
#[derive(Debug)]
pub(super) struct Permission {
    pub(super) action: &'static str,
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

/// The paths and the actions they take.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) paths: Vec<Path>,
    pub(super) actions: ActionIndex,
}

pub(super) static KNOWN: LazyLock<Known> =
    LazyLock::new(|| parse(include_str!("../../../data/escalation-paths.txt")));

fn parse(text: &'static str) -> Known {
    let mut paths: Vec<Path> = text.lines().filter_map(path).collect();
    let names = paths
        .iter()
        .flat_map(|path| &path.permissions)
        .map(|permission| permission.action);
    let actions = ActionIndex::new(names);
    for path in &mut paths {
        let positions = path
            .permissions
            .iter()
            .filter_map(|permission| actions.position(permission.action));
        path.actions = positions.fold(0, |bits, position| bits | 1 << position);
    }
    Known { paths, actions }
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
        actions: 0,
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
        let known = &*KNOWN;
        assert_eq!(known.paths.len(), 65);
        assert!(known.actions.len() <= 128);
        for path in &known.paths {
            assert_ne!(path.actions, 0, "{}", path.id);
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
