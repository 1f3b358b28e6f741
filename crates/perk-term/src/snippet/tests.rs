//! What snippets look like.

use anstream::adapter::strip_str;
use perk_diag::{LineIndex, Span};

use super::{Label, Snippet};
use crate::Painter;

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
