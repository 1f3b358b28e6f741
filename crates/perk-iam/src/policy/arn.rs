//! Amazon Resource Names: `arn:partition:service:region:account:resource`.

/// The fields of an ARN or of an ARN pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arn<'t> {
    /// `aws`, `aws-cn`, …
    pub partition: &'t str,
    /// The service's name in ARNs.
    pub service: &'t str,
    /// The region, often empty.
    pub region: &'t str,
    /// The account, often empty.
    pub account: &'t str,
    /// The rest, colons included.
    pub resource: &'t str,
}

impl<'t> Arn<'t> {
    /// Returns the fields of a text that has all six; colons inside `${…}` do not separate.
    pub fn parse(text: &'t str) -> Option<Self> {
        let fields = text.strip_prefix("arn:")?;
        let [partition, service, region, account] = first_colons(fields)?;
        Some(Self {
            partition: &fields[..partition],
            service: &fields[partition + 1..service],
            region: &fields[service + 1..region],
            account: &fields[region + 1..account],
            resource: &fields[account + 1..],
        })
    }

    /// Returns the first five fields after `arn` with the resource last.
    pub fn fields(&self) -> [&'t str; 5] {
        [
            self.partition,
            self.service,
            self.region,
            self.account,
            self.resource,
        ]
    }
}

/// Returns where the first four colons stand that are not inside of `${…}`.
fn first_colons(text: &str) -> Option<[usize; 4]> {
    let bytes = text.as_bytes();
    let mut colons = [0; 4];
    let mut at = 0;
    // Whether a brace may still follow, so that a missing one is looked for once.
    let mut closes = true;
    for colon in &mut colons {
        // Fields are short: looking at byte after byte is the quickest here.
        loop {
            match bytes.get(at)? {
                b':' => break,
                b'$' if bytes.get(at + 1) == Some(&b'{') => {
                    let brace = closes.then(|| memchr::memchr(b'}', &bytes[at..]));
                    let brace = brace.flatten();
                    closes = brace.is_some();
                    at += 1 + brace.unwrap_or(1);
                }
                _ => at += 1,
            }
        }
        *colon = at;
        at += 1;
    }
    Some(colons)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_six_fields() {
        let arn = Arn::parse("arn:aws:logs:eu-west-1:111122223333:log-group:a:b").unwrap();
        assert_eq!(
            arn.fields(),
            ["aws", "logs", "eu-west-1", "111122223333", "log-group:a:b"]
        );
        let arn = Arn::parse("arn:aws:s3::${aws:PrincipalAccount}:a").unwrap();
        assert_eq!(
            (arn.account, arn.resource),
            ("${aws:PrincipalAccount}", "a")
        );
        assert_eq!(Arn::parse("arn:aws:s3"), None);
        assert_eq!(Arn::parse("arm:aws:s3:::b"), None);
        assert_eq!(Arn::parse("arn:${:"), None);
    }
}
