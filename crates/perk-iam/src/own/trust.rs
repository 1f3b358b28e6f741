//! Roles that another account can assume without saying for whom: the confused deputy.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html>

use super::listing::listing;
use crate::checks::{Subject, names_action};
use crate::code::Code;
use crate::finding::Draft;
use crate::policy::{
    Arn, Condition, Kind, Policy, PrincipalKey, PrincipalValue, Statement, variable,
};

/// Keys that say more of the caller than its account.
const SAYS_WHO: [&str; 12] = [
    "aws:MultiFactorAuthAge",
    "aws:MultiFactorAuthPresent",
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:SourceIp",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:userid",
    "aws:username",
    "sts:ExternalId",
    "sts:SourceIdentity",
];

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    if subject.kind != Kind::Trust {
        return;
    }
    let accounts = Accounts::of(subject.policy);
    for statement in &subject.policy.statements {
        if !statement.allows()
            || !names_action(statement, "sts:AssumeRole")
            || statement.conditions.iter().any(says_who)
        {
            continue;
        }
        let foreign: Vec<(&PrincipalValue<'_>, &str)> = trusted(statement)
            .filter(|(value, account)| accounts.is_foreign(account, value.text))
            .collect();
        if let Some((first, _)) = foreign.first() {
            found.push(report(&accounts, first, &foreign));
        }
    }
}

fn report(
    accounts: &Accounts<'_>,
    first: &PrincipalValue<'_>,
    foreign: &[(&PrincipalValue<'_>, &str)],
) -> Draft {
    let mut ids: Vec<&str> = Vec::new();
    for (_, account) in foreign {
        if !ids.contains(account) {
            ids.push(account);
        }
    }
    let names = listing(ids.iter().copied());
    let how = "can assume the role without saying for whom";
    let message = if accounts.own.is_some() {
        format!("another account, {names}, {how}")
    } else if ids.len() == 1 {
        format!("everybody in the account {names} {how}, and it may not be yours")
    } else {
        format!("{names} {how}, and not all of these accounts can be yours")
    };
    Draft::new(Code::TrustPolicyWithoutExternalId, first.span, message)
        .and_all(foreign.iter().skip(1).map(|(value, _)| value.span))
        .help("require `sts:ExternalId`, or `aws:PrincipalOrgID` if the account is of your organization")
}

fn says_who(condition: &Condition<'_>) -> bool {
    let on_key =
        SAYS_WHO.iter().any(|key| condition.is_on(key)) || condition.is_under("aws:PrincipalTag/");
    let required = condition
        .operator
        .is_some_and(|operator| !operator.negated && !operator.holds_without_key());
    let anything = condition.strings().all(|text| text == "*");
    on_key && required && (!anything || condition.strings().next().is_none())
}

/// The accounts that a trust policy tells of.
struct Accounts<'d> {
    /// The role's own account, when an identity provider or a source tells it.
    own: Option<&'d str>,
    /// Whether the principals are of several accounts, so that one at least is another's.
    several: bool,
}

impl<'d> Accounts<'d> {
    fn of(policy: &'d Policy<'d>) -> Self {
        let mut own = policy.statements.iter().flat_map(own_accounts);
        let first = own.next();
        let own = first.filter(|first| own.all(|other| other == *first));
        let mut principals = policy
            .statements
            .iter()
            .flat_map(trusted)
            .map(|(_, account)| account);
        let several = principals
            .next()
            .is_some_and(|first| principals.any(|other| other != first));
        Self { own, several }
    }

    /// Tells whether an account is another's, as far as can be told; of an account that stands
    /// alone, only the whole of it is taken for one.
    fn is_foreign(&self, account: &str, principal: &str) -> bool {
        match self.own {
            Some(own) => own != account,
            None => self.several || principal.ends_with(":root") || principal == account,
        }
    }
}

/// Returns the accounts, users and roles that a statement trusts, each with its account.
fn trusted<'s, 'd>(
    statement: &'s Statement<'d>,
) -> impl Iterator<Item = (&'s PrincipalValue<'d>, &'d str)> {
    let principal = statement
        .principal
        .as_ref()
        .filter(|principal| statement.allows() && !principal.negated);
    principal
        .into_iter()
        .flat_map(|principal| principal.under(PrincipalKey::Aws))
        .filter_map(|value| Some((value, account(value.text)?)))
}

fn account(text: &str) -> Option<&str> {
    let account = Arn::parse(text).map_or(text, |arn| arn.account);
    let digits = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    digits.then_some(account)
}

/// Returns the accounts that are the role's own: those of identity providers, which must be in it,
/// and those for which services are let in.
fn own_accounts<'d>(statement: &'d Statement<'d>) -> impl Iterator<Item = &'d str> {
    let providers = statement
        .principal
        .iter()
        .flat_map(|principal| principal.under(PrincipalKey::Federated))
        .map(|value| value.text);
    let lets_service_in = statement.allows()
        && statement
            .listed_principals()
            .is_some_and(|principal| principal.under(PrincipalKey::Service).next().is_some());
    let sources = statement
        .conditions
        .iter()
        .filter(move |condition| lets_service_in && names_source(condition))
        .flat_map(Condition::strings)
        .filter(|text| !variable::has_variable(text));
    providers.chain(sources).filter_map(account)
}

/// Tells whether a condition requires one of the accounts or resources it names as the source.
fn names_source(condition: &Condition<'_>) -> bool {
    let on_source = condition.is_on("aws:SourceAccount") || condition.is_on("aws:SourceArn");
    on_source && condition.operator.is_some_and(|operator| !operator.negated)
}
