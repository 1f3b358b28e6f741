//! The tables of a file being packed, and how they become its bytes.

use super::interner::{Interner, index};
use crate::error::PackError;
use crate::layout::{
    self, ActionRecord, ActionResourceRecord, ConditionKeyRecord, FORMAT, Header, KeyPrefixRecord,
    MAGIC, PartitionRecord, RegionRecord, ResourceTypeRecord, ServiceRecord, WORDS_BEFORE_CHECKED,
};

/// The tables of a file, in the order in which it holds them.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) services: Vec<ServiceRecord>,
    pub(super) actions: Vec<ActionRecord>,
    pub(super) action_resources: Vec<ActionResourceRecord>,
    pub(super) resource_types: Vec<ResourceTypeRecord>,
    pub(super) condition_keys: Vec<ConditionKeyRecord>,
    pub(super) key_prefixes: Vec<KeyPrefixRecord>,
    pub(super) partitions: Vec<PartitionRecord>,
    pub(super) regions: Vec<RegionRecord>,
}

impl Tables {
    /// Returns the finished file, with a header completed by the lengths of its sections.
    pub(super) fn into_file(
        self,
        header: Header,
        interner: Interner,
    ) -> Result<Vec<u8>, PackError> {
        let (strings, lists) = interner.into_sections();
        let mut body = Vec::new();
        let mut section = |bytes: &[u8]| {
            body.extend_from_slice(bytes);
            index(bytes.len() / size_of::<layout::Word>())
        };
        let header = Header {
            magic_start: MAGIC[0],
            magic_end: MAGIC[1],
            format: FORMAT,
            strings: section(&strings)?,
            lists: section(&lists)?,
            services: section(&bytes(&self.services, ServiceRecord::write))?,
            actions: section(&bytes(&self.actions, ActionRecord::write))?,
            action_resources: section(&bytes(&self.action_resources, ActionResourceRecord::write))?,
            resource_types: section(&bytes(&self.resource_types, ResourceTypeRecord::write))?,
            condition_keys: section(&bytes(&self.condition_keys, ConditionKeyRecord::write))?,
            key_prefixes: section(&bytes(&self.key_prefixes, KeyPrefixRecord::write))?,
            partitions: section(&bytes(&self.partitions, PartitionRecord::write))?,
            regions: section(&bytes(&self.regions, RegionRecord::write))?,
            ..header
        };
        let mut file = Vec::new();
        header.write(&mut file);
        file.append(&mut body);
        seal(&mut file);
        Ok(file)
    }
}

fn bytes<R: Copy>(records: &[R], write: impl Fn(R, &mut Vec<u8>)) -> Vec<u8> {
    let mut bytes = Vec::new();
    for record in records {
        write(*record, &mut bytes);
    }
    bytes
}

/// Writes the checksum into a finished file, right before what it covers.
fn seal(file: &mut [u8]) {
    let (words, _) = file.as_chunks_mut();
    let (head, checked) = words.split_at_mut(WORDS_BEFORE_CHECKED);
    let checksum = layout::checksum(checked).to_le_bytes();
    if let Some(place) = head.last_chunk_mut::<2>() {
        place.as_flattened_mut().copy_from_slice(&checksum);
    }
}
