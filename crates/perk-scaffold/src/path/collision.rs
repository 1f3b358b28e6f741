//! Paths that would meet on some file system: the same but for case or Unicode form, or a file
//! where another path has a folder.

use std::collections::hash_map::{Entry, HashMap};

use unicode_normalization::UnicodeNormalization as _;

use super::SafePath;
use crate::ScaffoldError;

/// What stands at a folded path, as it is spelled.
struct Place<'p> {
    spelled: &'p str,
    is_folder: bool,
}

/// Fails if two of the paths meet; each path is a file or a link.
pub(crate) fn check_collisions<'p>(
    paths: impl IntoIterator<Item = &'p SafePath>,
) -> Result<(), ScaffoldError> {
    let mut places: HashMap<String, Place<'p>> = HashMap::new();
    let mut last_folder = "";
    for path in paths {
        let text = path.as_str();
        let folder = path.parent().unwrap_or_default();
        if folder != last_folder {
            for (end, _) in text.match_indices('/') {
                claim(&mut places, &text[..end], true)?;
            }
            last_folder = folder;
        }
        claim(&mut places, text, false)?;
    }
    Ok(())
}

fn claim<'p>(
    places: &mut HashMap<String, Place<'p>>,
    spelled: &'p str,
    is_folder: bool,
) -> Result<(), ScaffoldError> {
    let place = match places.entry(fold(spelled)) {
        Entry::Occupied(taken) => taken.into_mut(),
        Entry::Vacant(free) => {
            free.insert(Place { spelled, is_folder });
            return Ok(());
        }
    };
    if place.is_folder && is_folder && place.spelled == spelled {
        return Ok(());
    }
    Err(ScaffoldError::Collision {
        first: place.spelled.to_owned(),
        second: spelled.to_owned(),
        is_folder: place.is_folder || is_folder,
        from: Vec::new(),
    })
}

/// Returns the form in which two spellings of one name are equal on any file system.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    // By way of the upper case, so that `ß` and `ss` or the two small sigmas are one.
    let upper: String = text.nfd().flat_map(char::to_uppercase).collect();
    upper.to_lowercase().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paths: &[&str]) -> Option<String> {
        let paths: Vec<SafePath> = paths
            .iter()
            .map(|path| SafePath::parse(path).unwrap())
            .collect();
        check_collisions(&paths)
            .err()
            .map(|error| error.to_string())
    }

    #[test]
    fn paths_that_meet_are_refused() {
        for paths in [
            &["a", "a"][..],
            &["README.md", "readme.md"],
            &["src/a", "Src/b"],
            &["a", "a/b"],
            &["a/b", "a"],
            &["A/b", "a"],
            &["caf\u{e9}", "cafe\u{301}"],
            &["É", "e\u{301}"],
            &["straße", "STRASSE"],
            &["x/caf\u{e9}/1", "x/cafe\u{301}/2"],
            &["a/b/c", "d", "a/B/d"],
        ] {
            assert!(check(paths).is_some(), "{paths:?}");
        }
    }

    #[test]
    fn paths_that_do_not_meet_are_fine() {
        assert_eq!(check(&["a/b/c", "a/b/d", "a/c", "b", "a/b/e", "ab"]), None);
    }

    #[test]
    fn says_which_two() {
        assert_eq!(
            check(&["A", "a"]).unwrap(),
            "`A` and `a` are one file where case or Unicode form does not count"
        );
    }
}
