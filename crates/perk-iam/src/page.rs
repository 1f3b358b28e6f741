//! The page of a check: its summary, and where AWS writes about the same check.

use crate::code::{Code, FindingType, Origin};

/// AWS's page about all its checks.
const AWS_PAGE: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks";

impl Code {
    /// Returns what the check is about, in one sentence: the first paragraph of its page.
    pub fn summary(self) -> &'static str {
        let mut lines = self.markdown().lines().skip(1);
        lines.find(|line| !line.is_empty()).unwrap_or_default()
    }

    /// Returns the address of AWS's words about the check, if it is one of AWS's.
    pub fn aws_address(self) -> Option<String> {
        if self.origin() != Origin::AccessAnalyzer {
            return None;
        }
        let group = match self.finding_type() {
            FindingType::Error => "error",
            FindingType::SecurityWarning => "security-warning",
            FindingType::Warning => "general-warning",
            FindingType::Suggestion => "suggestion",
        };
        let name = self.name().to_ascii_lowercase().replace('_', "-");
        Some(format!("{AWS_PAGE}-{group}-{name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_begins_with_its_code_and_a_sentence_on_one_line() {
        for code in Code::ALL {
            let mut lines = code.markdown().lines();
            assert_eq!(lines.next(), Some(format!("# {code}").as_str()));
            assert_eq!(lines.next(), Some(""));
            assert!(code.summary().ends_with('.'), "{code}");
            assert_eq!(lines.nth(1), Some(""), "{code}");
        }
    }

    #[test]
    fn only_checks_of_aws_have_an_address_at_aws() {
        let anchor = |code: Code| {
            let address = code.aws_address()?;
            address
                .split_once("policy-checks-")
                .map(|(_, anchor)| anchor.to_owned())
        };
        assert_eq!(
            anchor(Code::MissingVersion).as_deref(),
            Some("general-warning-missing-version")
        );
        assert_eq!(anchor(Code::NoPolicyFound), None);
    }
}
