//! Privilege escalation: the known ways by which a few permissions become all of somebody's.
//!
//! A way is open when the whole policy gives every permission it takes, on resources by which it
//! is taken. Whether there is a role worth taking is not in the policy, and not judged.

mod paths;
#[cfg(test)]
mod tests;

use perk_diag::Span;
use perk_iam_catalog::Catalog;

use self::paths::{KNOWN, Known, Mark, Path, Permission};
use super::grant::{
    Grant, Need, all_forms, grants, is_judgeable, overlap, pattern_span, required_forms,
};
use super::listing::listing;
use super::wildcard::gives_everything;
use crate::checks::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::policy::{Kind, Policy};

/// How many ways a message describes; the others it names.
const DESCRIBED: usize = 3;

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Draft>) {
    let policy = subject.policy;
    if subject.kind != Kind::Identity
        || policy.statements.iter().any(gives_everything)
        || !is_judgeable(policy)
    {
        return;
    }
    let known = &*KNOWN;
    let named = named_actions(policy, known);
    let mut groups: Vec<Group<'_>> = Vec::new();
    for path in &known.paths {
        if path.actions & !named != 0 {
            continue;
        }
        let Some(opening) = open(path, policy, subject.catalog) else {
            continue;
        };
        match groups
            .iter_mut()
            .find(|group| group.statements == opening.statements)
        {
            Some(group) => group.add(path, opening.spans),
            None => groups.push(Group {
                statements: opening.statements,
                spans: opening.spans,
                paths: vec![path],
            }),
        }
    }
    found.extend(groups.iter().map(Group::draft));
}

/// Returns the actions that some `Allow` names, as bits: a quick look before the careful one.
fn named_actions(policy: &Policy<'_>, known: &Known) -> u128 {
    let mut named = 0;
    for actions in policy
        .statements
        .iter()
        .filter(|statement| statement.allows())
        .filter_map(|statement| statement.actions.as_ref())
    {
        let matched = actions
            .items
            .iter()
            .flat_map(|item| known.actions.matching(item.text))
            .fold(0_u128, |bits, position| bits | 1 << position);
        named |= if actions.negated { !matched } else { matched };
    }
    named
}

/// The statements by which a way is open, and the places of their patterns.
struct Opening {
    statements: Vec<usize>,
    spans: Vec<Span>,
}

fn open(path: &Path, policy: &Policy<'_>, catalog: &Catalog<'_>) -> Option<Opening> {
    let mut opening = Opening {
        statements: Vec::new(),
        spans: Vec::new(),
    };
    let mut add = |grant: &Grant<'_, '_>, action: &str| {
        let span = pattern_span(grant.statement, action);
        if !opening.statements.contains(&grant.index) {
            opening.statements.push(grant.index);
        }
        if !opening.spans.contains(&span) {
            opening.spans.push(span);
        }
    };
    let mut shared: Option<Vec<String>> = None;
    for permission in &path.permissions {
        let need = need(path, permission, catalog)?;
        let mut given = grants(policy, &need);
        let grant = match (permission.mark, &mut shared) {
            (Mark::Same, Some(resources)) => given.find_map(|mut grant| {
                let common = |one: &String| resources.iter().any(|other| overlap(one, other));
                grant.resources.retain(common);
                (!grant.resources.is_empty()).then_some(grant)
            }),
            (Mark::Same, None) => {
                let all: Vec<Grant<'_, '_>> = given.collect();
                shared = Some(
                    all.iter()
                        .flat_map(|grant| grant.resources.clone())
                        .collect(),
                );
                all.into_iter().next()
            }
            _ => given.next(),
        }?;
        add(&grant, permission.action);
    }
    opening.statements.sort_unstable();
    Some(opening)
}

fn need<'n>(path: &'n Path, permission: &'n Permission, catalog: &Catalog<'_>) -> Option<Need<'n>> {
    let action = catalog.action(permission.action)?;
    let forms = match permission.mark {
        _ if !permission.forms.is_empty() => permission
            .forms
            .iter()
            .copied()
            .map(str::to_owned)
            .collect(),
        Mark::Any => all_forms(action),
        _ => required_forms(action),
    };
    let passes = permission.action == "iam:PassRole";
    Some(Need {
        action: permission.action,
        forms,
        reach: permission.mark.reach(),
        passed_to: if passes { &path.passed_to } else { &[] },
    })
}

/// The ways that are open through the same statements.
struct Group<'p> {
    statements: Vec<usize>,
    spans: Vec<Span>,
    paths: Vec<&'p Path>,
}

impl<'p> Group<'p> {
    fn add(&mut self, path: &'p Path, spans: Vec<Span>) {
        self.paths.push(path);
        for span in spans {
            if !self.spans.contains(&span) {
                self.spans.push(span);
            }
        }
    }

    fn draft(&self) -> Draft {
        // A way that takes more than another one does is no news beside it.
        let is_longer = |path: &Path| {
            self.paths
                .iter()
                .any(|other| other.actions != path.actions && other.actions & !path.actions == 0)
        };
        let (longer, mut shortest): (Vec<&Path>, Vec<&Path>) =
            self.paths.iter().partition(|path| is_longer(path));
        let named = shortest.split_off(shortest.len().min(DESCRIBED));
        let described = shortest
            .iter()
            .map(|path| format!("{} (`{}`)", path.effect, path.id));
        let mut message = format!(
            "privilege escalation: whoever has this {}",
            described.collect::<Vec<_>>().join("; ")
        );
        let others: Vec<String> = named
            .iter()
            .chain(&longer)
            .map(|path| format!("`{}`", path.id))
            .collect();
        if !others.is_empty() {
            message.push_str("; also ");
            message.push_str(&others.join(", "));
        }
        let mut spans = self.spans.iter().copied();
        let first = spans.next().unwrap_or_default();
        Draft::new(Code::PrivilegeEscalation, first, message)
            .and_all(spans)
            .help(help(&self.paths))
    }
}

fn help(paths: &[&Path]) -> String {
    let mut wide: Vec<&str> = Vec::new();
    for permission in paths.iter().flat_map(|path| &path.permissions) {
        if permission.mark != Mark::Any && !wide.contains(&permission.action) {
            wide.push(permission.action);
        }
    }
    format!(
        "name the resources of {}, add a condition that narrows them, or deny what is not needed; \
         `perk iam validate --explain PRIVILEGE_ESCALATION` lists the ways",
        listing(wide)
    )
}
