//! Which variables are added, and to which values.
//!
//! A variable that the user set stays. The two spellings of a proxy variable are one: whoever sets
//! the one has set the other. What nobody set comes from the plan, and what the engine would add
//! beyond the plan is kept out.

use crate::compile::compiled::{Setting, SettingReason, Transport};
use crate::compile::given::{ByHand, From, Given, Stop};
use crate::compile::{PROXY_VARIABLES, Warning};
use crate::engine::Engine;
use crate::network_plan::{Host, NetworkPlan, Variable};

/// Variables to which values are added, in place of being set.
const JOINED: &[&str] = &["JAVA_TOOL_OPTIONS"];

/// What is added to the environment.
pub(super) struct Added {
    pub(super) settings: Vec<Setting>,
    /// Whether podman has to be told to pass nothing.
    pub(super) stops_passing: bool,
    pub(super) warnings: Vec<Warning>,
}

/// Returns what is added to the environment of the container.
pub(super) fn added(engine: Engine, given: &Given, plan: &NetworkPlan, host: &Host) -> Added {
    let mut settling = Settling {
        engine,
        given,
        plan,
        host,
        added: Added {
            settings: Vec::new(),
            stops_passing: false,
            warnings: Vec::new(),
        },
    };
    for (lower, upper) in PROXY_VARIABLES {
        settling.settle_proxy(lower, upper);
    }
    for variable in plan
        .variables
        .iter()
        .filter(|variable| !is_proxy(&variable.name))
    {
        settling.settle_other(variable);
    }
    settling.warn_of_all_proxy();
    settling.warn_of_image();
    settling.added
}

fn is_proxy(name: &str) -> bool {
    PROXY_VARIABLES
        .iter()
        .any(|(lower, upper)| [*lower, *upper].contains(&name))
}

struct Settling<'a> {
    engine: Engine,
    given: &'a Given,
    plan: &'a NetworkPlan,
    host: &'a Host,
    added: Added,
}

impl Settling<'_> {
    fn settle_proxy(&mut self, lower: &str, upper: &str) {
        let by_hand = |name: &str| self.given.by_hand.get(name).cloned();
        match (by_hand(lower), by_hand(upper)) {
            (None, None) => self.follow_plan([lower, upper]),
            (Some(given), None) => self.follow_spelling(lower, &given, upper),
            (None, Some(given)) => self.follow_spelling(upper, &given, lower),
            (Some(one), Some(other)) => {
                self.restate(lower, &one);
                self.restate(upper, &other);
                if text_of(&one) != text_of(&other) {
                    self.added.warnings.push(Warning::SpellingsDiffer {
                        lower: lower.to_owned(),
                        upper: upper.to_owned(),
                    });
                }
            }
        }
    }

    fn follow_plan(&mut self, names: [&str; 2]) {
        for name in names {
            let planned = self
                .plan
                .variables
                .iter()
                .find(|variable| variable.name == name);
            match planned {
                Some(variable) => self.set(
                    name,
                    variable.value.clone(),
                    variable.is_secret,
                    SettingReason::Network,
                ),
                None => self.keep_out(name),
            }
        }
    }

    /// Gives the other spelling what the user gave to one.
    fn follow_spelling(&mut self, given: &str, value: &ByHand, other: &str) {
        self.restate(given, value);
        match value {
            ByHand::Removed => self.keep_out(other),
            ByHand::Value { text: None, .. } => {}
            ByHand::Value {
                text: Some(text), ..
            } => {
                let reason = SettingReason::SameAs(given.to_owned());
                self.set(other, text.clone(), has_credentials(text), reason);
                self.added.warnings.push(Warning::OtherSpelling {
                    given: given.to_owned(),
                    added: other.to_owned(),
                });
            }
        }
    }

    /// Sets once more what a file of the user sets and docker's configuration would beat.
    fn restate(&mut self, name: &str, value: &ByHand) {
        let ByHand::Value {
            text: Some(text),
            from: From::File,
        } = value
        else {
            return;
        };
        let passed = self.given.passed.get(name);
        if self.engine == Engine::Docker && passed.is_some_and(|passed| passed != text) {
            let is_secret = has_credentials(text);
            self.set(name, text.clone(), is_secret, SettingReason::FromFile);
            self.added.warnings.push(Warning::FileBeaten {
                name: name.to_owned(),
            });
        }
    }

    /// Keeps the engine and the image from adding a variable.
    fn keep_out(&mut self, name: &str) {
        if self.given.passed.contains_key(name) {
            match self.given.stop {
                Stop::Never => return,
                Stop::Option => self.added.stops_passing = true,
                Stop::Emptying => {
                    let (engine, name) = (self.engine, name.to_owned());
                    self.set(&name, String::new(), false, SettingReason::Emptied);
                    self.added.warnings.push(Warning::Emptied { engine, name });
                    return;
                }
            }
        }
        let is_exemption = name.eq_ignore_ascii_case("no_proxy");
        if self.plan.settles_proxies && self.of_image(name).is_some() && !is_exemption {
            self.set(name, String::new(), false, SettingReason::Emptied);
        }
    }

    /// Returns what the image sets a variable to, unless that is nothing.
    fn of_image(&self, name: &str) -> Option<&str> {
        let value = self.host.image_environment.get(name)?;
        (!value.is_empty()).then_some(value)
    }

    /// The proxy is a matter of the place where the container runs, as docker sees it too: its own
    /// configuration beats the image. The exemptions of the image are a part of the plan.
    fn warn_of_image(&mut self) {
        let differs = |setting: &&Setting| {
            let of_image = self.of_image(&setting.name);
            of_image.is_some_and(|of_image| of_image.trim_end_matches('/') != setting.value)
        };
        let is_exemption = |name: &str| name.eq_ignore_ascii_case("no_proxy");
        let is_ours = |setting: &&Setting| {
            matches!(
                setting.reason,
                SettingReason::Network | SettingReason::Emptied
            )
        };
        let settings = self.added.settings.iter().filter(is_ours).filter(differs);
        let names = settings
            .map(|setting| setting.name.clone())
            .filter(|name| is_proxy(name) && !is_exemption(name));
        let names: Vec<_> = names.collect();
        if !names.is_empty() {
            self.added.warnings.push(Warning::ImageBeaten { names });
        }
    }

    fn settle_other(&mut self, variable: &Variable) {
        let name = &variable.name;
        let by_image = self.host.image_environment.get(name);
        let own = match self.given.by_hand.get(name) {
            None => by_image.cloned(),
            Some(ByHand::Removed) => return,
            Some(ByHand::Value { text, .. }) => match text {
                Some(text) => Some(text.clone()),
                None => return,
            },
        };
        let own = own.filter(|own| !own.is_empty());
        match own {
            None if self.given.by_hand.contains_key(name) => {}
            None => {
                let value = variable.value.clone();
                self.set(name, value, variable.is_secret, SettingReason::Network);
            }
            Some(own) if JOINED.contains(&name.as_str()) => {
                let value = joined(&own, &variable.value);
                self.set(name, value, variable.is_secret, SettingReason::Joined);
            }
            Some(_) if self.given.by_hand.contains_key(name) => {}
            Some(own) if own == variable.value => {}
            Some(_) => self
                .added
                .warnings
                .push(Warning::KeptFromImage { name: name.clone() }),
        }
    }

    fn warn_of_all_proxy(&mut self) {
        let set = |name: &str| {
            let value = self.given.by_hand.get(name)?;
            text_of(value)
                .filter(|text| !text.is_empty())
                .map(|_| name.to_owned())
        };
        let adds_special = self.added.settings.iter().any(|setting| {
            setting.reason == SettingReason::Network
                && ["http_proxy", "https_proxy"].contains(&setting.name.as_str())
        });
        if let Some(given) = set("ALL_PROXY").or_else(|| set("all_proxy"))
            && adds_special
        {
            self.added
                .warnings
                .push(Warning::AllProxyHasNoSay { given });
        }
    }

    fn set(&mut self, name: &str, value: String, is_secret: bool, reason: SettingReason) {
        self.added.settings.push(Setting {
            name: name.to_owned(),
            value,
            is_secret,
            reason,
            transport: Transport::Inline,
        });
    }
}

fn text_of(value: &ByHand) -> Option<&str> {
    match value {
        ByHand::Value { text, .. } => text.as_deref(),
        ByHand::Removed => None,
    }
}

/// Tells whether a value that the user set may have a password in it.
fn has_credentials(value: &str) -> bool {
    value.contains('@')
}

/// Adds options to the user's own, of which each one stays as it is.
fn joined(own: &str, added: &str) -> String {
    let key = |option: &str| option.split('=').next().unwrap_or_default().to_owned();
    let own_keys: Vec<_> = own.split_whitespace().map(key).collect();
    let mut value = own.trim_end().to_owned();
    for option in added.split_whitespace() {
        if !own_keys.contains(&key(option)) {
            value.push(' ');
            value.push_str(option);
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_the_user_are_neither_changed_nor_beaten() {
        let added = "-Dhttp.proxyHost=a -Dhttp.proxyPort=1";
        assert_eq!(joined("-Xmx1g", added), format!("-Xmx1g {added}"));
        assert_eq!(
            joined("-Dhttp.proxyHost=b", added),
            "-Dhttp.proxyHost=b -Dhttp.proxyPort=1"
        );
    }
}
