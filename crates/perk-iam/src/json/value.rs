//! The values of a JSON text.

use perk_diag::Span;

/// A JSON value and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Value<'t> {
    /// The bytes of the value, quotes and brackets included.
    pub span: Span,
    /// What it is.
    pub kind: Kind<'t>,
}

/// What a JSON value is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Kind<'t> {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it is written.
    Number(&'t str),
    /// A string, unescaped.
    String(&'t str),
    /// An array.
    Array(&'t [Value<'t>]),
    /// An object, members in the order of the text, duplicates kept.
    Object(&'t [Member<'t>]),
}

/// A string and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Text<'t> {
    /// The bytes of the string, quotes included.
    pub span: Span,
    /// The string, unescaped.
    pub text: &'t str,
}

/// A key and its value.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Member<'t> {
    /// The key.
    pub key: Text<'t>,
    /// The value.
    pub value: Value<'t>,
}

impl<'t> Value<'t> {
    /// Returns the string, if the value is one.
    pub fn as_str(&self) -> Option<&'t str> {
        match self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the elements of an array.
    pub fn as_array(&self) -> Option<&'t [Value<'t>]> {
        match self.kind {
            Kind::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// Returns the members of an object.
    pub fn as_object(&self) -> Option<&'t [Member<'t>]> {
        match self.kind {
            Kind::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Returns the value of the first member with this key.
    pub fn get(&self, key: &str) -> Option<&Value<'t>> {
        self.as_object()?
            .iter()
            .find(|member| member.key.text == key)
            .map(|member| &member.value)
    }

    /// Returns the elements of an array, or the value itself as the only element: IAM takes both.
    pub fn one_or_many(&self) -> &[Value<'t>] {
        match self.kind {
            Kind::Array(elements) => elements,
            _ => std::slice::from_ref(self),
        }
    }

    /// Returns the JSON name of the value's type.
    pub fn type_name(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "boolean",
            Kind::Number(_) => "number",
            Kind::String(_) => "string",
            Kind::Array(_) => "array",
            Kind::Object(_) => "object",
        }
    }
}
