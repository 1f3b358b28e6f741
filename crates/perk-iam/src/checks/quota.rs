//! How long a policy may be: characters that are not white space.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::policy::Kind;

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    let (code, quota, what) = match subject.kind {
        Kind::Identity | Kind::Boundary | Kind::Session => (
            Code::PolicySizeExceedsIdentityPolicyQuota,
            10_240,
            "an identity policy",
        ),
        Kind::Resource | Kind::VpcEndpoint => (
            Code::PolicySizeExceedsResourcePolicyQuota,
            20_480,
            "a resource policy",
        ),
        Kind::Trust => (
            Code::PolicySizeExceedsRoleTrustPolicyQuota,
            2_048,
            "a trust policy",
        ),
        Kind::Scp => (
            Code::PolicySizeExceedsScpQuota,
            10_240,
            "a service control policy",
        ),
        Kind::Rcp => (
            Code::PolicySizeExceedsRcpQuota,
            5_120,
            "a resource control policy",
        ),
    };
    let root = subject.policy.root;
    let text = &subject.text[root.span.range()];
    if text.len() <= quota {
        return;
    }
    let length = length_without_white_space(text);
    if length > quota {
        let message = format!(
            "{what} may have {quota} characters without white space, and this has {length}"
        );
        let draft = Draft::new(code, root.span, message);
        found.push(draft.help("split it, or use wildcards and fewer statements"));
    }
}

fn length_without_white_space(text: &str) -> usize {
    if text.is_ascii() {
        // What `char::is_whitespace` tells of ASCII, counted in bytes so that many go at once.
        let is_white = |byte: &u8| u8::from(matches!(byte, b' ' | 9..=13));
        let chunks = text.as_bytes().chunks(usize::from(u8::MAX));
        let white = chunks.map(|chunk| usize::from(chunk.iter().map(is_white).sum::<u8>()));
        return text.len() - white.sum::<usize>();
    }
    let characters = text.chars();
    characters
        .filter(|character| !character.is_whitespace())
        .count()
}

#[cfg(test)]
mod tests {
    use super::length_without_white_space;

    #[test]
    fn counts_characters_that_are_not_white_space() {
        let ascii: String = (0..128_u8).map(char::from).collect();
        let white = ascii.chars().filter(|character| character.is_whitespace());
        assert_eq!(length_without_white_space(&ascii), 128 - white.count());
        assert_eq!(length_without_white_space("\u{e9} \u{a0}x"), 2);
    }
}
