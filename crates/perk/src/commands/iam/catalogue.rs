//! Which catalog is used: the embedded one, or a newer one in the user's cache.

use camino::{Utf8Path, Utf8PathBuf};
use perk_fs::FsError;
use perk_iam_catalog::{Catalog, newer};
use perk_term::Terminal;

use crate::settings::Surroundings;

const CACHE_FILE: &str = "iam-catalog.bin";
/// Many times what all of AWS takes.
const LIMIT: u64 = 64 * 1024 * 1024;

/// The bytes of a catalog that was written to the user's cache.
#[derive(Debug)]
pub(super) struct Cache {
    path: Utf8PathBuf,
    bytes: Vec<u8>,
}

/// The catalog that is used.
#[derive(Debug)]
pub(super) struct Catalogue<'c> {
    pub(super) catalog: Catalog<'c>,
    /// The file it is from; none for the embedded one.
    pub(super) cache: Option<&'c Utf8Path>,
}

/// Returns where the cache is, if the user has a folder for it.
pub(super) fn cache_path(surroundings: &Surroundings) -> Option<Utf8PathBuf> {
    Some(surroundings.cache_folder()?.join(CACHE_FILE))
}

/// Reads the cache, if there is one.
pub(super) fn read_cache(surroundings: &Surroundings, terminal: &mut Terminal) -> Option<Cache> {
    let path = cache_path(surroundings)?;
    match perk_fs::read_bytes(&path, LIMIT) {
        Ok(bytes) => Some(Cache { path, bytes }),
        Err(FsError::NotFound { .. }) => None,
        Err(error) => {
            terminal.warn(format_args!("the cached IAM catalog is not used: {error}"));
            None
        }
    }
}

/// Chooses the cached catalog unless it is older than the embedded one, or damaged.
pub(super) fn choose<'c>(cache: Option<&'c Cache>, terminal: &mut Terminal) -> Catalogue<'c> {
    let embedded = Catalogue {
        catalog: *Catalog::embedded(),
        cache: None,
    };
    let Some(cache) = cache else {
        return embedded;
    };
    match Catalog::open(&cache.bytes) {
        Ok(cached) if std::ptr::eq(newer(&embedded.catalog, &cached), &raw const cached) => {
            Catalogue {
                catalog: cached,
                cache: Some(&cache.path),
            }
        }
        Ok(_) => embedded,
        Err(error) => {
            terminal.warn(format_args!("`{}` is not used: {error}", cache.path));
            embedded
        }
    }
}
