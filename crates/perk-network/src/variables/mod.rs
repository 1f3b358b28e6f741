//! Settings to the variables that a container gets.
//!
//! The measured matrix of programs has the reasons: some read only one spelling, so both are set to
//! one value; some do not fall back to `http_proxy` for `https:`, so `https_proxy` is set always.

mod java;

use std::fmt;

pub use java::{JavaOptions, JavaRemark, java_options};

use crate::{Field, NoProxy, NoProxyRemark, ProxyUrl, Secret, Settings};

/// A variable for a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// The name.
    pub name: String,
    /// The value, which may have a password in it.
    pub value: Secret,
    /// Whether the value has credentials in it.
    pub is_secret: bool,
    /// How it goes together with a value that the container has already.
    pub mode: Mode,
    /// Why it is set.
    pub origin: Origin,
}

/// How a variable goes together with one of the same name that the user or the image sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The value of the user stands.
    IfUnset,
    /// Both values are needed, with a blank between them.
    Append,
}

/// Why a variable is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The settings have this value.
    Setting,
    /// The settings have no such value, and that of another field stands for it.
    From(Field),
    /// A program needs it to use proxies at all.
    Switch,
    /// A program needs it to trust the certificates.
    Certificates,
}

/// What else belongs into the variables.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extra {
    /// What is exempt in addition: the networks of the engine, names of other containers.
    pub exempt: NoProxy,
    /// Whether Java's options are set, which makes Java print a line about them.
    pub has_java: bool,
}

/// Variables, and what is worth saying about them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Variables {
    /// The variables.
    pub list: Vec<Variable>,
    /// What is worth saying.
    pub remarks: Vec<VariableRemark>,
}

/// Something about the variables that their reader may not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VariableRemark {
    /// All hosts are exempt, so that no variable is set.
    NoProxyAtAll,
    /// A value stands for another that is not set.
    Filled {
        /// The field that has none.
        field: Field,
        /// The field whose value it gets.
        other: Field,
    },
    /// A field is set to nothing, so that nothing stands in for it.
    Emptied(Field),
    /// `https:` has a proxy and `http:` has none.
    OnlyHttps,
    /// A proxy of a kind that many programs do not speak.
    Socks(Field),
    /// A proxy that is itself reached over TLS, which some programs do not do.
    OverTls(Field),
    /// A proxy on the loopback, which in a container is the container.
    Loopback(Field),
    /// The list of exemptions.
    NoProxy(NoProxyRemark),
    /// Java's options.
    Java(JavaRemark),
}

impl fmt::Display for VariableRemark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoProxyAtAll => {
                f.write_str("every host is exempt: no variable of a proxy is set")
            }
            Self::Filled { field, other } => {
                write!(f, "`{field}` was set to the value of `{other}`")
            }
            Self::Emptied(field) => write!(
                f,
                "`{field}` is set to nothing and was left out: some programs use another proxy then"
            ),
            Self::OnlyHttps => f.write_str(
                "`https_proxy` is set and `http_proxy` is not: plain HTTP goes without a proxy",
            ),
            Self::Socks(field) => write!(
                f,
                "`{field}` is a SOCKS proxy, which many programs do not speak, and some pass by"
            ),
            Self::OverTls(field) => write!(
                f,
                "`{field}` is reached over TLS, which some programs cannot do: write `http://` if the \
                 proxy itself does not speak TLS"
            ),
            Self::Loopback(field) => write!(
                f,
                "`{field}` is on the loopback of this machine, which a container does not see"
            ),
            Self::NoProxy(remark) => write!(f, "`no_proxy`: {remark}"),
            Self::Java(remark) => remark.fmt(f),
        }
    }
}

/// Makes the variables of settings. Without a proxy there are none.
pub fn variables(settings: &Settings, extra: &Extra) -> Variables {
    let mut variables = Variables::default();
    if settings.no_proxy.is_everything() {
        variables.remarks.push(VariableRemark::NoProxyAtAll);
        return variables;
    }
    for (field, other, proxy) in sources(settings) {
        variables.add_proxy(field, other, proxy);
    }
    if variables.list.is_empty() {
        return variables;
    }
    let emptied = settings.emptied.iter().copied();
    variables
        .remarks
        .extend(emptied.map(VariableRemark::Emptied));
    if settings.https.is_some() && settings.http.is_none() && settings.all.is_none() {
        variables.remarks.push(VariableRemark::OnlyHttps);
    }
    let no_proxy = settings.no_proxy.extended(&extra.exempt);
    let (value, _) = no_proxy.to_variable();
    // What perk adds by itself is nothing that the user could write in another way.
    let (_, remarks) = settings.no_proxy.to_variable();
    let remarks = remarks.into_iter().map(VariableRemark::NoProxy);
    variables.remarks.extend(remarks);
    let value = Secret::new(value);
    variables.add_both(Field::NoProxy, Origin::Setting, &value, false);
    // Node reads the variables of proxies only if it is told to, since version 24.
    variables.list.push(Variable {
        name: "NODE_USE_ENV_PROXY".to_owned(),
        value: Secret::new("1"),
        is_secret: false,
        mode: Mode::IfUnset,
        origin: Origin::Switch,
    });
    if extra.has_java {
        variables.add_java(&java_options(settings, &no_proxy));
    }
    variables
}

/// Returns the fields that get a variable, with the field whose proxy it has.
fn sources(settings: &Settings) -> Vec<(Field, Field, &ProxyUrl)> {
    let candidates: [(Field, &[Field]); 4] = [
        (Field::Http, &[Field::Http, Field::All]),
        (Field::Https, &[Field::Https, Field::All, Field::Http]),
        (Field::Ftp, &[Field::Ftp]),
        (Field::All, &[Field::All]),
    ];
    let first = |(field, others): (Field, &[Field])| {
        let is_empty = settings.emptied.contains(&field);
        let mut others = others.iter().filter(|_| !is_empty);
        others.find_map(|other| Some((field, *other, settings.proxy(*other)?)))
    };
    candidates.into_iter().filter_map(first).collect()
}

impl Variables {
    /// Returns the value of a variable, with its credentials.
    pub fn value(&self, name: &str) -> Option<String> {
        let variable = self.list.iter().find(|variable| variable.name == name)?;
        Some(variable.value.reveal().to_owned())
    }

    fn add_proxy(&mut self, field: Field, other: Field, proxy: &ProxyUrl) {
        let origin = if field == other {
            self.remarks.extend(about(field, proxy));
            Origin::Setting
        } else {
            self.remarks.push(VariableRemark::Filled { field, other });
            Origin::From(other)
        };
        let is_secret = proxy.credentials.is_some();
        self.add_both(field, origin, &proxy.to_text(), is_secret);
    }

    fn add_both(&mut self, field: Field, origin: Origin, value: &Secret, is_secret: bool) {
        let lower = field.variable().to_owned();
        for name in [lower.to_ascii_uppercase(), lower] {
            self.list.push(Variable {
                name,
                value: value.clone(),
                is_secret,
                mode: Mode::IfUnset,
                origin,
            });
        }
    }

    fn add_java(&mut self, java: &JavaOptions) {
        let remarks = java.remarks.iter().cloned().map(VariableRemark::Java);
        self.remarks.extend(remarks);
        self.list.push(Variable {
            name: "JAVA_TOOL_OPTIONS".to_owned(),
            value: Secret::new(java.options.join(" ")),
            is_secret: false,
            mode: Mode::Append,
            origin: Origin::Switch,
        });
    }
}

fn about(field: Field, proxy: &ProxyUrl) -> Vec<VariableRemark> {
    let kind = match proxy.scheme {
        scheme if scheme.is_socks() => Some(VariableRemark::Socks(field)),
        crate::Scheme::Https => Some(VariableRemark::OverTls(field)),
        _ => None,
    };
    let loopback = proxy.host.is_loopback();
    kind.into_iter()
        .chain(loopback.then_some(VariableRemark::Loopback(field)))
        .collect()
}
