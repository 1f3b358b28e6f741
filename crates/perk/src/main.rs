//! The `perk` binary.

fn main() {}
