//! Values as other languages write them: JSON, YAML, TOML, the shell.

use std::fmt::Write as _;

use serde_json::Value;

/// Returns a value as JSON on one line.
pub(super) fn json(value: &Value) -> String {
    value.to_string()
}

/// Returns a value as YAML on one line.
///
/// JSON is YAML, but for what YAML 1.1 would see in a text; a text is therefore always quoted.
/// DEL and the C1 controls are escaped, since YAML does not take them as they are.
pub(super) fn yaml(value: &Value) -> String {
    escape_controls(&value.to_string())
}

/// Returns a value as TOML on one line.
///
/// A basic string of TOML is a string of JSON, but that DEL must be escaped.
pub(super) fn toml(value: &Value) -> Result<String, String> {
    match value {
        Value::Null => Err("TOML has no null".to_owned()),
        Value::Object(_) => Err("`toml` takes a text, a number, a boolean or a list".to_owned()),
        value => Ok(escape_controls(&value.to_string())),
    }
}

/// Returns a text between double quotes, with backslashes before quotes and backslashes.
pub(crate) fn quote(text: &str) -> String {
    escape_controls(&Value::from(text).to_string())
}

/// Returns a text as one word of a POSIX shell.
pub(super) fn shell_quote(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./:@%+,".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

fn escape_controls(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for letter in json.chars() {
        if matches!(
            letter,
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}'
        ) {
            // Writing to a string does not fail.
            let _ = write!(escaped, "\\u{:04x}", u32::from(letter));
        } else {
            escaped.push(letter);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_survive_each_language() {
        assert_eq!(json(&json!("a\"b\n")), r#""a\"b\n""#);
        assert_eq!(json(&json!(["a", 1, true])), r#"["a",1,true]"#);
        assert_eq!(yaml(&json!("no")), r#""no""#);
        assert_eq!(yaml(&json!("\u{7f}\u{85}")), r#""\u007f\u0085""#);
        assert_eq!(toml(&json!("C:\\x\u{7f}")).unwrap(), r#""C:\\x\u007f""#);
        assert_eq!(toml(&json!(1.0)).unwrap(), "1.0");
        assert_eq!(toml(&json!(null)).unwrap_err(), "TOML has no null");
        assert_eq!(quote(r#"say "hi""#), r#""say \"hi\"""#);
    }

    #[test]
    fn toml_reads_back_what_was_written() {
        for text in ["", "a", "\"\\\n\t\u{0}\u{1b}\u{7f}", "é😀\u{2028}", "'''"] {
            let document = format!("x = {}", toml(&json!(text)).unwrap());
            let table: toml::Table = toml::from_str(&document).unwrap();
            assert_eq!(table["x"].as_str(), Some(text));
        }
    }

    #[test]
    fn a_shell_sees_one_word() {
        for (text, word) in [
            ("plain-1.0", "plain-1.0"),
            ("", "''"),
            ("a b", "'a b'"),
            ("$(rm -rf /)", "'$(rm -rf /)'"),
            ("it's", r"'it'\''s'"),
            ("~", "'~'"),
            ("A=b", "'A=b'"),
        ] {
            assert_eq!(shell_quote(text), word);
        }
    }
}
