//! Statements that allow more than they say: `*`, whole services, `NotAction` and `NotResource`.

use super::grant::is_everything;
use super::listing::listing;
use crate::checks::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::policy::{Kind, Pattern, Patterns, Statement};

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    let allowing = subject
        .policy
        .statements
        .iter()
        .filter(|statement| statement.allows());
    for statement in allowing {
        if subject.kind == Kind::Identity {
            wildcards(statement, found);
        }
        if matches!(subject.kind, Kind::Identity | Kind::Resource | Kind::Trust) {
            negations(statement, found);
        }
    }
}

/// Tells whether a statement allows every action on every resource without a condition.
pub(super) fn gives_everything(statement: &Statement<'_>) -> bool {
    let everything = |patterns: &Option<Patterns<'_>>, is_everything: fn(&str) -> bool| {
        patterns.as_ref().is_some_and(|patterns| {
            !patterns.negated && patterns.items.iter().any(|item| is_everything(item.text))
        })
    };
    statement.allows()
        && statement.conditions.is_empty()
        && everything(&statement.actions, is_every_action)
        && everything(&statement.resources, is_everything)
}

fn is_every_action(text: &str) -> bool {
    text.starts_with('*') && is_whole_service(text) && {
        let service = text.split(':').next();
        service.is_some_and(is_everything)
    }
}

fn is_whole_service(text: &str) -> bool {
    text.ends_with('*') && {
        let name = text.split_once(':').map_or(text, |(_, name)| name);
        is_everything(name)
    }
}

fn wildcards(statement: &Statement<'_>, found: &mut Vec<Draft>) {
    let Some(actions) = statement.listed_actions() else {
        return;
    };
    let matching = |test: fn(&str) -> bool| -> Vec<&Pattern<'_>> {
        actions
            .items
            .iter()
            .filter(|item| test(item.text))
            .collect()
    };
    if gives_everything(statement) {
        let Some(first) = matching(is_every_action).first().copied() else {
            return;
        };
        let resource = statement
            .resources
            .iter()
            .flat_map(|resources| resources.items);
        let everywhere = resource
            .filter(|item| is_everything(item.text))
            .map(|item| item.span);
        let message = "every action is allowed on every resource";
        let draft = Draft::new(Code::FullAccess, first.span, message).and_all(everywhere);
        found.push(
            draft.help("allow the actions that are needed, on the resources they are needed on"),
        );
        return;
    }
    let whole = matching(is_whole_service);
    let Some((first, others)) = whole.split_first() else {
        return;
    };
    let names = listing(whole.iter().map(|item| item.text));
    let verb = if others.is_empty() { "allows" } else { "allow" };
    let of = if whole.iter().any(|item| is_every_action(item.text)) {
        "every action there is"
    } else if others.is_empty() {
        "every action of the service"
    } else {
        "every action of their services"
    };
    let message = format!("{names} {verb} {of}, those to come among them");
    let draft = Draft::new(Code::ServiceWildcard, first.span, message);
    found.push(
        draft
            .and_all(others.iter().map(|item| item.span))
            .help("name the actions that are needed"),
    );
}

fn negations(statement: &Statement<'_>, found: &mut Vec<Draft>) {
    if let Some(actions) = statement.actions.as_ref().filter(|actions| actions.negated) {
        let message = "everything but these actions is allowed, in every service";
        let draft = Draft::new(Code::AllowWithNotAction, actions.key.span, message);
        found.push(
            draft.help("name what is allowed in `Action`, or deny the exceptions in a `Deny`"),
        );
    }
    if let Some(resources) = statement
        .resources
        .as_ref()
        .filter(|resources| resources.negated)
    {
        let message = "the actions are allowed on everything but these resources";
        let draft = Draft::new(Code::AllowWithNotResource, resources.key.span, message);
        found.push(
            draft.help("name the resources in `Resource`, or deny the exceptions in a `Deny`"),
        );
    }
}
