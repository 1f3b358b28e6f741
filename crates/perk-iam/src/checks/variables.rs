//! Policy variables: whether they are well formed and stand where they are resolved.

use memchr::memmem::Finder;
use perk_diag::Span;

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::json::{Kind as Json, Value};
use crate::policy::variable::{self, Variable, variables};

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    // A look at the text spares the walk: few statements have a variable.
    let opening = Finder::new("${");
    let text_of = |value: &Value<'_>| &subject.text.as_bytes()[value.span.range()];
    if opening.find(text_of(subject.policy.root)).is_none() {
        return;
    }
    for statement in &subject.policy.statements {
        let text = text_of(statement.value);
        let is_escaped = || memchr::memchr(b'\\', text).is_some();
        if opening.find(text).is_none() && !is_escaped() {
            continue;
        }
        for resource in statement
            .resources
            .iter()
            .flat_map(|resources| resources.items)
        {
            well_formed(subject, resource.text, resource.span, found);
        }
        for condition in &statement.conditions {
            for value in condition.values() {
                let Some(text) = value.as_str() else { continue };
                well_formed(subject, text, value.span, found);
                let named = variables(text).any(|variable| matches!(variable, Variable::Name(_)));
                if named
                    && condition
                        .operator
                        .is_some_and(|operator| !operator.takes_variables())
                {
                    let message = format!(
                        "`{}` does not resolve variables",
                        condition.operator_key.text
                    );
                    let draft = Draft::new(Code::InvalidVariableForOperator, value.span, message);
                    found.push(draft.help("variables work with string and ARN operators"));
                }
            }
        }
        elsewhere(statement.value, found);
    }
}

fn well_formed(subject: &Subject<'_, '_>, text: &str, span: Span, found: &mut Vec<Draft>) {
    for variable in variables(text) {
        let draft = match variable {
            Variable::Escape | Variable::Name(_) if subject.policy.has_variables() => continue,
            Variable::Escape | Variable::Name(_) => {
                let message = "variables are plain text in this version of the policy language";
                Draft::new(Code::VariableUnsupportedInVersion, span, message)
                    .help("set `\"Version\": \"2012-10-17\"`")
            }
            Variable::Empty => {
                Draft::new(Code::EmptyVariable, span, "the variable `${}` has no name")
                    .help("name a condition key, such as `${aws:username}`")
            }
            Variable::Space => Draft::new(
                Code::UnsupportedSpaceInVariable,
                span,
                "the variable has a space in its name",
            )
            .help("remove the space"),
            Variable::MissingQuote => {
                let message = "the default of the variable is not in single quotes";
                Draft::new(Code::MissingQuoteInVariable, span, message)
                    .help("write it like `${aws:PrincipalTag/team, 'none'}`")
            }
            Variable::MissingBrace => Draft::new(
                Code::MissingBraceInVariable,
                span,
                "the variable is not closed",
            )
            .help("add `}` after its name"),
        };
        found.push(draft);
    }
}

/// Looks at everything but resources and condition values.
fn elsewhere(statement: &Value<'_>, found: &mut Vec<Draft>) {
    for member in statement.as_object().unwrap_or_default() {
        let name = member.key.text;
        match name {
            "Resource" | "NotResource" => {}
            "Condition" => {
                for operator in member.value.as_object().unwrap_or_default() {
                    unsupported(operator.key.text, operator.key.span, name, found);
                    for key in operator.value.as_object().unwrap_or_default() {
                        unsupported(key.key.text, key.key.span, name, found);
                    }
                }
            }
            _ => strings(&member.value, name, found),
        }
    }
}

fn strings(value: &Value<'_>, element: &str, found: &mut Vec<Draft>) {
    match value.kind {
        Json::String(text) => unsupported(text, value.span, element, found),
        Json::Array(elements) => {
            for element_value in elements {
                strings(element_value, element, found);
            }
        }
        Json::Object(members) => {
            for member in members {
                strings(&member.value, element, found);
            }
        }
        _ => {}
    }
}

fn unsupported(text: &str, span: Span, element: &str, found: &mut Vec<Draft>) {
    let is_variable = |variable| matches!(variable, Variable::Name(_) | Variable::Escape);
    if variable::is_opened(text) && variables(text).any(is_variable) {
        let message = format!("variables are not resolved in this part of `{element}`");
        let draft = Draft::new(Code::VariableUnsupportedInElement, span, message);
        found.push(draft.help("use variables in `Resource` and in condition values only"));
    }
}
