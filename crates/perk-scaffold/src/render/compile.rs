//! A text with tags, parsed and checked.

use std::collections::BTreeSet;

use handlebars::template::Parameter;
use handlebars::{Template, TemplateError, TemplateErrorReason};
use perk_diag::LineColumn;

use super::fold::{Places, fold};
use super::tags::segments;
use super::{Delimiters, Names, RenderFault, RenderProblem, nesting, scope};

/// A text in which every name exists, ready to be rendered.
#[derive(Debug, Clone)]
pub(crate) struct Compiled {
    pub(super) template: Template,
    /// Where the tags are in the text, since the template has the places of the folded one.
    pub(super) places: Places,
    used: BTreeSet<String>,
}

impl Compiled {
    /// Returns the names of the values that the text uses.
    pub(crate) fn used(&self) -> &BTreeSet<String> {
        &self.used
    }
}

/// What a text may name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reach<'n> {
    /// The values.
    pub(crate) names: &'n Names,
    /// Whether `now`, `year` and `uuid` are there.
    pub(crate) has_moment: bool,
}

/// Returns whether a text has a tag; one without need not be compiled.
pub(crate) fn has_tag(text: &str, delimiters: &Delimiters) -> bool {
    text.contains(delimiters.open())
}

/// Compiles a text, or says what is wrong with it.
pub(crate) fn compile(
    source: &str,
    delimiters: &Delimiters,
    reach: Reach<'_>,
) -> Result<Compiled, RenderFault> {
    let segments = segments(source, delimiters)?;
    nesting::check(source, &segments)?;
    let folded = fold(source, &segments, delimiters);
    let in_source = |mut fault: RenderFault| {
        fault.position = fault.position.map(|place| folded.places.whole(place));
        fault
    };
    let mut template =
        Template::compile(&folded.text).map_err(|error| in_source(syntax(&error)))?;
    folded.unfold(&mut template);
    let used = scope::check(&template, reach.names, reach.has_moment).map_err(in_source)?;
    Ok(Compiled {
        template,
        places: folded.places,
        used,
    })
}

fn syntax(error: &TemplateError) -> RenderFault {
    let number = |count| u32::try_from(count).unwrap_or(u32::MAX);
    let position = error.pos().map(|(line, column)| LineColumn {
        line: number(line),
        column: number(column),
    });
    let message = match error.reason() {
        TemplateErrorReason::InvalidSyntax(message) => message.replace('\n', ", "),
        reason => reason.to_string(),
    };
    RenderFault {
        position,
        problem: RenderProblem::Syntax(message),
    }
}

/// A test of values: a name, or a call in parentheses.
#[derive(Debug, Clone)]
pub(crate) struct Condition(pub(super) Compiled);

/// What a condition that holds renders to.
pub(super) const HOLDS: &str = "1";

impl Condition {
    /// Compiles a condition such as `(eq database "postgresql")` or `telemetry`.
    pub(crate) fn compile(source: &str, names: &Names) -> Result<Self, RenderFault> {
        nesting::check_condition(source)?;
        let is_test = matches!(
            Parameter::parse(source),
            Ok(Parameter::Path(_) | Parameter::Subexpression(_))
        );
        if !is_test {
            let expected = "a condition is a name or a call in parentheses, as in `(eq a \"b\")`";
            let problem = RenderProblem::Syntax(expected.to_owned());
            return Err(RenderFault::at(None, problem));
        }
        let text = format!("{{{{#if {source}}}}}{HOLDS}{{{{/if}}}}");
        let reach = Reach {
            names,
            has_moment: false,
        };
        let compiled = compile(&text, &Delimiters::braces(), reach)?;
        Ok(Self(compiled))
    }
}
