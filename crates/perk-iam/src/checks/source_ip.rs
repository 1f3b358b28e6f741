//! Addresses: `aws:SourceIp` and ranges in CIDR notation (RFC 4632, RFC 4291).

use std::net::IpAddr;

use perk_diag::Span;

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::policy::{Condition, Family};

/// An address and the length of its prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Network {
    address: IpAddr,
    prefix: u32,
    has_prefix: bool,
}

/// RFC 1918 and RFC 4193.
const PRIVATE: [&str; 4] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];

impl Network {
    /// Reads an address, or an address and a prefix length.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let length = match prefix {
            None => longest,
            Some(text) if digits(text) => text.parse().ok().filter(|&length| length <= longest)?,
            Some(_) => return None,
        };
        Some(Self {
            address,
            prefix: length,
            has_prefix: prefix.is_some(),
        })
    }

    /// Returns the address as a number of 128 bits, and how many of these are the prefix.
    fn bits(self) -> (u128, u32) {
        match self.address {
            IpAddr::V4(address) => (u128::from(u32::from(address)) << 96, self.prefix),
            IpAddr::V6(address) => (u128::from(address), self.prefix),
        }
    }

    /// Returns the network with all bits after the prefix cleared.
    fn trimmed(self) -> Self {
        let (bits, prefix) = self.bits();
        let mask = if prefix == 0 {
            0
        } else {
            u128::MAX << (128 - prefix)
        };
        let kept = bits & mask;
        let address = match self.address {
            IpAddr::V4(_) => {
                let high = u32::try_from(kept >> 96).unwrap_or_default();
                IpAddr::V4(high.into())
            }
            IpAddr::V6(_) => IpAddr::V6(kept.into()),
        };
        Self { address, ..self }
    }

    fn is_within(self, other: Self) -> bool {
        let same_version = self.address.is_ipv4() == other.address.is_ipv4();
        let widened = Self {
            prefix: other.prefix,
            ..self
        };
        same_version && self.prefix >= other.prefix && widened.trimmed().address == other.address
    }

    fn is_private(self) -> bool {
        PRIVATE
            .iter()
            .filter_map(|text| Self::parse(text))
            .any(|range| self.is_within(range))
    }
}

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    for condition in subject.policy.conditions() {
        let Some(operator) = condition.operator.filter(|o| o.family == Family::IpAddress) else {
            continue;
        };
        improvable(condition, found);
        if condition.is_on("aws:SourceIp") {
            private(condition, operator.negated, found);
        }
    }
}

fn networks<'d>(condition: &Condition<'d>) -> impl Iterator<Item = (Span, &'d str, Network)> {
    condition.values().iter().filter_map(|value| {
        let text = value.as_str()?;
        Some((value.span, text, Network::parse(text)?))
    })
}

fn improvable(condition: &Condition<'_>, found: &mut Vec<Draft>) {
    for (span, text, network) in networks(condition).filter(|(.., network)| network.has_prefix) {
        let trimmed = network.trimmed();
        if trimmed != network {
            let message = format!("`{text}` has bits after its prefix that do not count");
            let meant = format!("{}/{}", trimmed.address, trimmed.prefix);
            found.push(
                Draft::new(Code::ImproveIpRange, span, message).help(format!("write `{meant}`")),
            );
        }
    }
}

fn private(condition: &Condition<'_>, negated: bool, found: &mut Vec<Draft>) {
    let all = networks(condition).count();
    let private: Vec<Span> = networks(condition)
        .filter(|(.., network)| network.is_private())
        .map(|(span, ..)| span)
        .collect();
    if private.is_empty() {
        return;
    }
    let help = "use public addresses here, and `aws:VpcSourceIp` for private ones";
    if private.len() == all {
        let (code, effect) = if negated {
            (Code::PrivateNotIpAddress, "always")
        } else {
            (Code::PrivateIpAddress, "never")
        };
        let message =
            format!("`aws:SourceIp` is a public address, so this condition {effect} holds");
        found.push(Draft::new(code, condition.value.span, message).help(help));
    } else {
        let code = if negated {
            Code::PrivateNotIpAddressSubset
        } else {
            Code::PrivateIpAddressSubset
        };
        let message = "`aws:SourceIp` is a public address and never in a private range";
        let draft = Draft::new(code, private[0], message);
        found.push(draft.and_all(private.into_iter().skip(1)).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_compares_networks() {
        let parse = |text| Network::parse(text).unwrap();
        assert!(parse("10.1.2.3").is_private());
        assert!(parse("172.31.0.0/16").is_private());
        assert!(!parse("172.32.0.0/16").is_private());
        assert!(!parse("8.0.0.0/5").is_private());
        assert!(parse("fd00::1").is_private());
        assert_eq!(
            parse("203.0.113.77/24").trimmed().address.to_string(),
            "203.0.113.0"
        );
        assert_eq!(parse("1.2.3.4/0").trimmed().address.to_string(), "0.0.0.0");
        for bad in [
            "203.0.113.*",
            "1.2.3.4/33",
            "1.2.3",
            "1.2.3.4/+8",
            "::/129",
            "",
        ] {
            assert_eq!(Network::parse(bad), None, "{bad}");
        }
    }
}
