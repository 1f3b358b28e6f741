//! The catalog as a whole: the way from the bytes of a packed file to its tables and texts.
//!
//! It never reads files and never panics: what a damaged file lacks is absent or empty. Finding
//! what the tables hold is `lookup`'s business.

use crate::date::Date;
use crate::error::CatalogError;
use crate::layout::{
    self, ActionRecord, ActionResourceRecord, ConditionKeyRecord, FORMAT, Header, KeyPrefixRecord,
    MAGIC, PartitionRecord, RegionRecord, ResourceTypeRecord, ServiceRecord, Word,
};

/// The packed catalog that is part of the program.
static EMBEDDED_BYTES: &[u8] = include_bytes!("../data/catalog.bin");

/// The embedded catalog, laid out when the program is compiled.
///
/// A file of another format counts as empty, so that the packer can be built to replace it; a
/// test sees to it that no such program is released.
static EMBEDDED: Catalog<'static> = match Catalog::over(EMBEDDED_BYTES) {
    Ok(catalog) => catalog,
    Err(_) => Catalog::EMPTY,
};

/// Every AWS service, action, resource type and condition key, used where its bytes lie.
#[derive(Debug, Clone, Copy)]
pub struct Catalog<'c> {
    pub(crate) header: Header,
    strings: &'c [u8],
    lists: &'c [Word],
    pub(crate) services: &'c [[Word; ServiceRecord::WORDS]],
    pub(crate) actions: &'c [[Word; ActionRecord::WORDS]],
    pub(crate) action_resources: &'c [[Word; ActionResourceRecord::WORDS]],
    pub(crate) resource_types: &'c [[Word; ResourceTypeRecord::WORDS]],
    pub(crate) condition_keys: &'c [[Word; ConditionKeyRecord::WORDS]],
    pub(crate) key_prefixes: &'c [[Word; KeyPrefixRecord::WORDS]],
    pub(crate) partitions: &'c [[Word; PartitionRecord::WORDS]],
    pub(crate) regions: &'c [[Word; RegionRecord::WORDS]],
}

/// What a catalog is and how much it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Info<'c> {
    /// The version of the data it was packed from.
    pub version: &'c str,
    /// The day its data was brought up to date.
    pub date: Date,
    /// How many services there are.
    pub services: usize,
    /// How many actions there are.
    pub actions: usize,
    /// How many resource types there are.
    pub resource_types: usize,
    /// How many condition keys services declare.
    pub condition_keys: usize,
    /// How many condition keys belong to AWS as a whole.
    pub global_condition_keys: usize,
    /// How many partitions there are.
    pub partitions: usize,
    /// How many regions there are.
    pub regions: usize,
}

impl Catalog<'static> {
    const EMPTY: Self = Self {
        header: Header::read(&[[0; 4]; Header::WORDS]),
        strings: &[],
        lists: &[],
        services: &[],
        actions: &[],
        action_resources: &[],
        resource_types: &[],
        condition_keys: &[],
        key_prefixes: &[],
        partitions: &[],
        regions: &[],
    };

    /// Returns the catalog that is part of the program.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }
}

impl<'c> Catalog<'c> {
    /// Opens a packed catalog from elsewhere, checking that it is whole.
    pub fn open(bytes: &'c [u8]) -> Result<Self, CatalogError> {
        let catalog = Self::over(bytes)?;
        let (words, _) = bytes.as_chunks();
        let checked = words
            .get(layout::WORDS_BEFORE_CHECKED..)
            .unwrap_or_default();
        let expected =
            u64::from(catalog.header.checksum_low) | u64::from(catalog.header.checksum_high) << 32;
        if layout::checksum(checked) == expected {
            Ok(catalog)
        } else {
            Err(CatalogError::Damaged)
        }
    }

    /// Lays the tables over bytes whose lengths fit; the content is not looked at.
    pub(crate) const fn over(bytes: &'c [u8]) -> Result<Self, CatalogError> {
        let (words, odd_bytes) = bytes.as_chunks();
        let Some((header, rest)) = words.split_first_chunk() else {
            return Err(CatalogError::NotACatalog);
        };
        let header = Header::read(header);
        if header.magic_start != MAGIC[0] || header.magic_end != MAGIC[1] {
            return Err(CatalogError::NotACatalog);
        }
        if header.format != FORMAT {
            return Err(CatalogError::Format {
                found: header.format,
                expected: FORMAT,
            });
        }
        let Some(catalog) = Self::split(header, rest) else {
            return Err(CatalogError::Damaged);
        };
        if odd_bytes.is_empty() {
            Ok(catalog)
        } else {
            Err(CatalogError::Damaged)
        }
    }

    const fn split(header: Header, words: &'c [Word]) -> Option<Self> {
        let Some((strings, words)) = section(words, header.strings) else {
            return None;
        };
        let Some((lists, words)) = section(words, header.lists) else {
            return None;
        };
        let Some((services, words)) = table(words, header.services) else {
            return None;
        };
        let Some((actions, words)) = table(words, header.actions) else {
            return None;
        };
        let Some((action_resources, words)) = table(words, header.action_resources) else {
            return None;
        };
        let Some((resource_types, words)) = table(words, header.resource_types) else {
            return None;
        };
        let Some((condition_keys, words)) = table(words, header.condition_keys) else {
            return None;
        };
        let Some((key_prefixes, words)) = table(words, header.key_prefixes) else {
            return None;
        };
        let Some((partitions, words)) = table(words, header.partitions) else {
            return None;
        };
        let Some((regions, words)) = table(words, header.regions) else {
            return None;
        };
        if !words.is_empty() {
            return None;
        }
        Some(Self {
            header,
            strings: strings.as_flattened(),
            lists,
            services,
            actions,
            action_resources,
            resource_types,
            condition_keys,
            key_prefixes,
            partitions,
            regions,
        })
    }

    /// Returns what the catalog is and how much it holds.
    pub fn info(&self) -> Info<'c> {
        let global_condition_keys = self.header.global_key_count as usize;
        Info {
            version: self.text(self.header.version),
            date: self.date(),
            services: self.services.len(),
            actions: self.actions.len(),
            resource_types: self.resource_types.len(),
            condition_keys: self
                .condition_keys
                .len()
                .saturating_sub(global_condition_keys),
            global_condition_keys,
            partitions: self.partitions.len(),
            regions: self.regions.len(),
        }
    }

    /// Returns the day the data was brought up to date.
    pub fn date(&self) -> Date {
        Date::from_number(self.header.date)
    }

    /// Returns the bytes of a text; a text that is not there is empty.
    pub(crate) fn bytes(&self, offset: u32) -> &'c [u8] {
        self.strings
            .get(offset as usize..)
            .and_then(|rest| rest.split_first_chunk())
            .and_then(|(length, rest)| rest.get(..usize::from(u16::from_le_bytes(*length))))
            .unwrap_or_default()
    }

    /// Returns a text; one that is not there, or is no UTF-8, is empty.
    pub(crate) fn text(&self, offset: u32) -> &'c str {
        str::from_utf8(self.bytes(offset)).unwrap_or_default()
    }

    /// Returns the items of a list; a list that is not there is empty.
    pub(crate) fn list(
        &self,
        offset: u32,
    ) -> impl DoubleEndedIterator<Item = u32> + ExactSizeIterator + use<'c> {
        let items = self
            .lists
            .get(offset as usize..)
            .and_then(|rest| rest.split_first())
            .and_then(|(length, rest)| rest.get(..u32::from_le_bytes(*length) as usize))
            .unwrap_or_default();
        items.iter().map(|word| u32::from_le_bytes(*word))
    }
}

/// Chooses the catalog whose data is newer; of two of the same day, the cached one.
pub fn newer<'r, 'c>(embedded: &'r Catalog<'c>, cached: &'r Catalog<'c>) -> &'r Catalog<'c> {
    if embedded.date() > cached.date() {
        embedded
    } else {
        cached
    }
}

const fn section(words: &[Word], length: u32) -> Option<(&[Word], &[Word])> {
    words.split_at_checked(length as usize)
}

type Split<'c, const N: usize> = (&'c [[Word; N]], &'c [Word]);

const fn table<const N: usize>(words: &[Word], length: u32) -> Option<Split<'_, N>> {
    let Some((words, rest)) = section(words, length) else {
        return None;
    };
    let (records, odd_words) = words.as_chunks();
    if odd_words.is_empty() {
        Some((records, rest))
    } else {
        None
    }
}
