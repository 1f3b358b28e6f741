//! Reading and writing files, with errors that name the path.
//!
//! Only regular files are ever opened, so that no FIFO or device can make perk wait. The crate
//! knows no file format.

mod error;
mod read;
mod write;

pub use error::{FileKind, FsError};
pub use read::{DEFAULT_LIMIT, ReadBuffer, STDIN, read_bytes, read_stdin, read_text};
pub use write::write_atomic;
