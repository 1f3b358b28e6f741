//! Which catalog is used, as a JSON document.

use camino::Utf8Path;
use perk_iam_catalog::Catalog;
use schemars::JsonSchema;
use serde::Serialize;
use time::{Date, Month};

use crate::render::SCHEMA_VERSION;

/// Which catalog is used, and how much it holds.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct InfoDocument<'c> {
    /// Version of this document's form.
    schema_version: u32,
    /// The version of the data.
    pub(super) version: &'c str,
    /// The day the data was brought up to date, as `2027-01-31`.
    pub(super) date: String,
    /// How many days ago that was.
    pub(super) age_in_days: Option<i64>,
    /// The file in the cache; none when the data is that which is embedded in perk.
    pub(super) cache: Option<&'c str>,
    /// How many services there are.
    pub(super) services: usize,
    /// How many actions there are.
    pub(super) actions: usize,
    /// How many resource types there are.
    pub(super) resource_types: usize,
    /// How many condition keys services declare.
    pub(super) condition_keys: usize,
    /// How many condition keys belong to AWS as a whole.
    pub(super) global_condition_keys: usize,
    /// How many partitions there are.
    pub(super) partitions: usize,
    /// How many regions there are.
    pub(super) regions: usize,
}

impl<'c> InfoDocument<'c> {
    pub(crate) fn new(catalog: &Catalog<'c>, cache: Option<&'c Utf8Path>, today: Date) -> Self {
        let info = catalog.info();
        Self {
            schema_version: SCHEMA_VERSION,
            version: info.version,
            date: info.date.to_string(),
            age_in_days: age_in_days(info.date, today),
            cache: cache.map(Utf8Path::as_str),
            services: info.services,
            actions: info.actions,
            resource_types: info.resource_types,
            condition_keys: info.condition_keys,
            global_condition_keys: info.global_condition_keys,
            partitions: info.partitions,
            regions: info.regions,
        }
    }
}

fn age_in_days(date: perk_iam_catalog::Date, today: Date) -> Option<i64> {
    let year = i32::try_from(date.year()).ok()?;
    let month = Month::try_from(u8::try_from(date.month()).ok()?).ok()?;
    let day = u8::try_from(date.day()).ok()?;
    let date = Date::from_calendar_date(year, month, day).ok()?;
    Some((today - date).whole_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_count_from_day_to_day() {
        let today = Date::from_calendar_date(2027, Month::March, 1).unwrap();
        let age = |text| age_in_days(perk_iam_catalog::Date::parse(text).unwrap(), today);
        assert_eq!(age("2027-03-01"), Some(0));
        assert_eq!(age("2027-02-28"), Some(1));
        assert_eq!(age("2027-03-02"), Some(-1));
        assert_eq!(age("2027-02-30"), None);
    }
}
