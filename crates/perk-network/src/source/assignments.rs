//! Variables in two spellings, wherever they are set.

use super::collector::Collector;
use super::{Found, SourceFault, SourceRemark};
use crate::{Field, Place};

/// A variable with its value and where it is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Assignment {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) place: Place,
}

/// Which spelling counts where both are set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Prefer {
    /// As curl and most programs: the one in lower case, even if it is empty.
    Lower,
    /// As programs in Go, such as dockerd: the one in capitals, unless it is empty.
    Upper,
}

/// Reads the variables of proxies. Of two assignments to one name the later one counts.
pub(super) fn find(
    assignments: &[Assignment],
    prefer: Prefer,
) -> Result<Option<Found>, SourceFault> {
    let mut collector = Collector::default();
    for field in Field::ALL {
        let Some(chosen) = choose(assignments, field, prefer, &mut collector) else {
            continue;
        };
        match field {
            Field::NoProxy => collector.no_proxy(&chosen.value, &chosen.place),
            _ => collector.proxy(field, &chosen.value, &chosen.place)?,
        }
    }
    Ok(collector.finish())
}

fn choose<'a>(
    assignments: &'a [Assignment],
    field: Field,
    prefer: Prefer,
    collector: &mut Collector,
) -> Option<&'a Assignment> {
    let lower = field.variable();
    let upper = lower.to_ascii_uppercase();
    let last = |name: &str| assignments.iter().rev().find(|found| found.name == name);
    for odd in assignments {
        if odd.name != lower && odd.name != upper && odd.name.eq_ignore_ascii_case(lower) {
            let name = odd.name.clone();
            collector.remark(&odd.place, SourceRemark::OddSpelling { name });
        }
    }
    let (first, second) = match prefer {
        Prefer::Lower => (last(lower), last(&upper)),
        Prefer::Upper => (last(&upper), last(lower)),
    };
    let (Some(first), Some(second)) = (first, second) else {
        return first.or(second);
    };
    if first.value == second.value {
        return Some(first);
    }
    if prefer == Prefer::Upper && first.value.is_empty() {
        return Some(second);
    }
    let (used, unused) = (first.name.clone(), second.name.clone());
    let remark = if first.value.is_empty() {
        SourceRemark::EmptyWins {
            empty: used,
            unused,
        }
    } else {
        SourceRemark::SpellingsDiffer { used, unused }
    };
    collector.remark(&first.place, remark);
    Some(first)
}
