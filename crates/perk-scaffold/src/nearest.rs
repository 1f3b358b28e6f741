//! Did you mean: the known word that a mistaken one is closest to.

/// Similarity from which two words are taken for the same one mistyped.
const SIMILAR: f64 = 0.7;

/// Returns the known word that resembles `word` most, if one does.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let folded = fold(word);
    known
        .into_iter()
        .map(|name| {
            (
                strsim::normalized_damerau_levenshtein(&folded, &fold(name)),
                name,
            )
        })
        .filter(|(similarity, _)| *similarity >= SIMILAR)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, name)| name.to_owned())
}

fn fold(word: &str) -> String {
    word.to_lowercase().replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips_and_other_spellings_but_not_anything() {
        let known = ["service_name", "database"];
        assert_eq!(nearest("service-name", known).unwrap(), "service_name");
        assert_eq!(nearest("databse", known).unwrap(), "database");
        assert_eq!(nearest("owner", known), None);
    }
}
