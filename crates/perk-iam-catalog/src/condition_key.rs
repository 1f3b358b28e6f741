//! A condition key: its name, which may be a template, and the type of its values.

use crate::entries::entry;
use crate::layout::ConditionKeyRecord;
use crate::text;
use crate::value_type::ValueType;

entry!(
    /// A key that the conditions of a policy may test.
    ConditionKey,
    condition_keys: ConditionKeyRecord,
    sorted by name
);

impl<'c> ConditionKey<'c> {
    /// Returns its full name, such as `aws:SourceIp` or `aws:PrincipalTag/${TagKey}`.
    pub fn name(self) -> &'c str {
        self.catalog.text(self.record().name)
    }

    /// Returns what stands before the first `:` of its name.
    pub fn prefix(self) -> &'c str {
        self.name()
            .split_once(':')
            .map_or(self.name(), |(prefix, _)| prefix)
    }

    /// Returns the type of its value, or of each of its values.
    pub fn value_type(self) -> ValueType {
        ValueType::from_number(self.record().value_type)
    }

    /// Returns whether a request may carry several values for it.
    pub fn is_multivalued(self) -> bool {
        self.record().multivalued == 1
    }

    /// Returns whether its name has placeholders.
    pub fn is_template(self) -> bool {
        !self.catalog.bytes(self.record().pattern).is_empty()
    }

    /// Returns whether a full key fills in the placeholders of this key's name.
    pub fn is_template_of(self, key: &str) -> bool {
        let pattern = self.catalog.bytes(self.record().pattern);
        !pattern.is_empty() && text::glob_matches(pattern, key.as_bytes())
    }
}

/// Returns the glob of a template, each of whose placeholders stands for at least one byte.
///
/// AWS writes placeholders as `${TagKey}`, as `<key>`, as a final `tag-key`, and as nothing at
/// all after a final slash.
pub(crate) fn template_pattern(name: &str) -> Option<String> {
    let mut pattern = String::new();
    let mut rest = match name.strip_suffix("tag-key") {
        Some(start) if start.ends_with('/') => start,
        _ => name,
    };
    while let Some(start) = rest.find("${").into_iter().chain(rest.find('<')).min() {
        let end = start + rest[start..].find(['}', '>'])?;
        pattern.push_str(&rest[..start]);
        pattern.push_str("?*");
        rest = &rest[end + 1..];
    }
    pattern.push_str(rest);
    if rest.ends_with('/') {
        pattern.push_str("?*");
    }
    (pattern != name).then_some(pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_become_globs() {
        let pattern = |name| template_pattern(name).unwrap_or_default();
        assert_eq!(
            pattern("s3:ExistingObjectTag/<key>"),
            "s3:ExistingObjectTag/?*"
        );
        assert_eq!(pattern("codebuild:x/${id}.type"), "codebuild:x/?*.type");
        assert_eq!(pattern("a.${Domain}.b/<c>:d"), "a.?*.b/?*:d");
        assert_eq!(
            pattern("secretsmanager:ResourceTag/tag-key"),
            "secretsmanager:ResourceTag/?*"
        );
        assert_eq!(pattern("glacier:ResourceTag/"), "glacier:ResourceTag/?*");
        assert_eq!(template_pattern("aws:SourceIp"), None);
        assert_eq!(template_pattern("ec2:tag-key"), None);
        assert_eq!(template_pattern("aws:Tag/${open"), None);
    }
}
