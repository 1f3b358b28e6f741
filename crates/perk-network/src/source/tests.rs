//! What all places have in common: no text makes them panic, and no password is shown.

use proptest::prelude::*;

use super::{
    Found, SourceFault, apt, daemon_json, docker_config, docker_context, environment,
    etc_environment, git, gnome, macos, npm, systemd_drop_in,
};

type Outcome = Result<Option<Found>, SourceFault>;
type Find = fn(&str) -> Outcome;

/// Each kind of place, with a text of it.
const PLACES: [(Find, &str); 10] = [
    (
        |text| environment::find([("http_proxy", text), ("no_proxy", text)]),
        "http://jane:hunter2@proxy.example:3128",
    ),
    (
        |text| docker_config::find("config.json", text, docker_context::DEFAULT_DAEMON),
        r#"{"proxies": {"default": {"httpProxy": "http://jane:hunter2@proxy.example:3128"}}}"#,
    ),
    (
        |text| daemon_json::find("daemon.json", text),
        r#"{"proxies": {"http-proxy": "http://jane:hunter2@proxy.example:3128"}}"#,
    ),
    (
        |text| systemd_drop_in::find(&[("proxy.conf", text)]),
        "[Service]\nEnvironment=\"HTTP_PROXY=http://jane:hunter2@proxy.example:3128\" \\\n A=b\n",
    ),
    (
        |text| etc_environment::find("/etc/environment", text),
        "export http_proxy='http://jane:hunter2@proxy.example:3128'\n",
    ),
    (
        |text| apt::find(&[("apt.conf", text)]),
        "Acquire { http { Proxy \"http://jane:hunter2@proxy.example:3128\"; }; }; // x\n",
    ),
    (
        git::find,
        "file:x\0http.proxy\nhttp://jane:hunter2@proxy.example:3128\0",
    ),
    (
        |text| npm::find(&[(".npmrc", text)], []),
        "proxy=http://jane:hunter2@proxy.example:3128 ; x\n",
    ),
    (
        gnome::find,
        "org.gnome.system.proxy mode 'manual'\n\
         org.gnome.system.proxy.http host 'jane:hunter2@proxy.example'\n\
         org.gnome.system.proxy.http port 3128\n",
    ),
    (
        macos::find,
        "<dictionary> {\n  HTTPEnable : 1\n  HTTPPort : 3128\n\
         \x20 HTTPProxy : jane:hunter2@proxy.example\n}\n",
    ),
];

fn shown(outcome: &Outcome) -> String {
    let mut shown = format!("{outcome:?}");
    match outcome {
        Ok(Some(found)) => {
            let remarks = found.remarks.iter().map(ToString::to_string);
            shown.extend(remarks);
        }
        Ok(None) => {}
        Err(fault) => shown.push_str(&fault.to_string()),
    }
    shown
}

#[test]
fn each_text_has_a_proxy_with_a_password() {
    for (find, text) in PLACES {
        let found = find(text).expect("valid").expect("a proxy");
        let proxy = found.settings.http.expect("a proxy");
        let address = "http://jane:hunter2@proxy.example:3128";
        assert_eq!(proxy.to_text().reveal(), address, "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_a_place_panic(text: String) {
        for (find, _) in PLACES {
            let _ = shown(&find(&text));
        }
    }

    #[test]
    fn no_typing_mistake_shows_a_password(at: prop::sample::Index, letter in "[ -~]?", removed in 0_usize..2) {
        for (find, text) in PLACES {
            let at = at.index(text.len());
            let end = (at + removed).min(text.len());
            let password = text.find("hunter2").expect("a password");
            // A password that is itself changed cannot be looked for.
            if end <= password || at >= password + "hunter2".len() {
                let text = format!("{}{letter}{}", &text[..at], &text[end..]);
                let shown = shown(&find(&text));
                prop_assert!(!shown.contains("hunter2"), "{}: {}", text, shown);
            }
        }
    }
}
