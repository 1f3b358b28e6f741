//! The helpers as the handlebars crate calls them.

use std::sync::Arc;

use handlebars::{
    Context, Handlebars, Helper, HelperDef, PathAndJson, RenderContext, RenderError,
    RenderErrorReason, ScopedJson,
};
use serde_json::Value;

use super::functions::{self, Refusal};
use super::list::Each;
use super::{HELPERS, Moment};
use crate::render::Budget;

/// Helpers that stay those of the crate.
const BUILT_IN: &[&str] = &[
    "if", "unless", "with", "raw", "lookup", "eq", "ne", "gt", "gte", "lt", "lte", "and", "or",
    "not", "len",
];

/// Registers all helpers, and takes away what is none of ours.
pub(in crate::render) fn register(
    registry: &mut Handlebars<'static>,
    budget: &Arc<Budget>,
    moment: Option<Moment>,
) {
    registry.unregister_helper("log");
    let each = Each {
        budget: Arc::clone(budget),
    };
    registry.register_helper("each", Box::new(each));
    let ours = HELPERS
        .iter()
        .filter(|spec| spec.name != "each" && !BUILT_IN.contains(&spec.name));
    for spec in ours {
        let name = spec.name;
        if !spec.needs_moment {
            let budget = Arc::clone(budget);
            registry.register_helper(name, Box::new(Function { name, budget }));
        } else if let Some(moment) = moment {
            registry.register_helper(name, Box::new(OfMoment { name, moment }));
        }
    }
}

/// A helper that is a function of its values.
struct Function {
    name: &'static str,
    budget: Arc<Budget>,
}

impl HelperDef for Function {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let values: Vec<&Value> = helper.params().iter().map(PathAndJson::value).collect();
        let given = functions::call(self.name, &values).map_err(|refusal| match refusal {
            Refusal::Exceeded(exceeded) => RenderError::from(exceeded),
            Refusal::Message(message) => RenderErrorReason::Other(message).into(),
        })?;
        if let Value::String(text) = &given {
            self.budget.spend_bytes(text.len())?;
        }
        Ok(ScopedJson::Derived(given))
    }
}

/// A helper that depends on the moment.
struct OfMoment {
    name: &'static str,
    moment: Moment,
}

impl HelperDef for OfMoment {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        _: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        render_context: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let name = render_context.get_root_template_name();
        let value = match self.name {
            "year" => Value::from(self.moment.year()),
            "uuid" => Value::from(self.moment.uuid(name.map_or("", String::as_str))),
            _ => Value::from(self.moment.now()),
        };
        Ok(ScopedJson::Derived(value))
    }
}
