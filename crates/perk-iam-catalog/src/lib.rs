//! Every AWS service, action, resource type and condition key.
