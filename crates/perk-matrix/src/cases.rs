//! What is tried with a program.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use perk_network::program::{Form, Order, Program};
use serde::Deserialize;

use crate::world::TrustFiles;

const TEXT: &str = include_str!("cases.toml");
const PROXY: &str = "http://proxy.test:3128";

/// One run of a program, and what it is to show.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) url: String,
    pub(crate) set: BTreeMap<String, String>,
    pub(crate) trial: Trial,
}

/// What a run is to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trial {
    /// Which way the program takes with these variables.
    Way,
    /// Whether it understands a form of an exemption.
    Exemption(Form),
    /// What it does with a form of the address of a proxy.
    Address(Field),
    /// Whether it trusts what the system trusts.
    TrustsSystem,
    /// Whether it trusts what a variable names.
    Reads(String),
    /// Whether it still trusts what the system trusts when a variable names something else.
    Keeps(String),
}

/// A form of the address of a proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Field {
    Credentials,
    UserOnly,
    Socks5,
    Socks5h,
    OverTls,
    /// The same for a server of HTTPS. Here programs differ in how they fail, which the table does
    /// not tell apart.
    TunnelOverTls,
    Ipv6,
    Port,
    UpperScheme,
    Blanks,
    Quotes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    variables: Vec<WayCase>,
    exemptions: Vec<ExemptionCase>,
    addresses: Vec<AddressCase>,
    trust: TrustCases,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WayCase {
    name: String,
    url: String,
    set: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExemptionCase {
    form: Form,
    list: String,
    url: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AddressCase {
    field: Field,
    value: String,
    url: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TrustCases {
    url: String,
    system_url: String,
    always: Vec<String>,
}

/// What the cases of trust name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trusted<'t> {
    /// What the system trusts.
    pub(crate) system: &'t TrustFiles,
    /// What it does not.
    pub(crate) company: &'t TrustFiles,
}

/// Returns what is tried with a program: all of which the table says something.
pub(crate) fn cases(program: &Program, trusted: Trusted<'_>) -> Result<Vec<Case>> {
    let file: File = toml::from_str(TEXT).context("failed to read the cases")?;
    let mut cases = Vec::new();
    if program.variables.is_some() || program.reads_nothing || program.java {
        let relevant = |case: &WayCase| program.java || !case.set.contains_key("JAVA_TOOL_OPTIONS");
        let of_ways = file.variables.into_iter().filter(relevant);
        cases.extend(of_ways.map(WayCase::into_case));
    }
    if program.exemptions.is_some() {
        cases.extend(file.exemptions.into_iter().map(ExemptionCase::into_case));
    }
    if program.address.is_some() {
        let of_addresses = file.addresses.into_iter();
        cases.extend(of_addresses.map(|case| case.into_case(trusted.system)));
    }
    cases.extend(trust_cases(&file.trust, program, trusted));
    Ok(cases)
}

impl WayCase {
    fn into_case(self) -> Case {
        Case {
            name: self.name,
            url: self.url,
            set: self.set,
            trial: Trial::Way,
        }
    }
}

impl ExemptionCase {
    fn into_case(self) -> Case {
        let mut set = both_spellings("http_proxy", PROXY);
        if !self.list.is_empty() {
            set.extend(both_spellings("no_proxy", &self.list));
        }
        Case {
            name: format!("exemption {:?}", self.form),
            url: self.url,
            set,
            trial: Trial::Exemption(self.form),
        }
    }
}

impl AddressCase {
    fn into_case(self, trusted: &TrustFiles) -> Case {
        let url = self.url.as_deref().unwrap_or("http://internet.test/");
        let mut set = both_spellings("http_proxy", &self.value);
        set.extend(both_spellings("https_proxy", &self.value));
        if matches!(self.field, Field::OverTls | Field::TunnelOverTls) {
            set.extend(trusted.all_variables());
        }
        Case {
            name: format!("address {:?}", self.field),
            url: url.to_owned(),
            set,
            trial: Trial::Address(self.field),
        }
    }
}

fn both_spellings(name: &str, value: &str) -> BTreeMap<String, String> {
    let names = [name.to_owned(), name.to_ascii_uppercase()];
    names.map(|name| (name, value.to_owned())).into()
}

fn trust_cases(cases: &TrustCases, program: &Program, trusted: Trusted<'_>) -> Vec<Case> {
    let Some(certificates) = &program.certificates else {
        return Vec::new();
    };
    let case = |name: &str, url: &str, variable: Option<&str>, trial| Case {
        name: name.to_owned(),
        url: url.to_owned(),
        set: variable
            .map(|name| (name.to_owned(), trusted.company.value_of(name)))
            .into_iter()
            .collect(),
        trial,
    };
    let mut found = vec![case(
        "trusts the system",
        &cases.system_url,
        None,
        Trial::TrustsSystem,
    )];
    let known = certificates.variables.iter().map(|known| &known.name);
    let mut names: Vec<&String> = known.clone().collect();
    names.extend(
        cases
            .always
            .iter()
            .filter(|name| !known.clone().any(|known| known == *name)),
    );
    for name in names {
        let reads = Trial::Reads(name.clone());
        found.push(case(
            &format!("reads {name}"),
            &cases.url,
            Some(name),
            reads,
        ));
    }
    // What a program brings along cannot be tried: nobody here has a certificate of it.
    for name in known.filter(|_| certificates.system) {
        let keeps = Trial::Keeps(name.clone());
        let title = format!("trusts the system besides {name}");
        found.push(case(&title, &cases.system_url, Some(name), keeps));
    }
    found
}

/// Returns whether a program looks for exemptions at all.
pub(crate) fn has_exemptions(program: &Program) -> bool {
    let variables = program.variables.as_ref();
    variables.is_some_and(|variables| variables.no_proxy != Order::None)
}
