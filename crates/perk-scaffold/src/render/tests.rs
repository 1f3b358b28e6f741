//! Texts with tags, from source to result, and the mistakes in them with their places.

use serde_json::{Value, json};

use super::{Delimiters, Engine, Names, Reach, RenderFault, Shape, Values, compile};

fn names() -> Names {
    let project = Names::from([("name".to_owned(), Shape::Scalar)]);
    Names::from([
        ("name".to_owned(), Shape::Scalar),
        ("flag".to_owned(), Shape::Scalar),
        ("items".to_owned(), Shape::List),
        ("project".to_owned(), Shape::Object(project)),
    ])
}

fn values() -> Values {
    let table = json!({
        "name": "a & \u{e000}{{b}}",
        "flag": false,
        "items": ["x", "y"],
        "project": { "name": "p" },
    });
    match table {
        Value::Object(table) => Values::new(table),
        _ => unreachable!("it is a table"),
    }
}

fn render(source: &str, delimiters: &Delimiters) -> Result<String, RenderFault> {
    let names = names();
    let reach = Reach {
        names: &names,
        has_moment: false,
    };
    let compiled = compile(source, delimiters, reach)?;
    Engine::for_files().render(&compiled, &values(), None)
}

fn braces(source: &str) -> String {
    render(source, &Delimiters::braces()).unwrap()
}

#[test]
fn what_is_rendered_is_neither_escaped_nor_rendered_again() {
    assert_eq!(
        braces("{{name}} {{{name}}}"),
        "a & \u{e000}{{b}} a & \u{e000}{{b}}"
    );
    let brackets = render("\u{e000}{ [[name]] \\ }\u{e001}", &Delimiters::brackets()).unwrap();
    assert_eq!(brackets, "\u{e000}{ a & \u{e000}{{b}} \\ }\u{e001}");
}

#[test]
fn lines_with_only_a_block_leave_no_line() {
    let source = "a text that is long\n  {{#if flag}}\n  a text that is left out\n  {{else}}\n  another text\n  {{/if}}\nthe end of the text\n";
    assert_eq!(
        braces(source),
        "a text that is long\n  another text\nthe end of the text\n"
    );
    let source = source.replace("{{", "[[").replace("}}", "]]");
    let brackets = render(&source, &Delimiters::brackets()).unwrap();
    assert_eq!(
        brackets,
        "a text that is long\n  another text\nthe end of the text\n"
    );
}

#[test]
fn lists_have_entries_and_variables() {
    let source = "{{#each items}}{{#unless @first}}, {{/unless}}{{this}}{{@index}} of {{../project.name}}{{/each}}";
    assert_eq!(braces(source), "x0 of p, y1 of p");
    assert_eq!(
        braces("{{#each items as |item index|}}{{item}}{{index}}{{/each}}"),
        "x0y1"
    );
    assert_eq!(braces("{{#with project}}{{name}}{{/with}}"), "p");
    assert_eq!(
        braces("{{#each (split \"a b\" \" \")}}{{upper this}}{{/each}}"),
        "AB"
    );
    assert_eq!(
        braces("{{join items \"+\"}} {{len items}} {{contains items \"x\"}}"),
        "x+y 2 true"
    );
}

#[test]
fn backslashes_and_white_space_are_those_of_handlebars() {
    assert_eq!(
        braces("a long text before \\{{name}} and after it"),
        "a long text before {{name}} and after it"
    );
    assert_eq!(braces("C:\\\\{{project.name}}"), "C:\\p");
    assert_eq!(
        braces("a long text before \n {{~project.name~}} \n and a long text after"),
        "a long text beforepand a long text after"
    );
    assert_eq!(braces("{{!-- a }} b --}}x{{! it's }}"), "x");
}

/// Folding changes nothing but the time it takes.
#[test]
fn folding_is_not_seen() {
    for source in [
        "first line of text\n{{#each items}}\n- an entry of the list {{this}}\n{{/each}}\nlast line of text",
        "\r\n  a text with other breaks  \r\n  {{#if flag}}  \r\n yes\r\n {{/if}}\r\n after all that",
        "{ a text in braces }{{name}}}{ and another one }",
        "\u{2003}a text after a wide space\u{2003}{{~name~}}\u{2003}and before one\u{2003}",
        "before {{{{raw}}}} a long text {{with}} a tag {{{{/raw}}}} after it all",
        "{{{{raw}}}}\n  a long text {{with}} \\{{a}} tag\n{{{{/raw}}}}\nafter it all",
        "a text that ends with a backslash \\",
        "{{#if flag}}a text that is left out{{else if name}}a text that is taken{{else}}neither{{/if}}",
    ] {
        let mut plain = handlebars::Handlebars::new();
        plain.register_escape_fn(handlebars::no_escape);
        let table = json!({ "name": "n", "flag": false, "items": ["x", "y"] });
        let expected = plain.render_template(source, &table).unwrap();
        assert_eq!(
            braces(source).replace("a & \u{e000}{{b}}", "n"),
            expected,
            "{source}"
        );
    }
}

#[test]
fn mistakes_have_their_place_in_the_text() {
    for (source, place, problem) in [
        (
            "a long text\nover lines {{nam}}",
            "2:12",
            "`nam` is not defined",
        ),
        (
            "{{#if flag}}\n a long text {{#each items}}{{name}}{{/each}}{{/if}}",
            "2:29",
            "`name` is not defined",
        ),
        (
            "{{#if flag}}{{else if nam}}{{/if}}",
            "1:1",
            "`nam` is not defined",
        ),
        ("{{@index}}", "1:1", "`@index` is not defined"),
        ("{{items}}", "1:1", "`items` is a list, which is no text"),
        (
            "{{project}}",
            "1:1",
            "`project` is a table, which is no text",
        ),
        ("{{replace name}}", "1:1", "`replace` takes 3 values, not 1"),
        (
            "{{#upper name}}{{/upper}}",
            "1:1",
            "`upper` is not a block: write it without `#`",
        ),
        ("{{if name}}", "1:1", "`if` is a block: write `#` before it"),
        ("{{upper name x=1}}", "1:1", "`upper` has no `x=`"),
        (
            "a long text before\n\n  {{#each name}}{{/each}}",
            "3:3",
            "`each` takes a list",
        ),
        (
            "a long text before\n{{join name \",\"}}",
            "2:1",
            "`join` takes a list",
        ),
    ] {
        let fault = render(source, &Delimiters::braces()).unwrap_err();
        let at = fault
            .position
            .map(|at| format!("{}:{}", at.line, at.column));
        assert_eq!(
            (at.as_deref(), fault.to_string().as_str()),
            (Some(place), problem),
            "{source}"
        );
    }
    let fault = render("a long text before\n that {{#if}}", &Delimiters::braces()).unwrap_err();
    assert_eq!(fault.position.map(|at| at.line), Some(2));
}
