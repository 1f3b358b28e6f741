//! Lists between commas, as options that take several values at once write them.

/// Splits a list at its commas; a quoted item may have commas, and quotes written twice.
pub(crate) fn comma_list(text: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut letters = text.chars().peekable();
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        let Some(item) = items.last_mut() else { break };
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                item.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if item.is_empty() => is_quoted = true,
            ',' if !is_quoted => items.push(String::new()),
            letter => item.push(letter),
        }
    }
    items
}

/// Writes an item so that [`comma_list`] and the engines read it back.
pub(crate) fn comma_item(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn splits_at_commas_outside_quotes() {
        assert_eq!(comma_list("a,b"), ["a", "b"]);
        assert_eq!(
            comma_list("type=bind,\"source=/a,b\""),
            ["type=bind", "source=/a,b"]
        );
        assert_eq!(comma_list("say \"x\""), ["say \"x\""]);
        assert_eq!(comma_list(""), [""]);
    }

    proptest! {
        #[test]
        fn reads_back_what_it_writes(items in prop::collection::vec("[a-z,\" =/]{1,8}", 1..4)) {
            let text: Vec<_> = items.iter().map(|item| comma_item(item)).collect();
            prop_assert_eq!(comma_list(&text.join(",")), items);
        }
    }
}
