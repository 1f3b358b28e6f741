//! How a program reaches what it is asked for: which variable it reads, and what it makes of it.

use std::fmt;

use serde::Serialize;

use super::table::{Behavior, Empty, Fallback, Order, Program};
use super::warning::Warning;
use crate::proxy::Cleaned;
use crate::{Host, ProxyUrl, Scheme};

/// Gives the value of a variable by its name.
pub(super) type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The way a program takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Way {
    /// Through a proxy.
    Proxy {
        /// The variable that names it.
        variable: String,
        /// The proxy, without credentials.
        proxy: String,
    },
    /// Without a proxy.
    Direct {
        /// Why.
        reason: String,
    },
    /// It fails.
    Fails {
        /// Why.
        reason: String,
    },
    /// It was not measured.
    Unknown,
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Proxy { variable, proxy } => write!(f, "through {proxy}, from `{variable}`"),
            Self::Direct { reason } => write!(f, "without a proxy: {reason}"),
            Self::Fails { reason } => write!(f, "fails: {reason}"),
            Self::Unknown => f.write_str("not measured"),
        }
    }
}

fn direct(reason: impl Into<String>) -> Way {
    Way::Direct {
        reason: reason.into(),
    }
}

fn fails(reason: impl Into<String>) -> Way {
    Way::Fails {
        reason: reason.into(),
    }
}

/// What a program finds when it looks for a variable in its spellings.
pub(super) enum Read {
    Value {
        name: String,
        value: String,
    },
    /// It is told to use none.
    Empty(String),
    Nothing,
}

/// Reads a variable as a program does.
pub(super) fn read(lower: &str, order: Order, empty: Empty, lookup: Lookup<'_>) -> Read {
    let upper = lower.to_ascii_uppercase();
    let value = |name: &str| lookup(name).map(|value| (name.to_owned(), value));
    let (low, up) = (value(lower), value(&upper));
    let is_empty = |found: &Option<(String, String)>| matches!(found, Some((_, value)) if value.trim().is_empty());
    let found = match order {
        Order::Lower => low,
        Order::Upper => up,
        Order::LowerFirst if is_empty(&low) && empty == Empty::Upper => up,
        // Of two values one has to be named; they are warned of.
        Order::LowerFirst | Order::Last => low.or(up),
        Order::UpperFirst if is_empty(&up) => low,
        Order::UpperFirst => up.or(low),
        Order::None => None,
    };
    match found {
        Some((name, value)) if value.trim().is_empty() => Read::Empty(name),
        Some((name, value)) => Read::Value { name, value },
        None => Read::Nothing,
    }
}

/// Returns the way for `http:` or `https:`, and what is worth saying about it.
pub(super) fn way(
    program: &Program,
    is_https: bool,
    lookup: Lookup<'_>,
    warnings: &mut Vec<Warning>,
) -> Way {
    if program.java {
        let found = of_java(is_https, lookup);
        let is_proxied = matches!(found, Way::Proxy { .. });
        if is_proxied && program.drops_credentials && has_credentials(is_https, lookup) {
            push(warnings, Warning::CredentialsDropped);
        }
        return found;
    }
    let Some(rules) = &program.variables else {
        return if program.reads_nothing {
            direct("it reads no variable of a proxy")
        } else {
            Way::Unknown
        };
    };
    if let Some(switch) = &program.switch
        && lookup(switch).as_deref() != Some("1")
    {
        return direct(format!(
            "it reads no variable of a proxy unless `{switch}` is 1"
        ));
    }
    let of = |name, order| read(name, order, rules.empty_lower, lookup);
    let http = of("http_proxy", rules.http);
    let https = of("https_proxy", rules.https);
    let mut found = if is_https {
        match (https, rules.https_from_http) {
            (Read::Nothing, Fallback::Yes) => http,
            (Read::Nothing, Fallback::Fails) if matches!(http, Read::Value { .. }) => {
                return fails("only `http_proxy` is set");
            }
            (found, _) => found,
        }
    } else if rules.https_for_both && !matches!(https, Read::Nothing) {
        https
    } else {
        http
    };
    let all = of("all_proxy", rules.all);
    if matches!(found, Read::Nothing) || (rules.all_first && !matches!(all, Read::Nothing)) {
        found = all;
    }
    match found {
        Read::Nothing => direct("it reads no variable that is set"),
        Read::Empty(name) => direct(format!("`{name}` is empty")),
        Read::Value { name, value } => {
            if rules.http == Order::Last && differ(&name, lookup) {
                push(warnings, Warning::LastCounts);
            }
            through(program, &name, &value, warnings)
        }
    }
}

/// Returns whether a variable has another value in its other spelling.
fn differ(name: &str, lookup: Lookup<'_>) -> bool {
    let (lower, upper) = (name.to_ascii_lowercase(), name.to_ascii_uppercase());
    matches!((lookup(&lower), lookup(&upper)), (Some(lower), Some(upper)) if lower != upper)
}

/// Looks for what a program cannot do with the address of a proxy.
fn through(program: &Program, variable: &str, value: &str, warnings: &mut Vec<Warning>) -> Way {
    let Ok((proxy, cleaned)) = ProxyUrl::parse(value) else {
        return fails(format!("the address in `{variable}` is none"));
    };
    let proxied = Way::Proxy {
        variable: variable.to_owned(),
        proxy: proxy.to_string(),
    };
    for (behavior, what) in trials(program, &proxy, &cleaned) {
        match behavior {
            Behavior::Works => {}
            Behavior::LocalNames => push(warnings, Warning::LocalNames),
            Behavior::RemoteNames => push(warnings, Warning::RemoteNames),
            Behavior::Fails => return fails(what),
            Behavior::Direct => return direct(what),
            Behavior::SpeaksHttp => {
                return fails(format!("{what}, and it speaks plain HTTP to it"));
            }
        }
    }
    if let Some(address) = &program.address {
        super::warning::about_credentials(address, &proxy, warnings);
        let is_without_port = |cleaned: &Cleaned| matches!(cleaned, Cleaned::PortAdded(..));
        if cleaned.iter().any(is_without_port) && proxy.scheme == Scheme::Http {
            push(warnings, Warning::Port(address.port));
        }
    }
    proxied
}

/// Returns what a program does with each form that the address has.
fn trials(
    program: &Program,
    proxy: &ProxyUrl,
    cleaned: &[Cleaned],
) -> Vec<(Behavior, &'static str)> {
    let mut trials = Vec::new();
    let has = |one: Cleaned| cleaned.contains(&one);
    if let Some(rules) = &program.variables
        && has(Cleaned::SchemeAdded)
    {
        trials.push((rules.without_scheme, "the address has no scheme"));
    }
    let Some(address) = &program.address else {
        return trials;
    };
    if has(Cleaned::Quotes) {
        trials.push((address.quotes, "the address is in quotes"));
    }
    if has(Cleaned::Blanks) {
        trials.push((address.blanks, "the address has blanks around it"));
    }
    if has(Cleaned::SchemeCase) {
        trials.push((address.upper_scheme, "the scheme is in capitals"));
    }
    if matches!(&proxy.host, Host::Address(address) if address.is_ipv6()) {
        trials.push((address.ipv6, "the proxy has an IPv6 address"));
    }
    match proxy.scheme {
        Scheme::Http => {}
        Scheme::Https => trials.push((address.over_tls, "the proxy is reached over TLS")),
        Scheme::Socks5 => trials.push((address.socks5, "the proxy is one of `socks5`")),
        Scheme::Socks5h => trials.push((address.socks5h, "the proxy is one of `socks5h`")),
    }
    trials
}

fn push(warnings: &mut Vec<Warning>, warning: Warning) {
    if !warnings.contains(&warning) {
        warnings.push(warning);
    }
}

fn of_java(is_https: bool, lookup: Lookup<'_>) -> Way {
    const NAME: &str = "JAVA_TOOL_OPTIONS";
    let options = lookup(NAME).unwrap_or_default();
    let of = |key: &str| {
        let option = format!("-D{key}=");
        let mut words = options.split_whitespace();
        words.find_map(|word| word.strip_prefix(&option).map(str::to_owned))
    };
    let scheme = if is_https { "https" } else { "http" };
    let own = of(&format!("{scheme}.proxyHost")).map(|host| {
        let port = of(&format!("{scheme}.proxyPort"));
        (
            host,
            port.unwrap_or_else(|| if is_https { "443" } else { "80" }.to_owned()),
            "http",
        )
    });
    let socks = || {
        let port = of("socksProxyPort").unwrap_or_else(|| "1080".to_owned());
        Some((of("socksProxyHost")?, port, "socks5"))
    };
    match own.or_else(socks) {
        Some((host, port, kind)) => Way::Proxy {
            variable: NAME.to_owned(),
            proxy: format!("{kind}://{host}:{port}"),
        },
        None => direct(format!("it reads `{NAME}` only, which names no proxy")),
    }
}

/// Tells whether the variables, from which the options are made, have a user for the proxy.
fn has_credentials(is_https: bool, lookup: Lookup<'_>) -> bool {
    let name = if is_https {
        "https_proxy"
    } else {
        "http_proxy"
    };
    let value = match read(name, Order::LowerFirst, Empty::Upper, lookup) {
        Read::Value { value, .. } => value,
        Read::Empty(_) | Read::Nothing => return false,
    };
    ProxyUrl::parse(&value).is_ok_and(|(proxy, _)| proxy.credentials.is_some())
}
