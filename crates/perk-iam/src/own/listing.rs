//! Names in messages: the first few, and how many more there are.

const SHOWN: usize = 5;

/// Returns a list such as `` `a`, `b` and `c` `` or `` `a`, `b`, `c`, `d`, `e` and 3 more ``.
pub(super) fn listing<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let mut names = names.into_iter();
    let mut shown: Vec<String> = names
        .by_ref()
        .take(SHOWN)
        .map(|name| format!("`{name}`"))
        .collect();
    let last = match names.count() {
        0 => shown.pop().unwrap_or_default(),
        rest => format!("{rest} more"),
    };
    if shown.is_empty() {
        last
    } else {
        format!("{} and {last}", shown.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::listing;

    #[test]
    fn counts_what_it_leaves_out() {
        assert_eq!(listing(["a"]), "`a`");
        assert_eq!(listing(["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(
            listing(["a", "b", "c", "d", "e", "f", "g"]),
            "`a`, `b`, `c`, `d`, `e` and 2 more"
        );
    }
}
