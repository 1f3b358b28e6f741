//! The variables that name the certificates, one for each kind of program.

use crate::Secret;
use crate::variables::{Mode, Origin, Variable};

/// The variables that the known programs read. What has none, such as aria2, needs the bundle at
/// the path of its system.
const NAMES: [&str; 11] = [
    "SSL_CERT_FILE",
    "CURL_CA_BUNDLE",
    "REQUESTS_CA_BUNDLE",
    "PIP_CERT",
    "AWS_CA_BUNDLE",
    "NODE_EXTRA_CA_CERTS",
    "GIT_SSL_CAINFO",
    "CARGO_HTTP_CAINFO",
    "npm_config_cafile",
    "PERL_LWP_SSL_CA_FILE",
    "HTTPS_CA_FILE",
];

/// Where the files are in the container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paths<'a> {
    /// The bundle.
    pub bundle: &'a str,
    /// The trust store of Java, if there is one.
    pub trust_store: Option<&'a str>,
    /// The settings of wget, which has no variable for certificates, if they are there.
    pub wgetrc: Option<&'a str>,
}

/// Returns the variables that name the files.
pub fn variables(paths: Paths<'_>) -> Vec<Variable> {
    let variable = |name: &str, value: String, mode| Variable {
        name: name.to_owned(),
        value: Secret::new(value),
        is_secret: false,
        mode,
        origin: Origin::Certificates,
    };
    let names = NAMES.iter();
    let mut variables: Vec<_> = names
        .map(|name| variable(name, paths.bundle.to_owned(), Mode::IfUnset))
        .collect();
    let wgetrc = paths.wgetrc.map(str::to_owned);
    variables.extend(wgetrc.map(|path| variable("WGETRC", path, Mode::IfUnset)));
    variables.extend(
        paths
            .trust_store
            .map(|path| variable("JAVA_TOOL_OPTIONS", java_option(path), Mode::Append)),
    );
    variables
}

/// Returns the options of Java that name a trust store.
pub fn java_option(path: &str) -> String {
    format!("-Djavax.net.ssl.trustStore={path} -Djavax.net.ssl.trustStoreType=PKCS12")
}

/// Returns the settings of wget that name a bundle. They are read in place of the user's own.
pub fn wgetrc(bundle: &str) -> String {
    format!("ca_certificate = {bundle}\n")
}
