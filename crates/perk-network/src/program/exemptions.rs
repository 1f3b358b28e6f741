//! What a program makes of a list of exemptions.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};

use serde::Serialize;

use super::table::{Empty, ExemptionRules, Form, Order, Program};
use super::warning::Warning;
use super::way::{Lookup, Read, read};

/// An entry of the list, and how far it reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exemption {
    /// The entry as it is written; a name stands for both `x` and `.x`.
    pub entry: String,
    /// What the program makes of it.
    pub reach: Reach,
}

/// How far an exemption reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// As far as it should.
    Full,
    /// The name itself, but not what is below it.
    NameOnly,
    /// What is below the name, but not the name itself.
    BelowOnly,
    /// Nowhere: what it names is behind the proxy.
    Ignored,
    /// It makes the program fail.
    Fails,
}

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full => "direct",
            Self::NameOnly => "direct, but not what is below it",
            Self::BelowOnly => "behind the proxy, but what is below it is direct",
            Self::Ignored => "not understood: behind the proxy",
            Self::Fails => "makes it fail",
        })
    }
}

/// Returns what a program makes of each entry of the list that it reads.
pub(super) fn exemptions(
    program: &Program,
    lookup: Lookup<'_>,
    warnings: &mut Vec<Warning>,
) -> Vec<Exemption> {
    let Some(variables) = &program.variables else {
        return Vec::new();
    };
    if variables.no_proxy == Order::None {
        warnings.push(Warning::NoExemptions);
        return Vec::new();
    }
    let Some(rules) = &program.exemptions else {
        warnings.push(Warning::ExemptionsUnknown);
        return Vec::new();
    };
    match read("no_proxy", variables.no_proxy, Empty::Direct, lookup) {
        Read::Value { value, .. } => of_list(rules, &value, warnings),
        Read::Empty(_) => Vec::new(),
        Read::Nothing => {
            if lookup("NO_PROXY").is_some() || lookup("no_proxy").is_some() {
                warnings.push(Warning::UnreadList);
            }
            Vec::new()
        }
    }
}

fn of_list(rules: &ExemptionRules, list: &str, warnings: &mut Vec<Warning>) -> Vec<Exemption> {
    let understands = |form| rules.understands.contains(&form);
    let is_separated = list.split(',').all(|word| !word.trim().contains(' '));
    let has_blanks = list.trim().contains(' ');
    if (has_blanks && is_separated && !understands(Form::BlanksAfterCommas))
        || (!is_separated && !understands(Form::BlanksOnly))
    {
        warnings.push(Warning::Blanks);
    }
    if list.bytes().any(|byte| byte.is_ascii_uppercase()) && !understands(Form::UpperCase) {
        warnings.push(Warning::UpperCase);
    }
    let words: Vec<&str> = list
        .split([',', ' '])
        .filter(|word| !word.is_empty())
        .collect();
    let is_name = |word: &&str| matches!(form(word, words.len()), Written::Bare);
    if words.iter().any(is_name) && understands(Form::BareSuffix) {
        warnings.push(Warning::SuffixToo);
    }
    let mut found: Vec<Exemption> = Vec::new();
    for word in &words {
        let entry = word.strip_prefix('.').unwrap_or(word).to_owned();
        if !found.iter().any(|known| known.entry == entry) {
            let reach = reach(rules, &words, word);
            found.push(Exemption { entry, reach });
        }
    }
    found
}

/// How an entry is written.
enum Written {
    Bare,
    Dotted,
    Other(Form),
}

fn form(word: &str, count: usize) -> Written {
    let form = match word {
        "*" if count == 1 => Form::Star,
        "*" => Form::StarAmongOthers,
        word if word.starts_with('[') => Form::Ipv6Brackets,
        word if word.ends_with(".*") => Form::Ipv4Pattern,
        word if word.contains('*') => Form::StarDomain,
        word if word.contains('/') && word.contains(':') => Form::Ipv6Network,
        word if word.contains('/') => Form::Ipv4Network,
        word if word.parse::<Ipv4Addr>().is_ok() => Form::Ipv4Address,
        word if word.parse::<IpAddr>().is_ok() => Form::Ipv6Address,
        word if word.contains(':') => Form::NameWithPort,
        word if word.starts_with('.') => return Written::Dotted,
        _ => return Written::Bare,
    };
    Written::Other(form)
}

fn reach(rules: &ExemptionRules, words: &[&str], word: &str) -> Reach {
    let understands = |form| rules.understands.contains(&form);
    let name = word.strip_prefix('.').unwrap_or(word);
    match form(word, words.len()) {
        Written::Other(form) if rules.fails.contains(&form) => Reach::Fails,
        Written::Other(form) if understands(form) => Reach::Full,
        Written::Other(_) => Reach::Ignored,
        Written::Bare | Written::Dotted => {
            let is_bare = words.contains(&name);
            let is_dotted = words
                .iter()
                .any(|word| word.strip_prefix('.') == Some(name));
            let below = (is_bare && understands(Form::BareSubdomain))
                || (is_dotted && understands(Form::DotSubdomain));
            let itself = is_bare || understands(Form::DotApex);
            match (itself, below) {
                (true, true) => Reach::Full,
                // What is below `localhost` is of no interest.
                (true, false) if name == "localhost" => Reach::Full,
                (true, false) => Reach::NameOnly,
                (false, true) => Reach::BelowOnly,
                (false, false) => Reach::Ignored,
            }
        }
    }
}
