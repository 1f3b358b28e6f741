//! From the texts of a case to its results.

use std::collections::HashMap;

use perk_network::program::{Exemption, Reach, forecast, known, programs};
use perk_network::source::given::{self, Given, GivenKey};
use perk_network::source::{self, docker_context, pac};
use perk_network::{
    Candidate, Choice, Extra, Field, Found, Lost, NoProxy, Place, Secret, SourceFault, SourceKind,
    Variable, choose, variables,
};

use crate::case::Case;

pub(crate) fn run(case: &Case) -> Case {
    let choice = choose(candidates(case));
    let mut result = Case {
        settings: Vec::new(),
        variables: Vec::new(),
        remarks: Vec::new(),
        losers: Vec::new(),
        forecasts: Vec::new(),
        ..case.clone()
    };
    for loser in &choice.losers {
        let why = match &loser.reason {
            Lost::Faulty(SourceFault::Url { source, .. }) => format!(": {source}"),
            _ => String::new(),
        };
        let line = format!("{}: {}{why}", loser.source, loser.reason);
        result.losers.push(line);
    }
    let mut settings = None;
    if let Some((source, found)) = &choice.winner {
        result.settings.push(format!("from: {source}"));
        result.settings.extend(settings_lines(found));
        result.remarks.extend(remark_lines(found));
        settings = Some(found.settings.clone());
    } else {
        let undecided = choice
            .losers
            .iter()
            .filter_map(|loser| loser.found.as_ref());
        result.remarks.extend(undecided.flat_map(remark_lines));
    }
    if let Some(answers) = &case.pac {
        let place = Place::Key("proxy.pac".to_owned());
        let found = pac::from_pac_routes(&samples(answers)).into_found(&place);
        result.settings.extend(settings_lines(&found));
        result.remarks.extend(remark_lines(&found));
        settings = Some(found.settings);
    }
    let mut made_list = Vec::new();
    if let Some(settings) = settings {
        let made = variables(&settings, &extra(case));
        result.variables = variable_lines(&made.list);
        let remarks = made.remarks.iter().map(ToString::to_string);
        result.remarks.extend(remarks);
        made_list = made.list;
    }
    if let Some(names) = &case.programs {
        result.forecasts = forecasts(case, names, &made_list);
    }
    result
}

/// Everything about a case that may be shown.
pub(crate) fn shown(case: &Case) -> String {
    let choice: Choice = choose(candidates(case));
    let explanation = serde_json::to_string(&choice.explain()).expect("data");
    let mut shown = vec![format!("{choice:?}"), explanation];
    for loser in &choice.losers {
        shown.push(loser.reason.to_string());
    }
    if let Some((_, found)) = &choice.winner {
        let made = variables(&found.settings, &extra(case));
        shown.push(format!("{made:?}"));
        shown.extend(found.remarks.iter().map(ToString::to_string));
        shown.extend(made.remarks.iter().map(ToString::to_string));
        for program in known() {
            let forecast = forecast(program, &|name| made.value(name));
            shown.push(format!("{forecast:?}"));
        }
    }
    shown.join("\n")
}

fn forecasts(case: &Case, names: &str, made: &[Variable]) -> Vec<String> {
    let environment = pairs(case.environment.as_deref().unwrap_or(""));
    let raw = |name: &str| {
        let mut pairs = environment.iter();
        let (_, value) = pairs.find(|(known, _)| *known == name)?;
        Some((*value).to_owned())
    };
    let from_perk = |name: &str| {
        let variable = made.iter().find(|variable| variable.name == name)?;
        Some(variable.value.reveal().to_owned())
    };
    let lookup: &dyn Fn(&str) -> Option<String> = if case.raw { &raw } else { &from_perk };
    let mut lines = Vec::new();
    for name in names.split_whitespace() {
        for program in programs(name).expect("a known program") {
            let forecast = forecast(program, lookup);
            let title = forecast.title;
            if forecast.http == forecast.https {
                lines.push(format!("{title}: {}", forecast.http));
            } else {
                lines.push(format!("{title}, http: {}", forecast.http));
                lines.push(format!("{title}, https: {}", forecast.https));
            }
            let partly = |exemption: &&Exemption| exemption.reach != Reach::Full;
            for Exemption { entry, reach } in forecast.exemptions.iter().filter(partly) {
                lines.push(format!("{title}, `{entry}`: {reach}"));
            }
            let warnings = forecast.warnings.iter();
            lines.extend(warnings.map(|warning| format!("{title}: {warning}")));
            lines.push(format!("{title} trusts: {}", forecast.trust));
        }
    }
    lines
}

fn extra(case: &Case) -> Extra {
    Extra {
        exempt: NoProxy::parse(case.exempt.as_deref().unwrap_or("")).0,
        has_java: case.java,
    }
}

fn candidates(case: &Case) -> Vec<Candidate> {
    let environment = pairs(case.environment.as_deref().unwrap_or(""));
    let lookup: HashMap<&str, &str> = environment.iter().copied().collect();
    let daemon = case.daemon.as_deref();
    let daemon = daemon.unwrap_or(docker_context::DEFAULT_DAEMON);
    let mut candidates = Vec::new();
    let mut add = |source, text: &Option<String>, find: &dyn Fn(&str) -> Outcome| {
        if let Some(text) = text {
            let outcome = find(text);
            candidates.push(Candidate { source, outcome });
        }
    };
    add(SourceKind::Macos, &case.macos, &source::macos::find);
    add(SourceKind::Gnome, &case.gnome, &source::gnome::find);
    add(SourceKind::Flags, &case.flags, &|text| {
        given::find(&given(text, |key| Place::Flag(format!("--{key}"))))
    });
    add(SourceKind::Configuration, &case.configuration, &|text| {
        given::find(&given(text, |key| Place::Key(format!("network.{key}"))))
    });
    add(SourceKind::Environment, &case.environment, &|_| {
        source::environment::find(environment.iter().copied())
    });
    add(SourceKind::DockerConfig, &case.docker_config, &|text| {
        source::docker_config::find("config.json", text, daemon)
    });
    add(SourceKind::DaemonJson, &case.daemon_json, &|text| {
        source::daemon_json::find("daemon.json", text)
    });
    add(SourceKind::SystemdDropIn, &case.systemd, &|text| {
        source::systemd_drop_in::find(&files(text, "proxy.conf"))
    });
    add(SourceKind::EtcEnvironment, &case.etc_environment, &|text| {
        source::etc_environment::find("/etc/environment", text)
    });
    add(SourceKind::Apt, &case.apt, &|text| {
        source::apt::find(&files(text, "apt.conf"))
    });
    add(SourceKind::Git, &case.git, &source::git::find);
    add(SourceKind::Npm, &case.npm, &|text| {
        let variables = lookup.iter().map(|(name, value)| (*name, *value));
        source::npm::find(&files(text, ".npmrc"), variables)
    });
    candidates
}

type Outcome = Result<Option<Found>, SourceFault>;

fn pairs(text: &str) -> Vec<(&str, &str)> {
    text.split('\n')
        .filter_map(|line| line.split_once('='))
        .collect()
}

fn given(text: &str, place: impl Fn(&str) -> Place) -> Vec<Given> {
    let key = |name: &str| match name {
        "proxy" => GivenKey::Proxy,
        "http-proxy" => GivenKey::Field(Field::Http),
        "https-proxy" => GivenKey::Field(Field::Https),
        "ftp-proxy" => GivenKey::Field(Field::Ftp),
        "all-proxy" => GivenKey::Field(Field::All),
        "no-proxy" => GivenKey::Field(Field::NoProxy),
        "user" => GivenKey::User,
        "password" => GivenKey::Password,
        other => panic!("{other}"),
    };
    let given = pairs(text).into_iter().map(|(name, value)| Given {
        key: key(name),
        value: Secret::new(value),
        place: place(name),
    });
    given.collect()
}

/// Splits at lines of the form `--- path`.
fn files<'a>(text: &'a str, path: &'a str) -> Vec<(&'a str, &'a str)> {
    let Some(rest) = text.strip_prefix("--- ") else {
        return vec![(path, text)];
    };
    rest.split("\n--- ")
        .filter_map(|file| file.split_once('\n'))
        .collect()
}

/// Lines of the form `scheme host answer`.
fn samples(answers: &str) -> Vec<pac::Sample> {
    let sample = |line: &str| {
        let mut words = line.splitn(3, ' ');
        let field = match words.next()? {
            "http" => Field::Http,
            _ => Field::Https,
        };
        Some(pac::Sample {
            field,
            host: words.next()?.to_owned(),
            routes: pac::Route::parse_list(words.next().unwrap_or("")),
        })
    };
    answers.lines().filter_map(sample).collect()
}

fn settings_lines(found: &Found) -> Vec<String> {
    let settings = &found.settings;
    let places = |field| {
        let of_field = found.places.iter().filter(|(of, _)| *of == field);
        let places: Vec<String> = of_field.map(|(_, place)| place.to_string()).collect();
        if places.is_empty() {
            String::new()
        } else {
            format!(" from {}", places.join(", "))
        }
    };
    let mut lines: Vec<String> = settings
        .proxies()
        .map(|(field, proxy)| format!("{field}: {}{}", proxy.to_text().reveal(), places(field)))
        .collect();
    let list = &settings.no_proxy;
    if !list.is_empty() {
        let entries: Vec<String> = list.entries().iter().map(ToString::to_string).collect();
        let entries = if list.is_everything() {
            "*".to_owned()
        } else {
            entries.join(" ")
        };
        lines.push(format!("no_proxy: {entries}{}", places(Field::NoProxy)));
    }
    lines.extend(
        found
            .pac
            .iter()
            .map(|pac| format!("script: {}", pac.reveal())),
    );
    lines
}

fn remark_lines(found: &Found) -> Vec<String> {
    found.remarks.iter().map(ToString::to_string).collect()
}

/// One line for the two spellings of a variable, which always have one value.
fn variable_lines(list: &[Variable]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for pair in list.chunk_by(|left, right| left.name.eq_ignore_ascii_case(&right.name)) {
        assert!(pair.iter().all(|variable| variable.value == pair[0].value));
        let names: Vec<&str> = pair.iter().map(|variable| variable.name.as_str()).collect();
        let secret = if pair[0].is_secret { " (secret)" } else { "" };
        let value = pair[0].value.reveal();
        lines.push(format!("{}={value}{secret}", names.join("/")));
    }
    lines
}
