//! An image with perk in it and nothing else, in the form that `ENGINE load` takes.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::json;
use sha2::{Digest as _, Sha256};
use tar::{Builder, EntryType, Header};

use super::super::hex::hex;
use super::libraries::{Parts, parts};

/// Where everything is in the image.
const FOLDER: &str = "perk";
/// What glibc before 2.34 loads only when names are resolved.
const OF_NAMES: [&str; 3] = ["libnss_dns.so.2", "libnss_files.so.2", "libresolv.so.2"];

/// Makes the image of the program that runs, under a name.
#[expect(
    clippy::disallowed_methods,
    reason = "the system's view of this process is no file that could be named in an error"
)]
pub(super) fn image(name: &str) -> io::Result<Vec<u8>> {
    let parts = parts(&std::fs::read_to_string("/proc/self/maps")?);
    let program = std::fs::read("/proc/self/exe")?;
    let layer = layer(&program, &parts)?;
    let configuration = json!({
        "architecture": architecture(),
        "os": "linux",
        "created": "1970-01-01T00:00:00Z",
        "config": { "Entrypoint": entry_point(&parts), "Labels": { "perk.doctor": "1" } },
        "rootfs": { "type": "layers", "diff_ids": [digest(&layer)] },
        "history": [{ "created": "1970-01-01T00:00:00Z", "created_by": "perk docker-run --doctor" }],
    });
    let manifest = json!([{
        "Config": "config.json",
        "RepoTags": [name],
        "Layers": ["layer.tar"],
    }]);
    let mut archive = Builder::new(Vec::with_capacity(layer.len() + 8192));
    append(
        &mut archive,
        "config.json",
        configuration.to_string().as_bytes(),
    )?;
    append(&mut archive, "layer.tar", &layer)?;
    append(
        &mut archive,
        "manifest.json",
        manifest.to_string().as_bytes(),
    )?;
    archive.into_inner()
}

/// The names that images use.
fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", hex(&Sha256::digest(bytes)))
}

/// The loader is told where the libraries are, so that it does not matter where the program expects
/// either.
fn entry_point(parts: &Parts) -> Vec<String> {
    let program = format!("/{FOLDER}/perk");
    let Some(loader) = &parts.loader else {
        return vec![program];
    };
    let loader = format!("/{FOLDER}/{}", file_name(loader));
    vec![
        loader,
        "--library-path".to_owned(),
        format!("/{FOLDER}"),
        program,
    ]
}

fn layer(program: &[u8], parts: &Parts) -> io::Result<Vec<u8>> {
    let mut layer = Builder::new(Vec::with_capacity(program.len() + 8 * 1024 * 1024));
    append(&mut layer, &format!("{FOLDER}/perk"), program)?;
    append(&mut layer, "etc/nsswitch.conf", b"hosts: files dns\n")?;
    let files = parts.loader.iter().chain(&parts.libraries);
    for file in files.cloned().chain(of_names(&parts.libraries)) {
        add(&mut layer, &file)?;
    }
    layer.into_inner()
}

/// Returns what will be wanted to resolve names, from beside the libraries that are there.
fn of_names(libraries: &[PathBuf]) -> Vec<PathBuf> {
    let is_c = |path: &&PathBuf| {
        file_name(path).starts_with("libc.so") || file_name(path).starts_with("libc-")
    };
    let folder = libraries.iter().find(is_c).and_then(|path| path.parent());
    let wanted = OF_NAMES.iter();
    let paths = wanted.filter_map(|name| Some(folder?.join(name)));
    let is_new = |path: &PathBuf| path.is_file() && !libraries.contains(path);
    paths.filter(is_new).collect()
}

/// Adds a file, with the other names that it has in its folder: what needs a library asks for it by
/// one of these.
fn add(layer: &mut Builder<Vec<u8>>, path: &Path) -> io::Result<()> {
    #[expect(
        clippy::disallowed_methods,
        reason = "what is mapped may be any file, and is as large as it is"
    )]
    let bytes = std::fs::read(path)?;
    let name = file_name(path);
    append(layer, &format!("{FOLDER}/{name}"), &bytes)?;
    let target = path.canonicalize()?;
    for entry in path.parent().unwrap_or(path).read_dir()? {
        let link = entry?.path();
        let is_other_name = file_name(&link) != name
            && link.is_symlink()
            && link.canonicalize().is_ok_and(|other| other == target);
        if is_other_name {
            let mut header = Header::new_gnu();
            header.set_entry_type(EntryType::Symlink);
            header.set_size(0);
            header.set_mode(0o777);
            layer.append_link(&mut header, format!("{FOLDER}/{}", file_name(&link)), &name)?;
        }
    }
    Ok(())
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn append(archive: &mut Builder<Vec<u8>>, path: &str, bytes: &[u8]) -> io::Result<()> {
    let mut header = Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o755);
    archive.append_data(&mut header, path, bytes)
}
