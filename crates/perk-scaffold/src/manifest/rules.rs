//! Which rules hold for a file of the template.

use std::collections::BTreeSet;

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};

use crate::render::{Condition, Delimiters};

/// The rules, with their patterns ready to match.
#[derive(Debug)]
pub(crate) struct Rules {
    all: Vec<Rule>,
    patterns: GlobSet,
    /// The rule of each pattern.
    owners: Vec<usize>,
    /// Each pattern as it is written.
    texts: Vec<String>,
    braces: Delimiters,
}

/// What holds for the files that a rule matches.
#[derive(Debug, Default)]
pub(crate) struct Rule {
    pub(crate) when: Option<Condition>,
    pub(crate) delimiters: Option<Delimiters>,
    /// The key of a list.
    pub(crate) each: Option<String>,
}

/// What holds for one file.
#[derive(Debug)]
pub(crate) struct FileRules<'r> {
    pub(crate) is_left_out: bool,
    pub(crate) delimiters: &'r Delimiters,
    pub(crate) each: Option<&'r str>,
}

/// Which rules hold for some answers.
#[derive(Debug)]
pub(crate) struct Holding(Vec<bool>);

/// Files in which `{{` has a meaning of its own.
const BRACKETED: &[&str] = &[".github/**", "**/charts/**/templates/**", "**/*.j2.hbs"];

impl Rules {
    /// Puts rules together with the patterns of each, as written.
    pub(super) fn new(rules: Vec<(Rule, Vec<String>)>) -> Result<Self, globset::Error> {
        let mut set = GlobSetBuilder::new();
        let (mut owners, mut texts) = (Vec::new(), Vec::new());
        let bracketed = Rule {
            delimiters: Some(Delimiters::brackets()),
            ..Rule::default()
        };
        let patterns = BRACKETED.iter().map(|&pattern| pattern.to_owned());
        let built_in = std::iter::once((bracketed, patterns.collect()));
        let mut all = Vec::new();
        for (rule, patterns) in built_in.chain(rules) {
            for pattern in patterns {
                set.add(glob(&pattern)?);
                owners.push(all.len());
                texts.push(pattern);
            }
            all.push(rule);
        }
        Ok(Self {
            all,
            patterns: set.build()?,
            owners,
            texts,
            braces: Delimiters::braces(),
        })
    }

    /// Returns the patterns of the manifest that match none of the paths, each with its number
    /// among all patterns of the manifest.
    pub(crate) fn unmatched<'p>(
        &self,
        paths: impl Iterator<Item = &'p str>,
    ) -> impl Iterator<Item = (usize, &str)> {
        let mut is_unmatched: Vec<bool> = self.owners.iter().map(|&owner| owner > 0).collect();
        for path in paths {
            for index in self.patterns.matches(path) {
                is_unmatched[index] = false;
            }
        }
        let texts = self.texts.iter().zip(is_unmatched).enumerate();
        texts
            .filter(|(_, (_, is_unmatched))| *is_unmatched)
            .map(|(index, (text, _))| (index - BRACKETED.len(), text.as_str()))
    }

    /// Returns all conditions.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.all.iter().filter_map(|rule| rule.when.as_ref())
    }

    /// Returns the conditions that all have to hold for a path below `files`.
    pub(crate) fn conditions_of(&self, path: &str) -> impl Iterator<Item = &Condition> {
        let owners: BTreeSet<usize> = self
            .patterns
            .matches(path)
            .into_iter()
            .map(|index| self.owners[index])
            .collect();
        owners
            .into_iter()
            .filter_map(|owner| self.all[owner].when.as_ref())
    }

    /// Returns what holds for a path below `files` when all conditions do.
    pub(crate) fn of_any(&self, path: &str) -> FileRules<'_> {
        self.of(path, &Holding(vec![true; self.all.len()]))
    }

    /// Works out which rules hold.
    pub(crate) fn holding<E>(
        &self,
        mut holds: impl FnMut(&Condition) -> Result<bool, E>,
    ) -> Result<Holding, E> {
        let holding = self
            .all
            .iter()
            .map(|rule| rule.when.as_ref().map_or(Ok(true), &mut holds));
        holding.collect::<Result<_, _>>().map(Holding)
    }

    /// Returns what holds for a path below `files`.
    pub(crate) fn of(&self, path: &str, holding: &Holding) -> FileRules<'_> {
        let mut owners: Vec<usize> = self
            .patterns
            .matches(path)
            .into_iter()
            .map(|index| self.owners[index])
            .collect();
        owners.sort_unstable();
        let matching = || owners.iter().rev().map(|&owner| &self.all[owner]);
        FileRules {
            is_left_out: !owners.iter().all(|&owner| holding.0[owner]),
            delimiters: matching()
                .find_map(|rule| rule.delimiters.as_ref())
                .unwrap_or(&self.braces),
            each: matching().find_map(|rule| rule.each.as_deref()),
        }
    }
}

/// Reads a path pattern. Braces are plain text, since they are tags in the names of files.
pub(super) fn glob(pattern: &str) -> Result<Glob, globset::Error> {
    let plain = pattern.replace('{', r"\{").replace('}', r"\}");
    GlobBuilder::new(&plain)
        .literal_separator(true)
        .backslash_escape(true)
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(rules: &Rules, path: &str) -> String {
        let Ok(holding) = rules.holding(|_| Ok::<_, ()>(true)) else {
            unreachable!("nothing fails")
        };
        rules.of(path, &holding).delimiters.open().to_owned()
    }

    #[test]
    fn some_paths_have_brackets_by_themselves() {
        let rules = Rules::new(Vec::new()).unwrap();
        for path in [
            ".github/workflows/ci.yml.hbs",
            "charts/app/templates/deployment.yaml.hbs",
            "deploy/charts/{{service_name}}/templates/x/y.yaml.hbs",
            "etc/nginx.conf.j2.hbs",
            "x.j2.hbs",
        ] {
            assert_eq!(open(&rules, path), "[[", "{path}");
        }
        for path in [
            "README.md.hbs",
            "charts/app/values.yaml.hbs",
            "github/x.hbs",
        ] {
            assert_eq!(open(&rules, path), "{{", "{path}");
        }
    }

    #[test]
    fn the_last_rule_with_delimiters_counts() {
        let rule = |open, close, patterns: &[&str]| {
            let rule = Rule {
                delimiters: Delimiters::new(open, close),
                ..Rule::default()
            };
            let patterns = patterns.iter().map(|&pattern| pattern.to_owned());
            (rule, patterns.collect())
        };
        let rules = Rules::new(vec![
            rule("<%", "%>", &["docs/**"]),
            rule("{{", "}}", &[".github/*.md.hbs", "docs/a*"]),
        ]);
        let rules = rules.unwrap();
        assert_eq!(open(&rules, "docs/b"), "<%");
        assert_eq!(open(&rules, "docs/a"), "{{");
        assert_eq!(open(&rules, ".github/README.md.hbs"), "{{");
        assert_eq!(
            rules
                .unmatched(["docs/b", "docs/a"].into_iter())
                .collect::<Vec<_>>(),
            [(1, ".github/*.md.hbs")]
        );
    }

    #[test]
    fn braces_of_a_pattern_are_those_of_the_name() {
        let matches =
            |pattern: &str, path: &str| glob(pattern).unwrap().compile_matcher().is_match(path);
        assert!(matches("docs/{{item}}.md.hbs", "docs/{{item}}.md.hbs"));
        assert!(!matches("docs/{{item}}.md.hbs", "docs/item.md.hbs"));
        assert!(!matches("docs/*", "docs/a/b"));
        assert!(matches("docs/**", "docs/.hidden"));
    }
}
