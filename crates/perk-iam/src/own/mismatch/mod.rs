//! Resources that no action of their statement acts on, and actions that act on none of its
//! resources.
//!
//! Everything that cannot be told counts as fitting: variables, actions that are not known,
//! `NotAction`, `NotResource`, ARNs that are not whole. Regions and accounts are not compared;
//! whether they are right is another check's business.

mod acting;

use perk_diag::Span;
use perk_iam_catalog::Action;

use self::acting::{Acting, Resource, is_certain};
use super::grant::all_forms;
use super::listing::listing;
use crate::checks::{Services, Subject};
use crate::code::Code;
use crate::finding::Draft;
use crate::policy::{Pattern, Patterns, Statement, glob, variable};

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Draft>) {
    for statement in &subject.policy.statements {
        check_statement(subject, statement, found);
    }
}

fn check_statement(subject: &Subject<'_>, statement: &Statement<'_>, found: &mut Vec<Draft>) {
    let named = |patterns: &&Patterns<'_>| !patterns.negated && !patterns.items.is_empty();
    let (Some(actions), Some(resources)) = (
        statement.actions.as_ref().filter(named),
        statement.resources.as_ref().filter(named),
    ) else {
        return;
    };
    let mut services = Services::of(subject.catalog);
    let arns = resources
        .items
        .iter()
        .map(|item| Resource::parse(item.text, &mut services));
    let Some(arns) = arns.collect::<Option<Vec<_>>>() else {
        return;
    };
    let matched = actions
        .items
        .iter()
        .map(|item| matching(&mut services, item.text));
    let Some(matched) = matched.collect::<Option<Vec<_>>>() else {
        return;
    };

    let mut acting = Acting::on(&arns);
    let patterns = actions.items.iter().zip(&matched);
    let idle_actions: Vec<(&Pattern<'_>, Action<'_>)> = patterns
        .filter_map(|(item, matched)| Some((item, *matched.first()?, matched)))
        .filter(|(.., matched)| !acting.any(matched))
        .map(|(item, first, _)| (item, first))
        .collect();
    let acted_on = acting.acted_on();
    let all_idle = !acted_on.contains(&true);
    // A resource may be there for an action that is not known.
    let all_known = matched.iter().all(|matched| !matched.is_empty());
    let judged = resources.items.iter().zip(&arns).zip(acted_on);
    let idle_resources: Vec<&Pattern<'_>> = judged
        .filter(|((_, arn), acted_on)| !**acted_on && (all_idle || arn.is_confused()))
        .map(|((item, _), _)| item)
        .collect();

    let first = matched.iter().flatten().next().copied();
    if let Some(first) = first.filter(|_| all_known && !idle_resources.is_empty()) {
        found.extend(about_resources(&idle_resources, first));
    }
    if !(all_idle && all_known) {
        let certain = idle_actions
            .into_iter()
            .filter(|(_, first)| is_certain(*first));
        found.extend(about_actions(&certain.collect::<Vec<_>>()));
    }
}

/// Returns the actions that a pattern matches, none for one that is not known; nothing when it
/// reaches over services.
fn matching<'t, 'c>(services: &mut Services<'t, 'c>, pattern: &'t str) -> Option<Vec<Action<'c>>> {
    let Some((prefix, name)) = pattern.split_once(':') else {
        return (!glob::has_wildcard(pattern)).then(Vec::new);
    };
    if glob::has_wildcard(prefix) || variable::has_variable(pattern) {
        return None;
    }
    let Some(service) = services.find(prefix) else {
        return Some(Vec::new());
    };
    if !glob::has_wildcard(name) {
        return Some(service.action(name).into_iter().collect());
    }
    Some(service.actions_matching(name).collect())
}

fn about_resources(idle: &[&Pattern<'_>], example: Action<'_>) -> Option<Draft> {
    let names = listing(idle.iter().map(|item| item.text));
    let message = format!("no action of the statement acts on {names}");
    let places = idle.iter().map(|item| item.span);
    draft(places, message, example)
}

fn about_actions(idle: &[(&Pattern<'_>, Action<'_>)]) -> Option<Draft> {
    let (_, example) = idle.first()?;
    let names = listing(idle.iter().map(|(item, _)| item.text));
    let verb = if idle.len() == 1 { "acts" } else { "act" };
    let message = format!("{names} {verb} on none of the resources of the statement");
    draft(idle.iter().map(|(item, _)| item.span), message, *example)
}

fn draft(
    mut places: impl Iterator<Item = Span>,
    message: String,
    example: Action<'_>,
) -> Option<Draft> {
    let name = example.full_name();
    let forms = all_forms(example);
    let help = if forms.is_empty() {
        format!("`{name}` is not limited to resources: it takes `\"Resource\": \"*\"`")
    } else {
        let forms = listing(forms.iter().map(String::as_str));
        format!("`{name}` acts on {forms}")
    };
    let first = places.next()?;
    Some(
        Draft::new(Code::ResourceMismatch, first, message)
            .and_all(places)
            .help(help),
    )
}
