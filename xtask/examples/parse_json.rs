//! Parses every JSON file of a folder and does nothing else: what the benchmark of `perk iam
//! validate` is held against.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program of the bench reads its files directly and says how many"
)]

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder")?;
    let mut files = 0;
    for entry in std::fs::read_dir(folder)? {
        let value: serde_json::Value = serde_json::from_slice(&std::fs::read(entry?.path())?)?;
        files += usize::from(!value.is_null());
    }
    println!("{files}");
    Ok(())
}
