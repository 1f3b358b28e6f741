//! The table of helpers, which is checked before anything is rendered.

use std::fmt;

/// What is known about a helper.
#[derive(Debug)]
pub(in crate::render) struct HelperSpec {
    pub(in crate::render) name: &'static str,
    pub(in crate::render) takes: Takes,
    pub(in crate::render) gives: Gives,
    /// The named values it knows, as in `includeZero=true`.
    pub(in crate::render) named: &'static [&'static str],
    /// Its result depends on the moment, so it is not for files.
    pub(in crate::render) needs_moment: bool,
    form: Form,
}

/// How many values a helper takes.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) enum Takes {
    Exactly(usize),
    AtLeast(usize),
}

/// The form of what a helper gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Gives {
    Scalar,
    List,
    /// The form of its first value.
    First,
}

/// How a tag uses a helper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum UsedAs {
    /// `{{name …}}` or `(name …)`.
    Inline,
    /// `{{#name …}}`.
    Block,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Inline,
    Block,
    Both,
}

impl HelperSpec {
    pub(in crate::render) fn use_as(&self, used_as: UsedAs) -> bool {
        match self.form {
            Form::Both => true,
            Form::Inline => used_as == UsedAs::Inline,
            Form::Block => used_as == UsedAs::Block,
        }
    }
}

impl Takes {
    pub(in crate::render) fn holds(self, count: usize) -> bool {
        match self {
            Self::Exactly(number) => count == number,
            Self::AtLeast(number) => count >= number,
        }
    }
}

impl fmt::Display for Takes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(0) => f.write_str("no value"),
            Self::Exactly(1) => f.write_str("1 value"),
            Self::Exactly(number) => write!(f, "{number} values"),
            Self::AtLeast(number) => write!(f, "{number} or more values"),
        }
    }
}

const fn inline(name: &'static str, takes: Takes) -> HelperSpec {
    HelperSpec {
        name,
        takes,
        gives: Gives::Scalar,
        named: &[],
        needs_moment: false,
        form: Form::Inline,
    }
}

const fn gives(gives: Gives, name: &'static str, takes: Takes) -> HelperSpec {
    HelperSpec {
        gives,
        ..inline(name, takes)
    }
}

const fn block(name: &'static str, takes: Takes) -> HelperSpec {
    HelperSpec {
        form: Form::Block,
        ..inline(name, takes)
    }
}

const fn condition(name: &'static str) -> HelperSpec {
    HelperSpec {
        named: &["includeZero"],
        ..block(name, Takes::Exactly(1))
    }
}

const fn test(name: &'static str, takes: Takes) -> HelperSpec {
    HelperSpec {
        form: Form::Both,
        ..inline(name, takes)
    }
}

const fn of_moment(name: &'static str) -> HelperSpec {
    HelperSpec {
        needs_moment: true,
        ..inline(name, Takes::Exactly(0))
    }
}

/// Every helper; the first fifteen are those of the handlebars crate.
pub(in crate::render) const HELPERS: &[HelperSpec] = &[
    condition("if"),
    condition("unless"),
    block("each", Takes::Exactly(1)),
    block("with", Takes::Exactly(1)),
    block("raw", Takes::Exactly(0)),
    inline("lookup", Takes::Exactly(2)),
    test("eq", Takes::Exactly(2)),
    test("ne", Takes::Exactly(2)),
    test("gt", Takes::Exactly(2)),
    test("gte", Takes::Exactly(2)),
    test("lt", Takes::Exactly(2)),
    test("lte", Takes::Exactly(2)),
    test("and", Takes::AtLeast(2)),
    test("or", Takes::AtLeast(2)),
    test("not", Takes::Exactly(1)),
    inline("len", Takes::Exactly(1)),
    inline("snake", Takes::Exactly(1)),
    inline("kebab", Takes::Exactly(1)),
    inline("pascal", Takes::Exactly(1)),
    inline("camel", Takes::Exactly(1)),
    inline("screaming", Takes::Exactly(1)),
    inline("title", Takes::Exactly(1)),
    inline("plural", Takes::Exactly(1)),
    inline("singular", Takes::Exactly(1)),
    inline("lower", Takes::Exactly(1)),
    inline("upper", Takes::Exactly(1)),
    inline("trim", Takes::Exactly(1)),
    inline("replace", Takes::Exactly(3)),
    inline("concat", Takes::AtLeast(1)),
    inline("join", Takes::Exactly(2)),
    gives(Gives::List, "split", Takes::Exactly(2)),
    inline("contains", Takes::Exactly(2)),
    gives(Gives::First, "default", Takes::Exactly(2)),
    inline("json", Takes::Exactly(1)),
    inline("yaml", Takes::Exactly(1)),
    inline("toml", Takes::Exactly(1)),
    inline("shell_quote", Takes::Exactly(1)),
    inline("quote", Takes::Exactly(1)),
    inline("indent", Takes::Exactly(2)),
    of_moment("now"),
    of_moment("year"),
    of_moment("uuid"),
];

/// Returns the helper of a name.
pub(in crate::render) fn find(name: &str) -> Option<&'static HelperSpec> {
    HELPERS.iter().find(|spec| spec.name == name)
}

/// Returns whether a name is that of a helper.
pub(crate) fn is_helper(name: &str) -> bool {
    find(name).is_some()
}
