//! The checks by name: every issue code of IAM Access Analyzer, and perk's own.
//!
//! The text of a check is its page, `checks/CODE.md`: what `--explain` prints, what the docs hold,
//! and what the tests run.

use std::fmt;
use std::str::FromStr;

/// How grave a finding is, in the terms of IAM Access Analyzer, gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FindingType {
    /// The policy is invalid or does not work.
    Error,
    /// The policy grants access that is overly permissive.
    SecurityWarning,
    /// The policy does not follow practice, without a direct risk.
    Warning,
    /// The policy could be simpler or clearer.
    Suggestion,
}

impl FindingType {
    /// All types, gravest first.
    pub const ALL: [Self; 4] = [
        Self::Error,
        Self::SecurityWarning,
        Self::Warning,
        Self::Suggestion,
    ];

    /// Returns the type as it is written in options and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::SecurityWarning => "security-warning",
            Self::Warning => "warning",
            Self::Suggestion => "suggestion",
        }
    }
}

impl fmt::Display for FindingType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Text that names no finding type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not one of error, security-warning, warning, suggestion")]
pub struct UnknownFindingType;

impl FromStr for FindingType {
    type Err = UnknownFindingType;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(UnknownFindingType)
    }
}

/// Whose check it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// AWS's, under AWS's name: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>.
    AccessAnalyzer,
    /// perk's own.
    Perk,
}

macro_rules! codes {
    ($($origin:ident $kind:ident { $($variant:ident = $name:literal,)+ })+) => {
        /// The code of a check.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "the page of each check is its documentation")]
        pub enum Code { $($($variant,)+)+ }

        impl Code {
            /// All checks: AWS's by type and name, then perk's own.
            pub const ALL: &[Self] = &[$($(Self::$variant,)+)+];

            /// Returns the name, as in `MISSING_VERSION`.
            pub fn name(self) -> &'static str {
                match self { $($(Self::$variant => $name,)+)+ }
            }

            /// Returns the type that findings of this check have unless the configuration says otherwise.
            pub fn finding_type(self) -> FindingType {
                match self { $($(Self::$variant)|+ => FindingType::$kind,)+ }
            }

            /// Returns whose check it is.
            pub fn origin(self) -> Origin {
                match self { $($(Self::$variant)|+ => Origin::$origin,)+ }
            }

            /// Returns the Markdown page of the check.
            pub fn markdown(self) -> &'static str {
                match self {
                    $($(Self::$variant => include_str!(concat!("../checks/", $name, ".md")),)+)+
                }
            }
        }
    };
}

codes! {
    AccessAnalyzer Error {
        ArnAccountNotAllowed = "ARN_ACCOUNT_NOT_ALLOWED",
        ArnRegionNotAllowed = "ARN_REGION_NOT_ALLOWED",
        DataTypeMismatch = "DATA_TYPE_MISMATCH",
        DuplicateKeysWithDifferentCase = "DUPLICATE_KEYS_WITH_DIFFERENT_CASE",
        DynamodbInvalidReturnConsumedCapacity = "DYNAMODB_INVALID_RETURN_CONSUMED_CAPACITY",
        DynamodbInvalidReturnValues = "DYNAMODB_INVALID_RETURN_VALUES",
        DynamodbInvalidSelectValue = "DYNAMODB_INVALID_SELECT_VALUE",
        EmptyVariable = "EMPTY_VARIABLE",
        FederatedPrincipalNotSupported = "FEDERATED_PRINCIPAL_NOT_SUPPORTED",
        InvalidAction = "INVALID_ACTION",
        InvalidArnAccount = "INVALID_ARN_ACCOUNT",
        InvalidArnPrefix = "INVALID_ARN_PREFIX",
        InvalidArnRegion = "INVALID_ARN_REGION",
        InvalidArnResource = "INVALID_ARN_RESOURCE",
        InvalidArnServiceCase = "INVALID_ARN_SERVICE_CASE",
        InvalidConditionDataType = "INVALID_CONDITION_DATA_TYPE",
        InvalidConditionKeyFormat = "INVALID_CONDITION_KEY_FORMAT",
        InvalidConditionMultipleBoolean = "INVALID_CONDITION_MULTIPLE_BOOLEAN",
        InvalidConditionOperator = "INVALID_CONDITION_OPERATOR",
        InvalidEffect = "INVALID_EFFECT",
        InvalidFederatedPrincipalSyntaxInRoleTrustPolicy = "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY",
        InvalidGlobalConditionKey = "INVALID_GLOBAL_CONDITION_KEY",
        InvalidKmsKeyValue = "INVALID_KMS_KEY_VALUE",
        InvalidPartition = "INVALID_PARTITION",
        InvalidPolicyElement = "INVALID_POLICY_ELEMENT",
        InvalidPrincipalFormat = "INVALID_PRINCIPAL_FORMAT",
        InvalidPrincipalKey = "INVALID_PRINCIPAL_KEY",
        InvalidRegion = "INVALID_REGION",
        InvalidService = "INVALID_SERVICE",
        InvalidServiceConditionKey = "INVALID_SERVICE_CONDITION_KEY",
        InvalidServiceInAction = "INVALID_SERVICE_IN_ACTION",
        InvalidServicePrincipalFormat = "INVALID_SERVICE_PRINCIPAL_FORMAT",
        InvalidVariableForOperator = "INVALID_VARIABLE_FOR_OPERATOR",
        InvalidVersion = "INVALID_VERSION",
        InvalidVpceFormat = "INVALID_VPCE_FORMAT",
        InvalidVpcFormat = "INVALID_VPC_FORMAT",
        JsonSyntaxError = "JSON_SYNTAX_ERROR",
        MismatchedActionForPrincipal = "MISMATCHED_ACTION_FOR_PRINCIPAL",
        MissingAction = "MISSING_ACTION",
        MissingActionForConditionKey = "MISSING_ACTION_FOR_CONDITION_KEY",
        MissingActionForRolesAnywhereTrustPolicy = "MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY",
        MissingArnAccount = "MISSING_ARN_ACCOUNT",
        MissingArnField = "MISSING_ARN_FIELD",
        MissingArnRegion = "MISSING_ARN_REGION",
        MissingBraceInVariable = "MISSING_BRACE_IN_VARIABLE",
        MissingEffect = "MISSING_EFFECT",
        MissingPrincipal = "MISSING_PRINCIPAL",
        MissingQualifier = "MISSING_QUALIFIER",
        MissingQuoteInVariable = "MISSING_QUOTE_IN_VARIABLE",
        MissingResource = "MISSING_RESOURCE",
        MissingStatement = "MISSING_STATEMENT",
        MissingTagKeyInCondition = "MISSING_TAG_KEY_IN_CONDITION",
        NullWithIfExists = "NULL_WITH_IF_EXISTS",
        PolicySizeExceedsRcpQuota = "POLICY_SIZE_EXCEEDS_RCP_QUOTA",
        PolicySizeExceedsScpQuota = "POLICY_SIZE_EXCEEDS_SCP_QUOTA",
        PrivateIpAddress = "PRIVATE_IP_ADDRESS",
        PrivateNotIpAddress = "PRIVATE_NOT_IP_ADDRESS",
        RcpSyntaxErrorAction = "RCP_SYNTAX_ERROR_ACTION",
        RcpSyntaxErrorAllow = "RCP_SYNTAX_ERROR_ALLOW",
        RcpSyntaxErrorNotaction = "RCP_SYNTAX_ERROR_NOTACTION",
        RcpSyntaxErrorPrincipal = "RCP_SYNTAX_ERROR_PRINCIPAL",
        RoleTrustPolicySyntaxErrorNotprincipal = "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL",
        RoleTrustPolicySyntaxErrorResource = "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE",
        RoleTrustPolicyUnsupportedWildcardInPrincipal = "ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL",
        ScpSyntaxErrorActionWildcard = "SCP_SYNTAX_ERROR_ACTION_WILDCARD",
        ScpSyntaxErrorPrincipal = "SCP_SYNTAX_ERROR_PRINCIPAL",
        TypeMismatchIpRange = "TYPE_MISMATCH_IP_RANGE",
        UniqueSidsRequired = "UNIQUE_SIDS_REQUIRED",
        UnsupportedActionForConditionKey = "UNSUPPORTED_ACTION_FOR_CONDITION_KEY",
        UnsupportedActionInPolicy = "UNSUPPORTED_ACTION_IN_POLICY",
        UnsupportedConditionKeyForServicePrincipal = "UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL",
        UnsupportedElementCombination = "UNSUPPORTED_ELEMENT_COMBINATION",
        UnsupportedGlobalConditionKey = "UNSUPPORTED_GLOBAL_CONDITION_KEY",
        UnsupportedPrincipal = "UNSUPPORTED_PRINCIPAL",
        UnsupportedResourceArnInPolicy = "UNSUPPORTED_RESOURCE_ARN_IN_POLICY",
        UnsupportedSid = "UNSUPPORTED_SID",
        UnsupportedSpaceInVariable = "UNSUPPORTED_SPACE_IN_VARIABLE",
        UnsupportedWildcardInPrincipal = "UNSUPPORTED_WILDCARD_IN_PRINCIPAL",
        VariableUnsupportedInElement = "VARIABLE_UNSUPPORTED_IN_ELEMENT",
        VariableUnsupportedInVersion = "VARIABLE_UNSUPPORTED_IN_VERSION",
        VariableUsageTooPermissive = "VARIABLE_USAGE_TOO_PERMISSIVE",
        WildcardUsageTooPermissive = "WILDCARD_USAGE_TOO_PERMISSIVE",
    }
    AccessAnalyzer SecurityWarning {
        AllowWithNotPrincipal = "ALLOW_WITH_NOT_PRINCIPAL",
        DenyNotactionWithUnsupportedTagConditionKeyForService = "DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
        DenyWithUnsupportedTagConditionKeyForService = "DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
        DynamodbAttributesWithoutReturnValues = "DYNAMODB_ATTRIBUTES_WITHOUT_RETURN_VALUES",
        DynamodbAttributesWithoutSelect = "DYNAMODB_ATTRIBUTES_WITHOUT_SELECT",
        ForallvaluesWithSingleValuedKey = "FORALLVALUES_WITH_SINGLE_VALUED_KEY",
        ForanyvalueWithAudienceClaimType = "FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE",
        MissingConditionKeyForOidcPrincipal = "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL",
        MissingGithubRepoConditionKey = "MISSING_GITHUB_REPO_CONDITION_KEY",
        MissingPairedConditionKeys = "MISSING_PAIRED_CONDITION_KEYS",
        PassRoleWithNotActionAndNotResource = "PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE",
        PassRoleWithNotResource = "PASS_ROLE_WITH_NOT_RESOURCE",
        PassRoleWithStarInActionAndNotResource = "PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE",
        PassRoleWithStarInActionAndResource = "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE",
        PassRoleWithStarInResource = "PASS_ROLE_WITH_STAR_IN_RESOURCE",
        PassRoleWithStarInResourceAndNotAction = "PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION",
        RestrictAccessToServicePrincipal = "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL",
        S3PrefixInNegativeContext = "S3_PREFIX_IN_NEGATIVE_CONTEXT",
        StringLikeOperatorWithArnConditionKeys = "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS",
        UntrustworthyConditionKey = "UNTRUSTWORTHY_CONDITION_KEY",
    }
    AccessAnalyzer Warning {
        CreateSlrWithNotActionAndNotResource = "CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE",
        CreateSlrWithNotResource = "CREATE_SLR_WITH_NOT_RESOURCE",
        CreateSlrWithStarInActionAndNotResource = "CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE",
        CreateSlrWithStarInActionAndResource = "CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE",
        CreateSlrWithStarInResource = "CREATE_SLR_WITH_STAR_IN_RESOURCE",
        CreateSlrWithStarInResourceAndNotAction = "CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION",
        DeprecatedGlobalConditionKey = "DEPRECATED_GLOBAL_CONDITION_KEY",
        DynamodbReplaceOperationWithAttributes = "DYNAMODB_REPLACE_OPERATION_WITH_ATTRIBUTES",
        DynamodbScanBypassesLeadingKeys = "DYNAMODB_SCAN_BYPASSES_LEADING_KEYS",
        DynamodbWrongConditionForAction = "DYNAMODB_WRONG_CONDITION_FOR_ACTION",
        InvalidDateValue = "INVALID_DATE_VALUE",
        InvalidRoleReference = "INVALID_ROLE_REFERENCE",
        InvalidUserReference = "INVALID_USER_REFERENCE",
        MissingVersion = "MISSING_VERSION",
        PolicySizeExceedsIdentityPolicyQuota = "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA",
        PolicySizeExceedsResourcePolicyQuota = "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA",
        PolicySizeExceedsRoleTrustPolicyQuota = "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA",
        RcpMissingRelatedPrincipalConditionKey = "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY",
        RcpMissingRelatedServicePrincipalConditionKey = "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY",
        RcpMissingServiceConditionKeyNullCheck = "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK",
        SpecificGithubRepoAndBranchRecommended = "SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED",
        TypeMismatch = "TYPE_MISMATCH",
        TypeMismatchBoolean = "TYPE_MISMATCH_BOOLEAN",
        TypeMismatchDate = "TYPE_MISMATCH_DATE",
        TypeMismatchNumber = "TYPE_MISMATCH_NUMBER",
        TypeMismatchString = "TYPE_MISMATCH_STRING",
        UniqueSidsRecommended = "UNIQUE_SIDS_RECOMMENDED",
        UseConditionKeyOnlyWithSupportedServices = "USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES",
        WildcardWithoutLikeOperator = "WILDCARD_WITHOUT_LIKE_OPERATOR",
    }
    AccessAnalyzer Suggestion {
        AllowNotactionWithUnsupportedTagConditionKeyForService = "ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
        AllowWithUnsupportedTagConditionKeyForService = "ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
        ConfirmAudienceClaimType = "CONFIRM_AUDIENCE_CLAIM_TYPE",
        EmptyArrayAction = "EMPTY_ARRAY_ACTION",
        EmptyArrayCondition = "EMPTY_ARRAY_CONDITION",
        EmptyArrayConditionForallvalues = "EMPTY_ARRAY_CONDITION_FORALLVALUES",
        EmptyArrayConditionForanyvalue = "EMPTY_ARRAY_CONDITION_FORANYVALUE",
        EmptyArrayConditionIfexists = "EMPTY_ARRAY_CONDITION_IFEXISTS",
        EmptyArrayPrincipal = "EMPTY_ARRAY_PRINCIPAL",
        EmptyArrayResource = "EMPTY_ARRAY_RESOURCE",
        EmptyObjectCondition = "EMPTY_OBJECT_CONDITION",
        EmptyObjectPrincipal = "EMPTY_OBJECT_PRINCIPAL",
        EmptySidValue = "EMPTY_SID_VALUE",
        EquivalentToNullFalse = "EQUIVALENT_TO_NULL_FALSE",
        EquivalentToNullTrue = "EQUIVALENT_TO_NULL_TRUE",
        ImproveIpRange = "IMPROVE_IP_RANGE",
        IrrelevantConditionKeyInPolicy = "IRRELEVANT_CONDITION_KEY_IN_POLICY",
        NullWithQualifier = "NULL_WITH_QUALIFIER",
        PrivateIpAddressSubset = "PRIVATE_IP_ADDRESS_SUBSET",
        PrivateNotIpAddressSubset = "PRIVATE_NOT_IP_ADDRESS_SUBSET",
        RecommendedConditionKeyForServicePrincipal = "RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL",
        RedundantAction = "REDUNDANT_ACTION",
        RedundantConditionValueNum = "REDUNDANT_CONDITION_VALUE_NUM",
        RedundantKeyDueToWildcardInCondition = "REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION",
        RedundantPrincipalInRoleTrustPolicy = "REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY",
        RedundantResource = "REDUNDANT_RESOURCE",
        RedundantStatement = "REDUNDANT_STATEMENT",
        RedundantStatementDueToWildcardInCondition = "REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION",
        WildcardInServiceName = "WILDCARD_IN_SERVICE_NAME",
    }
    Perk Error {
        NoPolicyFound = "NO_POLICY_FOUND",
        UnreadableInput = "UNREADABLE_INPUT",
    }
    Perk SecurityWarning {
        FullAccess = "FULL_ACCESS",
        PrivilegeEscalation = "PRIVILEGE_ESCALATION",
        PublicAccess = "PUBLIC_ACCESS",
        TrustPolicyOpenToWorld = "TRUST_POLICY_OPEN_TO_WORLD",
    }
    Perk Warning {
        AllowWithNotAction = "ALLOW_WITH_NOT_ACTION",
        AllowWithNotResource = "ALLOW_WITH_NOT_RESOURCE",
        CredentialExposure = "CREDENTIAL_EXPOSURE",
        DataAccessWithoutConstraint = "DATA_ACCESS_WITHOUT_CONSTRAINT",
        ExpiredSuppression = "EXPIRED_SUPPRESSION",
        ResourceExposure = "RESOURCE_EXPOSURE",
        ResourceMismatch = "RESOURCE_MISMATCH",
        TrustPolicyWithoutExternalId = "TRUST_POLICY_WITHOUT_EXTERNAL_ID",
        UnusedSuppression = "UNUSED_SUPPRESSION",
    }
    Perk Suggestion {
        ServiceWildcard = "SERVICE_WILDCARD",
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Text that names no check.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no check is called `{name}`")]
pub struct UnknownCode {
    /// The text.
    pub name: String,
    /// The check that was probably meant.
    pub nearest: Option<Code>,
}

impl FromStr for Code {
    type Err = UnknownCode;

    /// Takes the name in any case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL
            .iter()
            .find(|code| code.name().eq_ignore_ascii_case(text));
        found.copied().ok_or_else(|| UnknownCode {
            name: text.to_owned(),
            nearest: perk_diag::nearest(text, Self::ALL.iter().map(|code| code.name()))
                .and_then(|name| name.parse().ok()),
        })
    }
}
