//! Why a command is as it is, as a JSON document.

use perk_network::program::{Forecast, Trust, Way};
use perk_network::{BeatenValue, ExplainedValue, MASK};
use perk_process::without_credentials;
use schemars::JsonSchema;
use serde::Serialize;

use super::command::source;
use crate::commands::{NotAsked, Shown, UsedPreset};
use crate::render::SCHEMA_VERSION;

/// Where the settings of a container are from.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ExplainDocument {
    /// Version of this document's form.
    schema_version: u32,
    /// The place that counts, if any does.
    pub(super) winner: Option<String>,
    /// The values that were found, each with what it beat.
    pub(super) values: Vec<ValueEntry>,
    /// The places that do not count.
    pub(super) losers: Vec<LoserEntry>,
    /// What the engine said when it was asked.
    pub(super) engine: Vec<String>,
    /// The variables that the container gets.
    pub(super) environment: Vec<SetEntry>,
    /// What the preset wrote, if one was named.
    pub(super) preset: Option<PresetEntry>,
    /// What programs will do.
    pub(super) programs: Vec<ProgramEntry>,
    /// What one should know.
    pub(super) warnings: Vec<String>,
}

/// A value that was found.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ValueEntry {
    /// The variable for it.
    pub(super) name: String,
    /// The value, without a password; none where the place that counts has none.
    pub(super) value: Option<String>,
    /// Where it stands.
    pub(super) places: Vec<String>,
    /// The values of other places.
    pub(super) beaten: Vec<BeatenEntry>,
}

/// A value that does not count.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BeatenEntry {
    /// The place.
    pub(super) source: String,
    /// The value, without a password.
    pub(super) value: String,
    /// Where it stands.
    pub(super) places: Vec<String>,
    /// Why it does not count.
    pub(super) reason: String,
}

/// A place that does not count.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LoserEntry {
    /// The place.
    pub(super) source: String,
    /// Why it does not count.
    pub(super) reason: String,
}

/// A variable of the container.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SetEntry {
    /// The name.
    pub(super) name: String,
    /// The value; `***` in place of one with a password.
    pub(super) value: String,
    /// Where the value is from.
    pub(super) source: String,
}

/// The words of a preset.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PresetEntry {
    /// Its name.
    pub(super) name: String,
    /// Where it is written.
    pub(super) source: String,
    /// The words that are its own, those of an image and a command last.
    pub(super) words: Vec<String>,
}

/// What a program will do.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ProgramEntry {
    /// The program, with its version.
    pub(super) title: String,
    /// How it reaches `http:`.
    pub(super) http: WayEntry,
    /// How it reaches `https:`.
    pub(super) https: WayEntry,
    /// What it makes of each exemption.
    pub(super) exemptions: Vec<ExemptionEntry>,
    /// Which certificates it trusts.
    pub(super) trust: TrustEntry,
    /// Where it still goes wrong.
    pub(super) warnings: Vec<String>,
}

/// The way of a program to a host.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct WayEntry {
    /// `proxy`, `direct`, `fails` or `unknown`.
    kind: &'static str,
    /// The way, in words.
    pub(super) text: String,
}

/// What a program trusts.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TrustEntry {
    /// `bundle`, `system`, `own` or `unknown`.
    kind: &'static str,
    /// The same, in words.
    pub(super) text: String,
}

/// An entry of the list of exemptions.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ExemptionEntry {
    /// The entry.
    pub(super) entry: String,
    /// How far it reaches, in words.
    pub(super) reach: String,
}

impl ExplainDocument {
    pub(crate) fn new(shown: &Shown, forecasts: &[Forecast]) -> Self {
        let explanation = shown.looked.choice.explain();
        let losers = explanation.losers.into_iter().map(|loser| LoserEntry {
            source: loser.source.to_string(),
            reason: loser.reason,
        });
        let not_asked = shown.looked.not_asked.iter().copied().map(not_asked);
        let unreadable = shown.looked.unreadable.iter().map(ToString::to_string);
        let settings = shown.compiled.environment.iter();
        Self {
            schema_version: SCHEMA_VERSION,
            winner: explanation.winner.map(|winner| winner.to_string()),
            values: explanation.values.into_iter().map(value).collect(),
            losers: losers.chain(not_asked).collect(),
            engine: shown.known.said.clone(),
            environment: settings
                .map(|setting| SetEntry {
                    name: setting.name.clone(),
                    value: if setting.is_secret {
                        MASK.to_owned()
                    } else {
                        setting.value.clone()
                    },
                    source: source(setting, shown),
                })
                .collect(),
            preset: shown.preset.as_ref().map(preset),
            programs: forecasts.iter().map(program).collect(),
            warnings: shown.warnings.iter().cloned().chain(unreadable).collect(),
        }
    }
}

fn not_asked(place: NotAsked) -> LoserEntry {
    LoserEntry {
        source: place.source.to_string(),
        reason: format!(
            "it was not asked, as a program would have to be started and {} settles it",
            place.settled_by
        ),
    }
}

fn value(value: ExplainedValue) -> ValueEntry {
    let beaten = |beaten: BeatenValue| BeatenEntry {
        source: beaten.source.to_string(),
        value: beaten.value,
        places: beaten.places,
        reason: beaten.reason,
    };
    ValueEntry {
        name: value.field.to_string(),
        value: value.value,
        places: value.places,
        beaten: value.beaten.into_iter().map(beaten).collect(),
    }
}

fn preset(preset: &UsedPreset) -> PresetEntry {
    let words = preset.words.iter().map(|word| word.to_string_lossy());
    PresetEntry {
        name: preset.name.clone(),
        source: preset.place.clone(),
        words: words
            .map(|word| without_credentials(&word).into_owned())
            .collect(),
    }
}

fn program(forecast: &Forecast) -> ProgramEntry {
    let exemptions = forecast.exemptions.iter().map(|exemption| ExemptionEntry {
        entry: exemption.entry.clone(),
        reach: exemption.reach.to_string(),
    });
    ProgramEntry {
        title: forecast.title.to_owned(),
        http: way(&forecast.http),
        https: way(&forecast.https),
        exemptions: exemptions.collect(),
        trust: trust(&forecast.trust),
        warnings: forecast.warnings.iter().map(ToString::to_string).collect(),
    }
}

fn way(way: &Way) -> WayEntry {
    WayEntry {
        kind: match way {
            Way::Proxy { .. } => "proxy",
            Way::Direct { .. } => "direct",
            Way::Fails { .. } => "fails",
            Way::Unknown => "unknown",
        },
        text: way.to_string(),
    }
}

fn trust(trust: &Trust) -> TrustEntry {
    TrustEntry {
        kind: match trust {
            Trust::Bundle { .. } => "bundle",
            Trust::System { .. } => "system",
            Trust::Own { .. } => "own",
            Trust::Unknown => "unknown",
        },
        text: trust.to_string(),
    }
}
