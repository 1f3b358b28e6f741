//! Policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, and the escapes `${*}`,
//! `${?}`, `${$}`.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

/// What stands between `${` and `}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variable<'t> {
    /// One of the escapes `*`, `?`, `$`.
    Escape,
    /// The name of a condition key, perhaps with a default in single quotes.
    Name(&'t str),
    /// Nothing, or blanks.
    Empty,
    /// A name with a blank in it.
    Space,
    /// A default value without both of its quotes.
    MissingQuote,
    /// No closing brace.
    MissingBrace,
}

/// Returns where the first `${` stands.
fn opening(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'$', bytes).find(|at| bytes.get(at + 1) == Some(&b'{'))
}

/// Returns where the first `}` stands.
fn closing(text: &str) -> Option<usize> {
    memchr::memchr(b'}', text.as_bytes())
}

/// Tells whether a text has a `${`, whatever follows.
pub fn is_opened(text: &str) -> bool {
    opening(text).is_some()
}

/// Returns every variable of a text.
pub fn variables(text: &str) -> impl Iterator<Item = Variable<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = opening(rest)?;
        let inner = &rest[start + 2..];
        let Some(end) = closing(inner) else {
            rest = "";
            return Some(Variable::MissingBrace);
        };
        rest = &inner[end + 1..];
        Some(parse(&inner[..end]))
    })
}

/// Tells whether a text holds a variable that takes its value from the request.
pub fn has_variable(text: &str) -> bool {
    variables(text).any(|variable| matches!(variable, Variable::Name(_)))
}

/// Puts something in the place of every `${…}`; a brace that is not closed runs to the end.
pub fn replace(text: &str, replacement: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = opening(rest) {
        replaced.push_str(&rest[..start]);
        replaced.push_str(replacement);
        rest = closing(&rest[start..]).map_or("", |end| &rest[start + end + 1..]);
    }
    replaced.push_str(rest);
    replaced
}

fn parse(inner: &str) -> Variable<'_> {
    if matches!(inner, "*" | "?" | "$") {
        return Variable::Escape;
    }
    if inner.trim().is_empty() {
        return Variable::Empty;
    }
    if is_opened(inner) {
        return Variable::MissingBrace;
    }
    let (name, default) = match inner.split_once(',') {
        Some((name, default)) => (name, Some(default.trim())),
        None => (inner, None),
    };
    if name.trim_end().contains(char::is_whitespace) || (default.is_none() && name.ends_with(' ')) {
        return Variable::Space;
    }
    match default {
        Some(text) if text.len() < 2 || !text.starts_with('\'') || !text.ends_with('\'') => {
            Variable::MissingQuote
        }
        _ => Variable::Name(name.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Variable<'_> {
        variables(text).next().unwrap()
    }

    #[test]
    fn reads_names_defaults_and_faults() {
        assert_eq!(one("a/${aws:username}/b"), Variable::Name("aws:username"));
        assert_eq!(
            one("${aws:PrincipalTag/t, 'x y'}"),
            Variable::Name("aws:PrincipalTag/t")
        );
        assert_eq!(one("${*}"), Variable::Escape);
        assert_eq!(one("${}"), Variable::Empty);
        assert_eq!(one("${aws: username}"), Variable::Space);
        assert_eq!(one("${aws:PrincipalTag/t, x}"), Variable::MissingQuote);
        assert_eq!(one("${aws:username"), Variable::MissingBrace);
        assert_eq!(one("${aws:username/${aws:userid}"), Variable::MissingBrace);
        assert!(!has_variable("$100 ${*}"));
    }
}
