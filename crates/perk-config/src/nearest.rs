//! Did you mean: the known word that a mistaken one is closest to.

/// Similarity from which two words are taken for the same one mistyped.
const SIMILAR: f64 = 0.7;

/// Returns the known word that resembles `word` most, if one does.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = word.to_lowercase().replace('_', "-");
    known
        .into_iter()
        .map(|name| (similarity(&folded, name), name))
        .filter(|(similarity, _)| *similarity >= SIMILAR)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, name)| name)
}

fn similarity(folded: &str, name: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(folded, &name.to_lowercase().replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips_and_other_spellings_but_not_anything() {
        let known = ["fail-on", "checks", "PASS_ROLE"];
        assert_eq!(nearest("fial-on", known), Some("fail-on"));
        assert_eq!(nearest("fail_on", known), Some("fail-on"));
        assert_eq!(nearest("PASS_ROL", known), Some("PASS_ROLE"));
        assert_eq!(nearest("color", known), None);
    }
}
