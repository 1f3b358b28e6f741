//! A finding as text: headline, underlined lines, help.

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer};
use anstream::adapter::strip_str;
use perk_diag::{LineIndex, Span};

use super::excerpt::{Excerpt, Mark, excerpts};
use crate::{Meaning, Painter, printable};

/// The narrowest part of a line worth showing.
const MINIMUM_COLUMNS: usize = 30;
/// Wide enough for the drawing library to cut nothing: the lines are cut already.
const UNLIMITED_COLUMNS: usize = 1_000_000;

/// A finding in a text, ready to be drawn.
#[derive(Debug, Clone)]
pub struct Snippet<'s> {
    /// How bad it is: `error`, `security-warning`, `warning` or `suggestion`.
    pub level_name: &'s str,
    /// The code of the check.
    pub code: &'s str,
    /// What was found, in one line.
    pub title: &'s str,
    /// The file.
    pub path: &'s str,
    /// The text of the file.
    pub source: &'s LineIndex<'s>,
    /// Where it was found.
    pub primary: Span,
    /// What to write beside that place.
    pub primary_label: Option<&'s str>,
    /// Other places that have to do with it.
    pub secondary: Vec<Label<'s>>,
    /// What to do.
    pub help: Vec<&'s str>,
    /// What else to know.
    pub notes: Vec<&'s str>,
}

/// A place with words beside it.
#[derive(Debug, Clone, Copy)]
pub struct Label<'s> {
    /// The place.
    pub span: Span,
    /// The words.
    pub text: &'s str,
}

impl Snippet<'_> {
    /// Draws the snippet for a terminal of so many columns, ending in a line break.
    pub fn render(&self, painter: Painter, columns: usize) -> String {
        let excerpts = self.excerpts(columns);
        let title = level(self.level_name)
            .primary_title(printable(self.title))
            .id(printable(self.code));
        let group = Group::with_title(title)
            .elements(excerpts.iter().flat_map(|excerpt| self.elements(excerpt)))
            .elements(
                self.help
                    .iter()
                    .map(|text| Level::HELP.message(printable(text))),
            )
            .elements(
                self.notes
                    .iter()
                    .map(|text| Level::NOTE.message(printable(text))),
            );
        without_spacers(&renderer(painter).render(&[group]))
    }

    fn excerpts(&self, columns: usize) -> Vec<Excerpt<'_>> {
        let primary = Mark {
            range: self.primary.range(),
            label: self.primary_label,
            is_primary: true,
        };
        let secondary = self.secondary.iter().map(|label| Mark {
            range: label.span.range(),
            label: Some(label.text),
            is_primary: false,
        });
        // Line numbers and the bar beside them take a few columns.
        let last_line = self.source.line(u32::MAX);
        let gutter = last_line.to_string().len() + " | ".len();
        let columns = columns.saturating_sub(gutter).max(MINIMUM_COLUMNS);
        excerpts(
            self.source,
            std::iter::once(primary).chain(secondary),
            columns,
        )
    }

    fn elements<'e>(&'e self, excerpt: &'e Excerpt<'_>) -> [Element<'e>; 2] {
        let origin = Origin::path(printable(self.path))
            .line(excerpt.place.line as usize)
            .char_column(excerpt.place.column as usize);
        let lines = annotate_snippets::Snippet::source(excerpt.text.as_str())
            .line_start(excerpt.first_line as usize)
            .annotations(excerpt.marks.iter().map(annotation));
        [origin.into(), lines.into()]
    }
}

fn annotation<'e>(mark: &'e Mark<'_>) -> Annotation<'e> {
    let kind = if mark.is_primary {
        AnnotationKind::Primary
    } else {
        AnnotationKind::Context
    };
    let annotation = kind.span(mark.range.clone());
    match mark.label {
        Some(label) => annotation.label(printable(label)),
        None => annotation,
    }
}

fn level(name: &str) -> Level<'_> {
    match name {
        "error" => Level::ERROR,
        "suggestion" => Level::INFO.with_name(name),
        _ => Level::WARNING.with_name(name),
    }
}

/// Leaves out the lines that only say `:::`.
///
/// The library draws one above lines whose file it was not told. It is told the place instead of
/// the file, because it would count columns from where a long line was cut.
fn without_spacers(drawing: &str) -> String {
    let is_spacer =
        |line: &str| line.contains(":::") && strip_str(line).to_string().trim() == ":::";
    let mut kept = String::with_capacity(drawing.len() + 1);
    for line in drawing.lines().filter(|line| !is_spacer(line)) {
        kept.push_str(line);
        kept.push('\n');
    }
    kept
}

fn renderer(painter: Painter) -> Renderer {
    let renderer = if painter.is_colored() {
        Renderer::styled()
            .error(Meaning::Error.style())
            .warning(Meaning::Warning.style())
            .info(Meaning::Suggestion.style())
            .help(Meaning::Hint.style())
            .note(Meaning::Note.style())
    } else {
        Renderer::plain()
    };
    renderer.term_width(UNLIMITED_COLUMNS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:GetObjet"],
      "Resource": "*"
    },
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": "iam:PassRole",
      "Resource": "*"
    }
  ]
}
"#;

    fn span(source: &str, part: &str, occurrence: usize) -> Span {
        let (start, _) = source.match_indices(part).nth(occurrence).unwrap();
        let offset = |offset| u32::try_from(offset).unwrap();
        Span::new(offset(start), offset(start + part.len()))
    }

    fn sample<'s>(source: &'s LineIndex<'s>, primary: Span) -> Snippet<'s> {
        Snippet {
            level_name: "security-warning",
            code: "SOME_CODE",
            title: "something is wrong",
            path: "policies/a.json",
            source,
            primary,
            primary_label: None,
            secondary: Vec::new(),
            help: vec!["change it"],
            notes: vec!["it is not too late"],
        }
    }

    fn draw(source: &str, primary: Span, secondary: &[Span]) -> String {
        let index = LineIndex::new(source);
        let label = |span: &Span| Label {
            span: *span,
            text: "first used here",
        };
        let mut snippet = sample(&index, primary);
        snippet.secondary = secondary.iter().map(label).collect();
        snippet.render(Painter::new(false), 80)
    }

    #[test]
    fn underlines_a_span() {
        insta::assert_snapshot!(draw(POLICY, span(POLICY, "\"s3:GetObjet\"", 0), &[]), @r#"
        security-warning[SOME_CODE]: something is wrong
         --> policies/a.json:7:34
          |
        7 |       "Action": ["s3:GetObject", "s3:GetObjet"],
          |                                  ^^^^^^^^^^^^^
          |
          = help: change it
          = note: it is not too late
        "#);
    }

    #[test]
    fn shows_two_places_of_a_file() {
        let spans = [span(POLICY, "\"Read\"", 1), span(POLICY, "\"Read\"", 0)];
        insta::assert_snapshot!(draw(POLICY, spans[0], &spans[1..]), @r#"
        security-warning[SOME_CODE]: something is wrong
          --> policies/a.json:11:14
           |
         5 |       "Sid": "Read",
           |              ------ first used here
        ...
        11 |       "Sid": "Read",
           |              ^^^^^^
           |
           = help: change it
           = note: it is not too late
        "#);
    }

    #[test]
    fn brackets_a_span_of_several_lines() {
        let start = span(POLICY, "{", 1).start;
        let end = span(POLICY, "}", 0).end;
        insta::assert_snapshot!(draw(POLICY, Span::new(start, end), &[]), @r#"
        security-warning[SOME_CODE]: something is wrong
         --> policies/a.json:4:5
          |
        4 | /     {
        5 | |       "Sid": "Read",
        6 | |       "Effect": "Allow",
        7 | |       "Action": ["s3:GetObject", "s3:GetObjet"],
        8 | |       "Resource": "*"
        9 | |     },
          | |_____^
          |
          = help: change it
          = note: it is not too late
        "#);
    }

    #[test]
    fn shows_the_beginning_of_an_endless_span() {
        let source = POLICY.replace('\n', "\n\n\n\n\n");
        let end = u32::try_from(source.len()).unwrap();
        insta::assert_snapshot!(draw(&source, Span::new(0, end), &[]), @"
        security-warning[SOME_CODE]: something is wrong
         --> policies/a.json:1:1
          |
        1 | {
          | ^
          |
          = help: change it
          = note: it is not too late
        ");
    }

    #[test]
    fn cuts_a_policy_on_one_line() {
        let source = POLICY.replace(['\n', ' '], "").repeat(3);
        insta::assert_snapshot!(draw(&source, span(&source, "\"s3:GetObjet\"", 1), &[]), @r#"
        security-warning[SOME_CODE]: something is wrong
         --> policies/a.json:1:290
          |
        1 | ...ow","Action":["s3:GetObject","s3:GetObjet"],"Resource":"*"},{"Sid":"Re...
          |                                 ^^^^^^^^^^^^^
          |
          = help: change it
          = note: it is not too late
        "#);
    }

    #[test]
    fn shows_two_distant_places_of_one_line() {
        let source = POLICY.replace(['\n', ' '], "");
        let spans = [span(&source, "\"Read\"", 1), span(&source, "\"Read\"", 0)];
        insta::assert_snapshot!(draw(&source, spans[0], &spans[1..]), @r#"
        security-warning[SOME_CODE]: something is wrong
         --> policies/a.json:1:132
          |
        1 | ...tObjet"],"Resource":"*"},{"Sid":"Read","Effect":"Allow","Action":"iam:...
          |                                    ^^^^^^
         ::: policies/a.json:1:45
          |
        1 | ...2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow","Action":["s3:...
          |                                    ------ first used here
          |
          = help: change it
          = note: it is not too late
        "#);
    }

    #[test]
    fn shows_two_distant_places_of_a_file() {
        let source = POLICY.replacen("},\n", &format!("}},{}", "\n".repeat(100)), 1);
        let spans = [span(&source, "\"Read\"", 1), span(&source, "\"Read\"", 0)];
        insta::assert_snapshot!(draw(&source, spans[0], &spans[1..]), @r#"
        security-warning[SOME_CODE]: something is wrong
           --> policies/a.json:110:14
            |
        110 |       "Sid": "Read",
            |              ^^^^^^
           ::: policies/a.json:5:14
            |
          5 |       "Sid": "Read",
            |              ------ first used here
            |
            = help: change it
            = note: it is not too late
        "#);
    }

    #[test]
    fn tabs_wide_and_harmful_characters_keep_the_underline_in_place() {
        let source = "\t{\"Sid\":\t\"数数 é\u{1b}[2J \u{1F600}\", \"Effect\": \"Alow\"}";
        insta::assert_snapshot!(draw(source, span(source, "\"Alow\"", 0), &[]), @r#"
        security-warning[SOME_CODE]: something is wrong
         --> policies/a.json:1:34
          |
        1 |     {"Sid":    "数数 é␛[2J 😀", "Effect": "Alow"}
          |                                           ^^^^^^
          |
          = help: change it
          = note: it is not too late
        "#);
    }

    #[test]
    fn color_changes_no_word() {
        let index = LineIndex::new(POLICY);
        let source = POLICY.replace(['\n', ' '], "");
        let long = LineIndex::new(&source);
        for (source, index) in [(POLICY, &index), (&source, &long)] {
            let mut snippet = sample(index, span(source, "\"Read\"", 1));
            snippet.secondary = vec![Label {
                span: span(source, "\"Read\"", 0),
                text: "other",
            }];
            let colored = snippet.render(Painter::new(true), 80);
            assert_eq!(
                strip_str(&colored).to_string(),
                snippet.render(Painter::new(false), 80)
            );
        }
    }

    #[test]
    fn cuts_a_line_of_wide_characters() {
        let source = format!(
            "\t[\"{}\", \"Alow\", \"{}\"]",
            "数".repeat(60),
            "数".repeat(60)
        );
        insta::assert_snapshot!(draw(&source, span(&source, "\"Alow\"", 0), &[]), @r#"
        security-warning[SOME_CODE]: something is wrong
         --> policies/a.json:1:67
          |
        1 | ...数数数数数数数数数数数数数数数", "Alow", "数数数数数数数数数数数数数数...
          |                                     ^^^^^^
          |
          = help: change it
          = note: it is not too late
        "#);
    }

    #[test]
    fn points_at_the_end_of_the_file() {
        let end = u32::try_from(POLICY.len()).unwrap();
        insta::assert_snapshot!(draw(POLICY, Span::new(end, end), &[]), @"
        security-warning[SOME_CODE]: something is wrong
          --> policies/a.json:18:1
           |
        18 |
           | ^
           |
           = help: change it
           = note: it is not too late
        ");
        insta::assert_snapshot!(draw("{", Span::new(1, 1), &[]), @"
        security-warning[SOME_CODE]: something is wrong
         --> policies/a.json:1:2
          |
        1 | {
          |  ^
          |
          = help: change it
          = note: it is not too late
        ");
        insta::assert_snapshot!(draw("", Span::new(0, 0), &[]), @"
        security-warning[SOME_CODE]: something is wrong
         --> policies/a.json:1:1
          |
        1 |
          | ^
          |
          = help: change it
          = note: it is not too late
        ");
    }

    #[test]
    fn windows_line_breaks_are_not_shown() {
        let source = POLICY.replace('\n', "\r\n");
        assert_eq!(
            draw(&source, span(&source, "\"s3:GetObjet\"", 0), &[]),
            draw(POLICY, span(POLICY, "\"s3:GetObjet\"", 0), &[])
        );
    }

    #[test]
    fn a_span_that_is_not_in_the_text_is_no_panic() {
        for (start, end) in [(99, 200), (3, 1), (2, 2), (0, 99)] {
            assert!(draw("a\u{e9}\nb", Span::new(start, end), &[]).contains("SOME_CODE"));
        }
    }
}
