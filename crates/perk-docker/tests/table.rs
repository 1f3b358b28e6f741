//! The cases of `tests/cases`: words of a user in; image, views, words and warnings out.

#![expect(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "a test that cannot go on says where"
)]

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::Path;

use perk_diag::Explain;
use perk_docker::command_line::{
    AddedHost, ExtraOption, NetworkMode, RunCommand, parse, parse_environment_file,
};
use perk_docker::compile::{Compiled, Secrets, compile};
use perk_docker::engine::{Engine, Installation, Version};
use perk_docker::{Host, Mount, NetworkPlan, Variable};
use serde::Deserialize;

const PROXY: &str = "http://proxy.corp:3128";
const SECRET_PROXY: &str = "http://me:secret@proxy.corp:3128";
const EXEMPT: &str = "localhost,127.0.0.1,::1";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

/// A case; what is not said is not compared.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default = "docker")]
    engine: String,
    version: Option<String>,
    #[serde(default)]
    desktop: bool,
    words: Words,
    #[serde(default)]
    extra: Vec<String>,
    // What is there.
    #[serde(default)]
    host: BTreeMap<String, String>,
    #[serde(default)]
    docker_proxies: BTreeMap<String, String>,
    #[serde(default)]
    image_environment: BTreeMap<String, String>,
    file: Option<String>,
    /// `none`, `usual`, `secret`, or variables of its own.
    #[serde(default)]
    plan: Plan,
    #[serde(default)]
    mounts_planned: Vec<String>,
    #[serde(default)]
    hosts_planned: Vec<String>,
    secrets: Option<String>,
    // What is to come out.
    fault: Option<String>,
    hint: Option<String>,
    image: Option<String>,
    arguments: Option<Words>,
    environment: Option<Words>,
    files: Option<Words>,
    mounts: Option<Vec<String>>,
    network: Option<String>,
    hosts: Option<Words>,
    links: Option<Words>,
    entrypoint: Option<String>,
    /// `i`, `t`, `d` and `r` for interactive, terminal, detached and removed.
    flags: Option<String>,
    adds: Option<Words>,
    client: Option<Words>,
    secret_file: Option<String>,
    #[serde(default)]
    warnings: Option<Vec<String>>,
}

fn docker() -> String {
    "docker".to_owned()
}

/// Words between blanks, or one by one.
#[derive(Deserialize)]
#[serde(untagged)]
enum Words {
    Text(String),
    List(Vec<String>),
}

impl Words {
    fn list(&self) -> Vec<String> {
        match self {
            Self::Text(text) => text.split_whitespace().map(expand).collect(),
            Self::List(list) => list.iter().map(|word| expand(word)).collect(),
        }
    }
}

fn expand(word: &str) -> String {
    word.replace("SECRET-PROXY", SECRET_PROXY)
        .replace("PROXY-URL", PROXY)
        .replace("EXEMPT", EXEMPT)
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Plan {
    Named(String),
    Variables(Vec<String>),
}

impl Default for Plan {
    fn default() -> Self {
        Self::Named("none".to_owned())
    }
}

impl Plan {
    fn variables(&self) -> Vec<Variable> {
        let proxies = |url: &str, is_secret| {
            let names = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"];
            let exempt = ["no_proxy", "NO_PROXY"].map(|name| variable(name, EXEMPT, false));
            let proxies = names.map(|name| variable(name, url, is_secret));
            proxies.into_iter().chain(exempt).collect()
        };
        match self {
            Self::Named(name) => match name.as_str() {
                "none" => Vec::new(),
                "usual" => proxies(PROXY, false),
                "secret" => proxies(SECRET_PROXY, true),
                other => panic!("no plan `{other}`"),
            },
            Self::Variables(texts) => texts
                .iter()
                .map(|text| {
                    let (name, value) = text.split_once('=').unwrap();
                    variable(name.trim_start_matches('!'), value, name.starts_with('!'))
                })
                .collect(),
        }
    }
}

fn variable(name: &str, value: &str, is_secret: bool) -> Variable {
    Variable {
        name: name.to_owned(),
        value: value.to_owned(),
        is_secret,
    }
}

impl Case {
    fn host(&self) -> Host {
        let engine = Engine::named(&self.engine).unwrap();
        let file = self.file.as_deref();
        Host {
            environment: self.host.clone(),
            environment_files: file
                .map(|text| parse_environment_file(text).unwrap())
                .into_iter()
                .collect(),
            docker_proxies: self.docker_proxies.clone(),
            image_environment: self.image_environment.clone(),
            ..Host::of(Installation {
                version: self.version.as_deref().and_then(Version::parse),
                is_desktop: self.desktop,
                ..Installation::of(engine)
            })
        }
    }

    fn plan(&self) -> NetworkPlan {
        NetworkPlan {
            labels: Vec::new(),
            settles_proxies: true,
            variables: self.plan.variables(),
            mounts: self.mounts_planned.iter().map(|text| mount(text)).collect(),
            add_hosts: self.hosts_planned.iter().map(|text| host(text)).collect(),
            warnings: Vec::new(),
        }
    }

    fn secrets(&self) -> Secrets {
        match self.secrets.as_deref() {
            None | Some("by-name") => Secrets::ByName,
            Some("shown") => Secrets::Shown,
            Some(path) => Secrets::File(path.to_owned()),
        }
    }
}

fn mount(text: &str) -> Mount {
    let (source, target) = text.split_once(':').unwrap();
    Mount {
        source: source.to_owned(),
        target: target.to_owned(),
        is_read_only: true,
        is_relabeled: false,
    }
}

fn host(text: &str) -> AddedHost {
    let (name, address) = text.split_once(':').unwrap();
    AddedHost {
        name: name.to_owned(),
        address: address.to_owned(),
    }
}

/// Collects what differs, so that one run tells of all of it.
#[derive(Default)]
struct Differences(String);

impl Differences {
    fn compare<T: std::fmt::Debug + PartialEq>(&mut self, what: &str, is: T, wanted: Option<T>) {
        if let Some(wanted) = wanted
            && is != wanted
        {
            writeln!(self.0, "  {what}\n    is     {is:?}\n    wanted {wanted:?}").unwrap();
        }
    }
}

fn check(case: &Case) -> String {
    let mut differences = Differences::default();
    let host = case.host();
    let words: Vec<OsString> = case.words.list().iter().map(OsString::from).collect();
    let extra: Vec<_> = case
        .extra
        .iter()
        .map(|text| ExtraOption::parse(text).unwrap())
        .collect();
    match parse(&words, host.installation.engine, &extra) {
        Err(fault) => {
            let hints: Vec<_> = fault.hints().iter().map(ToString::to_string).collect();
            differences.compare("fault", Some(fault.to_string()), Some(case.fault.clone()));
            differences.compare("hint", hints.first().cloned(), case.hint.clone().map(Some));
        }
        Ok(command) => {
            differences.compare("fault", None, Some(case.fault.clone()));
            check_views(case, &command, &mut differences);
            let compiled = compile(&command, &case.plan(), &host, &case.secrets());
            check_compiled(case, &command, &compiled, &mut differences);
        }
    }
    differences.0
}

fn check_views(case: &Case, command: &RunCommand, differences: &mut Differences) {
    let lossy = |word: &std::ffi::OsStr| word.to_string_lossy().into_owned();
    let lossy_all =
        |words: &[OsString]| -> Vec<String> { words.iter().map(|word| lossy(word)).collect() };
    let wanted = |words: &Option<Words>| words.as_ref().map(Words::list);
    differences.compare("image", lossy(command.image()), case.image.clone());
    differences.compare(
        "arguments",
        lossy_all(command.arguments()),
        wanted(&case.arguments),
    );
    let variables = command
        .environment()
        .into_iter()
        .map(|variable| match variable.value {
            Some(value) => format!("{}={}", variable.name, value.to_string_lossy()),
            None => variable.name,
        });
    differences.compare(
        "environment",
        variables.collect(),
        wanted(&case.environment),
    );
    let files = command
        .environment_files()
        .into_iter()
        .map(|file| file.display().to_string());
    differences.compare("files", files.collect(), wanted(&case.files));
    let mounts = command.mounts().into_iter().map(|mount| {
        let source = mount.source.unwrap_or_default();
        let access = if mount.is_read_only { "ro" } else { "rw" };
        format!("{} {source}:{} {access}", mount.kind, mount.target)
    });
    differences.compare("mounts", mounts.collect(), case.mounts.clone());
    differences.compare("network", shown(&command.network()), case.network.clone());
    let hosts = command
        .added_hosts()
        .into_iter()
        .map(|host| format!("{}:{}", host.name, host.address));
    differences.compare("hosts", hosts.collect(), wanted(&case.hosts));
    differences.compare("links", command.links(), wanted(&case.links));
    let entrypoint = command.entrypoint().map(lossy);
    differences.compare("entrypoint", entrypoint, case.entrypoint.clone().map(Some));
    let flags = [
        (command.is_interactive(), 'i'),
        (command.has_terminal(), 't'),
        (command.is_detached(), 'd'),
        (command.is_removed(), 'r'),
    ];
    let flags = flags
        .into_iter()
        .filter(|(is_set, _)| *is_set)
        .map(|(_, letter)| letter);
    differences.compare("flags", flags.collect(), case.flags.clone());
}

fn shown(network: &NetworkMode) -> String {
    match network {
        NetworkMode::Default => "default".to_owned(),
        NetworkMode::Host => "host".to_owned(),
        NetworkMode::None => "none".to_owned(),
        NetworkMode::Pod => "pod".to_owned(),
        NetworkMode::Container(name) => format!("of {name}"),
        NetworkMode::Named(names) => names.join(" "),
    }
}

fn check_compiled(
    case: &Case,
    command: &RunCommand,
    compiled: &Compiled,
    differences: &mut Differences,
) {
    let text = |word: &OsString| word.to_string_lossy().into_owned();
    let start = 2 + command.option_words().len();
    let end = compiled.argv.len() - command.words_behind_options().len();
    let added = compiled.argv[start..end]
        .iter()
        .map(|word| text(&word.text));
    let wanted = case.adds.as_ref().map(Words::list);
    differences.compare("adds", added.collect::<Vec<_>>(), wanted);
    let user_words = compiled.argv.iter().filter(|word| !word.is_added);
    let user_words: Vec<_> = user_words.map(|word| word.text.clone()).collect();
    differences.compare("user's words", user_words.as_slice(), Some(command.words()));
    let client = compiled
        .client_environment()
        .map(|(name, value)| format!("{name}={value}"));
    differences.compare(
        "client",
        client.collect(),
        case.client.as_ref().map(Words::list),
    );
    let file = compiled.secret_file.as_ref().map(|file| file.text.clone());
    let wanted = case.secret_file.as_deref().map(expand).map(Some);
    differences.compare("secret file", file, wanted);
    let warnings = compiled.warnings.iter().map(ToString::to_string);
    let wanted = case.warnings.clone().unwrap_or_default();
    differences.compare("warnings", warnings.collect(), Some(wanted));
}

#[test]
fn every_case_comes_out_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut report = String::new();
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        #[expect(
            clippy::disallowed_methods,
            reason = "this crate knows no other that reads"
        )]
        let text = std::fs::read_to_string(&path).unwrap();
        let cases: Cases =
            toml::from_str(&text).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        for case in cases.case {
            count += 1;
            let differences = check(&case);
            if !differences.is_empty() {
                let file = path.file_name().unwrap().display();
                writeln!(report, "{file}: {}\n{differences}", case.name).unwrap();
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
    println!("{count} cases");
}
