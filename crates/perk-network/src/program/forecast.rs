//! What a program will do with the variables that a container gets.

use serde::Serialize;

use super::certificates::{Trust, trust};
use super::exemptions::{Exemption, exemptions};
use super::table::Program;
use super::warning::Warning;
use super::way::{Way, way};

/// What a program will do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Forecast {
    /// The program, with its version.
    pub title: &'static str,
    /// How it reaches `http:`.
    pub http: Way,
    /// How it reaches `https:`.
    pub https: Way,
    /// What it makes of the list of exemptions, if it uses a proxy.
    pub exemptions: Vec<Exemption>,
    /// Which certificates it trusts.
    pub trust: Trust,
    /// Where it still goes wrong.
    pub warnings: Vec<Warning>,
}

/// Says what a program will do with variables, whose values are asked for by their names.
pub fn forecast(program: &'static Program, variable: &dyn Fn(&str) -> Option<String>) -> Forecast {
    let mut warnings = Vec::new();
    let http = way(program, false, variable, &mut warnings);
    let https = way(program, true, variable, &mut warnings);
    let is_proxied = |way: &Way| matches!(way, Way::Proxy { .. });
    let exemptions = if is_proxied(&http) || is_proxied(&https) {
        exemptions(program, variable, &mut warnings)
    } else {
        Vec::new()
    };
    Forecast {
        title: &program.title,
        http,
        https,
        exemptions,
        trust: trust(program, variable),
        warnings,
    }
}
