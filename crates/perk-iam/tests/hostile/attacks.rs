//! Texts that are made to take long: each grows with its size, and none should take more than
//! linear time. The benchmark of hostile texts includes this file.

/// A family of texts.
pub(crate) struct Attack {
    /// What is much of.
    pub(crate) name: &'static str,
    /// Makes a text of about so many bytes.
    pub(crate) make: fn(usize) -> String,
}

/// Every attack.
pub(crate) const ATTACKS: &[Attack] = &[
    attack("statements", statements),
    attack("statements with the same id", same_sids),
    attack("unknown elements", unknown_elements),
    attack("documents in an array", documents),
    attack("documents one after another", documents_in_lines),
    attack("misspelled actions", |size| {
        actions(size, "s3:GetObjekt", "")
    }),
    attack("misspelled services", |size| {
        actions(size, "lamda", ":Invoke")
    }),
    attack("actions with wildcards", |size| {
        actions(size, "ec2:*", "*s")
    }),
    attack("actions without order", |size| actions(size, "s3:", "*")),
    attack("services with wildcards", |size| {
        actions(size, "*", ":Get*")
    }),
    attack("equal actions", |size| {
        actions_of(size, |_| "\"s3:GetObject\"".into())
    }),
    attack("resources", |size| resources(size, "arn:aws:s3:::b", "")),
    attack("resources with wildcards", |size| {
        resources(size, "arn:aws:s3:::*", "*x")
    }),
    attack("resources that are no ARNs", |size| {
        resources(size, "b", "*")
    }),
    attack("regions of resources", |size| {
        resources(size, "arn:aws:sqs:eu-west-", ":1:q")
    }),
    attack("long patterns of actions", long_actions),
    attack("long patterns of resources", long_resources),
    attack("one long action", |size| {
        with_action(&format!("s3:{}b", "a*".repeat(size / 2)))
    }),
    attack("one long service", |size| {
        with_action(&format!("{}:Get", "a".repeat(size)))
    }),
    attack("one long resource", |size| {
        with_resource(&format!("\"arn:aws:s3:::{}b\"", "a*".repeat(size / 2)))
    }),
    attack("open variables", |size| {
        with_resource(&format!("\"arn:aws:s3{}\"", "${".repeat(size / 2)))
    }),
    attack("variables", |size| {
        with_resource(&format!("\"arn:aws:s3:::{}\"", "${a:b}".repeat(size / 6)))
    }),
    attack("global condition keys", |size| {
        condition_keys(size, "aws:SourceAcount")
    }),
    attack("condition keys of a service", |size| {
        condition_keys(size, "s3:prefiks")
    }),
    attack("condition keys of tags", |size| {
        condition_keys(size, "aws:ResourceTag/t")
    }),
    attack("claims", |size| condition_keys(size, "idp.example.com:sub")),
    attack("condition operators", condition_operators),
    attack("condition values", |size| {
        condition_values(size, "StringEquals", "aws:RequestedRegion", "eu-wst-")
    }),
    attack("open condition values", |size| {
        condition_values(size, "StringLike", "aws:SourceAccount", "${a:b}*")
    }),
    attack("variables left open in values", |size| {
        condition(
            "StringLike",
            "aws:PrincipalOrgPaths",
            &format!("\"{}\"", "${".repeat(size / 2)),
        )
    }),
    attack("addresses", |size| {
        condition_values(size, "IpAddress", "aws:SourceIp", "10.0.0.1/")
    }),
    attack("numbers", |size| {
        condition_values(size, "NumericLessThan", "s3:max-keys", "1")
    }),
    attack("actions and tags", actions_and_tags),
    attack("actions and DynamoDB conditions", actions_and_dynamodb),
    attack("actions and keys", actions_and_keys),
    attack("actions and federated principals", actions_and_principals),
    attack("sessions and roles", sessions_and_roles),
    attack("providers and claims", providers_and_claims),
    attack("services as principals", services_as_principals),
    attack("actions and resources", actions_and_resources),
    attack("allows and denies", allows_and_denies),
    attack("pieces of escalations", pieces_of_escalations),
    attack("accounts as principals", accounts_as_principals),
    attack("nested arrays", |size| {
        format!("{{\"Statement\": {}", "[".repeat(size))
    }),
    attack("nested objects", |size| "{\"Statement\":".repeat(size / 13)),
    attack("as deep as allowed", as_deep_as_allowed),
    attack("white space", |size| {
        format!("{{\"Statement\": []{}}}", " ".repeat(size))
    }),
    attack("one long string", |size| {
        format!("{{\"Statement\": \"{}\"}}", "x".repeat(size))
    }),
    attack("escapes", |size| {
        format!("{{\"Statement\": \"{}\"}}", "\\u00e9".repeat(size / 6))
    }),
    attack("digits", |size| {
        format!("{{\"Statement\": {}}}", "1".repeat(size))
    }),
    attack("lines", |size| {
        format!("{}{{\"Statement\": [{{}}]}}", "\n".repeat(size))
    }),
    attack("a text without end", |size| {
        format!("{{\"Statement\": [{{\"Effect\": \"{}", "x".repeat(size))
    }),
];

const fn attack(name: &'static str, make: fn(usize) -> String) -> Attack {
    Attack { name, make }
}

/// Joins numbered parts with commas until they have the size.
fn list(size: usize, part: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(size + 100);
    for number in 0.. {
        if number > 0 {
            text.push(',');
        }
        text.push_str(&part(number));
        if text.len() >= size {
            break;
        }
    }
    text
}

fn policy(statements: &str) -> String {
    format!("{{\"Version\": \"2012-10-17\", \"Statement\": [{statements}]}}")
}

fn statement(action: &str, resource: &str, rest: &str) -> String {
    policy(&format!(
        "{{\"Effect\": \"Allow\", \"Action\": [{action}], \"Resource\": [{resource}]{rest}}}"
    ))
}

fn trust(action: &str, principal: &str, rest: &str) -> String {
    policy(&format!(
        "{{\"Effect\": \"Allow\", \"Action\": [{action}], \"Principal\": {{{principal}}}{rest}}}"
    ))
}

fn with_action(action: &str) -> String {
    statement(&format!("\"{action}\""), "\"*\"", "")
}

fn with_resource(resources: &str) -> String {
    statement("\"s3:GetObject\"", resources, "")
}

fn statements(size: usize) -> String {
    policy(&list(size, |n| {
        format!(
            "{{\"Sid\": \"S{n}\", \"Effect\": \"Allow\", \"Action\": \"iam:PassRole\", \
             \"Resource\": \"*\", \"Condition\": {{\"StringLike\": {{\"iam:X{n}\": \"*\"}}}}}}"
        )
    }))
}

fn same_sids(size: usize) -> String {
    policy(&list(size, |_| "{\"Sid\": \"S\"}".into()))
}

fn unknown_elements(size: usize) -> String {
    policy(&format!(
        "{{{}}}",
        list(size, |n| format!("\"Actoin{n}\": 1"))
    ))
}

fn documents(size: usize) -> String {
    format!("[{}]", list(size, |_| "{\"Statement\":{}}".into()))
}

fn documents_in_lines(size: usize) -> String {
    list(size, |_| "{\"Statement\":{}}".into()).replace("},{", "}\n{")
}

fn actions(size: usize, before: &str, after: &str) -> String {
    actions_of(size, |n| format!("\"{before}{}{after}\"", letters(n)))
}

fn actions_of(size: usize, part: impl Fn(usize) -> String) -> String {
    statement(&list(size, part), "\"*\"", "")
}

fn resources(size: usize, before: &str, after: &str) -> String {
    with_resource(&list(size, |n| {
        format!("\"{before}{}{after}\"", letters(n))
    }))
}

/// Writes a number in letters of which no number's begin another's.
fn letters(number: usize) -> String {
    let letter = |shift: usize| char::from(b"abcdefghijklmnop"[(number >> shift) & 15]);
    [16, 12, 8, 4, 0].map(letter).iter().collect()
}

fn long_actions(size: usize) -> String {
    let pattern = "*a".repeat(size / 4);
    let other = "a".repeat(size / 2);
    statement(&format!("\"s3:{pattern}b\", \"s3:{other}\""), "\"*\"", "")
}

fn long_resources(size: usize) -> String {
    let pattern = "a".repeat(size / 4);
    let other = "a".repeat(size / 2);
    with_resource(&format!(
        "\"arn:aws:s3:::*{pattern}b\", \"arn:aws:s3:::{other}\""
    ))
}

fn condition(operator: &str, key: &str, values: &str) -> String {
    let condition = format!(", \"Condition\": {{\"{operator}\": {{\"{key}\": [{values}]}}}}");
    statement("\"s3:GetObject\"", "\"*\"", &condition)
}

fn condition_values(size: usize, operator: &str, key: &str, before: &str) -> String {
    condition(operator, key, &list(size, |n| format!("\"{before}{n}\"")))
}

fn keys(size: usize, before: &str) -> String {
    let keys = list(size, |n| format!("\"{before}{}\": \"*\"", letters(n)));
    format!(", \"Condition\": {{\"StringLike\": {{{keys}}}}}")
}

fn condition_keys(size: usize, before: &str) -> String {
    statement("\"s3:GetObject\"", "\"*\"", &keys(size, before))
}

fn condition_operators(size: usize) -> String {
    let operators = list(size, |n| {
        format!("\"StringEqals{}\": {{\"aws:x\": \"\"}}", letters(n))
    });
    statement(
        "\"s3:GetObject\"",
        "\"*\"",
        &format!(", \"Condition\": {{{operators}}}"),
    )
}

fn actions_and_tags(size: usize) -> String {
    let actions = list(size / 2, |_| "\"s3:ListAllMyBuckets\"".into());
    statement(&actions, "\"*\"", &keys(size / 2, "aws:ResourceTag/t"))
}

/// Writes a name in as many ways as there are numbers, by the case of its letters.
fn in_case(name: &str, number: usize) -> String {
    let mut bit = 0;
    let letter = |letter: char| {
        bit += usize::from(letter.is_ascii_alphabetic());
        if letter.is_ascii_alphabetic() && number >> (bit - 1) & 1 == 1 {
            letter.to_ascii_uppercase()
        } else {
            letter.to_ascii_lowercase()
        }
    };
    name.chars().map(letter).collect()
}

fn actions_and_dynamodb(size: usize) -> String {
    let actions = list(size / 2, |_| "\"dynamodb:PutItem\"".into());
    let keys = list(size / 2, |n| {
        format!("\"{}\": \"COUNT\"", in_case("dynamodb:select", n))
    });
    let condition = format!(", \"Condition\": {{\"StringEquals\": {{{keys}}}}}");
    statement(&actions, "\"*\"", &condition)
}

fn actions_and_keys(size: usize) -> String {
    let actions = list(size / 2, |n| format!("\"s3:{}\"", letters(n)));
    let keys = list(size / 2, |n| {
        format!(
            "\"{}\": \"x\"",
            in_case("s3:x-amz-server-side-encryption", n)
        )
    });
    let rest = format!(", \"Principal\": \"*\", \"Condition\": {{\"StringEquals\": {{{keys}}}}}");
    statement(&actions, "\"*\"", &rest)
}

fn actions_and_principals(size: usize) -> String {
    let actions = list(size / 2, |_| "\"sts:AssumeRole\"".into());
    let principals = list(size / 2, |_| "\"a.example\"".into());
    trust(&actions, &format!("\"Federated\": [{principals}]"), "")
}

fn sessions_and_roles(size: usize) -> String {
    let principals = list(size, |n| {
        let account = 111_122_223_333_usize;
        if n.is_multiple_of(2) {
            format!("\"arn:aws:sts::{account}:assumed-role/r/s{n}\"")
        } else {
            format!("\"arn:aws:iam::{account}:role/x{n}\"")
        }
    });
    trust(
        "\"sts:AssumeRole\"",
        &format!("\"AWS\": [{principals}]"),
        "",
    )
}

fn providers_and_claims(size: usize) -> String {
    let principals = list(size / 2, |n| format!("\"p{n}.example.com\""));
    let principals = format!("\"Federated\": [{principals}]");
    let keys = keys(size / 2, "q.example.com:");
    trust("\"sts:AssumeRoleWithWebIdentity\"", &principals, &keys)
}

fn services_as_principals(size: usize) -> String {
    let principals = list(size / 2, |n| {
        format!("\"lamda{}.amazonaws.com\"", letters(n))
    });
    let rest = format!(
        ", \"Principal\": {{\"Service\": [{principals}]}}{}",
        keys(size / 2, "aws:SourceArnn")
    );
    statement("\"s3:GetObject\"", "\"*\"", &rest)
}

fn actions_and_resources(size: usize) -> String {
    let actions = list(size / 2, |n| {
        format!("\"ec2:*{}*\"", in_case("instance", n))
    });
    let resources = list(size / 2, |n| {
        format!("\"arn:aws:ec2:*:*:{}/*\"", letters(n))
    });
    statement(&actions, &resources, "")
}

fn allows_and_denies(size: usize) -> String {
    policy(&list(size, |n| {
        let effect = if n.is_multiple_of(2) { "Allow" } else { "Deny" };
        format!(
            "{{\"Effect\": \"{effect}\", \"Action\": [\"*\", \"iam:*{n}\"], \
             \"Resource\": [\"arn:aws:iam::*:role/*{n}\", \"arn:aws:s3:::*{n}/*\"], \
             \"Condition\": {{\"StringLike\": {{\"aws:PrincipalArn\": \"*{n}\"}}}}}}"
        )
    }))
}

fn pieces_of_escalations(size: usize) -> String {
    let pieces = [
        "iam:PassRole",
        "lambda:CreateFunction",
        "lambda:InvokeFunction",
        "iam:CreatePolicyVersion",
        "iam:AttachUserPolicy",
        "ec2:RunInstances",
        "cloudformation:CreateStack",
    ];
    policy(&list(size, |n| {
        let piece = pieces[n % pieces.len()];
        format!(
            "{{\"Effect\": \"Allow\", \"Action\": \"{piece}\", \
             \"Resource\": \"arn:aws:iam::*:role/{n}*\"}}"
        )
    }))
}

fn accounts_as_principals(size: usize) -> String {
    let principals = list(size, |n| format!("\"arn:aws:iam::{n:012}:root\""));
    let rest = format!(", \"Principal\": {{\"AWS\": [{principals}]}}");
    statement("\"s3:*\"", "\"*\"", &rest)
}

fn as_deep_as_allowed(size: usize) -> String {
    let deep = format!("{}{}", "[".repeat(120), "]".repeat(120));
    policy(&format!(
        "{{\"Action\": [{}]}}",
        list(size, |_| deep.clone())
    ))
}
