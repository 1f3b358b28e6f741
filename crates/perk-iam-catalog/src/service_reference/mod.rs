//! Reading AWS's service reference: a folder with one JSON file per service.

mod reader;
mod schema;
#[cfg(test)]
mod tests;

pub use reader::read;
