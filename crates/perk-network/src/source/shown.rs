//! Keys that are addresses, without the credentials that may be in them.

/// Takes out what stands before the last `@`.
pub(super) fn without_userinfo(text: &str) -> String {
    match (text.split_once("://"), text.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://{host}"),
        (None, Some((_, host))) => host.to_owned(),
        (_, None) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_taken_out() {
        for (text, shown) in [
            ("ssh://jane:hunter2@build.example", "ssh://build.example"),
            ("jane:hunter2@build.example:2375", "build.example:2375"),
            ("https://a.example/", "https://a.example/"),
            ("default", "default"),
        ] {
            assert_eq!(without_userinfo(text), shown);
        }
    }
}
