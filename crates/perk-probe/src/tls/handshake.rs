//! A handshake that goes on whatever the certificates are, since they are what is asked for.

use std::io::{self, ErrorKind};
use std::sync::Arc;

use perk_network::Host;
use perk_network::certificate::Certificate;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, Error, StreamOwned};

use super::verifier::{Roots, Seen, Verifier, provider};
use crate::connection::{Connection, silence};
use crate::{ChainLink, Outcome, Silence, TlsAnswer};

/// What TLS brought to light, and the stream on top of which one can go on.
pub(crate) struct Layered {
    pub(crate) outcome: Outcome,
    pub(crate) connection: Option<Connection>,
}

/// Speaks TLS with a machine, and says what its certificates are worth.
pub(crate) fn speak(mut connection: Connection, host: &Host, roots: &Roots) -> Layered {
    let verifier = Arc::new(Verifier::default());
    let mut client = match client(host, &verifier) {
        Ok(client) => client,
        Err(error) => return failed(garbled(&error)),
    };
    let ended = complete(&mut client, &mut connection);
    let seen = verifier.seen();
    // Whoever has sent certificates has said what there is to know. What went wrong after that,
    // such as a certificate that is asked of the client, is between the server and programs.
    let outcome = match (seen, &ended) {
        (Some(seen), _) => Outcome::Tls(answer(&seen, host, roots)),
        (None, Err(error)) => Outcome::Silent {
            reason: reason(error),
        },
        (None, Ok(())) => Outcome::Silent {
            reason: Silence::Closed,
        },
    };
    let connection = ended
        .is_ok()
        .then(|| connection.layered(|stream| Box::new(StreamOwned::new(client, stream))));
    Layered {
        outcome,
        connection,
    }
}

fn failed(reason: Silence) -> Layered {
    Layered {
        outcome: Outcome::Silent { reason },
        connection: None,
    }
}

fn client(host: &Host, verifier: &Arc<Verifier>) -> Result<ClientConnection, Error> {
    let config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(verifier) as _)
        .with_no_client_auth();
    ClientConnection::new(Arc::new(config), server_name(host)?)
}

/// Returns a machine as certificates name it.
pub(super) fn server_name(host: &Host) -> Result<ServerName<'static>, Error> {
    let name = match host {
        Host::Address(address) => Ok(ServerName::IpAddress((*address).into())),
        Host::Name(name) => ServerName::try_from(name.clone()),
    };
    name.map_err(|_| Error::General("the name cannot be in a certificate".to_owned()))
}

fn complete(client: &mut ClientConnection, connection: &mut Connection) -> io::Result<()> {
    while client.is_handshaking() {
        let (read, written) = client.complete_io(&mut connection.stream)?;
        if read == 0 && written == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(())
}

/// The errors of TLS come wrapped in those of streams.
pub(super) fn reason(error: &io::Error) -> Silence {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    match inner {
        Some(Error::InvalidMessage(_)) => Silence::SpeaksNoTls,
        Some(error) => garbled(error),
        None => silence(error),
    }
}

pub(super) fn garbled(error: &Error) -> Silence {
    Silence::Garbled {
        message: error.to_string(),
    }
}

fn answer(seen: &Seen, host: &Host, roots: &Roots) -> TlsAnswer {
    TlsAnswer {
        chain: seen.chain.iter().map(link).collect(),
        by_public: roots.public_verdict(seen, host),
        by_given: roots.given_verdict(seen, host),
    }
}

/// Returns who stands behind certificates: the issuer of the last one.
pub(super) fn issuer(seen: &Seen) -> String {
    let last = seen.chain.last();
    last.map_or_else(|| "nobody".to_owned(), |der| link(der).issuer)
}

fn link(der: &CertificateDer<'_>) -> ChainLink {
    let unreadable = "a certificate that cannot be read";
    let known = Certificate::from_der(der).ok();
    let text = |part: &dyn Fn(&Certificate) -> String| {
        known.as_ref().map_or_else(|| unreadable.to_owned(), part)
    };
    ChainLink {
        subject: text(&Certificate::subject),
        issuer: text(&Certificate::issuer),
        fingerprint: text(&Certificate::fingerprint),
    }
}
