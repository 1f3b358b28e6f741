//! The names of findings, which scripts may rely on.

use std::fmt;

use serde::Serialize;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// A destination is not reached.
    Error,
    /// Some programs will not reach it.
    Warning,
    /// It is worth knowing.
    Note,
}

impl Severity {
    /// Returns the severity in one word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Makes the codes with their names, how bad they are, and what they mean.
macro_rules! codes {
    ($($code:ident $name:literal $severity:ident $about:literal,)*) => {
        /// What a finding is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = $about] $code,)*
        }

        impl Code {
            /// All codes.
            pub const ALL: &[Self] = &[$(Self::$code,)*];

            /// Returns the code as it is written.
            pub fn name(self) -> &'static str {
                match self { $(Self::$code => $name,)* }
            }

            /// Returns how bad it is, where nothing makes it less so.
            pub fn severity(self) -> Severity {
                match self { $(Self::$code => Severity::$severity,)* }
            }

            /// Returns what it means, in a sentence without a period.
            pub fn about(self) -> &'static str {
                match self { $(Self::$code => $about,)* }
            }
        }
    };
}

codes! {
    AuthorityKnown "authority-known" Note
        "The certificates are not those of a public authority, and perk gives what is needed to trust them",
    AuthorityUnknown "authority-unknown" Error
        "The certificates are not those of a public authority, and nobody has been told to trust them",
    CertificateExpired "certificate-expired" Error
        "A certificate has expired",
    CertificateInvalid "certificate-invalid" Error
        "Something else is wrong with a certificate",
    CertificateNotYetValid "certificate-not-yet-valid" Error
        "A certificate is not valid yet, or the clock is wrong",
    CertificateOfAnotherName "certificate-of-another-name" Error
        "The certificate is that of another name, as with a page that asks to sign in or says that something is blocked",
    CertificatesMissing "certificates-missing" Error
        "The certificates that the container was given are not there",
    DestinationRefuses "destination-refuses" Error
        "Nothing listens at the destination",
    DestinationTimesOut "destination-times-out" Error
        "Nothing comes back from the destination",
    DestinationUnreachable "destination-unreachable" Error
        "There is no way to the destination",
    ExemptNotReached "exempt-not-reached" Error
        "A destination that is exempt from the proxy is reached only through it",
    ExemptionNotUnderstood "exemption-not-understood" Note
        "Some programs do not understand an exemption, and use the proxy",
    NameServersSilent "name-servers-silent" Error
        "No server for names answers",
    NameUnknown "name-unknown" Error
        "No server knows the name of the destination",
    NameUnknownInContainer "name-unknown-in-container" Error
        "The host knows the name of the destination, and the container does not",
    NamesByProxyOnly "names-by-proxy-only" Note
        "Only the proxy knows the name of the destination, which is enough for what uses the proxy",
    NetworkOverlap "network-overlap" Error
        "The network of the container has the address of the proxy in it",
    NoNetwork "no-network" Error
        "The container is to have no network",
    NoProxySet "no-proxy-set" Error
        "No proxy is set, and the destination is not reached without one",
    NotAProxy "not-a-proxy" Error
        "What is set as the proxy is none",
    ProgramsWithoutProxy "programs-without-proxy" Note
        "Some programs do not use the proxy",
    ProxyCannotReach "proxy-cannot-reach" Error
        "The proxy does not reach the destination",
    ProxyForbids "proxy-forbids" Error
        "The proxy does not allow the destination",
    ProxyNameUnknown "proxy-name-unknown" Error
        "No server knows the name of the proxy",
    ProxyNameUnknownInContainer "proxy-name-unknown-in-container" Error
        "The host knows the name of the proxy, and the container does not",
    ProxyNotNeeded "proxy-not-needed" Note
        "The destination is reached without the proxy too",
    ProxyNotReachedFromContainer "proxy-not-reached-from-container" Error
        "The host reaches the proxy, and the container does not",
    ProxyOnLoopback "proxy-on-loopback" Error
        "The proxy listens on the loopback of this machine alone, which is not that of a container",
    ProxyRefuses "proxy-refuses" Error
        "Nothing listens where the proxy is said to be",
    ProxyRejectsCredentials "proxy-rejects-credentials" Error
        "The proxy does not take the user and the password",
    ProxySilent "proxy-silent" Error
        "The proxy takes the connection and says nothing",
    ProxySpeaksNoTls "proxy-speaks-no-tls" Error
        "The proxy is said to speak TLS and does not",
    ProxySpeaksTls "proxy-speaks-tls" Error
        "The proxy has to be spoken to with TLS",
    ProxyTimesOut "proxy-times-out" Error
        "Nothing comes back from where the proxy is said to be",
    ProxyUnreachable "proxy-unreachable" Error
        "There is no way to the proxy",
    ProxyWantsCredentials "proxy-wants-credentials" Error
        "The proxy wants a user and a password",
    ProxyWantsOtherCredentials "proxy-wants-other-credentials" Error
        "The proxy takes a sign-in such as NTLM or Negotiate only, which variables cannot express",
    PublicNotTrusted "public-not-trusted" Warning
        "The certificates that the container was given lack those of public authorities",
    TlsBroken "tls-broken" Error
        "The connection breaks before certificates come",
    VariablesMissing "variables-missing" Error
        "The container did not get the variables that it was given",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_in_order() {
        assert!(Code::ALL.is_sorted_by_key(|code| code.name()));
    }
}
