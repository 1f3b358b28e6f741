//! Words in their cases and numbers.

use heck::{
    ToKebabCase as _, ToLowerCamelCase as _, ToPascalCase as _, ToShoutySnakeCase as _,
    ToSnakeCase as _, ToTitleCase as _,
};

/// Returns the function that changes a text, by the name of its helper.
pub(super) fn find(name: &str) -> Option<fn(&str) -> String> {
    Some(match name {
        "snake" => |text| text.to_snake_case(),
        "kebab" => |text| text.to_kebab_case(),
        "pascal" => |text| text.to_pascal_case(),
        "camel" => |text| text.to_lower_camel_case(),
        "screaming" => |text| text.to_shouty_snake_case(),
        "title" => |text| text.to_title_case(),
        "plural" => |text| last_word(text, cruet::to_plural),
        "singular" => |text| last_word(text, cruet::to_singular),
        "lower" => |text| text.to_lowercase(),
        "upper" => |text| text.to_uppercase(),
        "trim" => |text| text.trim().to_owned(),
        _ => return None,
    })
}

/// Changes the last word of a text, so that `order-item` becomes `order-items`.
fn last_word(text: &str, change: fn(&str) -> String) -> String {
    let is_separator = |letter: char| !letter.is_alphanumeric();
    let end = text.trim_end_matches(is_separator).len();
    let start = text[..end].rfind(is_separator).map_or(0, |index| {
        index + text[index..].chars().next().map_or(1, char::len_utf8)
    });
    if start == end {
        return text.to_owned();
    }
    format!(
        "{}{}{}",
        &text[..start],
        change(&text[start..end]),
        &text[end..]
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn change(name: &str, text: &str) -> String {
        find(name).unwrap()(text)
    }

    #[test]
    fn words_change_case_and_number() {
        for (name, text, expected) in [
            ("snake", "Order-Item API", "order_item_api"),
            ("kebab", "OrderItem", "order-item"),
            ("pascal", "order_item", "OrderItem"),
            ("camel", "order item", "orderItem"),
            ("screaming", "order-item", "ORDER_ITEM"),
            ("title", "order-item", "Order Item"),
            ("plural", "order-item", "order-items"),
            ("plural", "category", "categories"),
            ("plural", "person", "people"),
            ("singular", "order_statuses", "order_status"),
            ("singular", "companies", "company"),
            ("upper", "ß", "SS"),
            ("trim", " a ", "a"),
            ("plural", "", ""),
            ("plural", "é-", "és-"),
        ] {
            assert_eq!(change(name, text), expected, "{name} {text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_them_panic(text in "\\PC{0,20}") {
            for name in ["snake", "kebab", "pascal", "camel", "screaming", "title", "plural", "singular"] {
                change(name, &text);
            }
        }
    }
}
