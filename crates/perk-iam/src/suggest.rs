//! Did you mean: the nearest of many names.

/// Returns the candidate most like a mistyped name, if one is near enough to be what was meant.
///
/// Near is at most a third of the name's letters, by Damerau-Levenshtein distance (a swap of
/// neighbours counts once), without regard to case.
pub(crate) fn nearest<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let name = name.to_ascii_lowercase();
    let limit = (name.len() / 3).clamp(1, 5);
    let letters = letters(&name);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= limit)
        .filter(|candidate| (letters ^ self::letters(candidate)).count_ones() as usize <= 2 * limit)
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&name, &candidate.to_ascii_lowercase()),
                candidate,
            )
        })
        .filter(|&(distance, _)| distance <= limit)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Returns which letters a name has, a bit each: one edit changes two of them at most, so that
/// names with too many others need not be compared.
fn letters(name: &str) -> u32 {
    name.bytes().fold(0, |letters, byte| {
        letters | 1 << (byte.to_ascii_lowercase() % 32)
    })
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_typing_errors_and_nothing_far() {
        let actions = ["GetObject", "GetObjectAcl", "PutObject", "ListBucket"];
        assert_eq!(nearest("GetObjet", actions), Some("GetObject"));
        assert_eq!(nearest("putobjetc", actions), Some("PutObject"));
        assert_eq!(nearest("DescribeInstances", actions), None);
    }
}
