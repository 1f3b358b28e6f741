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

/// The most faults of one text that are told at once.
const MOST_FAULTS: usize = 50;

/// Compiles a text, or says what is wrong with it first.
pub(crate) fn compile(
    source: &str,
    delimiters: &Delimiters,
    reach: Reach<'_>,
) -> Result<Compiled, RenderFault> {
    let parsed = parse(source, delimiters)?;
    let named = scope::check(&parsed.template, reach.names, reach.has_moment, 1);
    match named.faults.into_iter().next() {
        Some(fault) => Err(parsed.places.in_source(fault)),
        None => Ok(parsed.compiled(named.used)),
    }
}

/// Compiles a text, or says all that is wrong with it, at least one thing.
pub(crate) fn compile_or_faults(
    source: &str,
    delimiters: &Delimiters,
    reach: Reach<'_>,
) -> Result<Compiled, Vec<RenderFault>> {
    let parsed = parse(source, delimiters).map_err(|fault| vec![fault])?;
    let named = scope::check(&parsed.template, reach.names, reach.has_moment, MOST_FAULTS);
    if named.faults.is_empty() {
        return Ok(parsed.compiled(named.used));
    }
    let faults = named.faults.into_iter();
    Err(faults.map(|fault| parsed.places.in_source(fault)).collect())
}

/// A text that is Handlebars, whatever it names.
struct Parsed {
    template: Template,
    places: Places,
}

impl Parsed {
    fn compiled(self, used: BTreeSet<String>) -> Compiled {
        Compiled {
            template: self.template,
            places: self.places,
            used,
        }
    }
}

fn parse(source: &str, delimiters: &Delimiters) -> Result<Parsed, RenderFault> {
    let segments = segments(source, delimiters)?;
    nesting::check(source, &segments)?;
    let folded = fold(source, &segments, delimiters);
    let mut template = Template::compile(&folded.text).map_err(|error| {
        let fault = nesting::imbalance(source, &segments, delimiters);
        fault.unwrap_or_else(|| folded.places.in_source(syntax(&error)))
    })?;
    folded.unfold(&mut template);
    Ok(Parsed {
        template,
        places: folded.places,
    })
}

fn syntax(error: &TemplateError) -> RenderFault {
    let number = |count| u32::try_from(count).unwrap_or(u32::MAX);
    let position = error.pos().map(|(line, column)| LineColumn {
        line: number(line),
        column: number(column),
    });
    let problem = match error.reason() {
        // What it names are rules of its grammar, which help nobody.
        TemplateErrorReason::InvalidSyntax(_) => RenderProblem::NotATag,
        reason => RenderProblem::Syntax(reason.to_string()),
    };
    RenderFault { position, problem }
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

    /// Returns the names of the values that the condition uses.
    pub(crate) fn used(&self) -> &BTreeSet<String> {
        self.0.used()
    }
}
