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
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= limit)
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
