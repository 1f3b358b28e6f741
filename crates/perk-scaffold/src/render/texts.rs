//! Texts with tags, many of them with the same values.
//!
//! Where a text has no blocks, a tag gives the same wherever it stands, so each tag is parsed and
//! rendered once for all texts, which takes a fraction of the time.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use super::tags::segments;
use super::{Delimiters, Engine, Reach, RenderFault, Segment, Values, compile, nesting};

/// A text, rendered.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rendered {
    pub(crate) text: String,
    /// The names of the values that it uses.
    pub(crate) used: BTreeSet<String>,
}

/// Renders texts with one set of values, and keeps what their tags give.
#[derive(Debug)]
pub(crate) struct TextRenderer<'v, 't> {
    engine: &'v Engine,
    reach: Reach<'v>,
    values: Cow<'v, Values>,
    given: HashMap<&'t str, Rendered>,
}

impl<'v, 't> TextRenderer<'v, 't> {
    /// Starts without any tag.
    pub(crate) fn new(engine: &'v Engine, reach: Reach<'v>, values: Cow<'v, Values>) -> Self {
        Self {
            engine,
            reach,
            values,
            given: HashMap::new(),
        }
    }

    /// Renders a text, whether it has blocks or not.
    pub(crate) fn render(
        &mut self,
        text: &'t str,
        delimiters: &Delimiters,
    ) -> Result<Rendered, RenderFault> {
        if let Some(rendered) = self.render_plain(text, delimiters) {
            return Ok(rendered);
        }
        let tags = text.matches(delimiters.open()).count();
        self.engine.spend_work(nesting::work(text.len(), tags))?;
        let compiled = compile(text, delimiters, self.reach)?;
        Ok(Rendered {
            text: self.engine.render(&compiled, &self.values, None)?,
            used: compiled.used().clone(),
        })
    }

    /// Renders a text without blocks. Gives nothing when there is anything wrong with it: the whole
    /// text then says where.
    fn render_plain(&mut self, text: &'t str, delimiters: &Delimiters) -> Option<Rendered> {
        let segments = plain_segments(text, delimiters)?;
        let mut whole = Rendered {
            text: String::with_capacity(text.len()),
            used: BTreeSet::new(),
        };
        for segment in segments {
            match segment {
                Segment::Text(text) => whole.text.push_str(text),
                Segment::Tag { content, .. } => {
                    let given = self.tag(content)?;
                    whole.text.push_str(&given.text);
                    for name in &given.used {
                        if !whole.used.contains(name) {
                            whole.used.insert(name.clone());
                        }
                    }
                }
            }
        }
        self.engine.spend_bytes(whole.text.len()).ok()?;
        Some(whole)
    }

    /// Returns what the tag with some content gives.
    fn tag(&mut self, content: &'t str) -> Option<&Rendered> {
        if !self.given.contains_key(content) {
            let tag = format!("{{{{{content}}}}}");
            let compiled = compile(&tag, &Delimiters::braces(), self.reach).ok()?;
            let given = Rendered {
                text: self.engine.render(&compiled, &self.values, None).ok()?,
                used: compiled.used().clone(),
            };
            self.given.insert(content, given);
        }
        self.given.get(content)
    }
}

/// Takes a text apart, if it is within the limits and all its tags are plain.
fn plain_segments<'t>(text: &'t str, delimiters: &Delimiters) -> Option<Vec<Segment<'t>>> {
    let segments = segments(text, delimiters).ok()?;
    let are_plain = segments.iter().all(|segment| match segment {
        // Backslashes before braces are for the parser.
        Segment::Text(text) => !text.contains("\\{{") && !text.ends_with('\\'),
        Segment::Tag { whole, content, .. } => {
            whole.len() == delimiters.open().len() + content.len() + delimiters.close().len()
                && is_plain(content)
        }
    });
    (are_plain && nesting::check(text, &segments).is_ok()).then_some(segments)
}

/// Returns whether a tag is a name or a call, which no tag before or after it has to do with.
fn is_plain(content: &str) -> bool {
    let trimmed = content.trim();
    let begins_plain =
        trimmed.starts_with(|first: char| first.is_ascii_alphabetic() || "@(".contains(first));
    begins_plain && !trimmed.starts_with("else") && !content.contains(['{', '}', '~'])
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::*;
    use crate::render::{Names, Shape};

    fn names() -> Names {
        ["a", "b"]
            .map(|name| (name.to_owned(), Shape::Scalar))
            .into()
    }

    fn values() -> Values {
        Values::new(Map::from_iter([
            ("a".to_owned(), json!("one word")),
            ("b".to_owned(), json!("two")),
        ]))
    }

    /// Renders a text both ways, which must give the same.
    fn rendered(text: &str, delimiters: &Delimiters) -> (Result<Rendered, RenderFault>, bool) {
        let (engine, names) = (Engine::for_files(), names());
        let reach = Reach {
            names: &names,
            has_moment: false,
        };
        let mut renderer = TextRenderer::new(&engine, reach, Cow::Owned(values()));
        let plain = renderer.render_plain(text, delimiters);
        let is_plain = plain.is_some();
        let whole = compile(text, delimiters, reach).and_then(|compiled| {
            Ok(Rendered {
                text: engine.render(&compiled, &renderer.values, None)?,
                used: compiled.used().clone(),
            })
        });
        if let Some(plain) = plain {
            assert_eq!(Ok(plain), whole, "{text}");
        }
        (whole, is_plain)
    }

    #[test]
    fn plain_tags_give_what_the_whole_text_gives() {
        let braces = [
            "{{a}}",
            "  {{a}}  \n\n{{ b }}\n",
            "x{{snake a}}-{{a}}{{a}}{{upper (kebab a)}}",
            "{{@root.a}} {{this.b}} é {{\n a\n}}\r\n",
            "}} { } {{a}}",
        ];
        for text in braces {
            assert!(rendered(text, &Delimiters::braces()).1, "{text}");
        }
        for text in ["{{x}} [[a]] \n [[ quote b ]]", "[[a]] \\ [[b]] {{"] {
            assert!(rendered(text, &Delimiters::brackets()).1, "{text}");
        }
    }

    #[test]
    fn everything_else_is_left_to_the_parser() {
        for text in [
            "{{#if a}}x{{/if}}",
            "{{a}} {{~b}}",
            "{{a ~}} x",
            "{{! a comment }}\n{{a}}",
            "{{{a}}}",
            "\\{{a}} {{b}}",
            "\\\\{{a}}",
            "{{else}}",
            "{{elsewhere}}",
            "{{> a}}",
            "{{\"text\"}}",
            "{{a}",
            "{{typo}}",
            "{{a b}}",
            "{{nohelper a}}",
        ] {
            assert!(!rendered(text, &Delimiters::braces()).1, "{text}");
        }
    }

    #[test]
    fn all_texts_together_are_not_parsed_without_end() {
        let (engine, names) = (Engine::for_files(), names());
        let reach = Reach {
            names: &names,
            has_moment: false,
        };
        let mut renderer = TextRenderer::new(&engine, reach, Cow::Owned(values()));
        let mut render = |text| renderer.render(text, &Delimiters::braces());
        assert!(render("{{#if a}}x{{/if}}").is_ok());
        engine.spend_work(4_999_999_950).unwrap();
        assert_eq!(
            render("{{#if a}}x{{/if}}").unwrap_err().to_string(),
            "the bytes times the tags of all files would be more than 5000000000"
        );
    }

    #[test]
    fn a_fault_has_its_place_in_the_text() {
        let (outcome, _) = rendered("first {{a}}\n  {{typo}}", &Delimiters::braces());
        let position = outcome.unwrap_err().position.unwrap();
        assert_eq!((position.line, position.column), (2, 3));
    }
}
