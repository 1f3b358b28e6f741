//! Files by which programs are told what to trust.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use perk_network::{Variable, certificate};
use perk_test_net::Authority;

use super::network;

/// Where Debian and most others keep what the system trusts.
const SYSTEM_STORE: &str = "/etc/ssl/certs";

/// The certificate of an authority, in all forms.
#[derive(Debug)]
pub(crate) struct TrustFiles {
    /// A folder with links by hashes, as `OpenSSL` reads it.
    folder: PathBuf,
    bundle: PathBuf,
    trust_store: PathBuf,
    wgetrc: PathBuf,
}

impl TrustFiles {
    pub(super) fn write(root: &Path, authority: &Authority) -> Result<Self> {
        let folder = root.join("certificates");
        let files = Self {
            bundle: folder.join("ca-certificates.crt"),
            trust_store: root.join("trust-store.p12"),
            wgetrc: root.join("wgetrc"),
            folder,
        };
        fs::create_dir_all(&files.folder)?;
        fs::write(&files.bundle, authority.pem())?;
        fs::write(files.folder.join("authority.pem"), authority.pem())?;
        let folder = files.folder.to_string_lossy();
        network::run("openssl", &["rehash", &folder])?;
        let read = certificate::read(authority.pem().as_bytes());
        fs::write(
            &files.trust_store,
            certificate::to_pkcs12(&read.certificates),
        )?;
        fs::write(&files.wgetrc, certificate::wgetrc(&text(&files.bundle)))?;
        Ok(files)
    }

    /// Returns the value of a variable that makes a program trust the authority.
    pub(crate) fn value_of(&self, variable: &str) -> String {
        match variable {
            "SSL_CERT_DIR" => text(&self.folder),
            "WGETRC" => text(&self.wgetrc),
            "JAVA_TOOL_OPTIONS" => certificate::java_option(&text(&self.trust_store)),
            _ => text(&self.bundle),
        }
    }

    /// Returns all variables that perk sets, which make every program trust the authority.
    pub(crate) fn all_variables(&self) -> BTreeMap<String, String> {
        let variables = certificate::variables(certificate::Paths {
            bundle: &text(&self.bundle),
            trust_store: Some(&text(&self.trust_store)),
            wgetrc: Some(&text(&self.wgetrc)),
        });
        let pair = |variable: Variable| (variable.name, variable.value.reveal().to_owned());
        variables.into_iter().map(pair).collect()
    }

    /// Makes the system trust this authority alone, for this process and what it starts.
    pub(super) fn replace_system_store(&self) -> Result<()> {
        let java = Path::new(SYSTEM_STORE).join("java");
        if java.exists() {
            // Java keeps its own list there.
            let own = self.folder.join("java");
            fs::create_dir(&own)?;
            for entry in fs::read_dir(&java)? {
                let path = entry?.path();
                fs::copy(&path, own.join(path.file_name().unwrap_or_default()))?;
            }
        }
        network::mount(&self.folder, Path::new(SYSTEM_STORE))
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
