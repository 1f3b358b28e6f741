//! Keys about who owns the VPC endpoint of a request, which only some services fill in.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceaccount>

use super::Subject;
use crate::code::Code;
use crate::finding::Draft;
use crate::policy::{Condition, Statement};

const KEYS: [&str; 3] = ["aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths"];

/// The prefixes of the services with one of the keys at least.
const SERVICES: [&str; 51] = [
    "acm-pca",
    "applicationinsights",
    "apprunner",
    "athena",
    "b2bi",
    "cassandra",
    "cloudformation",
    "cognito-identity",
    "comprehendmedical",
    "compute-optimizer",
    "datasync",
    "discovery",
    "dms",
    "ds-data",
    "dynamodb",
    "ebs",
    "ecr",
    "ecs",
    "firehose",
    "gamelift",
    "healthlake",
    "iam",
    "identitystore",
    "iotfleetwise",
    "iottwinmaker",
    "iotwireless",
    "kinesisanalytics",
    "kms",
    "lambda",
    "medical-imaging",
    "network-firewall",
    "omics",
    "payment-cryptography",
    "polly",
    "pricing",
    "rbin",
    "rekognition",
    "route53",
    "s3",
    "scheduler",
    "servicediscovery",
    "servicequotas",
    "ses",
    "shield",
    "sms-voice",
    "sqs",
    "ssm-contacts",
    "storagegateway",
    "textract",
    "transcribe",
    "transfer",
];

pub(super) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    for statement in &subject.policy.statements {
        let is_ours = |condition: &&Condition<'_>| KEYS.iter().any(|key| condition.is_on(key));
        for condition in statement.conditions.iter().filter(is_ours) {
            check_condition(statement, condition, found);
        }
    }
}

fn check_condition(statement: &Statement<'_>, condition: &Condition<'_>, found: &mut Vec<Draft>) {
    let Some(actions) = &statement.actions else {
        return;
    };
    let unsupported = actions
        .items
        .iter()
        .find(|action| actions.negated || !is_supported(action.text));
    if let Some(action) = unsupported {
        let name = condition.key.text;
        let message = if actions.negated {
            format!("requests of some services lack `{name}`")
        } else {
            format!("requests of `{}` may lack `{name}`", action.text)
        };
        let code = Code::UseConditionKeyOnlyWithSupportedServices;
        let draft = Draft::new(code, condition.key.span, message).and(action.span);
        found.push(draft.help("use the key with actions of the services that support it only"));
    }
}

/// Tells whether an action is one of a service that fills in the keys; passing a role is not.
fn is_supported(action: &str) -> bool {
    let Some((prefix, _)) = action.split_once(':') else {
        return false;
    };
    let prefix = prefix.to_ascii_lowercase();
    SERVICES.contains(&prefix.as_str()) && !action.eq_ignore_ascii_case("iam:PassRole")
}
