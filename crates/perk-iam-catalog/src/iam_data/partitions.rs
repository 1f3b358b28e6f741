//! Partitions and regions, from the `partitions.json` of botocore.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::error::ReadError;
use crate::source::{Partition, Region};
use crate::source_file::read_json;

#[derive(Debug, Deserialize)]
struct PartitionsFile {
    partitions: Vec<PartitionSchema>,
}

#[derive(Debug, Deserialize)]
struct PartitionSchema {
    id: String,
    regions: BTreeMap<String, RegionSchema>,
}

#[derive(Debug, Deserialize)]
struct RegionSchema {
    description: String,
}

/// Reads the partitions, leaving out the pseudo regions of global endpoints.
pub(super) fn read(path: &Path) -> Result<Vec<Partition>, ReadError> {
    let file: PartitionsFile = read_json(path)?;
    Ok(file.partitions.into_iter().map(partition).collect())
}

fn partition(schema: PartitionSchema) -> Partition {
    let pseudo_region = format!("{}-global", schema.id);
    let regions = schema
        .regions
        .into_iter()
        .filter(|(name, _)| *name != pseudo_region);
    let regions = regions.map(|(name, region)| Region {
        name,
        description: region.description,
    });
    Partition {
        id: schema.id,
        regions: regions.collect(),
    }
}
