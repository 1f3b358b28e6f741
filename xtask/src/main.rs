//! The project's own chores: `cargo xtask`.

mod catalog;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.split_first() {
        Some((chore, args)) if chore == "catalog" => catalog::run(args),
        _ => anyhow::bail!("usage: cargo xtask catalog [--from DIR]"),
    }
}
