//! Whatever the user writes comes out again, in its order.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

use perk_docker::command_line::{options, parse};
use perk_docker::compile::{Secrets, compile};
use perk_docker::engine::{Engine, Installation};
use perk_docker::{Host, Mount, NetworkPlan, Variable};
use proptest::prelude::*;

/// Words as users write them, and as nobody does.
fn word() -> impl Strategy<Value = OsString> {
    let names: Vec<_> = options().iter().map(|row| row.name).collect();
    let name = prop::sample::select(names);
    let valued = (name.clone(), "[a-z=:/,]{0,6}");
    prop_oneof![
        name.prop_map(|name| format!("--{name}").into()),
        valued.prop_map(|(name, value)| format!("--{name}={value}").into()),
        "-[a-zA-Z=]{0,5}".prop_map(Into::into),
        "[a-zA-Z0-9_/:.@=-]{0,8}".prop_map(Into::into),
        Just("--".into()),
        Just("alpine".into()),
        prop::collection::vec(1_u8..=255, 0..6).prop_map(OsString::from_vec),
    ]
}

fn plan() -> NetworkPlan {
    let variable = |name: &str| Variable {
        name: name.to_owned(),
        value: "http://proxy:1".to_owned(),
        is_secret: false,
    };
    NetworkPlan {
        labels: Vec::new(),
        settles_proxies: true,
        variables: ["http_proxy", "HTTP_PROXY"].map(variable).into(),
        mounts: vec![Mount {
            source: "/a".to_owned(),
            target: "/b".to_owned(),
            is_read_only: true,
            is_relabeled: false,
        }],
        ..NetworkPlan::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 3000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_words_of_the_user_are_unchanged_and_in_order(
        words in prop::collection::vec(word(), 0..8),
        engine in prop::sample::select(&Engine::ALL[..]),
    ) {
        let Ok(command) = parse(&words, engine, &[]) else { return Ok(()) };
        let mut parts = command.option_words().to_vec();
        parts.extend_from_slice(command.words_behind_options());
        prop_assert_eq!(&parts, &words);

        let host = Host::of(Installation::of(engine));
        let compiled = compile(&command, &plan(), &host, &Secrets::ByName);
        let theirs = compiled.argv.iter().filter(|word| !word.is_added);
        let theirs: Vec<_> = theirs.map(|word| word.text.clone()).collect();
        prop_assert_eq!(&theirs, &words);

        // The engine would understand the result as it understood the words.
        let all: Vec<_> = compiled.argv[2..].iter().map(|word| word.text.clone()).collect();
        let again = parse(&all, engine, &[]).unwrap();
        prop_assert_eq!(again.image(), command.image());
        prop_assert_eq!(again.arguments(), command.arguments());
        let given = command.given().len();
        for (one, other) in command.given().iter().zip(&again.given()[..given]) {
            prop_assert_eq!((&one.name, &one.value), (&other.name, &other.value));
        }
    }

    #[test]
    fn an_image_and_its_arguments_come_out_whatever_they_are(
        arguments in prop::collection::vec(word(), 0..8),
    ) {
        let words: Vec<OsString> = ["-it".into(), "alpine".into()]
            .into_iter()
            .chain(arguments.iter().cloned())
            .collect();
        let command = parse(&words, Engine::Docker, &[]).unwrap();
        prop_assert_eq!(command.image(), "alpine");
        prop_assert_eq!(command.arguments(), arguments.as_slice());
    }

    #[test]
    fn a_secret_of_the_plan_is_in_no_word(
        words in prop::collection::vec(word(), 0..8),
        engine in prop::sample::select(&Engine::ALL[..]),
        passed in prop::collection::btree_map("(http|HTTPS)_(proxy|PROXY)", "[a-z]{1,3}", 0..3),
        in_file in any::<bool>(),
    ) {
        let Ok(command) = parse(&words, engine, &[]) else { return Ok(()) };
        let mut plan = plan();
        for variable in &mut plan.variables {
            variable.value = "http://me:hidden@proxy:1".to_owned();
            variable.is_secret = true;
        }
        let mut host = Host::of(Installation::of(engine));
        host.docker_proxies = passed.clone();
        host.environment = passed;
        let secrets = if in_file { Secrets::File("/f".to_owned()) } else { Secrets::ByName };
        let compiled = compile(&command, &plan, &host, &secrets);
        for word in &compiled.argv {
            prop_assert!(!word.text.to_string_lossy().contains("hidden"), "{:?}", word);
        }
        for warning in &compiled.warnings {
            prop_assert!(!warning.to_string().contains("hidden"), "{}", warning);
        }
        let shown = format!("{compiled:?}");
        prop_assert!(!shown.contains("hidden"), "{}", shown);
    }
}
