//! How a tag names a value: `name`, `project.name`, `../name`, `@root.name`, `@index`.

/// A name as it stands in a tag, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reference<'r> {
    /// It begins with `@root`.
    pub(super) is_from_root: bool,
    /// It begins with `@`, and names a variable of a loop.
    pub(super) is_of_loop: bool,
    /// How many `../` it has.
    pub(super) up: usize,
    /// The names between dots and slashes, without `this`.
    pub(super) names: Vec<&'r str>,
}

/// Takes a reference apart that the parser of Handlebars has taken.
pub(super) fn parse(raw: &str) -> Reference<'_> {
    let mut rest = raw;
    for current in ["this.", "this/", "./"] {
        rest = rest.strip_prefix(current).unwrap_or(rest);
    }
    let after_root = rest
        .strip_prefix("@root")
        .and_then(|rest| rest.strip_prefix(['.', '/']));
    rest = after_root.unwrap_or(rest);
    let after_at = rest.strip_prefix('@');
    rest = after_at.unwrap_or(rest);
    let mut up = 0;
    while let Some(outer) = rest
        .strip_prefix("../")
        .or_else(|| rest.strip_prefix("..."))
    {
        up += 1;
        rest = outer;
    }
    Reference {
        is_from_root: after_root.is_some(),
        is_of_loop: after_at.is_some(),
        up,
        names: names(rest),
    }
}

fn names(mut rest: &str) -> Vec<&str> {
    let mut names = Vec::new();
    while !rest.is_empty() {
        let name = if let Some(key) = rest.strip_prefix('[') {
            let end = key.find(']').unwrap_or(key.len());
            rest = key.get(end + 1..).unwrap_or_default();
            &key[..end]
        } else {
            let end = rest.find(['.', '/']).unwrap_or(rest.len());
            let name = &rest[..end];
            rest = &rest[end..];
            name
        };
        rest = rest.strip_prefix(['.', '/']).unwrap_or(rest);
        if name != "this" {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_references_apart() {
        for (raw, is_from_root, is_of_loop, up, names) in [
            ("a", false, false, 0, &["a"][..]),
            ("this", false, false, 0, &[]),
            ("this.a", false, false, 0, &["a"]),
            ("./a/b", false, false, 0, &["a", "b"]),
            ("../../a.b", false, false, 2, &["a", "b"]),
            ("../this", false, false, 1, &[]),
            ("@root.a", true, false, 0, &["a"]),
            ("@root/a", true, false, 0, &["a"]),
            ("@index", false, true, 0, &["index"]),
            ("@../index", false, true, 1, &["index"]),
            ("a.[0]", false, false, 0, &["a", "0"]),
            ("[a b].c", false, false, 0, &["a b", "c"]),
        ] {
            let names = names.to_vec();
            let expected = Reference {
                is_from_root,
                is_of_loop,
                up,
                names,
            };
            assert_eq!(parse(raw), expected, "{raw}");
        }
    }
}
