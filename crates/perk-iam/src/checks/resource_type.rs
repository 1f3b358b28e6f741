//! What resource policies of each CloudFormation resource type are about.

/// Type, services whose actions it takes, pattern of the ARNs it takes.
type Row = (&'static str, &'static [&'static str], &'static str);

const TYPES: &[Row] = &[
    ("AWS::S3::Bucket", &["s3"], "arn:*:s3:::*"),
    (
        "AWS::S3::AccessPoint",
        &["s3"],
        "arn:*:s3:*:*:accesspoint/*",
    ),
    (
        "AWS::S3::MultiRegionAccessPoint",
        &["s3"],
        "arn:*:s3::*:accesspoint/*",
    ),
    (
        "AWS::S3ObjectLambda::AccessPoint",
        &["s3-object-lambda"],
        "arn:*:s3-object-lambda:*:*:*",
    ),
    (
        "AWS::S3Express::DirectoryBucket",
        &["s3express"],
        "arn:*:s3express:*:*:*",
    ),
    (
        "AWS::S3Tables::TableBucket",
        &["s3tables"],
        "arn:*:s3tables:*:*:*",
    ),
    (
        "AWS::S3Tables::Table",
        &["s3tables"],
        "arn:*:s3tables:*:*:*",
    ),
    (
        "AWS::DynamoDB::Table",
        &["dynamodb"],
        "arn:*:dynamodb:*:*:table/*",
    ),
    (
        "AWS::DynamoDB::Stream",
        &["dynamodb"],
        "arn:*:dynamodb:*:*:table/*/stream/*",
    ),
    ("AWS::KMS::Key", &["kms"], "arn:*:kms:*:*:key/*"),
    ("AWS::SQS::Queue", &["sqs"], "arn:*:sqs:*:*:*"),
    ("AWS::SNS::Topic", &["sns"], "arn:*:sns:*:*:*"),
    (
        "AWS::SecretsManager::Secret",
        &["secretsmanager"],
        "arn:*:secretsmanager:*:*:secret:*",
    ),
    (
        "AWS::ECR::Repository",
        &["ecr"],
        "arn:*:ecr:*:*:repository/*",
    ),
    (
        "AWS::EFS::FileSystem",
        &["elasticfilesystem"],
        "arn:*:elasticfilesystem:*:*:file-system/*",
    ),
    (
        "AWS::Lambda::Function",
        &["lambda"],
        "arn:*:lambda:*:*:function:*",
    ),
    ("AWS::IAM::AssumeRolePolicyDocument", &["sts"], "*"),
];

/// Returns the services whose actions a type's policies take; none for a type that is not known.
pub(super) fn services(name: &str) -> &'static [&'static str] {
    row(name).map_or(&[], |(_, services, _)| services)
}

/// Returns the pattern of the ARNs that a type's policies take.
pub(super) fn arn_pattern(name: &str) -> Option<&'static str> {
    row(name).map(|(_, _, pattern)| *pattern)
}

fn row(name: &str) -> Option<&'static Row> {
    TYPES.iter().find(|(known, ..)| *known == name)
}
