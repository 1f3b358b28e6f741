//! What has to be known of a certificate: whose it is, until when, and whether it is of an
//! authority (RFC 5280).

use sha2::{Digest as _, Sha256};
use time::{Date, Month, OffsetDateTime};

use super::der::{self, Element};
use super::fault::CertificateFault;
use crate::hex::hex;

/// `commonName`, `organizationalUnitName` and `organizationName`: what names an authority best
/// comes first.
const NAMES: [&[u8]; 3] = [
    &[0x55, 0x04, 0x03],
    &[0x55, 0x04, 0x0b],
    &[0x55, 0x04, 0x0a],
];

const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 0x13];

/// A certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    not_after: OffsetDateTime,
    is_authority: bool,
}

impl Certificate {
    /// Reads a certificate; bytes after it are dropped.
    pub fn from_der(bytes: &[u8]) -> Result<Self, CertificateFault> {
        parse(bytes).ok_or(CertificateFault)
    }

    /// Returns the certificate in DER.
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// Returns the name that tells best whose it is, for people.
    pub fn subject(&self) -> String {
        let name = Fields::read(&self.der).and_then(|fields| name(fields.subject));
        name.unwrap_or_else(|| "a certificate without a name".to_owned())
    }

    /// Returns the name that tells best who signed it, for people.
    pub fn issuer(&self) -> String {
        let name = Fields::read(&self.der).and_then(|fields| name(fields.issuer));
        name.unwrap_or_else(|| "an issuer without a name".to_owned())
    }

    /// Returns the SHA-256 of the DER in hexadecimal digits, by which certificates are told apart.
    pub fn fingerprint(&self) -> String {
        hex(&Sha256::digest(&self.der))
    }

    /// Returns the last moment at which it is valid.
    pub fn not_after(&self) -> OffsetDateTime {
        self.not_after
    }

    /// Tells whether it belongs to an authority, which signs for others.
    pub fn is_authority(&self) -> bool {
        self.is_authority
    }
}

/// The parts of a certificate that are looked at.
struct Fields<'a> {
    whole: &'a [u8],
    issuer: Element<'a>,
    validity: Element<'a>,
    subject: Element<'a>,
    extensions: Option<Element<'a>>,
}

impl<'a> Fields<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let (certificate, _) = Element::read(bytes)?;
        let signed = *sequence(certificate)?.first()?;
        let mut fields = sequence(signed)?.into_iter().peekable();
        // The version is left out in certificates of version 1.
        fields.next_if(|field| field.tag == der::explicit(0));
        let [_serial, _algorithm, issuer, validity, subject, _key] = [
            fields.next()?,
            fields.next()?,
            fields.next()?,
            fields.next()?,
            fields.next()?,
            fields.next()?,
        ];
        Some(Self {
            whole: certificate.whole,
            issuer,
            validity,
            subject,
            extensions: fields.find(|field| field.tag == der::explicit(3)),
        })
    }
}

fn parse(bytes: &[u8]) -> Option<Certificate> {
    let fields = Fields::read(bytes)?;
    let is_authority = match fields.extensions {
        Some(extensions) => is_authority(extensions)?,
        None => fields.issuer.contents == fields.subject.contents,
    };
    Some(Certificate {
        der: fields.whole.to_vec(),
        not_after: moment(sequence(fields.validity)?.get(1)?)?,
        is_authority,
    })
}

fn sequence(element: Element<'_>) -> Option<Vec<Element<'_>>> {
    (element.tag == der::SEQUENCE).then(|| element.children())?
}

fn name(subject: Element<'_>) -> Option<String> {
    let mut found = Vec::new();
    for set in sequence(subject)? {
        for attribute in set.children()? {
            if let [kind, value] = sequence(attribute)?[..]
                && let Some(rank) = NAMES.iter().position(|name| *name == kind.contents)
            {
                found.push((rank, text(value)));
            }
        }
    }
    let best = found.into_iter().min_by_key(|(rank, _)| *rank);
    best.map(|(_, name)| name)
}

/// Control characters in a name are not for the eyes of people.
fn text(value: Element<'_>) -> String {
    let text = match value.tag {
        der::UTF8_STRING => String::from_utf8_lossy(value.contents).into_owned(),
        der::BMP_STRING => {
            let units = value.contents.chunks_exact(2);
            let units = units.map(|unit| u16::from_be_bytes([unit[0], unit[1]]));
            char::decode_utf16(units)
                .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect()
        }
        _ => value
            .contents
            .iter()
            .map(|byte| char::from(*byte))
            .collect(),
    };
    text.chars().filter(|letter| !letter.is_control()).collect()
}

/// `YYMMDDHHMMSSZ`, where years from 50 are of the last century, or with four digits of the year.
fn moment(element: &Element<'_>) -> Option<OffsetDateTime> {
    let text = std::str::from_utf8(element.contents).ok()?;
    let (year, rest) = match element.tag {
        der::UTC_TIME => {
            let (year, rest) = text.split_at_checked(2)?;
            let year: i32 = year.parse().ok()?;
            (if year < 50 { 2000 + year } else { 1900 + year }, rest)
        }
        der::GENERALIZED_TIME => {
            let (year, rest) = text.split_at_checked(4)?;
            (year.parse().ok()?, rest)
        }
        _ => return None,
    };
    let number = |at: usize| rest.get(at..at + 2)?.parse::<u8>().ok();
    let month = Month::try_from(number(0)?).ok()?;
    let date = Date::from_calendar_date(year, month, number(2)?).ok()?;
    let moment = date.with_hms(number(4)?, number(6)?, number(8)?).ok()?;
    Some(moment.assume_utc())
}

fn is_authority(extensions: Element<'_>) -> Option<bool> {
    let list = *extensions.children()?.first()?;
    for extension in sequence(list)? {
        let parts = sequence(extension)?;
        if parts.first()?.contents == BASIC_CONSTRAINTS {
            let (constraints, _) = Element::read(parts.last()?.contents)?;
            let first = constraints.children()?.first().copied();
            return Some(first.is_some_and(|first| {
                first.tag == der::BOOLEAN && first.contents.iter().any(|byte| *byte != 0)
            }));
        }
    }
    Some(false)
}
