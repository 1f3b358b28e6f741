//! Odd texts that the fuzzer kept, and those that once broke something: `tests/odd/`.
//!
//! Each is taken as every kind of policy, for every resource type.

use std::path::Path;

use super::invariants::{CHOICES, options, validated};

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the files are this test's own, and may not be UTF-8"
)]
fn odd_texts_hold_to_the_invariants() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/odd");
    let mut files = 0;
    for entry in folder.read_dir().unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for choice in 0..CHOICES {
            validated(&text, options(choice));
        }
        files += 1;
    }
    assert!(files > 20, "only {files} odd texts");
}
