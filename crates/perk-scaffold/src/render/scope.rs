//! Whether everything that a parsed text names exists: values, helpers and their parameters.
//!
//! The strict mode of Handlebars looks at what it prints, so `{{#if typo}}` is false and a typo in
//! a branch that is not taken goes unseen. This looks at every tag before anything is rendered.

use std::collections::BTreeSet;

use handlebars::template::{
    BlockParam, HelperTemplate, Parameter, Template, TemplateElement, TemplateMapping,
};
use perk_diag::LineColumn;

use super::helpers::{self, Gives, HelperSpec, UsedAs};
use super::reference::{self, Reference};
use super::{Names, RenderFault, RenderProblem, Shape};
use perk_diag::nearest;

/// The variables of a loop, with an `@` before them.
const LOOP_VARIABLES: &[&str] = &["index", "first", "last"];

/// What a parsed text names.
#[derive(Debug)]
pub(super) struct Named {
    /// The outermost values that it uses.
    pub(super) used: BTreeSet<String>,
    /// What is wrong, in order.
    pub(super) faults: Vec<RenderFault>,
}

/// Checks a parsed text until so many things are wrong with it.
pub(super) fn check(
    template: &Template,
    names: &Names,
    has_moment: bool,
    most_faults: usize,
) -> Named {
    let mut checker = Checker {
        root: Shape::Object(names.clone()),
        scopes: Vec::new(),
        used: BTreeSet::new(),
        faults: Vec::new(),
        most_faults,
        position: None,
        has_moment,
    };
    checker.template(template);
    Named {
        used: checker.used,
        faults: checker.faults,
    }
}

/// What a name without `../` is looked up in, within an `each` or a `with`.
struct Scope {
    value: Shape,
    is_loop: bool,
    /// Names after `as`, with their values.
    parameters: Vec<(String, Shape)>,
}

struct Checker {
    root: Shape,
    scopes: Vec<Scope>,
    used: BTreeSet<String>,
    faults: Vec<RenderFault>,
    most_faults: usize,
    position: Option<LineColumn>,
    has_moment: bool,
}

type Checked<T> = Result<T, RenderFault>;

impl Checker {
    fn template(&mut self, template: &Template) {
        let outer = self.position;
        for (index, element) in template.elements.iter().enumerate() {
            if self.faults.len() >= self.most_faults {
                break;
            }
            // The parser keeps no place for the inner block of an `else if`.
            self.position = template.mapping.get(index).map(line_column).or(outer);
            if let Err(fault) = self.element(element) {
                self.faults.push(fault);
            }
        }
        self.position = outer;
    }

    fn element(&mut self, element: &TemplateElement) -> Checked<()> {
        match element {
            TemplateElement::RawString(_) | TemplateElement::Comment(_) => Ok(()),
            TemplateElement::Expression(tag) | TemplateElement::HtmlExpression(tag) => {
                self.expression(tag)
            }
            TemplateElement::HelperBlock(block) => {
                self.block(block);
                Ok(())
            }
            _ => Err(self.fail(RenderProblem::Partial)),
        }
    }

    fn expression(&mut self, tag: &HelperTemplate) -> Checked<()> {
        let name = tag.name.as_name().unwrap_or_default();
        let is_bare = tag.params.is_empty() && tag.hash.is_empty();
        let (shape, shown) = match &tag.name {
            Parameter::Subexpression(_) => (self.parameter(&tag.name)?, "this expression"),
            _ if is_bare && !helpers::is_helper(name) => (self.value(name)?, name),
            _ => (self.call(name, tag, UsedAs::Inline)?, name),
        };
        self.require_text(&shape, shown)
    }

    fn require_text(&self, shape: &Shape, name: &str) -> Checked<()> {
        let kind = match shape {
            Shape::Scalar => return Ok(()),
            Shape::List => "a list",
            Shape::Object(_) => "a table",
        };
        Err(self.fail(RenderProblem::NotText {
            name: name.to_owned(),
            kind,
        }))
    }

    fn block(&mut self, block: &HelperTemplate) {
        let name = block.name.as_name().unwrap_or_default();
        // What is in the block is looked at even if its head is wrong.
        let first = match self.call(name, block, UsedAs::Block) {
            Ok(shape) => shape,
            Err(fault) => {
                self.faults.push(fault);
                Shape::Scalar
            }
        };
        let scope = match name {
            "each" => Some(Scope {
                value: Shape::Scalar,
                is_loop: true,
                parameters: block_parameters(block, [Shape::Scalar, Shape::Scalar]),
            }),
            "with" => Some(Scope {
                value: first.clone(),
                is_loop: false,
                parameters: block_parameters(block, [first, Shape::Scalar]),
            }),
            _ => None,
        };
        let depth = self.scopes.len();
        self.scopes.extend(scope);
        if let Some(template) = &block.template {
            self.template(template);
        }
        self.scopes.truncate(depth);
        if let Some(inverse) = &block.inverse {
            self.template(inverse);
        }
    }

    /// Checks the call of a helper; returns the form of what it gives, or for a block the form of
    /// its first value.
    fn call(&mut self, name: &str, tag: &HelperTemplate, used_as: UsedAs) -> Checked<Shape> {
        let Some(spec) = helpers::find(name) else {
            return Err(self.unknown_helper(name));
        };
        if spec.needs_moment && !self.has_moment {
            return Err(self.fail(RenderProblem::Unrepeatable(name.to_owned())));
        }
        if !spec.use_as(used_as) {
            return Err(self.fail(RenderProblem::Block {
                name: name.to_owned(),
                needs_block: used_as == UsedAs::Inline,
            }));
        }
        if !spec.takes.holds(tag.params.len()) {
            return Err(self.fail(RenderProblem::Arity {
                name: name.to_owned(),
                takes: spec.takes.to_string(),
                given: tag.params.len(),
            }));
        }
        self.named_values(spec, tag)?;
        let mut shapes = Vec::with_capacity(tag.params.len());
        for parameter in &tag.params {
            shapes.push(self.parameter(parameter)?);
        }
        let first = shapes.into_iter().next().unwrap_or(Shape::Scalar);
        Ok(match (used_as, spec.gives) {
            (UsedAs::Block, _) | (UsedAs::Inline, Gives::First) => first,
            (UsedAs::Inline, Gives::Scalar) => Shape::Scalar,
            (UsedAs::Inline, Gives::List) => Shape::List,
        })
    }

    fn named_values(&mut self, spec: &HelperSpec, tag: &HelperTemplate) -> Checked<()> {
        for (parameter, value) in &tag.hash {
            if !spec.named.contains(&parameter.as_str()) {
                return Err(self.fail(RenderProblem::NamedValue {
                    name: spec.name.to_owned(),
                    parameter: parameter.clone(),
                }));
            }
            self.parameter(value)?;
        }
        Ok(())
    }

    fn parameter(&mut self, parameter: &Parameter) -> Checked<Shape> {
        match parameter {
            Parameter::Literal(value) if value.is_array() => Ok(Shape::List),
            Parameter::Literal(_) => Ok(Shape::Scalar),
            Parameter::Name(name) => self.value(name),
            Parameter::Path(_) => self.value(parameter.as_name().unwrap_or_default()),
            Parameter::Subexpression(inner) => match inner.as_element() {
                TemplateElement::Expression(tag) => match &tag.name {
                    Parameter::Subexpression(_) => self.parameter(&tag.name),
                    name => self.call(name.as_name().unwrap_or_default(), tag, UsedAs::Inline),
                },
                _ => Err(self.fail(RenderProblem::Partial)),
            },
            _ => Err(self.fail(RenderProblem::Partial)),
        }
    }

    /// Returns the form of the value that a name stands for.
    fn value(&mut self, raw: &str) -> Checked<Shape> {
        let reference = reference::parse(raw);
        let Some(depth) = self.scopes.len().checked_sub(reference.up) else {
            return Err(self.undefined(raw, &reference));
        };
        if reference.is_of_loop {
            let is_known = reference.names.len() == 1
                && LOOP_VARIABLES.contains(&reference.names[0])
                && self.scopes[..depth]
                    .last()
                    .is_some_and(|_| self.scopes[..depth].iter().any(|scope| scope.is_loop));
            return if is_known {
                Ok(Shape::Scalar)
            } else {
                Err(self.undefined(raw, &reference))
            };
        }
        let (start, names, is_root) = self.start(&reference, depth);
        match walk(start, names) {
            Some(shape) => {
                let shape = shape.clone();
                if is_root {
                    self.used.extend(names.first().map(|&name| name.to_owned()));
                }
                Ok(shape)
            }
            None => Err(self.undefined(raw, &reference)),
        }
    }

    /// Returns the value where the lookup begins, the names that remain, and whether it begins at
    /// the outermost values.
    fn start<'n, 'r>(
        &self,
        reference: &'n Reference<'r>,
        depth: usize,
    ) -> (&Shape, &'n [&'r str], bool) {
        let names = &reference.names[..];
        if reference.is_from_root {
            return (&self.root, names, true);
        }
        if let Some((first, rest)) = names.split_first() {
            let parameters = self.scopes.iter().rev().flat_map(|scope| &scope.parameters);
            if let Some((_, value)) = parameters.into_iter().find(|(name, _)| name == first) {
                return (value, rest, false);
            }
        }
        match self.scopes[..depth].last() {
            Some(scope) => (&scope.value, names, false),
            None => (&self.root, names, true),
        }
    }

    fn undefined(&self, raw: &str, reference: &Reference<'_>) -> RenderFault {
        let names = &reference.names[..];
        let is_outermost = !reference.is_of_loop && walk(&self.root, names).is_some();
        let known: Vec<&str> = match &self.root {
            Shape::Object(names) => names.keys().map(String::as_str).collect(),
            _ => Vec::new(),
        };
        self.fail(RenderProblem::Undefined {
            name: raw.to_owned(),
            nearest: nearest(&names.join("."), known).map(str::to_owned),
            outer: (is_outermost && !names.is_empty())
                .then(|| format!("@root.{}", names.join("."))),
        })
    }

    fn unknown_helper(&self, name: &str) -> RenderFault {
        let known = helpers::HELPERS.iter().map(|spec| spec.name);
        self.fail(RenderProblem::UnknownHelper {
            name: name.to_owned(),
            nearest: nearest(name, known).map(str::to_owned),
        })
    }

    fn fail(&self, problem: RenderProblem) -> RenderFault {
        RenderFault::at(self.position, problem)
    }
}

fn walk<'s>(start: &'s Shape, names: &[&str]) -> Option<&'s Shape> {
    const ENTRY: &Shape = &Shape::Scalar;
    names.iter().try_fold(start, |shape, name| match shape {
        Shape::Object(names) => names.get(*name),
        Shape::List if name.bytes().all(|byte| byte.is_ascii_digit()) => Some(ENTRY),
        Shape::List | Shape::Scalar => None,
    })
}

fn block_parameters(block: &HelperTemplate, shapes: [Shape; 2]) -> Vec<(String, Shape)> {
    let parameters = match &block.block_param {
        Some(BlockParam::Single(first)) => vec![first],
        Some(BlockParam::Pair((first, second))) => vec![first, second],
        _ => Vec::new(),
    };
    let names = parameters.into_iter().filter_map(Parameter::as_name);
    names.map(str::to_owned).zip(shapes).collect()
}

fn line_column(mapping: &TemplateMapping) -> LineColumn {
    let number = |count| u32::try_from(count).unwrap_or(u32::MAX);
    LineColumn {
        line: number(mapping.0),
        column: number(mapping.1),
    }
}
