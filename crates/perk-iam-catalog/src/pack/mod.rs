//! Writing catalogs: plain data in, the bytes of a packed file out.

mod interner;
mod names;
mod packer;
mod tables;
#[cfg(test)]
mod tests;

pub use packer::pack;
