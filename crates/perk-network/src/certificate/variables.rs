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

/// Returns the variables that name a bundle, and Java's trust store if there is one, by their paths
/// in the container.
pub fn variables(bundle: &str, trust_store: Option<&str>) -> Vec<Variable> {
    let variable = |name: &str, value: String, mode| Variable {
        name: name.to_owned(),
        value: Secret::new(value),
        is_secret: false,
        mode,
        origin: Origin::Certificates,
    };
    let names = NAMES.iter();
    let mut variables: Vec<_> = names
        .map(|name| variable(name, bundle.to_owned(), Mode::IfUnset))
        .collect();
    variables.extend(
        trust_store.map(|path| variable("JAVA_TOOL_OPTIONS", java_option(path), Mode::Append)),
    );
    variables
}

/// Returns the options of Java that name a trust store.
pub fn java_option(path: &str) -> String {
    format!("-Djavax.net.ssl.trustStore={path} -Djavax.net.ssl.trustStoreType=PKCS12")
}
