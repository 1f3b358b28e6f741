//! The page of what programs do with the variables of proxies and certificates.

use perk_network::program::{
    Address, Behavior, Certificates, Effect, Empty, Fallback, Form, Order, Program, Sent, UserOnly,
    VariableRules, known,
};

const INTRODUCTION: &str = "\
# Programs behind a proxy

What programs do with the variables of proxies and certificates. This is the table behind
`perk docker-run --explain --program NAME`; `cargo xtask matrix` measures the programs and compares
them with it. What was not measured is left out. [Proxies and
containers](../concepts/proxies.md) says what perk makes of it.
";

const FORMS: &[(Form, &str)] = &[
    (Form::BareSubdomain, "`x`, for what is below `x`"),
    (Form::DotSubdomain, "`.x`, for what is below `x`"),
    (Form::DotApex, "`.x`, for `x` itself"),
    (Form::BareSuffix, "`x`, for `notx` too, which is wrong"),
    (Form::StarDomain, "`*.x`"),
    (Form::Star, "`*` alone"),
    (Form::StarAmongOthers, "`*` among others"),
    (Form::Ipv4Network, "`203.0.113.0/24`"),
    (Form::Ipv4Address, "`203.0.113.7`"),
    (Form::Ipv4Pattern, "`203.0.113.*`"),
    (Form::NameWithPort, "`x:8080`"),
    (Form::AnyPort, "`x`, for any port"),
    (Form::BlanksAfterCommas, "`x, y`"),
    (Form::BlanksOnly, "`x y`"),
    (Form::UpperCase, "`X`, for `x`"),
    (Form::Ipv6Address, "`2001:db8::7`"),
    (Form::Ipv6Brackets, "`[2001:db8::7]`"),
    (Form::Ipv6Network, "`2001:db8::/32`"),
    (Form::LoopbackUnasked, "the loopback, without being asked"),
];

pub(super) fn page() -> String {
    [
        INTRODUCTION.to_owned(),
        names(),
        variables(),
        exemptions(),
        addresses(),
        certificates(),
    ]
    .join("\n")
}

/// Makes a table with a heading; the first column is the name of a program or a form.
fn table(heading: &str, columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let columns: Vec<String> = columns.iter().copied().map(str::to_owned).collect();
    let rule: Vec<String> = columns.iter().map(|_| "---".to_owned()).collect();
    let rows: String = rows.map(|row| line(&row)).collect();
    format!("## {heading}\n\n{}{}{rows}", line(&columns), line(&rule))
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

fn names() -> String {
    let row = |program: &'static Program| {
        let names = std::iter::once(&program.name).chain(&program.aliases);
        let names: Vec<String> = names.map(|name| code(name)).collect();
        let version = program.version.clone().unwrap_or_default();
        let note = match &program.switch {
            Some(switch) => format!("only if `{switch}` is `1`"),
            None if program.drops_credentials => {
                "only `JAVA_TOOL_OPTIONS`, and never with a password".to_owned()
            }
            None if program.java => "only `JAVA_TOOL_OPTIONS`".to_owned(),
            None if program.reads_nothing => "none".to_owned(),
            None if program.variables.is_none() => "not measured".to_owned(),
            None => "yes".to_owned(),
        };
        vec![program.title.clone(), version, names.join(", "), note]
    };
    let columns = &["Program", "Measured", "Names", "Variables of proxies"];
    table("Programs", columns, known().iter().map(row))
}

fn order(order: Order) -> String {
    match order {
        Order::Lower => "lower case",
        Order::Upper => "capitals",
        Order::LowerFirst => "both; lower case wins",
        Order::UpperFirst => "both; capitals win",
        Order::Last => "both; the last one wins",
        Order::None => "no",
    }
    .to_owned()
}

fn variables() -> String {
    let row = |(program, rules): (&Program, &VariableRules)| {
        let fallback = match rules.https_from_http {
            Fallback::No => "direct",
            Fallback::Yes => "that one",
            Fallback::Fails => "fails",
        };
        let empty = match rules.empty_lower {
            Empty::Direct => "direct",
            Empty::Upper => "the capitals count",
        };
        let http = if rules.https_for_both {
            format!("{}; `https_proxy` before it", order(rules.http))
        } else {
            order(rules.http)
        };
        let all = if rules.all_first {
            format!("{}; before the others", order(rules.all))
        } else {
            order(rules.all)
        };
        vec![
            program.title.clone(),
            http,
            order(rules.https),
            fallback.to_owned(),
            all,
            empty.to_owned(),
            behavior(rules.without_scheme),
            order(rules.no_proxy),
        ]
    };
    let columns = &[
        "Program",
        "`http_proxy`",
        "`https_proxy`",
        "`https:` with `http_proxy` alone",
        "`all_proxy`",
        "lower case is empty",
        "no scheme",
        "`no_proxy`",
    ];
    let rules = |program: &'static Program| Some((program, program.variables.as_ref()?));
    table(
        "Which spelling they read",
        columns,
        known().iter().filter_map(rules).map(row),
    )
}

fn exemptions() -> String {
    let names = |is_named: &dyn Fn(&Program) -> bool| {
        let programs = known().iter().filter(|program| is_named(program));
        programs
            .map(|program| code(&program.name))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let row = |(form, text): &(Form, &str)| {
        let has = |program: &Program, fails: bool| {
            program.exemptions.as_ref().is_some_and(|rules| {
                let list = if fails {
                    &rules.fails
                } else {
                    &rules.understands
                };
                list.contains(form)
            })
        };
        vec![
            (*text).to_owned(),
            names(&|program| has(program, false)),
            names(&|program| program.exemptions.is_some() && !has(program, false)),
            names(&|program| has(program, true)),
        ]
    };
    let columns = &["Exemption", "Works", "Does not", "Makes it fail"];
    table(
        "Which exemptions they understand",
        columns,
        FORMS.iter().map(row),
    )
}

fn behavior(behavior: Behavior) -> String {
    match behavior {
        Behavior::Works => "works",
        Behavior::LocalNames => "works, resolves names itself",
        Behavior::RemoteNames => "works, the proxy resolves names",
        Behavior::Fails => "fails",
        Behavior::Direct => "goes direct",
        Behavior::SpeaksHttp => "speaks plain HTTP",
    }
    .to_owned()
}

fn addresses() -> String {
    let row = |(program, address): (&Program, &Address)| {
        let credentials = match address.credentials {
            Sent::Decoded => "decoded",
            Sent::AsWritten => "as written",
        };
        let user = match address.user_only {
            UserOnly::Sent => "sent",
            UserOnly::Dropped => "dropped",
            UserOnly::Fails => "asks for the password",
        };
        vec![
            program.title.clone(),
            credentials.to_owned(),
            user.to_owned(),
            behavior(address.socks5),
            behavior(address.socks5h),
            behavior(address.over_tls),
            behavior(address.ipv6),
            address.port.to_string(),
            behavior(address.upper_scheme),
            behavior(address.blanks),
            behavior(address.quotes),
        ]
    };
    let columns = &[
        "Program",
        "escapes in credentials",
        "user alone",
        "`socks5:`",
        "`socks5h:`",
        "`https:`",
        "IPv6",
        "default port",
        "`HTTP:`",
        "blanks around it",
        "quotes around it",
    ];
    let address = |program: &'static Program| Some((program, program.address.as_ref()?));
    table(
        "What they do with the address",
        columns,
        known().iter().filter_map(address).map(row),
    )
}

fn certificates() -> String {
    let row = |(program, certificates): (&Program, &Certificates)| {
        let of = |effect| {
            let variables = certificates.variables.iter();
            let variables = variables.filter(|variable| variable.effect == effect);
            variables
                .map(|variable| code(&variable.name))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let system = if certificates.system { "yes" } else { "no" };
        vec![
            program.title.clone(),
            system.to_owned(),
            of(Effect::Adds),
            of(Effect::Replaces),
        ]
    };
    let columns = &[
        "Program",
        "trusts the system",
        "variables that add",
        "variables that replace",
    ];
    let certificates = |program: &'static Program| Some((program, program.certificates.as_ref()?));
    table(
        "Which certificates they trust",
        columns,
        known().iter().filter_map(certificates).map(row),
    )
}
