//! Resources that no action of their statement acts on, and actions that act on none of its
//! resources.
//!
//! Everything that cannot be told counts as fitting: variables, actions that are not known,
//! `NotAction`, `NotResource`, ARNs that are not whole. Regions and accounts are not compared;
//! whether they are right is another check's business.

mod acting;

use perk_diag::Span;
use perk_iam_catalog::Action;

pub(crate) use self::acting::Leeway;
use self::acting::{Acting, Resource, is_certain};
use super::listing::listing;
use crate::checks::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::known::{ActionPattern, Named, arn_patterns};
use crate::policy::{Pattern, Patterns, Statement};

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    for (statement, meanings) in subject.statements() {
        check_statement(subject, statement, meanings, found);
    }
}

fn check_statement<'c>(
    subject: &Subject<'_, 'c>,
    statement: &Statement<'_>,
    meanings: &[ActionPattern<'c>],
    found: &mut Vec<Draft>,
) {
    let named = |patterns: &&Patterns<'_>| !patterns.negated && !patterns.items.is_empty();
    let (Some(actions), Some(resources)) = (
        statement.actions.as_ref().filter(named),
        statement.resources.as_ref().filter(named),
    ) else {
        return;
    };
    let any_is = |test: fn(&Named<'_>) -> bool| meanings.iter().any(|meaning| test(&meaning.named));
    if any_is(|named| matches!(named, Named::Anything)) {
        return;
    }
    let arns = resources
        .items
        .iter()
        .map(|item| Resource::parse(item.text, subject.known));
    let Some(mut arns) = arns.collect::<Option<Vec<_>>>() else {
        return;
    };

    let mut acting = Acting::on(&mut arns, subject.known, subject.effort);
    let patterns = actions.items.iter().zip(meanings);
    let idle_actions: Vec<(&Pattern<'_>, Action<'_>)> = patterns
        .clone()
        .filter(|(item, meaning)| !acting.any(meaning.actions(item.text)))
        .filter_map(|(item, meaning)| Some((item, meaning.actions(item.text).next()?)))
        .collect();
    let all_idle = !arns.iter().any(Resource::is_acted_on);
    // A resource may be there for an action that is not known.
    let all_known = !any_is(|named| matches!(named, Named::Nothing));
    let judged = resources.items.iter().zip(&arns);
    let idle_resources: Vec<&Pattern<'_>> = judged
        .filter(|(_, arn)| !arn.is_acted_on() && (all_idle || arn.is_confused()))
        .map(|(item, _)| item)
        .collect();

    let mut named = patterns.flat_map(|(item, meaning)| meaning.actions(item.text));
    let first = named.next();
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
    let forms = arn_patterns(example.resource_types());
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
