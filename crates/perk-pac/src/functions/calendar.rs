//! Functions over days and hours.

const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];

/// A point in time, as a calendar and a clock show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The year.
    pub year: i32,
    /// The month, from 1.
    pub month: u32,
    /// The day of the month, from 1.
    pub day: u32,
    /// The day of the week, from 0 for Sunday.
    pub weekday: u32,
    /// The hour, from 0.
    pub hour: u32,
    /// The minute, from 0.
    pub minute: u32,
    /// The second, from 0.
    pub second: u32,
}

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Day(i32),
    Month(i32),
    Year(i32),
}

/// Tells whether the day is one of the week, or between two of them.
pub(crate) fn weekday_range(names: &[String], now: &Moment) -> bool {
    let days: Option<Vec<_>> = names.iter().map(|name| position(&WEEKDAYS, name)).collect();
    let today = now.weekday.cast_signed();
    match days.as_deref() {
        Some(&[day]) => day == today,
        Some(&[first, last]) => is_between(&first, &today, &last),
        _ => false,
    }
}

/// Tells whether the day is that of the parts, or between the two that the parts make.
pub(crate) fn date_range(texts: &[String], now: &Moment) -> bool {
    let parts: Option<Vec<_>> = texts.iter().map(|text| part(text)).collect();
    let Some(parts) = parts.filter(|parts| !parts.is_empty()) else {
        return false;
    };
    let kinds: Vec<_> = parts.iter().map(|part| rank(*part)).collect();
    let has_twice = (1..kinds.len()).any(|index| kinds[..index].contains(&kinds[index]));
    if !has_twice {
        return parts
            .iter()
            .all(|&part| value_now(part, now) == value(part));
    }
    let (first, last) = parts.split_at(parts.len() / 2);
    let same_kinds = first
        .iter()
        .map(|part| rank(*part))
        .eq(last.iter().map(|part| rank(*part)));
    if !same_kinds {
        return false;
    }
    let date = |parts: &[Part], value: &dyn Fn(Part) -> i32| {
        let mut parts = parts.to_vec();
        parts.sort_by_key(|part| rank(*part));
        parts.into_iter().map(value).collect::<Vec<_>>()
    };
    let today = date(first, &|part| value_now(part, now));
    is_between(&date(first, &value), &today, &date(last, &value))
}

/// Tells whether the hour is the given one, or the time between two.
pub(crate) fn time_range(texts: &[String], now: &Moment) -> bool {
    let numbers: Option<Vec<u32>> = texts.iter().map(|text| text.trim().parse().ok()).collect();
    let time = (now.hour, now.minute, now.second);
    match numbers.as_deref() {
        Some(&[hour]) => hour == now.hour,
        Some(&[first, last]) => is_between(&first, &now.hour, &last),
        Some(&[hour, minute, last_hour, last_minute]) => {
            is_between(&(hour, minute, 0), &time, &(last_hour, last_minute, 59))
        }
        Some(&[hour, minute, second, last_hour, last_minute, last_second]) => is_between(
            &(hour, minute, second),
            &time,
            &(last_hour, last_minute, last_second),
        ),
        _ => false,
    }
}

/// Both ends belong to a range, and one that ends before it begins goes over the turn.
fn is_between<T: PartialOrd>(first: &T, now: &T, last: &T) -> bool {
    if first <= last {
        first <= now && now <= last
    } else {
        now >= first || now <= last
    }
}

fn position(names: &[&str], name: &str) -> Option<i32> {
    let index = names
        .iter()
        .position(|known| known.eq_ignore_ascii_case(name.trim()))?;
    i32::try_from(index).ok()
}

fn part(text: &str) -> Option<Part> {
    if let Some(month) = position(&MONTHS, text) {
        return Some(Part::Month(month + 1));
    }
    let number: i32 = text.trim().parse().ok()?;
    Some(if number > 31 {
        Part::Year(number)
    } else {
        Part::Day(number)
    })
}

/// Orders parts by their weight.
fn rank(part: Part) -> u8 {
    match part {
        Part::Year(_) => 0,
        Part::Month(_) => 1,
        Part::Day(_) => 2,
    }
}

fn value(part: Part) -> i32 {
    match part {
        Part::Year(value) | Part::Month(value) | Part::Day(value) => value,
    }
}

fn value_now(part: Part, now: &Moment) -> i32 {
    match part {
        Part::Year(_) => now.year,
        Part::Month(_) => now.month.cast_signed(),
        Part::Day(_) => now.day.cast_signed(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Wednesday, 2026-06-17, 14:30:15.
    const NOW: Moment = Moment {
        year: 2026,
        month: 6,
        day: 17,
        weekday: 3,
        hour: 14,
        minute: 30,
        second: 15,
    };

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn days_of_the_week() {
        for (text, is_in) in [
            ("WED", true),
            ("wed", true),
            ("THU", false),
            ("MON FRI", true),
            ("FRI WED", true),
            ("FRI TUE", false),
            ("nonsense", false),
            ("", false),
        ] {
            assert_eq!(weekday_range(&words(text), &NOW), is_in, "{text}");
        }
    }

    #[test]
    fn dates() {
        for (text, is_in) in [
            ("17", true),
            ("16", false),
            ("JUN", true),
            ("2026", true),
            ("1 17", true),
            ("18 31", false),
            ("MAY JUL", true),
            ("OCT JUN", true),
            ("OCT MAY", false),
            ("2025 2027", true),
            ("1 JUN 17 JUN", true),
            ("1 JUN 16 JUN", false),
            ("20 MAY 1 JUL", true),
            ("MAY 2026 JUL 2026", true),
            ("JUL 2025 MAY 2026", false),
            ("1 JUN 2026 30 JUN 2026", true),
            ("24 DEC 2025 1 JAN 2026", false),
            ("17 JUN 2026", true),
            ("1 JUN 2026 JUL", false),
            ("x", false),
        ] {
            assert_eq!(date_range(&words(text), &NOW), is_in, "{text}");
        }
    }

    #[test]
    fn hours() {
        for (text, is_in) in [
            ("14", true),
            ("15", false),
            ("9 17", true),
            ("22 6", false),
            ("22 14", true),
            ("14 0 14 30", true),
            ("14 31 18 0", false),
            ("14 30 15 14 30 15", true),
            ("14 30 16 15 0 0", false),
            ("1 2 3", false),
        ] {
            assert_eq!(time_range(&words(text), &NOW), is_in, "{text}");
        }
    }
}
