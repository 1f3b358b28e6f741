//! How long a policy may be: characters that are not white space.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::policy::Kind;

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<Draft>) {
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
    let length = text
        .chars()
        .filter(|character| !character.is_whitespace())
        .count();
    if length > quota {
        let message = format!(
            "{what} may have {quota} characters without white space, and this has {length}"
        );
        let draft = Draft::new(code, root.span, message);
        found.push(draft.help("split it, or use wildcards and fewer statements"));
    }
}
