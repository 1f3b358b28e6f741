//! Asks for an address with attohttpc.

fn main() -> Result<(), attohttpc::Error> {
    let url = std::env::args().nth(1).unwrap_or_default();
    attohttpc::get(url).send()?.bytes()?;
    Ok(())
}
