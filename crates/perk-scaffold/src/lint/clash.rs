//! Braces that mean something else: tags of other languages, and tags that Handlebars takes in a
//! way that its author did not expect.

use crate::render::{Delimiters, Segment, segments};

/// A tag with the bytes it stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'s> {
    pub(super) start: usize,
    /// The tag with its delimiters.
    pub(super) whole: &'s str,
    content: &'s str,
    is_after_dollar: bool,
}

impl Tag<'_> {
    /// Returns the bytes of the tag.
    pub(super) fn range(self) -> std::ops::Range<usize> {
        self.start..self.start + self.whole.len()
    }

    /// Returns whether it stands right after `$`.
    pub(super) fn is_after_dollar(self) -> bool {
        self.is_after_dollar
    }

    /// Returns whether it is in exactly three braces, which print what two do.
    pub(super) fn has_three_braces(self) -> bool {
        self.whole.starts_with("{{{") && !self.whole.starts_with("{{{{")
    }

    /// Returns the language that a tag in braces comes from, if it does not look like our own.
    pub(super) fn language(self) -> Option<&'static str> {
        let content = self.content.trim();
        let first = content.split_whitespace().next().unwrap_or_default();
        let begins_with_name = |rest: &str| rest.starts_with(|letter: char| letter.is_alphabetic());
        if content.starts_with('!') {
            None
        } else if self.is_after_dollar {
            Some("GitHub Actions")
        } else if content.is_empty() {
            Some("another language")
        } else if content.starts_with("- ")
            || content.ends_with(" -")
            || content.starts_with('$')
            || content.strip_prefix('.').is_some_and(begins_with_name)
            || GO_WORDS.contains(&first)
        {
            Some("Helm or Go")
        } else if has_pipe(content) {
            Some("Jinja or Helm")
        } else {
            None
        }
    }
}

/// Words that begin tags of Go's templates and are no helpers here.
const GO_WORDS: &[&str] = &[
    "include", "template", "define", "end", "range", "block", "toYaml", "printf", "required",
    "tpl", "nindent", "if", "with",
];

/// Returns whether a tag hands its value on with `|`; `as |name|` is our own.
fn has_pipe(content: &str) -> bool {
    !content.starts_with('#')
        && content
            .split(['"', '\''])
            .step_by(2)
            .any(|outside| outside.contains('|'))
}

/// Returns the tags of a text; none if one of them has no end.
pub(super) fn tags<'s>(source: &'s str, delimiters: &Delimiters) -> Vec<Tag<'s>> {
    let segments = segments(source, delimiters).unwrap_or_default();
    let tags = segments.into_iter().filter_map(|segment| match segment {
        Segment::Text(_) => None,
        Segment::Tag {
            offset,
            whole,
            content,
        } => Some(Tag {
            start: offset,
            whole,
            content,
            is_after_dollar: source[..offset].ends_with('$'),
        }),
    });
    tags.collect()
}

/// Returns where a backslash that ends a path turns the tag after it into text: the bytes of the
/// backslash and the braces.
pub(super) fn escaped_tags(source: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    const MARK: &str = "\\{{";
    let found = source.match_indices(MARK).filter(|(at, _)| {
        let before = source[..*at].chars().next_back();
        before.is_some_and(|letter| letter.is_alphanumeric() || ":._-}".contains(letter))
    });
    found.map(|(at, _)| at..at + MARK.len())
}

/// Returns the first tag that names one of our own values.
pub(super) fn first_own_tag(source: &str, is_own: impl Fn(&str) -> bool) -> Option<Tag<'_>> {
    let mut tags = tags(source, &Delimiters::braces()).into_iter();
    tags.find(|tag| !tag.is_after_dollar && is_own(tag.content.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn languages(source: &str) -> Vec<&'static str> {
        let tags = tags(source, &Delimiters::braces());
        tags.into_iter().filter_map(Tag::language).collect()
    }

    #[test]
    fn knows_tags_of_other_languages() {
        for (source, language) in [
            ("${{ secrets.TOKEN }}", "GitHub Actions"),
            ("{{ .Values.replicas }}", "Helm or Go"),
            ("{{- if x }}", "Helm or Go"),
            ("{{ include \"x\" . }}", "Helm or Go"),
            ("{{ end }}", "Helm or Go"),
            ("{{ $name := 1 }}", "Helm or Go"),
            ("{{ name | upper }}", "Jinja or Helm"),
            ("format!(\"{{}}\")", "another language"),
        ] {
            assert_eq!(languages(source), [language], "{source}");
        }
    }

    #[test]
    fn leaves_our_own_tags_alone() {
        for source in [
            "{{name}} {{ name }} {{{name}}}",
            "{{#if name}}{{else if other}}{{else}}{{/if}}",
            "{{#each items as |item index|}}{{../name}}{{./name}}{{/each}}",
            "{{join items \" | \"}} {{replace name '|' \"-\"}}",
            "{{~name~}} {{!-- a | b --}}",
        ] {
            assert_eq!(languages(source), Vec::<&str>::new(), "{source}");
        }
    }

    #[test]
    fn knows_backslashes_that_end_a_path() {
        let found = |source| escaped_tags(source).count();
        assert_eq!(found(r"C:\{{name}} \\{{a}} x\{{b}}"), 2);
        assert_eq!(found(r"write \{{name}} or \\{{name}}"), 0);
    }
}
