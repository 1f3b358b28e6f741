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
        let mut fields = [""; 5];
        let mut rest = text;
        for field in &mut fields {
            let colon = field_end(rest)?;
            *field = &rest[..colon];
            rest = &rest[colon + 1..];
        }
        let [prefix, partition, service, region, account] = fields;
        (prefix == "arn").then_some(Self {
            partition,
            service,
            region,
            account,
            resource: rest,
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

fn field_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    // Whether a brace may still follow, so that a missing one is looked for once.
    let mut closes = true;
    loop {
        // Fields are short: looking at byte after byte is the quickest here.
        at += bytes[at..]
            .iter()
            .position(|byte| matches!(byte, b':' | b'$'))?;
        match bytes[at] {
            b':' => return Some(at),
            b'$' if bytes.get(at + 1) == Some(&b'{') => {
                let brace = closes.then(|| text[at..].find('}')).flatten();
                closes = brace.is_some();
                at += 1 + brace.unwrap_or(1);
            }
            _ => at += 1,
        }
    }
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
