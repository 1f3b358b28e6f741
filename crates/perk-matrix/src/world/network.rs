//! A network without a way out, and names without DNS.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

/// Gives the loopback its addresses, and this process files of its own for names.
pub(super) fn make(folder: &Path, addresses: &[&str], hosts: &str) -> Result<()> {
    run("ip", &["link", "set", "lo", "up"])?;
    for address in addresses
        .iter()
        .filter(|address| !address.starts_with("127."))
    {
        let prefix = if address.contains(':') { 128 } else { 32 };
        let address = format!("{address}/{prefix}");
        // An address of version 6 is else of no use until nobody else has claimed it.
        run("ip", &["address", "add", &address, "dev", "lo", "nodad"])?;
    }
    replace(&folder.join("hosts"), hosts, "/etc/hosts")?;
    // Nobody listens there, so that a name that is not in the file is unknown at once.
    replace(
        &folder.join("resolv.conf"),
        "nameserver 127.0.0.1\n",
        "/etc/resolv.conf",
    )
}

fn replace(file: &Path, text: &str, original: &str) -> Result<()> {
    fs::write(file, text)?;
    mount(file, Path::new(original))
}

/// Puts a file or folder in the place of another one, for this process and what it starts.
pub(super) fn mount(source: &Path, target: &Path) -> Result<()> {
    let target = target.canonicalize()?;
    let mut command = Command::new("mount");
    finish(command.arg("--bind").arg(source).arg(target))
}

/// Runs a program that has to succeed.
pub(super) fn run(program: &str, arguments: &[&str]) -> Result<()> {
    finish(Command::new(program).args(arguments))
}

fn finish(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output();
    let output = output.with_context(|| format!("failed to start `{name}`"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "`{name}` failed: {}", said.trim());
    Ok(())
}
