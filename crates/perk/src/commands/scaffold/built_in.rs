//! The templates that the binary holds. Nothing of them is read before one is asked for.

use std::borrow::Cow;

use perk_scaffold::{ScaffoldError, Template};

/// The path, mode and bytes of a file as git has them.
type File = (&'static str, u32, &'static [u8]);

/// A template in the binary.
#[derive(Debug)]
pub(super) struct BuiltIn {
    /// The name of its folder, which is what it is asked for by.
    pub(super) name: &'static str,
    files: &'static [File],
}

/// All of them, by name.
pub(super) static BUILT_IN: &[BuiltIn] = include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// Returns the template of a name.
pub(super) fn find(name: &str) -> Option<&'static BuiltIn> {
    BUILT_IN.iter().find(|template| template.name == name)
}

impl BuiltIn {
    /// Reads its manifest and takes its files.
    pub(super) fn load(&self) -> Result<Template, ScaffoldError> {
        let files = self.files.iter();
        Template::from_files(files.map(|&(path, mode, bytes)| (path, mode, Cow::Borrowed(bytes))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_template_loads_and_is_called_like_its_folder() {
        assert!(!BUILT_IN.is_empty());
        for template in BUILT_IN {
            let loaded = template.load().unwrap();
            assert_eq!(loaded.manifest().name, template.name);
            assert!(loaded.paths().count() > 10);
        }
    }

    #[test]
    fn nothing_is_embedded_that_git_would_not_have() {
        let paths = BUILT_IN.iter().flat_map(|template| template.files);
        for (path, mode, _) in paths {
            assert!(
                !path.contains("__pycache__") && !path.contains("/target/"),
                "{path}"
            );
            assert!(matches!(mode, 0o100_644 | 0o100_755 | 0o120_000), "{path}");
        }
    }
}
