//! What is written for Compose and Kubernetes, read by a reader that is not ours, has the very words.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::ffi::OsString;

use perk_docker::command_line::{RunCommand, parse};
use perk_docker::compile::{Compiled, Secrets, compile};
use perk_docker::engine::{Engine, Installation};
use perk_docker::render::{compose, kubernetes};
use perk_docker::{Host, NetworkPlan, Variable};
use proptest::prelude::*;
use yaml_rust2::{Yaml, YamlLoader};

/// What YAML, Compose and Kubernetes have a meaning for.
const HARD: &[&str] = &[
    "",
    " ",
    "yes",
    "null",
    "~",
    "0x10",
    "1e3",
    "12:30:45",
    "2001-01-01",
    "-",
    "--",
    "- a",
    "a: b",
    "#",
    " #",
    "'",
    "\"",
    "\\",
    "\\n",
    "\n",
    "a\nb",
    "\r",
    "\t",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{7f}",
    "\u{1b}[0m",
    "é",
    "日本",
    "\u{10ffff}",
    "&a",
    "*a",
    "!a",
    "!!str a",
    "|",
    ">",
    "%",
    "@",
    "`",
    "{a}",
    "[a]",
    "{{a}}",
    "$",
    "$$",
    "$$$",
    "$A",
    "${A}",
    "$(A)",
    "$$(A)",
    "$(",
    "$)",
    "a$",
    "<<",
    "=",
    "? a",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(HARD).prop_map(str::to_owned),
        "[ -~\n\t]{0,12}",
        "\\PC{0,8}",
        "[$(){}A]{1,8}",
        any::<String>().prop_map(|text| text.replace('\0', "")),
    ]
}

fn compiled(value: &str, planned: &str, arguments: &[String]) -> (RunCommand, Compiled) {
    let first = ["-e".to_owned(), format!("A={value}"), "image".to_owned()];
    let words = first.iter().chain(arguments).map(OsString::from);
    let words: Vec<_> = words.collect();
    let command = parse(&words, Engine::Docker, &[]).unwrap();
    let plan = NetworkPlan {
        variables: vec![Variable {
            name: "SSL_CERT_FILE".to_owned(),
            value: planned.to_owned(),
            is_secret: false,
        }],
        ..NetworkPlan::default()
    };
    let host = Host::of(Installation::of(Engine::Docker));
    let compiled = compile(&command, &plan, &host, &Secrets::ByName);
    (command, compiled)
}

fn read(text: &str) -> Yaml {
    let documents = YamlLoader::load_from_str(text);
    let documents = documents.unwrap_or_else(|error| panic!("{error}: {text}"));
    documents.into_iter().next().unwrap()
}

fn texts(list: &Yaml) -> Vec<String> {
    let items = list.as_vec().map(Vec::as_slice).unwrap_or_default();
    let texts = items.iter().map(|item| item.as_str().unwrap().to_owned());
    texts.collect()
}

/// Puts variables in as Compose does, of which none is set.
fn interpolated(text: &str) -> String {
    let mut read = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter == '$' {
            assert_eq!(letters.next(), Some('$'), "{text}");
        }
        read.push(letter);
    }
    read
}

/// Puts variables in as Kubernetes does (`third_party/forked/golang/expansion`).
fn expanded(text: &str) -> String {
    let mut read = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        read.push_str(before);
        rest = match (after.chars().next(), after.split_once(')')) {
            (Some('$'), _) => {
                read.push('$');
                &after[1..]
            }
            (Some('('), Some((_, behind))) => {
                read.push_str("EXPANDED");
                behind
            }
            _ => {
                read.push('$');
                after
            }
        };
    }
    read + rest
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn compose_reads_the_same(
        value in text(),
        planned in text(),
        arguments in prop::collection::vec(text(), 0..4),
    ) {
        let (command, compiled) = compiled(&value, &planned, &arguments);
        let document = read(&compose(&command, &compiled).unwrap().text);
        let service = &document["services"]["image"];
        prop_assert_eq!(service["image"].as_str(), Some("image"));
        let words = texts(&service["command"]);
        prop_assert_eq!(words.iter().map(|word| interpolated(word)).collect::<Vec<_>>(), arguments);
        let variables = texts(&service["environment"]);
        let variables: Vec<_> = variables.iter().map(|text| interpolated(text)).collect();
        prop_assert_eq!(variables, [format!("A={value}"), format!("SSL_CERT_FILE={planned}")]);
    }

    #[test]
    fn kubernetes_reads_the_same(
        value in text(),
        planned in text(),
        arguments in prop::collection::vec(text(), 0..4),
    ) {
        let (command, compiled) = compiled(&value, &planned, &arguments);
        let document = read(&kubernetes(&command, &compiled).unwrap().text);
        let container = &document["spec"]["containers"][0];
        let words = texts(&container["args"]);
        prop_assert_eq!(words.iter().map(|word| expanded(word)).collect::<Vec<_>>(), arguments);
        for (index, wanted) in [&value, &planned].into_iter().enumerate() {
            let read = container["env"][index]["value"].as_str().unwrap();
            prop_assert_eq!(&expanded(read), wanted);
        }
    }
}
