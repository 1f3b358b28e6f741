//! What each helper does: values in, a value out.

use serde_json::Value;

use super::{encode, words};
use crate::render::budget::{Exceeded, MAX_RESULT};

/// The most spaces that `indent` puts before a line.
const MAX_INDENT: u64 = 200;

/// Why a helper has no result.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    #[error(transparent)]
    Exceeded(#[from] Exceeded),
    #[error("{0}")]
    Message(String),
}

impl From<String> for Refusal {
    fn from(message: String) -> Self {
        Self::Message(message)
    }
}

type Given = Result<Value, Refusal>;

/// Calls a helper by its name.
pub(super) fn call(name: &str, values: &[&Value]) -> Given {
    match (name, values) {
        ("replace", [text, from, to]) => replace(
            &text_of(name, text)?,
            &text_of(name, from)?,
            &text_of(name, to)?,
        ),
        ("concat", parts) => concat(parts),
        ("join", [list, separator]) => join(list, &text_of(name, separator)?),
        ("split", [text, separator]) => split(&text_of(name, text)?, &text_of(name, separator)?),
        ("contains", [whole, part]) => contains(whole, part),
        ("default", [value, other]) => Ok(if is_empty(value) { *other } else { *value }.clone()),
        ("json", [value]) => limited(encode::json(value)),
        ("yaml", [value]) => limited(encode::yaml(value)),
        ("toml", [value]) => limited(encode::toml(value)?),
        ("quote", [text]) => limited(encode::quote(&text_of(name, text)?)),
        ("shell_quote", [text]) => limited(encode::shell_quote(&text_of(name, text)?)),
        ("indent", [text, spaces]) => indent(&text_of(name, text)?, spaces),
        (name, [text]) => {
            let text = text_of(name, text)?;
            let change = words::find(name).ok_or_else(|| format!("there is no helper `{name}`"))?;
            limited(change(&text))
        }
        (name, _) => Err(format!("`{name}` does not take {} values", values.len()).into()),
    }
}

fn replace(text: &str, from: &str, to: &str) -> Given {
    if from.is_empty() {
        return Err("`replace` needs a text to look for".to_owned().into());
    }
    let count = text.matches(from).count();
    check_size((text.len() - count * from.len()).saturating_add(count.saturating_mul(to.len())))?;
    Ok(Value::from(text.replace(from, to)))
}

fn concat(parts: &[&Value]) -> Given {
    let mut whole = String::new();
    for part in parts {
        whole.push_str(&text_of("concat", part)?);
        check_size(whole.len())?;
    }
    Ok(Value::from(whole))
}

fn join(list: &Value, separator: &str) -> Given {
    let Value::Array(entries) = list else {
        return Err("`join` takes a list".to_owned().into());
    };
    let mut whole = String::new();
    for (index, entry) in entries.iter().enumerate() {
        if index > 0 {
            whole.push_str(separator);
        }
        whole.push_str(&text_of("join", entry)?);
        check_size(whole.len())?;
    }
    Ok(Value::from(whole))
}

fn split(text: &str, separator: &str) -> Given {
    if separator.is_empty() {
        return Err("`split` needs a separator".to_owned().into());
    }
    check_size(text.len())?;
    Ok(text.split(separator).map(Value::from).collect())
}

fn contains(whole: &Value, part: &Value) -> Given {
    Ok(Value::from(match whole {
        Value::Array(entries) => entries.contains(part),
        whole => text_of("contains", whole)?.contains(&text_of("contains", part)?),
    }))
}

fn indent(text: &str, spaces: &Value) -> Given {
    let spaces = spaces.as_u64().filter(|&spaces| spaces <= MAX_INDENT);
    let Some(spaces) = spaces.and_then(|spaces| usize::try_from(spaces).ok()) else {
        return Err(format!("`indent` takes a number from 0 to {MAX_INDENT}").into());
    };
    let lines = text.split_inclusive('\n');
    check_size(
        text.len()
            .saturating_add(lines.clone().count().saturating_mul(spaces)),
    )?;
    let mut whole = String::new();
    for line in lines {
        if !line.trim().is_empty() {
            whole.extend(std::iter::repeat_n(' ', spaces));
        }
        whole.push_str(line);
    }
    Ok(Value::from(whole))
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(entries) => entries.is_empty(),
        _ => false,
    }
}

/// Returns a value as text: lists and tables are none.
fn text_of(helper: &str, value: &Value) -> Result<String, Refusal> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(truth) => Ok(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => {
            Err(format!("`{helper}` takes a text here, not a list").into())
        }
    }
}

fn limited(text: String) -> Given {
    check_size(text.len())?;
    Ok(Value::from(text))
}

fn check_size(size: usize) -> Result<(), Exceeded> {
    if size <= MAX_RESULT {
        return Ok(());
    }
    Err(Exceeded {
        what: "the bytes that one helper gives",
        limit: MAX_RESULT as u64,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn given(name: &str, values: &Value) -> String {
        let values: Vec<&Value> = values.as_array().unwrap().iter().collect();
        match call(name, &values) {
            Ok(value) => value.to_string(),
            Err(refusal) => format!("refused: {refusal}"),
        }
    }

    #[test]
    fn helpers_give_what_they_say() {
        for (name, values, expected) in [
            ("replace", json!(["a-b-c", "-", "_"]), r#""a_b_c""#),
            (
                "replace",
                json!(["a", "", "_"]),
                "refused: `replace` needs a text to look for",
            ),
            ("concat", json!(["a", 1, true]), r#""a1true""#),
            (
                "concat",
                json!([["a"]]),
                "refused: `concat` takes a text here, not a list",
            ),
            ("join", json!([["a", "b"], ", "]), r#""a, b""#),
            ("join", json!(["a", ","]), "refused: `join` takes a list"),
            ("split", json!(["a,b", ","]), r#"["a","b"]"#),
            (
                "split",
                json!(["a,b", ""]),
                "refused: `split` needs a separator",
            ),
            ("contains", json!([["a", "b"], "b"]), "true"),
            ("contains", json!(["abc", "d"]), "false"),
            ("default", json!(["", "x"]), r#""x""#),
            ("default", json!([false, "x"]), "false"),
            ("indent", json!(["a\n\nb\n", 2]), r#""  a\n\n  b\n""#),
            (
                "indent",
                json!(["a", 999]),
                "refused: `indent` takes a number from 0 to 200",
            ),
            ("upper", json!([7]), r#""7""#),
        ] {
            assert_eq!(given(name, &values), expected, "{name} {values}");
        }
    }

    #[test]
    fn results_that_would_be_huge_are_not_built() {
        let long = "a".repeat(60_000);
        for (name, values) in [
            ("replace", json!([long, "a", long])),
            ("concat", json!([long, long, long, long, long])),
            ("join", json!([vec!["a"; 1_000], long])),
            ("indent", json!(["a\n".repeat(30_000), 200])),
            ("json", json!(["\u{1}".repeat(60_000)])),
        ] {
            let refused = "refused: the bytes that one helper gives would be more than 262144";
            assert_eq!(given(name, &values), refused, "{name}");
        }
    }
}
