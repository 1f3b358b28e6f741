import sys

import boto3
from botocore.config import Config

boto3.client(
    "s3",
    endpoint_url=sys.argv[1],
    region_name="us-east-1",
    aws_access_key_id="nobody",
    aws_secret_access_key="nothing",
    config=Config(connect_timeout=5, read_timeout=5, retries={"total_max_attempts": 1}),
).list_buckets()
