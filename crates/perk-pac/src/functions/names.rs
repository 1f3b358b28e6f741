//! Functions over names of hosts.

/// Tells whether a name has no dots.
pub(crate) fn is_plain_host_name(host: &str) -> bool {
    !host.contains(['.', ':'])
}

/// Tells whether a name ends like a domain, as the very letters: `notcorp.com` is in `corp.com`
/// and not in `.corp.com`.
pub(crate) fn dns_domain_is(host: &str, domain: &str) -> bool {
    let (host, domain) = (host.to_ascii_lowercase(), domain.to_ascii_lowercase());
    host.ends_with(&domain)
}

/// Tells whether a name is the given one, or the first part of it alone.
pub(crate) fn local_host_or_domain_is(host: &str, domain: &str) -> bool {
    let (host, domain) = (host.to_ascii_lowercase(), domain.to_ascii_lowercase());
    host == domain || (!host.contains('.') && domain.split('.').next() == Some(&host))
}

/// Counts the dots of a name.
pub(crate) fn dns_domain_levels(host: &str) -> i32 {
    i32::try_from(host.matches('.').count()).unwrap_or(i32::MAX)
}

/// Tells whether a text fits a pattern in which `*` is any letters and `?` is any one.
///
/// It goes back to the last star only, which is enough, and keeps the time within the product of
/// the lengths.
pub(crate) fn sh_exp_match(text: &str, pattern: &str) -> bool {
    let text: Vec<_> = text.chars().collect();
    let pattern: Vec<_> = pattern.chars().collect();
    let (mut at, mut in_pattern) = (0, 0);
    let mut last_star: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(in_pattern) {
            Some('*') => {
                last_star = Some((in_pattern, at));
                in_pattern += 1;
            }
            Some(&letter) if letter == '?' || letter == text[at] => {
                at += 1;
                in_pattern += 1;
            }
            _ => {
                let Some((star, from)) = last_star else {
                    return false;
                };
                last_star = Some((star, from + 1));
                at = from + 1;
                in_pattern = star + 1;
            }
        }
    }
    pattern[in_pattern..].iter().all(|&letter| letter == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_as_a_whole() {
        for (text, pattern, fits) in [
            ("http://home.corp/a/b", "*/a/*", true),
            ("www.corp.com", "*.corp.com", true),
            ("corp.com", "*.corp.com", false),
            ("abc", "a?c", true),
            ("abc", "b", false),
            ("a.c", "a.c", true),
            ("abc", "a.c", false),
            ("aXbXc", "*X*X*", true),
            ("", "*", true),
            ("", "?", false),
            ("abab", "*ab", true),
            ("[a]", "[a]", true),
        ] {
            assert_eq!(sh_exp_match(text, pattern), fits, "{text} {pattern}");
        }
        let long = "a".repeat(4000);
        assert!(!sh_exp_match(&long, &format!("{}b", "*a".repeat(200))));
    }

    #[test]
    fn names_are_compared_as_scripts_expect() {
        assert!(is_plain_host_name("intranet"));
        assert!(!is_plain_host_name("a.b") && !is_plain_host_name("::1"));
        assert!(dns_domain_is("www.Corp.com", ".corp.com"));
        assert!(!dns_domain_is("corp.com", ".corp.com"));
        assert!(local_host_or_domain_is("www", "www.corp.com"));
        assert!(local_host_or_domain_is("www.corp.com", "www.corp.com"));
        assert!(!local_host_or_domain_is("www.other.com", "www.corp.com"));
        assert!(!local_host_or_domain_is("home", "www.corp.com"));
        assert_eq!(dns_domain_levels("a.b.c"), 2);
    }
}
