//! The condition keys of AWS as a whole, which the package holds in code and not as data.
//!
//! Types and multiplicity are those of "AWS global condition context keys" in the IAM user
//! guide. `aws:PrincipalOrgMasterAccountId` is missing there, but AWS's own policies use it and
//! its validator takes it. `aws:EpochTime` also takes numeric operators. The `ec2:`, `glue:`,
//! `identitystore:`, `lambda:` and `ssm:` keys describe a role session and so appear in
//! requests to any service.

use crate::source::ConditionKey;
use crate::value_type::ValueType::{self, Arn, Bool, Date, IpAddress, Numeric, String};

const SINGLE_VALUED: &[(&str, ValueType)] = &[
    ("aws:AssumedRoot", Bool),
    ("aws:CalledViaAWSMCP", String),
    ("aws:CalledViaFirst", String),
    ("aws:CalledViaLast", String),
    ("aws:ChatbotSourceArn", Arn),
    ("aws:CurrentTime", Date),
    ("aws:Ec2InstanceSourcePrivateIPv4", IpAddress),
    ("aws:Ec2InstanceSourceVpc", String),
    ("aws:EpochTime", Date),
    ("aws:FederatedProvider", String),
    ("aws:IsMcpServiceAction", Bool),
    ("aws:MultiFactorAuthAge", Numeric),
    ("aws:MultiFactorAuthPresent", Bool),
    ("aws:PrincipalAccount", String),
    ("aws:PrincipalArn", Arn),
    ("aws:PrincipalIsAWSService", Bool),
    ("aws:PrincipalOrgID", String),
    ("aws:PrincipalOrgMasterAccountId", String),
    ("aws:PrincipalServiceName", String),
    ("aws:PrincipalTag/${TagKey}", String),
    ("aws:PrincipalType", String),
    ("aws:referer", String),
    ("aws:RequestedRegion", String),
    ("aws:RequestTag/${TagKey}", String),
    ("aws:ResourceAccount", String),
    ("aws:ResourceOrgID", String),
    ("aws:ResourceTag/${TagKey}", String),
    ("aws:SecureTransport", Bool),
    ("aws:SourceAccount", String),
    ("aws:SourceArn", Arn),
    ("aws:SourceIdentity", String),
    ("aws:SourceIp", IpAddress),
    ("aws:SourceOrgID", String),
    ("aws:SourceOwner", String),
    ("aws:SourceVpc", String),
    ("aws:SourceVpcArn", Arn),
    ("aws:SourceVpce", String),
    ("aws:TokenIssueTime", Date),
    ("aws:UserAgent", String),
    ("aws:userid", String),
    ("aws:username", String),
    ("aws:ViaAWSMCPService", Bool),
    ("aws:ViaAWSService", Bool),
    ("aws:VpceAccount", String),
    ("aws:VpceOrgID", String),
    ("aws:VpcSourceIp", IpAddress),
    ("ec2:RoleDelivery", Numeric),
    ("ec2:SourceInstanceArn", Arn),
    ("glue:CredentialIssuingService", String),
    ("glue:RoleAssumedBy", String),
    ("identitystore:UserId", String),
    ("lambda:SourceFunctionArn", Arn),
    ("ssm:SourceInstanceArn", Arn),
];

const MULTIVALUED: &[(&str, ValueType)] = &[
    ("aws:CalledVia", String),
    ("aws:PrincipalOrgPaths", String),
    ("aws:PrincipalServiceNamesList", String),
    ("aws:ResourceOrgPaths", String),
    ("aws:SourceOrgPaths", String),
    ("aws:TagKeys", String),
    ("aws:VpceOrgPaths", String),
];

/// Returns the global condition keys.
pub(super) fn global_condition_keys() -> Vec<ConditionKey> {
    let key = |&(name, value_type): &(&str, ValueType), multivalued| ConditionKey {
        name: name.to_owned(),
        value_type,
        multivalued,
    };
    let single = SINGLE_VALUED.iter().map(|entry| key(entry, false));
    single
        .chain(MULTIVALUED.iter().map(|entry| key(entry, true)))
        .collect()
}
