//! Asks for an address with reqwest.

fn main() -> reqwest::Result<()> {
    let url = std::env::args().nth(1).unwrap_or_default();
    reqwest::blocking::get(url)?.bytes()?;
    Ok(())
}
