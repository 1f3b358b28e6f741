//! IAM policy documents to findings.
