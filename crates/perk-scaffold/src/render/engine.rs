//! The renderer: compiled texts and values in, text out.

use std::sync::Arc;

use handlebars::{
    Context, Handlebars, RenderContext, RenderError, RenderErrorReason, Renderable as _, no_escape,
};
use perk_diag::LineColumn;
use serde_json::{Map, Value};

use super::budget::{Exceeded, LimitedOutput};
use super::compile::HOLDS;
use super::helpers::{self, Moment};
use super::{Budget, Compiled, Condition, RenderFault, RenderProblem};

/// The values that texts name.
#[derive(Debug, Clone)]
pub(crate) struct Values(Context);

impl Values {
    /// Creates values from a table.
    pub(crate) fn new(table: Map<String, Value>) -> Self {
        // A table of JSON values always is one.
        Self(Context::wraps(Value::Object(table)).unwrap_or_else(|_| Context::null()))
    }
}

/// Handlebars with our helpers and within a budget.
#[derive(Debug)]
pub(crate) struct Engine {
    registry: Handlebars<'static>,
    budget: Arc<Budget>,
}

impl Engine {
    /// Creates the engine for files, in which nothing depends on the moment.
    pub(crate) fn for_files() -> Self {
        Self::new(None)
    }

    /// Creates the engine for defaults and computed values.
    pub(crate) fn for_values(moment: Moment) -> Self {
        Self::new(Some(moment))
    }

    fn new(moment: Option<Moment>) -> Self {
        let budget = Arc::new(Budget::default());
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        registry.register_escape_fn(no_escape);
        helpers::register(&mut registry, &budget, moment);
        Self { registry, budget }
    }

    /// Takes bytes that are no output but take as much memory.
    pub(crate) fn spend_bytes(&self, count: usize) -> Result<(), RenderFault> {
        self.budget.spend_bytes(count).map_err(too_much)
    }

    /// Takes the work that parsing a text makes.
    pub(super) fn spend_work(&self, work: usize) -> Result<(), RenderFault> {
        self.budget.spend_work(work).map_err(too_much)
    }

    /// Renders a text; `name` is what `uuid` is derived from.
    pub(crate) fn render(
        &self,
        compiled: &Compiled,
        values: &Values,
        name: Option<&String>,
    ) -> Result<String, RenderFault> {
        let mut output = LimitedOutput::new(&self.budget, 256);
        let mut render_context = RenderContext::new(name);
        compiled
            .template
            .render(&self.registry, &values.0, &mut render_context, &mut output)
            .map_err(|error| fault(&error, compiled))?;
        Ok(output.into_text())
    }

    /// Returns whether a condition holds.
    pub(crate) fn holds(
        &self,
        condition: &Condition,
        values: &Values,
    ) -> Result<bool, RenderFault> {
        let text = self.render(&condition.0, values, None)?;
        Ok(text == HOLDS)
    }
}

fn too_much(exceeded: Exceeded) -> RenderFault {
    RenderFault::at(None, limit(exceeded))
}

fn fault(error: &RenderError, compiled: &Compiled) -> RenderFault {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let position = error
        .line_no
        .zip(error.column_no)
        .map(|(line, column)| LineColumn {
            line: number(line),
            column: number(column),
        });
    RenderFault {
        position: position.map(|place| compiled.places.whole(place)),
        problem: problem(error.reason()),
    }
}

fn problem(reason: &RenderErrorReason) -> RenderProblem {
    if let Some(exceeded) = exceeded(reason) {
        return limit(exceeded);
    }
    match reason {
        RenderErrorReason::MissingVariable(Some(name)) => RenderProblem::Undefined {
            name: name.clone(),
            nearest: None,
            outer: None,
        },
        RenderErrorReason::MissingVariable(None) => {
            RenderProblem::Helper("`lookup` finds no such entry".to_owned())
        }
        reason => RenderProblem::Helper(reason.to_string()),
    }
}

fn exceeded(reason: &RenderErrorReason) -> Option<Exceeded> {
    match reason {
        RenderErrorReason::NestedError(error) => error.downcast_ref().copied(),
        RenderErrorReason::IOError(error) => error.get_ref()?.downcast_ref().copied(),
        _ => None,
    }
}

fn limit(exceeded: Exceeded) -> RenderProblem {
    RenderProblem::Limit {
        what: exceeded.what,
        limit: exceeded.limit,
    }
}
