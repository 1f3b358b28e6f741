//! From a place back to the path of the value there.

use std::fmt::Write as _;

use perk_diag::Span;

use super::{Kind, Value};

/// Returns the path of the innermost value or member that covers a span, as IAM Access Analyzer
/// writes paths: `Statement/0/Action/1`; the document itself is the empty path.
pub fn pointer_to(root: &Value<'_>, span: Span) -> String {
    if root.span == span {
        return String::new();
    }
    let mut path = String::with_capacity(USUAL_LENGTH);
    let mut value = root;
    while value.span != span {
        match value.kind {
            Kind::Object(members) => {
                let after = members.partition_point(|member| member.key.span.start <= span.start);
                let Some(member) = after.checked_sub(1).and_then(|index| members.get(index)) else {
                    break;
                };
                if span.end > member.value.span.end {
                    break;
                }
                segment(&mut path).push_str(member.key.text);
                if span.start < member.value.span.start {
                    break;
                }
                value = &member.value;
            }
            Kind::Array(elements) => {
                let after = elements.partition_point(|element| element.span.start <= span.start);
                let Some(index) = after.checked_sub(1) else {
                    break;
                };
                if span.end > elements[index].span.end {
                    break;
                }
                // Writing to a string cannot fail.
                let _ = write!(segment(&mut path), "{index}");
                value = &elements[index];
            }
            _ => break,
        }
    }
    path
}

/// What most paths are shorter than.
const USUAL_LENGTH: usize = 32;

/// Begins another segment.
fn segment(path: &mut String) -> &mut String {
    if !path.is_empty() {
        path.push('/');
    }
    path
}

#[cfg(test)]
mod tests {
    use super::super::{Arena, Stream};
    use super::*;

    fn pointer(text: &str, needle: &str) -> String {
        let mut arena = Arena::default();
        let root = Stream::new(text).next_value(&mut arena).unwrap().unwrap();
        let start = u32::try_from(text.find(needle).unwrap()).unwrap();
        let end = start + u32::try_from(needle.len()).unwrap();
        pointer_to(&root, Span::new(start, end))
    }

    #[test]
    fn names_values_members_and_parts_of_strings() {
        let text = r#"{"Statement": [{"Action": ["a", "b${c}d"], "Resource": "*"}]}"#;
        assert_eq!(pointer(text, text), "");
        assert_eq!(pointer(text, r#""a""#), "Statement/0/Action/0");
        assert_eq!(pointer(text, "${c}"), "Statement/0/Action/1");
        assert_eq!(pointer(text, r#""*""#), "Statement/0/Resource");
        assert_eq!(pointer(text, r#""Resource""#), "Statement/0/Resource");
        assert_eq!(pointer(text, r#"["a", "b${c}d"]"#), "Statement/0/Action");
    }
}
