//! For every value of the result: where it is from, what it beat and why.
//!
//! This is data to be printed or serialized; no credentials are in it.

use serde::Serialize;

use crate::choose::{Choice, Loser};
use crate::source::{Found, SourceKind};
use crate::{Field, NoProxyRemark, Settings};

/// All values, and all places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The place that counts.
    pub winner: Option<SourceKind>,
    /// Each value that the place has or another would have given.
    pub values: Vec<ExplainedValue>,
    /// The places that do not count, and why.
    pub losers: Vec<ExplainedLoser>,
    /// What is worth saying about the place that counts.
    pub remarks: Vec<String>,
}

/// One value of the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedValue {
    /// Which value it is.
    pub field: Field,
    /// The value, without credentials. None if the place that counts has none.
    pub value: Option<String>,
    /// Where the value is from.
    pub places: Vec<String>,
    /// The values of the places that do not count.
    pub beaten: Vec<BeatenValue>,
}

/// A value of a place that does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BeatenValue {
    /// The place.
    pub source: SourceKind,
    /// Its value, without credentials.
    pub value: String,
    /// Where the value is from.
    pub places: Vec<String>,
    /// Why it does not count.
    pub reason: String,
}

/// A place that does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedLoser {
    /// The place.
    pub source: SourceKind,
    /// Why it does not count.
    pub reason: String,
}

impl Choice {
    /// Explains the choice.
    pub fn explain(&self) -> Explanation {
        let values = Field::ALL.into_iter().map(|field| self.value(field));
        let remarks = self.winner.iter().flat_map(|(_, found)| remarks(found));
        Explanation {
            winner: self.winner.as_ref().map(|(source, _)| *source),
            values: values
                .filter(|value| value.value.is_some() || !value.beaten.is_empty())
                .collect(),
            losers: self.losers.iter().map(loser).collect(),
            remarks: remarks.collect(),
        }
    }

    fn value(&self, field: Field) -> ExplainedValue {
        let found = self.winner.as_ref().map(|(_, found)| found);
        let beaten = |loser: &Loser| {
            let found = loser.found.as_ref()?;
            Some(BeatenValue {
                source: loser.source,
                value: shown(&found.settings, field)?,
                places: places(found, field),
                reason: loser.reason.to_string(),
            })
        };
        ExplainedValue {
            field,
            value: found.and_then(|found| shown(&found.settings, field)),
            places: found.map(|found| places(found, field)).unwrap_or_default(),
            beaten: self.losers.iter().filter_map(beaten).collect(),
        }
    }
}

fn shown(settings: &Settings, field: Field) -> Option<String> {
    if field == Field::NoProxy {
        let list = &settings.no_proxy;
        return (!list.is_empty()).then(|| list.to_variable().0);
    }
    settings.proxy(field).map(ToString::to_string)
}

fn places(found: &Found, field: Field) -> Vec<String> {
    let of_field = found.places.iter().filter(|(of, _)| *of == field);
    of_field.map(|(_, place)| place.to_string()).collect()
}

fn remarks(found: &Found) -> Vec<String> {
    let own = found.remarks.iter().map(ToString::to_string);
    let (_, written) = found.settings.no_proxy.to_variable();
    own.chain(written.iter().map(NoProxyRemark::to_string))
        .collect()
}

fn loser(loser: &Loser) -> ExplainedLoser {
    ExplainedLoser {
        source: loser.source,
        reason: loser.reason.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use crate::source::environment;
    use crate::{Candidate, SourceKind, choose};

    #[test]
    fn every_value_says_where_it_is_from_and_what_it_beat() {
        let candidate = |source, pairs: &[(&'static str, &'static str)]| Candidate {
            source,
            outcome: environment::find(pairs.iter().copied()),
        };
        let choice = choose(vec![
            candidate(
                SourceKind::Environment,
                &[("http_proxy", "http://jane:hunter2@a.example:1")],
            ),
            candidate(
                SourceKind::EtcEnvironment,
                &[
                    ("http_proxy", "http://joe:hunter2@b.example:2"),
                    ("no_proxy", "corp.example"),
                ],
            ),
            candidate(SourceKind::Git, &[]),
        ]);
        let text = serde_json::to_string_pretty(&choice.explain()).expect("data");
        insta::assert_snapshot!(text, @r#"
        {
          "winner": "environment",
          "values": [
            {
              "field": "http",
              "value": "http://***@a.example:1",
              "places": [
                "`http_proxy`"
              ],
              "beaten": [
                {
                  "source": "etc-environment",
                  "value": "http://***@b.example:2",
                  "places": [
                    "`http_proxy`"
                  ],
                  "reason": "it comes after the environment"
                }
              ]
            },
            {
              "field": "no-proxy",
              "value": null,
              "places": [],
              "beaten": [
                {
                  "source": "etc-environment",
                  "value": "corp.example,.corp.example,localhost,127.0.0.1,::1",
                  "places": [
                    "`no_proxy`"
                  ],
                  "reason": "it comes after the environment"
                }
              ]
            }
          ],
          "losers": [
            {
              "source": "etc-environment",
              "reason": "it comes after the environment"
            },
            {
              "source": "git",
              "reason": "it says nothing about proxies"
            }
          ],
          "remarks": []
        }
        "#);
    }
}
