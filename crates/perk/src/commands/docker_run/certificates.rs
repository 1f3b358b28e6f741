//! The certificates that a container has to trust, in files that it is given.
//!
//! A company's certificate alone breaks what is not intercepted, so that the files have what this
//! machine trusts too. They are kept under the hash of what is in them, so that a command that was
//! written once goes on to mean the same.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;

use camino::{Utf8Path, Utf8PathBuf};
use perk_config::DockerRunSettings;
use perk_docker::Mount;
use perk_network::certificate::{
    Additions, Bundle, COMPANY_FOLDERS, Certificate, DISTRIBUTION_FOLDER, Paths, Read,
    SYSTEM_BUNDLES, merge, read, to_pkcs12, variables, wgetrc,
};

use super::arguments::DockerRunArgs;
use super::error::DockerRunError;
use super::kept;
use super::machine::{Machine, configured_path};
use super::plan::Planned;

/// All certificates of the world are a few hundred kilobytes.
const LIMIT: u64 = 16 * 1024 * 1024;
/// The word of perk.toml for leaving certificates as they are.
const NONE: &str = "none";

// Where the files are in the container.
const BUNDLE: &str = "/etc/perk/certificates.pem";
const TRUST_STORE: &str = "/etc/perk/certificates.p12";
const WGETRC: &str = "/etc/perk/wgetrc";

/// Which certificates are to be added.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Those of a file.
    File(Utf8PathBuf),
    /// Those that the company has added to this machine, if there are any.
    OfMachine,
}

/// The certificates for a container, to be written to files.
#[derive(Debug)]
pub(super) struct CertificateFiles {
    folder: Utf8PathBuf,
    name: String,
    bundle: Bundle,
    is_relabeled: bool,
}

impl Wanted {
    /// Returns what was asked for; none if the image's own certificates are to be enough.
    pub(super) fn new(arguments: &DockerRunArgs, settings: &DockerRunSettings) -> Option<Self> {
        let is_off = settings
            .ca
            .as_ref()
            .is_some_and(|setting| setting.value == NONE);
        match named_file(arguments, settings) {
            _ if arguments.no_ca => None,
            Some(path) => Some(Self::File(path)),
            None if is_off => None,
            None => Some(Self::OfMachine),
        }
    }
}

/// Returns the file of certificates that was named.
pub(super) fn named_file(
    arguments: &DockerRunArgs,
    settings: &DockerRunSettings,
) -> Option<Utf8PathBuf> {
    let setting = settings.ca.as_ref().filter(|setting| setting.value != NONE);
    let given = arguments.ca.clone();
    given.or_else(|| setting.map(configured_path))
}

/// Adds the certificates to a plan, and returns the files that have to be written.
pub(super) fn add(
    wanted: &Wanted,
    machine: &Machine<'_>,
    planned: &mut Planned,
) -> Result<Option<CertificateFiles>, DockerRunError> {
    let system = system(machine);
    let (company, origin) = match wanted {
        Wanted::File(path) => (of_file(path, planned)?, format!("certificates of `{path}`")),
        Wanted::OfMachine => {
            let origin = "certificates that were added to this machine".to_owned();
            (of_machine(&system, machine), origin)
        }
    };
    if company.is_empty() {
        return Ok(None);
    }
    let Some(folder) = kept::folder(machine.surroundings()) else {
        return Err(DockerRunError::NoFolder);
    };
    let bundle = merge(&system, &company, machine.surroundings().now());
    let remarks = bundle.remarks.iter().map(ToString::to_string);
    planned.plan.warnings.extend(remarks);
    let files = CertificateFiles {
        folder,
        name: kept::name_of(bundle.certificates.iter().map(Certificate::as_der)),
        bundle,
        is_relabeled: machine.has_selinux(),
    };
    let paths = Paths {
        bundle: BUNDLE,
        trust_store: Some(TRUST_STORE),
        wgetrc: Some(WGETRC),
    };
    for variable in variables(paths) {
        planned.add(variable, &origin);
    }
    planned.plan.mounts.extend(files.mounts());
    Ok(Some(files))
}

/// Returns all certificates that this machine has: what it trusts, and what the company has added.
pub(super) fn all_of_machine(machine: &Machine<'_>) -> Vec<Certificate> {
    let mut all = system(machine);
    all.extend(of_machine(&all, machine));
    all
}

/// Returns whom perk itself trusts: whom this machine trusts, and besides them the certificates that
/// were named.
pub(super) fn trusted(named: &[Certificate], machine: &Machine<'_>) -> Vec<Certificate> {
    let now = machine.surroundings().now();
    merge(&system(machine), named, now).certificates
}

/// Reads the file of certificates that was named.
pub(super) fn read_named(path: &Utf8Path) -> Result<Read, DockerRunError> {
    let bytes = perk_fs::read_bytes(path, LIMIT).map_err(DockerRunError::Certificates)?;
    let read = read(&bytes);
    if read.certificates.is_empty() {
        return Err(DockerRunError::NoCertificate {
            path: path.to_owned(),
        });
    }
    Ok(read)
}

/// Returns what this machine trusts.
fn system(machine: &Machine<'_>) -> Vec<Certificate> {
    let bundles = SYSTEM_BUNDLES.iter().map(|path| machine.system(path));
    let mut bytes = bundles.filter_map(|path| perk_fs::read_bytes(&path, LIMIT).ok());
    let first = bytes.next();
    first
        .map(|bytes| read(&bytes).certificates)
        .unwrap_or_default()
}

fn of_file(path: &Utf8Path, planned: &mut Planned) -> Result<Vec<Certificate>, DockerRunError> {
    let read = read_named(path)?;
    let remarks = read
        .remarks
        .iter()
        .map(|remark| format!("`{path}`: {remark}"));
    planned.plan.warnings.extend(remarks);
    Ok(read.certificates)
}

/// Returns what the company has added to this machine.
fn of_machine(system: &[Certificate], machine: &Machine<'_>) -> Vec<Certificate> {
    let folders = COMPANY_FOLDERS.iter();
    let files = folders.flat_map(|folder| files_in(&machine.system(folder)));
    let mut company: Vec<_> = files.flat_map(|file| certificates_in(&file)).collect();
    let mut additions = Additions::of(system);
    additions.remove(&company);
    // The distribution has a file for each certificate, of which hardly any is needed.
    let distribution = || files_in(&machine.system(DISTRIBUTION_FOLDER));
    let length = |path: &Utf8PathBuf| path.metadata().map_or(0, |metadata| metadata.len());
    let fits = |path: &Utf8PathBuf| additions.fits(length(path));
    let (fitting, others): (Vec<_>, Vec<_>) = match additions.certificates() {
        [] => Default::default(),
        _ => distribution().into_iter().partition(fits),
    };
    for file in fitting.into_iter().chain(others) {
        if additions.certificates().is_empty() {
            break;
        }
        additions.remove(&certificates_in(&file));
    }
    company.extend(additions.certificates().iter().copied().cloned());
    company
}

/// Returns what is in a folder, in the order of the names.
fn files_in(folder: &Utf8Path) -> Vec<Utf8PathBuf> {
    let entries = folder.read_dir_utf8().into_iter().flatten();
    let mut paths: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.into_path()))
        .collect();
    paths.sort();
    paths
}

/// Returns the certificates of a file. What cannot be read has none.
pub(super) fn certificates_in(path: &Utf8Path) -> Vec<Certificate> {
    let bytes = perk_fs::read_bytes(path, LIMIT);
    bytes.map_or_else(|_| Vec::new(), |bytes| read(&bytes).certificates)
}

impl CertificateFiles {
    fn path(&self, extension: &str) -> Utf8PathBuf {
        self.folder.join(format!("{}.{extension}", self.name))
    }

    fn mounts(&self) -> [Mount; 3] {
        let mount = |extension, target: &str| Mount {
            source: self.path(extension).into_string(),
            target: target.to_owned(),
            is_read_only: true,
            is_relabeled: self.is_relabeled,
        };
        [
            mount("pem", BUNDLE),
            mount("p12", TRUST_STORE),
            mount("wgetrc", WGETRC),
        ]
    }

    /// Returns what the files have in them.
    pub(super) fn certificates(&self) -> &[Certificate] {
        &self.bundle.certificates
    }

    /// Writes the files that are not there yet.
    pub(super) fn write(&self) -> Result<(), DockerRunError> {
        kept::make(&self.folder)?;
        self.write_file("pem", &|| self.bundle.to_pem().into_bytes())?;
        self.write_file("p12", &|| to_pkcs12(&self.bundle.certificates))?;
        self.write_file("wgetrc", &|| wgetrc(BUNDLE).into_bytes())
    }

    /// Who reads the file in the container may be anybody.
    fn write_file(
        &self,
        extension: &str,
        bytes: &dyn Fn() -> Vec<u8>,
    ) -> Result<(), DockerRunError> {
        let path = self.path(extension);
        if kept::is_there(&path) {
            return Ok(());
        }
        kept::remove_unused(&self.folder);
        perk_fs::write_atomic(&path, &bytes()).map_err(DockerRunError::Write)?;
        fs::set_permissions(&path, Permissions::from_mode(0o644))
            .map_err(|source| DockerRunError::Folder { path, source })
    }
}
