//! The table: a manifest without its header, and files below `files`.

use perk_scaffold::lint::Code;

/// A template, without the header of its manifest.
type Sample = (&'static str, &'static [(&'static str, &'static str)]);

/// Two templates, of which one has something to be found.
pub(crate) struct Case {
    pub(crate) code: Code,
    pub(crate) bad: Sample,
    pub(crate) good: Sample,
}

const fn case(code: Code, bad: Sample, good: Sample) -> Case {
    Case { code, bad, good }
}

/// One question that the files use as `name`.
const NAME: &str =
    "[[question]]\nkey = 'name'\nask = '?'\nhelp = 'h'\ntype = 'string'\ndefault = 'example'\n";

pub(crate) const CASES: &[Case] = &[
    case(
        Code::BadManifest,
        ("[[question]]\nkey = 'a'\naks = '?'\ntype = 'bool'", &[]),
        (
            "[[question]]\nkey = 'a'\nask = '?'\ntype = 'bool'",
            &[("x.hbs", "{{a}}")],
        ),
    ),
    case(
        Code::BadManifest,
        ("[[question]]\nkey = 'a'\nask = '?'\ntype = 'text'", &[]),
        ("", &[("x", "")]),
    ),
    case(
        Code::UnknownName,
        (NAME, &[("x.hbs", "{{name}} {{nam}}")]),
        (NAME, &[("x.hbs", "{{name}}")]),
    ),
    case(
        Code::UnknownName,
        (NAME, &[("x.hbs", "{{name}}{{#if nam}}y{{/if}}")]),
        (NAME, &[("x.hbs", "{{#if name}}y{{/if}}")]),
    ),
    case(
        Code::UnknownName,
        (NAME, &[("{{nam}}", ""), ("x.hbs", "{{name}}")]),
        (NAME, &[("{{kebab name}}", "")]),
    ),
    case(
        Code::UnknownName,
        (
            "[[computed]]\nkey = 'a'\nvalue = '{{b}}'",
            &[("x.hbs", "{{a}}")],
        ),
        (
            "[[computed]]\nkey = 'a'\nvalue = '{{project.name}}'",
            &[("x.hbs", "{{a}}")],
        ),
    ),
    case(
        Code::UnknownHelper,
        (NAME, &[("x.hbs", "{{kebap name}}")]),
        (NAME, &[("x.hbs", "{{kebab name}}")]),
    ),
    case(
        Code::MisusedTag,
        (NAME, &[("x.hbs", "{{replace name}}")]),
        (NAME, &[("x.hbs", "{{replace name 'a' 'b'}}")]),
    ),
    case(
        Code::MisusedTag,
        (NAME, &[("x.hbs", "{{name}}{{year}}")]),
        (
            "[[computed]]\nkey = 'first_year'\nvalue = '{{year}}'",
            &[("x.hbs", "{{first_year}}")],
        ),
    ),
    case(
        Code::Partial,
        (NAME, &[("x.hbs", "{{name}}{{> part}}")]),
        (NAME, &[("x.hbs", "{{name}}")]),
    ),
    case(
        Code::TagSyntax,
        (NAME, &[("x.hbs", "{{name}} {{#if name}}")]),
        (NAME, &[("x.hbs", "{{name}} {{#if name}}{{/if}}")]),
    ),
    case(
        Code::ForeignTag,
        (NAME, &[("x.hbs", "{{name}} ${{ secrets.TOKEN }}")]),
        (NAME, &[("x.hbs", "{{name}} $\\{{ secrets.TOKEN }}")]),
    ),
    case(
        Code::ForeignTag,
        (
            NAME,
            &[(
                "chart.yaml.hbs",
                "{{name}} {{ .Values.x }} {{- if .Values.y }}{{ end }}",
            )],
        ),
        (
            "[[question]]\nkey = 'name'\nask = '?'\nhelp = 'h'\ntype = 'string'\ndefault = 'example'\n[[rule]]\npaths = ['*.yaml.hbs']\ndelimiters = ['[[', ']]']",
            &[(
                "chart.yaml.hbs",
                "[[name]] {{ .Values.x }} {{- if .Values.y }}{{ end }}",
            )],
        ),
    ),
    case(
        Code::ForeignTag,
        (NAME, &[("x.conf.hbs", "{{name}} {{ port | default(80) }}")]),
        (
            NAME,
            &[("x.conf.j2.hbs", "[[name]] {{ port | default(80) }}")],
        ),
    ),
    case(
        Code::UnmatchedPattern,
        (
            "[[rule]]\npaths = ['y', 'z/**']\nwhen = '(eq 1 1)'",
            &[("x", "")],
        ),
        (
            "[[rule]]\npaths = ['x', 'z/**']\nwhen = '(eq 1 1)'",
            &[("x", ""), ("z/a", "")],
        ),
    ),
    case(
        Code::BadDefault,
        (
            "[[question]]\nkey = 'a'\nask = '?'\nhelp = 'h'\ntype = 'string'\ndefault = 'A'\npattern = '^[a-z]+$'\nmessage = 'm'",
            &[("x.hbs", "{{a}}")],
        ),
        (
            "[[question]]\nkey = 'a'\nask = '?'\nhelp = 'h'\ntype = 'string'\ndefault = 'a'\npattern = '^[a-z]+$'\nmessage = 'm'",
            &[("x.hbs", "{{a}}")],
        ),
    ),
    case(
        Code::BadDefault,
        (
            "[[question]]\nkey = 'a'\nask = '?'\nhelp = 'h'\ntype = 'int'\ndefault = 70\nvalid = '(lt a 50)'\nmessage = 'm'",
            &[("x.hbs", "{{a}}")],
        ),
        (
            "[[question]]\nkey = 'a'\nask = '?'\nhelp = 'h'\ntype = 'int'\ndefault = 40\nvalid = '(lt a 50)'\nmessage = 'm'",
            &[("x.hbs", "{{a}}")],
        ),
    ),
    case(
        Code::BadDefault,
        (
            "[[question]]\nkey = 'a'\nask = '?'\nhelp = 'h'\ntype = 'string'\ndefault = '{{upper project.name}}'\npattern = '^[a-z-]+$'\nmessage = 'm'",
            &[("x.hbs", "{{a}}")],
        ),
        (
            "[[question]]\nkey = 'a'\nask = '?'\nhelp = 'h'\ntype = 'string'\ndefault = '{{lower project.name}}'\npattern = '^[a-z-]+$'\nmessage = 'm'",
            &[("x.hbs", "{{a}}")],
        ),
    ),
    case(
        Code::NoSample,
        (
            "[[question]]\nkey = 'a'\nask = '?'\nhelp = 'h'\ntype = 'string'\nvalid = '(eq a \"sesame\")'\nmessage = 'm'",
            &[("x.hbs", "{{a}}")],
        ),
        (
            "[[question]]\nkey = 'a'\nask = '?'\nhelp = 'h'\ntype = 'string'\npattern = '^sesame$'\nmessage = 'm'",
            &[("x.hbs", "{{a}}")],
        ),
    ),
    case(
        Code::CollidingPaths,
        (NAME, &[("{{kebab name}}", ""), ("example", "")]),
        (NAME, &[("{{kebab name}}", ""), ("sample", "")]),
    ),
    case(
        Code::BadPath,
        (NAME, &[("{{name}}:", "")]),
        (NAME, &[("{{kebab name}}", "")]),
    ),
    case(
        Code::RenderFailure,
        (
            "[[question]]\nkey = 'words'\nask = '?'\nhelp = 'h'\ntype = 'list'\ndefault = ['a']",
            &[("x.hbs", "first of them:\n{{lookup words 0}}")],
        ),
        (
            "[[question]]\nkey = 'words'\nask = '?'\nhelp = 'h'\ntype = 'list'\ndefault = ['a']",
            &[("x.hbs", "{{#if words}}{{lookup words 0}}{{/if}}")],
        ),
    ),
    case(
        Code::DollarBeforeTag,
        (NAME, &[("x.hbs", "${{name}}")]),
        (NAME, &[("x.hbs", "$ {{name}}")]),
    ),
    case(
        Code::TripleBraces,
        (NAME, &[("x.tex.hbs", "\\textbf{{{name}}}")]),
        (NAME, &[("x.html.hbs", "<b>{{{name}}}</b>")]),
    ),
    case(
        Code::EscapedTag,
        (NAME, &[("x.hbs", "{{name}} C:\\{{name}}")]),
        (NAME, &[("x.hbs", "{{name}} C:\\\\{{name}} \\{{name}}")]),
    ),
    case(
        Code::ForgottenSuffix,
        (NAME, &[("x.hbs", "{{name}}"), ("y", "{{name}}")]),
        (NAME, &[("x.hbs", "{{name}}"), ("y", "{{other}} ${{name}}")]),
    ),
    case(
        Code::UnusedQuestion,
        (NAME, &[("x", "")]),
        (NAME, &[("{{kebab name}}", "")]),
    ),
    case(
        Code::UnusedComputed,
        (
            "[[computed]]\nkey = 'a'\nvalue = 'x'\n[[computed]]\nkey = 'b'\nvalue = '{{a}}'",
            &[("x", "")],
        ),
        (
            "[[computed]]\nkey = 'a'\nvalue = 'x'",
            &[("x.hbs", "{{a}}")],
        ),
    ),
    case(
        Code::UnreachableFile,
        (
            "[[question]]\nkey = 'size'\nask = '?'\ntype = 'choice'\nchoices = [{ value = 's' }, { value = 'm' }]\n[[rule]]\npaths = ['x']\nwhen = '(eq size \"s\")'\n[[rule]]\npaths = ['*']\nwhen = '(eq size \"m\")'",
            &[("x", ""), ("y", "")],
        ),
        (
            "[[question]]\nkey = 'size'\nask = '?'\ntype = 'choice'\nchoices = [{ value = 's' }, { value = 'm' }]\n[[rule]]\npaths = ['x']\nwhen = '(eq size \"s\")'\n[[rule]]\npaths = ['y']\nwhen = '(eq size \"m\")'",
            &[("x", ""), ("y", "")],
        ),
    ),
    case(
        Code::MissingMessage,
        (
            "[[question]]\nkey = 'a'\nask = '?'\nhelp = 'h'\ntype = 'string'\npattern = '^[a-z]+$'",
            &[("x.hbs", "{{a}}")],
        ),
        (
            "[[question]]\nkey = 'a'\nask = '?'\nhelp = 'h'\ntype = 'string'\npattern = '^[a-z]+$'\nmessage = 'm'",
            &[("x.hbs", "{{a}}")],
        ),
    ),
    case(
        Code::MissingHelp,
        (
            "[[question]]\nkey = 'a'\nask = '?'\ntype = 'string'",
            &[("x.hbs", "{{a}}")],
        ),
        (
            "[[question]]\nkey = 'a'\nask = '?'\nhelp = 'h'\ntype = 'string'\n[[question]]\nkey = 'b'\nask = '?'\ntype = 'bool'",
            &[("x.hbs", "{{a}}{{b}}")],
        ),
    ),
];
