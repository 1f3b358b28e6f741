//! Privilege escalation: the known ways by which a few permissions become all of somebody's.
//!
//! A way is open when the whole policy gives every permission it takes, on resources by which it
//! is taken. Whether there is a role worth taking is not in the policy, and not judged.

mod paths;
#[cfg(test)]
mod tests;

use perk_diag::Span;

pub(super) use self::paths::action_names;
use self::paths::{Mark, PATHS, Path, Permission};
use super::dangerous::DangerousSet;
use super::grant::{Grant, NamingStatement, Need, grants, overlap};
use super::listing::listing;
use super::wildcard::gives_everything;
use crate::checks::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::known::{Known, arn_patterns};

/// How many ways a message describes; the others it names.
const DESCRIBED: usize = 3;

/// Looks at a policy that is short enough to be judged as a whole.
pub(super) fn check(
    subject: &Subject<'_, '_>,
    naming: &[NamingStatement<'_>],
    found: &mut Vec<Draft>,
) {
    if subject.policy.statements.iter().any(gives_everything) {
        return;
    }
    let named = named_actions(naming);
    if named.is_empty() {
        return;
    }
    let mut groups: Vec<Group<'_>> = Vec::new();
    for path in PATHS.iter().filter(|path| named.has_all(&path.actions)) {
        let Some(opening) = open(path, subject, naming) else {
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

/// Returns the actions that some `Allow` names: a quick look before the careful one.
fn named_actions(naming: &[NamingStatement<'_>]) -> DangerousSet {
    naming
        .iter()
        .filter(|naming| naming.statement.allows())
        .fold(DangerousSet::default(), |all, naming| all | naming.named)
}

/// The statements by which a way is open, and the places of their patterns.
struct Opening {
    statements: Vec<usize>,
    spans: Vec<Span>,
}

fn open(path: &Path, subject: &Subject<'_, '_>, naming: &[NamingStatement<'_>]) -> Option<Opening> {
    let mut opening = Opening {
        statements: Vec::new(),
        spans: Vec::new(),
    };
    let mut add = |grant: &Grant<'_>, position: usize| {
        let span = grant.naming.pattern_span(position);
        if !opening.statements.contains(&grant.index) {
            opening.statements.push(grant.index);
        }
        if !opening.spans.contains(&span) {
            opening.spans.push(span);
        }
    };
    let mut shared: Option<Vec<String>> = None;
    for permission in &path.permissions {
        let need = need(path, permission, subject.known)?;
        let mut given = grants(naming, &need);
        let grant = match (permission.mark, &mut shared) {
            (Mark::Same, Some(resources)) => given.find_map(|mut grant| {
                let common = |one: &&str| resources.iter().any(|other| overlap(one, other));
                grant.resources.retain(common);
                (!grant.resources.is_empty()).then_some(grant)
            }),
            (Mark::Same, None) => {
                let all: Vec<Grant<'_>> = given.collect();
                shared = Some(
                    all.iter()
                        .flat_map(|grant| &grant.resources)
                        .map(|resource| (*resource).to_owned())
                        .collect(),
                );
                all.into_iter().next()
            }
            _ => given.next(),
        }?;
        add(&grant, permission.position);
    }
    opening.statements.sort_unstable();
    Some(opening)
}

fn need<'n>(path: &'n Path, permission: &'n Permission, known: &Known<'_>) -> Option<Need<'n>> {
    let action = known.action_named(permission.action)?;
    let forms = match permission.mark {
        _ if !permission.forms.is_empty() => permission
            .forms
            .iter()
            .copied()
            .map(str::to_owned)
            .collect(),
        Mark::Any => arn_patterns(action.resource_types()).into(),
        _ => known.required_resources(permission.position),
    };
    let passes = permission.action == "iam:PassRole";
    Some(Need {
        position: permission.position,
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
                .any(|other| other.actions != path.actions && path.actions.has_all(&other.actions))
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
