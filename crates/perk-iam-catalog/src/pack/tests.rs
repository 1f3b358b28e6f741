//! Packing a small source, and what becomes of a packed file that is damaged.

use perk_diag::Explain;

use super::pack;
use crate::source::{
    Action, ActionResource, ConditionKey, KeyPrefix, Partition, Region, ResourceType, Service,
    Source,
};
use crate::{
    AccessLevel, ActionResource as ActionResourceView, Catalog, CatalogError,
    ConditionKey as KeyView, Date, PackError, ValueType, newer,
};

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn key(name: &str, value_type: ValueType, multivalued: bool) -> ConditionKey {
    ConditionKey {
        name: name.to_owned(),
        value_type,
        multivalued,
    }
}

fn shelf() -> Service {
    let fetch = Action {
        name: "FetchBook".to_owned(),
        access_level: AccessLevel::Read,
        resource_types: vec![
            ActionResource {
                name: "book".to_owned(),
                required: true,
                condition_keys: texts(&["shelf:Ink"]),
                dependent_actions: texts(&["sts:Whoami"]),
            },
            ActionResource {
                name: "scroll".to_owned(),
                required: false,
                condition_keys: Vec::new(),
                dependent_actions: Vec::new(),
            },
        ],
        condition_keys: texts(&["aws:SourceIp"]),
        dependent_actions: texts(&["shelf:Dust"]),
    };
    let dust = Action {
        name: "Dust".to_owned(),
        access_level: AccessLevel::Write,
        resource_types: Vec::new(),
        condition_keys: Vec::new(),
        dependent_actions: Vec::new(),
    };
    Service {
        prefix: "shelf".to_owned(),
        name: "AWS Bücherregal".to_owned(),
        supports_rcp: true,
        actions: vec![dust, fetch],
        resource_types: vec![ResourceType {
            name: "book".to_owned(),
            arn_patterns: texts(&["arn:${Partition}:shelf:::${Book}", "arn:aws:shelf:::old"]),
            condition_keys: texts(&["shelf:Tag/${TagKey}"]),
        }],
        condition_keys: vec![
            key("shelf:Ink", ValueType::String, true),
            key("shelf:Tag/${TagKey}", ValueType::Arn, false),
        ],
    }
}

fn source() -> Source {
    let sts = Service {
        prefix: "sts".to_owned(),
        name: "Tokens".to_owned(),
        supports_rcp: false,
        actions: Vec::new(),
        resource_types: Vec::new(),
        condition_keys: vec![key("id.example:sub", ValueType::String, false)],
    };
    let north = Region {
        name: "north-1".to_owned(),
        description: "North".to_owned(),
    };
    Source {
        version: "7".to_owned(),
        date: Date::parse("2026-11-22").expect("a day"),
        services: vec![shelf(), sts],
        global_condition_keys: vec![key("aws:SourceIp", ValueType::IpAddress, false)],
        key_prefixes: vec![KeyPrefix {
            prefix: "id.example".to_owned(),
            service: "sts".to_owned(),
        }],
        partitions: vec![Partition {
            id: "aws".to_owned(),
            regions: vec![north],
        }],
    }
}

/// Looks at everything a catalog holds and returns how much text that was.
fn look_at_everything(catalog: &Catalog<'_>) -> usize {
    let mut seen = format!("{:?} {:?}", catalog.info(), Source::from(catalog)).len();
    for service in catalog.services() {
        seen += service.actions_matching("*e*").count();
        for action in service.actions() {
            seen += action.full_name().len() + action.all_condition_keys().len();
            let types = action
                .resource_types()
                .filter_map(ActionResourceView::resource_type);
            seen += types
                .map(|entry| entry.service().name().len())
                .sum::<usize>();
        }
    }
    seen += catalog
        .regions()
        .iter()
        .map(|region| region.partition().id().len())
        .sum::<usize>();
    seen += catalog.federation_condition_keys().count();
    seen + usize::from(catalog.action("shelf:FetchBook").is_some())
        + usize::from(catalog.condition_key("shelf:Tag/a").is_some())
        + usize::from(catalog.federation_condition_key("id.example:sub").is_some())
        + usize::from(catalog.region("north-1").is_some())
}

#[test]
fn what_is_packed_comes_out_again() {
    let packed = pack(&source()).expect("packs");
    let catalog = Catalog::open(&packed).expect("opens");
    assert_eq!(Source::from(&catalog), source());
    let fetch = catalog.action("shelf:fetchbook").expect("the action");
    let keys: Vec<_> = fetch.all_condition_keys().map(KeyView::name).collect();
    assert_eq!(keys, ["aws:SourceIp", "shelf:Ink", "shelf:Tag/${TagKey}"]);
    let described = fetch
        .resource_types()
        .map(|resource| resource.resource_type().is_some());
    assert_eq!(described.collect::<Vec<_>>(), [true, false]);
}

#[test]
fn order_of_the_source_does_not_matter() {
    let mut shuffled = source();
    shuffled.services.reverse();
    for service in &mut shuffled.services {
        service.actions.reverse();
        service.condition_keys.reverse();
    }
    assert_eq!(pack(&shuffled), pack(&source()));
}

#[test]
fn every_truncation_is_refused() {
    let packed = pack(&source()).expect("packs");
    for length in 0..packed.len() {
        let opened = Catalog::open(&packed[..length]).map(|catalog| catalog.info().services);
        assert!(opened.is_err(), "{length} bytes: {opened:?}");
    }
    let longer = [packed.as_slice(), &[0]].concat();
    assert_eq!(Catalog::open(&longer).err(), Some(CatalogError::Damaged));
}

#[test]
fn every_changed_bit_is_noticed() {
    let mut packed = pack(&source()).expect("packs");
    for bit in 0..packed.len() * 8 {
        packed[bit / 8] ^= 1 << (bit % 8);
        assert!(Catalog::open(&packed).is_err(), "bit {bit}");
        packed[bit / 8] ^= 1 << (bit % 8);
    }
}

#[test]
fn a_damaged_file_with_a_right_checksum_does_no_harm() {
    let packed = pack(&source()).expect("packs");
    let unharmed = look_at_everything(&Catalog::open(&packed).expect("opens"));
    assert!(unharmed > 1_000);
    let words = packed.len() / 4;
    for word in 0..words {
        for value in [
            0,
            1,
            2,
            3,
            63,
            u32::try_from(words).expect("small"),
            u32::MAX - 1,
            u32::MAX,
        ] {
            let mut damaged = packed.clone();
            damaged[word * 4..word * 4 + 4].copy_from_slice(&value.to_le_bytes());
            if let Ok(catalog) = Catalog::over(&damaged) {
                look_at_everything(&catalog);
            }
        }
    }
}

#[test]
fn what_is_no_catalog_is_refused_with_a_hint() {
    let error = Catalog::open(b"{}").expect_err("no catalog");
    assert_eq!(error, CatalogError::NotACatalog);
    assert!(!error.hints().is_empty());
    let mut other_format = pack(&source()).expect("packs");
    other_format[8] = 9;
    let error = Catalog::open(&other_format).expect_err("another format");
    assert_eq!(
        error.to_string(),
        "the IAM catalog has format 9, and this perk reads format 1"
    );
}

#[test]
fn contradictions_in_the_source_are_refused() {
    let refused = |change: fn(&mut Source)| {
        let mut source = source();
        change(&mut source);
        pack(&source).expect_err("refused").to_string()
    };
    assert_eq!(
        refused(|source| source.services[0].actions[0].name = "FETCHbook".to_owned()),
        "`FetchBook` is listed twice among the actions"
    );
    assert_eq!(
        refused(|source| source.services[0].condition_keys.clear()),
        "`shelf:book` uses the condition key `shelf:Tag/${TagKey}`, which nothing declares"
    );
    assert_eq!(
        refused(|source| {
            source.services.pop();
        }),
        "the condition key prefix `id.example` belongs to `sts`, which is no service"
    );
    let long = |source: &mut Source| source.version = "x".repeat(70_000);
    let mut too_long = source();
    long(&mut too_long);
    assert!(matches!(
        pack(&too_long),
        Err(PackError::LongText { length: 70_000, .. })
    ));
}

#[test]
fn the_newer_of_two_catalogs_is_used_and_the_cached_one_of_equals() {
    let dated = |date| {
        let date = Date::parse(date).expect("a day");
        pack(&Source { date, ..source() }).expect("packs")
    };
    let (old, new) = (dated("2026-01-31"), dated("2026-02-01"));
    let (old, new) = (
        Catalog::open(&old).expect("opens"),
        Catalog::open(&new).expect("opens"),
    );
    let same = old;
    assert!(std::ptr::eq(newer(&new, &old), &raw const new));
    assert!(std::ptr::eq(newer(&old, &new), &raw const new));
    assert!(std::ptr::eq(newer(&old, &same), &raw const same));
}
