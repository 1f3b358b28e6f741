//! Bytes to findings. The first byte chooses the kind of policy and the resource type; the others
//! are the text, up to the first byte that is not UTF-8.

#![no_main]

#[path = "../../crates/perk-iam/tests/hostile/invariants.rs"]
mod invariants;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, bytes)) = bytes.split_first() else {
        return;
    };
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    };
    invariants::validated(text, invariants::options(choice));
});
