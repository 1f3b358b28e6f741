//! Partitions of AWS and their regions.

use crate::entries::entry;
use crate::layout::{PartitionRecord, RegionRecord};

entry!(
    /// A partition: a part of AWS with accounts, ARNs and regions of its own.
    Partition,
    partitions: PartitionRecord,
    sorted by id
);

impl<'c> Partition<'c> {
    /// Returns its id as ARNs have it, such as `aws-us-gov`.
    pub fn id(self) -> &'c str {
        self.catalog.text(self.record().id)
    }

    /// Returns its regions, sorted by name.
    pub fn regions(self) -> impl ExactSizeIterator<Item = Region<'c>> + use<'c> {
        let catalog = self.catalog;
        catalog
            .list(self.record().regions)
            .map(|index| Region::new(catalog, index))
    }
}

entry!(
    /// A region.
    Region,
    regions: RegionRecord,
    sorted by name
);

impl<'c> Region<'c> {
    /// Returns its name, such as `eu-central-1`.
    pub fn name(self) -> &'c str {
        self.catalog.text(self.record().name)
    }

    /// Returns what people call it, such as `Europe (Frankfurt)`.
    pub fn description(self) -> &'c str {
        self.catalog.text(self.record().description)
    }

    /// Returns the partition it belongs to.
    pub fn partition(self) -> Partition<'c> {
        Partition::new(self.catalog, self.record().partition)
    }
}
