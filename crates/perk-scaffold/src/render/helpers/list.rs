//! `each`, which counts its turns.

use handlebars::{
    BlockContext, BlockParams, Context, Handlebars, Helper, HelperDef, HelperResult, Output,
    PathAndJson, RenderContext, RenderErrorReason, Renderable as _,
};
use serde_json::Value;
use std::sync::Arc;

use crate::render::Budget;

/// Renders its block once for every entry of a list.
pub(super) struct Each {
    pub(super) budget: Arc<Budget>,
}

impl HelperDef for Each {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        render_context: &mut RenderContext<'reg, 'rc>,
        output: &mut dyn Output,
    ) -> HelperResult {
        let Some(Value::Array(entries)) = helper.param(0).map(PathAndJson::value) else {
            return Err(RenderErrorReason::Other("`each` takes a list".to_owned()).into());
        };
        self.budget.spend_turns(entries.len())?;
        if entries.is_empty() {
            return match helper.inverse() {
                Some(inverse) => inverse.render(registry, context, render_context, output),
                None => Ok(()),
            };
        }
        let Some(template) = helper.template() else {
            return Ok(());
        };
        for (index, entry) in entries.iter().enumerate() {
            let is_last = index + 1 == entries.len();
            render_context.push_block(turn(helper, index, is_last, entry)?);
            let rendered = template.render(registry, context, render_context, output);
            render_context.pop_block();
            rendered?;
        }
        Ok(())
    }
}

fn turn<'rc>(
    helper: &Helper<'rc>,
    index: usize,
    is_last: bool,
    entry: &Value,
) -> Result<BlockContext<'rc>, handlebars::RenderError> {
    let mut block = BlockContext::new();
    block.set_base_value(entry.clone());
    block.set_local_var("index", Value::from(index));
    block.set_local_var("first", Value::from(index == 0));
    block.set_local_var("last", Value::from(is_last));
    let mut parameters = BlockParams::new();
    if let Some(name) = helper.block_param() {
        parameters.add_value(name, entry.clone())?;
    } else if let Some((entry_name, index_name)) = helper.block_param_pair() {
        parameters.add_value(entry_name, entry.clone())?;
        parameters.add_value(index_name, Value::from(index))?;
    }
    block.set_block_params(parameters);
    Ok(block)
}
