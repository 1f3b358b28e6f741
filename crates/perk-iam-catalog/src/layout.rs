//! The layout of a packed catalog, and nothing about its meaning.
//!
//! A file is a header of words, then eleven sections of words in the order of the header's
//! lengths. A word is a little-endian `u32`. A text is named by its byte offset in the
//! `strings` section, where two bytes of length stand before it. A list is named by its word
//! offset in the `lists` section, where its length stands before its items. Offset 0 of either
//! is the empty text and the empty list. Every table is sorted by the lower-case name of its
//! records, within each service where a service owns a range of it.

/// A little-endian `u32`, where it lies.
pub(crate) type Word = [u8; 4];

/// The first eight bytes of every packed catalog.
pub(crate) const MAGIC: [u32; 2] = [u32::from_le_bytes(*b"perk"), u32::from_le_bytes(*b"-iam")];

/// The version of the layout described here.
pub(crate) const FORMAT: u32 = 1;

/// An index that names nothing.
pub(crate) const NOTHING: u32 = u32::MAX;

/// Header words that the checksum does not cover: magic, format, checksum.
pub(crate) const WORDS_BEFORE_CHECKED: usize = 5;

macro_rules! record {
    ($(#[$documentation:meta])* $name:ident { $($field:ident),+ $(,)? }) => {
        $(#[$documentation])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
        pub(crate) struct $name {
            $(pub(crate) $field: u32,)+
        }

        impl $name {
            pub(crate) const WORDS: usize = [$(stringify!($field)),+].len();

            pub(crate) const fn read(words: &[Word; Self::WORDS]) -> Self {
                let [$($field),+] = *words;
                Self { $($field: u32::from_le_bytes($field)),+ }
            }

            pub(crate) fn write(self, bytes: &mut Vec<u8>) {
                $(bytes.extend_from_slice(&self.$field.to_le_bytes());)+
            }
        }
    };
}

record!(
    /// The start of the file; the fields from `strings` on are lengths of sections in words.
    Header {
        magic_start,
        magic_end,
        format,
        checksum_low,
        checksum_high,
        version,
        date,
        global_keys,
        global_key_count,
        strings,
        lists,
        services,
        actions,
        action_resources,
        resource_types,
        condition_keys,
        key_prefixes,
        partitions,
        regions,
    }
);

record!(
    /// A service; `flags` is 1 if it supports resource control policies.
    ServiceRecord {
        prefix,
        name,
        actions,
        action_count,
        resource_types,
        resource_type_count,
        condition_keys,
        condition_key_count,
        flags,
    }
);

record!(
    /// An action; everything from `resources` on is a list.
    ActionRecord {
        name,
        service,
        access_level,
        resources,
        condition_keys,
        all_condition_keys,
        dependent_actions,
    }
);

record!(
    /// A resource type as an action takes it; `resource_type` may be [`NOTHING`].
    ActionResourceRecord { name, resource_type, required, condition_keys, dependent_actions }
);

record!(
    /// A resource type; `arn_patterns` is a list of texts, `condition_keys` one of indices.
    ResourceTypeRecord { name, service, arn_patterns, condition_keys }
);

record!(
    /// A condition key; `pattern` is its glob if it is a template, else the empty text.
    ConditionKeyRecord { name, pattern, value_type, multivalued }
);

record!(
    /// A prefix of condition keys that is no service: the service whose keys bear it.
    KeyPrefixRecord { prefix, pattern, service, federation }
);

record!(
    /// A partition with its list of regions.
    PartitionRecord { id, regions }
);

record!(
    /// A region and the index of its partition.
    RegionRecord { name, description, partition }
);

/// Returns the checksum of the words after the uncovered head of the header.
///
/// Each step is a bijection of the state, so that a single changed word always shows.
pub(crate) fn checksum(words: &[Word]) -> u64 {
    const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
    words.iter().fold(0, |state: u64, word| {
        (state ^ u64::from(u32::from_le_bytes(*word)))
            .wrapping_mul(MULTIPLIER)
            .rotate_left(29)
    })
}
