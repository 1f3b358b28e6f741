//! Every family of texts that are made to be slow, in a size that an ordinary run can take.

use super::attacks::ATTACKS;
use super::invariants::{options, validated};

/// Large enough that a check of cubic cost would not come back.
const SIZE: usize = 3_000;

#[test]
fn attacks_come_to_an_end() {
    for attack in ATTACKS {
        let text = (attack.make)(SIZE);
        assert!(text.len() >= SIZE / 2, "{} is too small", attack.name);
        // Decided, identity, resource, trust and service control policies.
        for choice in [80, 72, 73, 74, 75] {
            validated(&text, options(choice));
        }
    }
}
