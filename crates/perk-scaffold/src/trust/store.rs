//! The file that says which hooks are trusted.

use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};

use camino::{Utf8Path, Utf8PathBuf};
use rustix::fs::{Mode, OFlags};
use serde::{Deserialize, Serialize};

use super::{HookIdentity, TrustError, TrustedHook};
use crate::HookMoment;

const SCHEMA: u32 = 1;
/// The most bytes of the file, which has a few lines for each hook.
const MAX_BYTES: u64 = 4 * 1024 * 1024;
/// The bits that let others than the owner write.
const OTHERS_WRITE: u32 = 0o022;

/// The file of trusted hooks of a user, which need not be there.
#[derive(Debug, Clone)]
pub struct TrustStore {
    path: Utf8PathBuf,
}

/// The file as it is written.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    schema: u32,
    #[serde(default)]
    hook: Vec<StoredHook>,
}

/// A hook as it is written. Two are the same only if all of it is.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredHook {
    source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    commit: Option<String>,
    content: String,
    at: String,
    run: Vec<String>,
}

impl StoredHook {
    fn of(hook: &HookIdentity) -> Self {
        let at = match hook.at {
            HookMoment::Before => "before",
            HookMoment::After => "after",
        };
        Self {
            source: hook.source.clone(),
            commit: hook.commit.clone(),
            content: format!("sha256:{}", hook.content),
            at: at.to_owned(),
            run: hook.run.clone(),
        }
    }
}

impl TrustStore {
    /// Takes the file at a path.
    pub fn new(path: impl Into<Utf8PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Returns the hooks that are not trusted.
    pub fn untrusted<'h>(
        &self,
        hooks: impl IntoIterator<Item = &'h HookIdentity>,
    ) -> Result<Vec<&'h HookIdentity>, TrustError> {
        let stored = self.load()?;
        Ok(hooks
            .into_iter()
            .filter(|hook| !stored.hook.contains(&StoredHook::of(hook)))
            .collect())
    }

    /// Returns hooks as such that may be run, or fails if one of them is not trusted.
    pub fn trusted(&self, hooks: Vec<HookIdentity>) -> Result<Vec<TrustedHook>, TrustError> {
        let untrusted = self.untrusted(&hooks)?;
        if !untrusted.is_empty() {
            return Err(TrustError::NotTrusted {
                commands: untrusted
                    .into_iter()
                    .map(HookIdentity::command_line)
                    .collect(),
            });
        }
        Ok(hooks.into_iter().map(TrustedHook::new).collect())
    }

    /// Adds hooks to the file.
    pub fn trust<'h>(
        &self,
        hooks: impl IntoIterator<Item = &'h HookIdentity>,
    ) -> Result<(), TrustError> {
        let folder = self.path.parent().unwrap_or(Utf8Path::new("."));
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(TrustError::io("make", folder))?;
        let _lock = self.lock()?;
        let mut stored = self.load()?;
        for hook in hooks.into_iter().map(StoredHook::of) {
            if !stored.hook.contains(&hook) {
                stored.hook.push(hook);
            }
        }
        self.save(folder, &stored)
    }

    /// Waits for other processes that change the file.
    fn lock(&self) -> Result<File, TrustError> {
        let path = self.path.with_extension("lock");
        let open = || {
            let mut options = OpenOptions::new();
            let file = options
                .write(true)
                .create(true)
                .truncate(false)
                .open(&path)?;
            file.lock()?;
            Ok(file)
        };
        open().map_err(TrustError::io("lock", &path))
    }

    fn load(&self) -> Result<Stored, TrustError> {
        // Without NONBLOCK, opening a FIFO would wait for a writer.
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = match rustix::fs::open(self.path.as_str(), flags, Mode::empty()) {
            Ok(handle) => File::from(handle),
            Err(rustix::io::Errno::NOENT) => {
                return Ok(Stored {
                    schema: SCHEMA,
                    hook: Vec::new(),
                });
            }
            Err(error) => return Err(TrustError::io("read", &self.path)(error.into())),
        };
        self.check_owner(&file)?;
        let mut text = String::new();
        file.take(MAX_BYTES)
            .read_to_string(&mut text)
            .map_err(TrustError::io("read", &self.path))?;
        self.parse(&text)
    }

    fn check_owner(&self, file: &File) -> Result<(), TrustError> {
        let metadata = file
            .metadata()
            .map_err(TrustError::io("read", &self.path))?;
        let is_ours = metadata.uid() == rustix::process::geteuid().as_raw();
        if is_ours && metadata.is_file() && metadata.mode() & OTHERS_WRITE == 0 {
            Ok(())
        } else {
            let path = self.path.clone();
            Err(TrustError::Exposed { path })
        }
    }

    fn parse(&self, text: &str) -> Result<Stored, TrustError> {
        let damaged = |message: &str| TrustError::Damaged {
            path: self.path.clone(),
            message: message.replace('\n', ", "),
        };
        // The version is read first: what a newer perk has written may have other keys.
        let table: toml::Table = toml::from_str(text).map_err(|error| damaged(error.message()))?;
        match table.get("schema").and_then(toml::Value::as_integer) {
            Some(schema) if schema == i64::from(SCHEMA) => {}
            Some(schema) if schema > i64::from(SCHEMA) => {
                let path = self.path.clone();
                return Err(TrustError::Newer { path });
            }
            _ => return Err(damaged("it has no valid `schema`")),
        }
        toml::from_str(text).map_err(|error| damaged(error.message()))
    }

    fn save(&self, folder: &Utf8Path, stored: &Stored) -> Result<(), TrustError> {
        let write = || {
            let text = toml::to_string(stored).map_err(std::io::Error::other)?;
            // A temporary file is the user's alone, and stays so under its new name.
            let mut file = tempfile::Builder::new()
                .prefix(".perk-")
                .tempfile_in(folder)?;
            file.write_all(text.as_bytes())?;
            file.as_file().sync_all()?;
            file.persist(&self.path)?;
            Ok(())
        };
        write().map_err(TrustError::io("write", &self.path))
    }
}
