//! From what was found to what the container is given.

use std::collections::BTreeMap;

use perk_docker::command_line::RunCommand;
use perk_docker::{Host, NetworkPlan, Variable};
use perk_network::{
    Entry, Extra, Field, Found, Mode, NoProxy, Origin, SourceKind, VariableRemark, variables,
};

use super::engine::Known;
use super::loopback;
use super::machine::Machine;
use super::relay::Relays;
use super::source::Looked;

/// Where the value of each variable is from, by its name.
pub(crate) type Origins = BTreeMap<String, String>;

/// What the container is given, and why.
#[derive(Debug, Default)]
pub(super) struct Planned {
    pub(super) plan: NetworkPlan,
    pub(super) origins: Origins,
    /// What is said to those alone who want to know more.
    pub(super) details: Vec<String>,
}

/// Makes the plan of a network, without certificates.
pub(super) fn network(
    looked: &Looked,
    command: &RunCommand,
    host: &Host,
    known: &Known,
    relays: &Relays,
    machine: &Machine<'_>,
) -> Planned {
    let mut planned = Planned::default();
    let Some((source, found)) = &looked.choice.winner else {
        planned.plan.warnings = remarks_without_winner(looked);
        return planned;
    };
    planned.plan.settles_proxies = true;
    planned.plan.labels = relays.label.iter().cloned().collect();
    let moved = loopback::moved(
        &found.settings,
        &host.installation,
        &command.network(),
        relays,
        machine,
    );
    let engines = known.exemptions();
    let links = command.links().into_iter().map(|name| Entry::Domain {
        name: name.to_ascii_lowercase(),
        port: None,
    });
    let extra = Extra {
        exempt: NoProxy::of(links)
            .extended(&looked.exemptions_alone())
            .extended(&engines),
        has_java: true,
    };
    let variables = variables(&moved.settings, &extra);
    let remarks = found.remarks.iter().map(ToString::to_string);
    planned.plan.warnings.extend(remarks);
    planned.plan.warnings.extend(remarks_on_additions(looked));
    planned.plan.warnings.extend(moved.warnings);
    let name = loopback::name_in_use(&found.settings, &host.installation, &command.network());
    let name = name.filter(|name| !moved.add_hosts.contains(name));
    planned.plan.add_hosts = moved.add_hosts;
    planned.plan.add_hosts.extend(name);
    for remark in &variables.remarks {
        planned.say(remark, *source);
    }
    for variable in variables.list {
        let mut origin = origin(&variable.name, variable.origin, *source, found);
        if variable.name.eq_ignore_ascii_case("no_proxy") && !engines.is_empty() {
            origin.push_str(", and what the engine says of network and image");
        }
        planned.add(variable, &origin);
    }
    planned
}

/// Returns what is worth saying about the places if none of them names a proxy: the reason may be
/// there.
fn remarks_without_winner(looked: &Looked) -> Vec<String> {
    let found = looked.choice.losers.iter();
    let found = found.filter_map(|loser| loser.found.as_ref());
    let remarks = found.flat_map(|found| &found.remarks);
    remarks.map(ToString::to_string).collect()
}

/// Returns what is worth saying about exemptions that are in addition to those of the winner.
fn remarks_on_additions(looked: &Looked) -> Vec<String> {
    let remarks = looked.additions().flat_map(|found| &found.remarks);
    remarks.map(ToString::to_string).collect()
}

impl Planned {
    /// Values that programs are given for want of others are no news to most, nor is what perk
    /// itself was told.
    fn say(&mut self, remark: &VariableRemark, source: SourceKind) {
        let is_told = matches!(source, SourceKind::Flags | SourceKind::Configuration);
        match remark {
            VariableRemark::NoProxyAtAll if is_told => self.details.push(remark.to_string()),
            VariableRemark::Filled { .. }
            | VariableRemark::Loopback(_)
            | VariableRemark::Java(_) => self.details.push(remark.to_string()),
            _ => self.plan.warnings.push(remark.to_string()),
        }
    }

    /// Adds a variable, or its value to that of the same name.
    pub(super) fn add(&mut self, variable: perk_network::Variable, origin: &str) {
        let value = variable.value.reveal();
        let same = self
            .plan
            .variables
            .iter_mut()
            .find(|known| known.name == variable.name);
        match same {
            Some(known) if variable.mode == Mode::Append => {
                known.value = format!("{} {value}", known.value);
            }
            Some(_) => return,
            None => self.plan.variables.push(Variable {
                name: variable.name.clone(),
                value: value.to_owned(),
                is_secret: variable.is_secret,
            }),
        }
        let origins = self.origins.entry(variable.name).or_default();
        if !origins.is_empty() {
            origins.push_str(", ");
        }
        origins.push_str(origin);
    }
}

fn origin(name: &str, origin: Origin, source: SourceKind, found: &Found) -> String {
    let name = name.to_ascii_lowercase();
    let own = Field::ALL
        .into_iter()
        .find(|field| field.variable() == name);
    let field = match origin {
        Origin::Setting => own,
        Origin::From(other) => Some(other),
        Origin::Switch | Origin::Certificates => None,
    };
    let Some(field) = field else {
        return "needed by programs that read no proxy variables by themselves".to_owned();
    };
    let of_field = found.places.iter().filter(|(of, _)| *of == field);
    let places: Vec<_> = of_field.map(|(_, place)| place.to_string()).collect();
    match (places.is_empty(), origin) {
        (true, _) => source.to_string(),
        (false, Origin::From(_)) => {
            format!(
                "{source}: {}, in place of one of its own",
                places.join(", ")
            )
        }
        (false, _) => format!("{source}: {}", places.join(", ")),
    }
}
