//! The document against the schema of SARIF, and in full.

use super::*;
use crate::render::iam::sample;

/// Returns the document without the long texts of the pages and without the version.
fn shortened(mut log: serde_json::Value) -> String {
    let driver = &mut log["runs"][0]["tool"]["driver"];
    assert_eq!(driver["version"], driver["semanticVersion"]);
    driver["version"] = "(version)".into();
    driver["semanticVersion"] = "(version)".into();
    for rule in log["runs"][0]["tool"]["driver"]["rules"]
        .as_array_mut()
        .unwrap()
    {
        assert_eq!(rule["help"]["text"], rule["help"]["markdown"]);
        assert!(rule["help"]["text"].as_str().unwrap().starts_with("# "));
        rule["help"] = "(page)".into();
    }
    serde_json::to_string_pretty(&log).unwrap()
}

fn log(report: &Report) -> serde_json::Value {
    serde_json::from_str(&sample::rendered_of(report, write)).unwrap()
}

fn assert_valid(log: &serde_json::Value) {
    let schema = include_str!("../../../../../../tests/fixtures/sarif/sarif-schema-2.1.0.json");
    let mut compiler = boon::Compiler::new();
    compiler.enable_format_assertions();
    compiler
        .add_resource("sarif.json", serde_json::from_str(schema).unwrap())
        .unwrap();
    let mut schemas = boon::Schemas::new();
    let schema = compiler.compile("sarif.json", &mut schemas).unwrap();
    if let Err(error) = schemas.validate(log, schema) {
        panic!("not valid: {error:#}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "the log is shown in full")]
fn a_report_is_a_valid_log() {
    let log = log(&sample::report());
    assert_valid(&log);
    insta::assert_snapshot!(shortened(log), @r#"
    {
      "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      "runs": [
        {
          "columnKind": "unicodeCodePoints",
          "results": [
            {
              "level": "error",
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "policies/deploy.json"
                    },
                    "region": {
                      "endColumn": 6,
                      "endLine": 6,
                      "startColumn": 5,
                      "startLine": 3
                    }
                  }
                }
              ],
              "message": {
                "text": "The statement has no `Resource`. Add `\"Resource\": \"*\"`, or name one."
              },
              "partialFingerprints": {
                "perkFindingHash/v1": "0000000000000031"
              },
              "properties": {
                "kind": "identity",
                "pointer": "Statement/0",
                "policy": "deploy",
                "type": "error"
              },
              "ruleId": "MISSING_RESOURCE",
              "ruleIndex": 0
            },
            {
              "level": "warning",
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "policies/deploy.json"
                    },
                    "region": {
                      "endColumn": 31,
                      "endLine": 9,
                      "startColumn": 17,
                      "startLine": 9
                    }
                  }
                }
              ],
              "message": {
                "text": "`iam:PassRole` is allowed on every role. See also [Statement/1/Resource/a\\[0\\]](1)."
              },
              "partialFingerprints": {
                "perkFindingHash/v1": "0000000000000060"
              },
              "properties": {
                "kind": "identity",
                "pointer": "Statement/1/Action",
                "policy": "deploy",
                "type": "security-warning"
              },
              "relatedLocations": [
                {
                  "id": 1,
                  "message": {
                    "text": "Statement/1/Resource/a[0]"
                  },
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "policies/deploy.json"
                    },
                    "region": {
                      "endColumn": 22,
                      "endLine": 10,
                      "startColumn": 19,
                      "startLine": 10
                    }
                  }
                }
              ],
              "ruleId": "PASS_ROLE_WITH_STAR_IN_RESOURCE",
              "ruleIndex": 1
            },
            {
              "level": "note",
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "policies/deploy.json"
                    },
                    "region": {
                      "endColumn": 22,
                      "endLine": 14,
                      "startColumn": 7,
                      "startLine": 14
                    }
                  }
                }
              ],
              "message": {
                "text": "`s3:Get*` covers `s3:GetObject`."
              },
              "partialFingerprints": {
                "perkFindingHash/v1": "0000000000000098"
              },
              "properties": {
                "kind": "identity",
                "pointer": "Statement/2/Action/1",
                "policy": "deploy",
                "type": "suggestion"
              },
              "ruleId": "REDUNDANT_ACTION",
              "ruleIndex": 3
            },
            {
              "level": "warning",
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "odd%2C%2050%25%20%26%20%3Cb%3E%3A%22%C3%A9%22%0A%7Cdir/pol%27icy.json"
                    },
                    "region": {
                      "endColumn": 9,
                      "endLine": 2,
                      "startColumn": 4,
                      "startLine": 2
                    }
                  }
                }
              ],
              "message": {
                "text": "`<b>|*[x] (y)*�::error::%` by @octocat in #7 & \"co\" �[2J: tüg�. Did you mean `2030-01-31`?"
              },
              "partialFingerprints": {
                "perkFindingHash/v1": "0000000000000070"
              },
              "properties": {
                "kind": "identity",
                "pointer": "Statement/0/Condition/x]y",
                "policy": "deploy",
                "type": "warning"
              },
              "ruleId": "INVALID_DATE_VALUE",
              "ruleIndex": 2
            },
            {
              "level": "error",
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "missing.json"
                    },
                    "region": {
                      "endColumn": 1,
                      "endLine": 1,
                      "startColumn": 1,
                      "startLine": 1
                    }
                  }
                }
              ],
              "message": {
                "text": "`missing.json` does not exist."
              },
              "partialFingerprints": {
                "perkFindingHash/v1": "00000000000000a1"
              },
              "properties": {
                "pointer": "",
                "type": "error"
              },
              "ruleId": "UNREADABLE_INPUT",
              "ruleIndex": 4
            }
          ],
          "tool": {
            "driver": {
              "name": "perk",
              "rules": [
                {
                  "defaultConfiguration": {
                    "level": "error"
                  },
                  "fullDescription": {
                    "text": "Every statement must have `Resource` or `NotResource`, except in role trust policies, which always concern the role they are attached to and must not have one. The finding points at the statement that has neither."
                  },
                  "help": "(page)",
                  "helpUri": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-resource",
                  "id": "MISSING_RESOURCE",
                  "properties": {
                    "security-severity": "8.0",
                    "tags": [
                      "security"
                    ]
                  },
                  "shortDescription": {
                    "text": "A statement has neither Resource nor NotResource."
                  }
                },
                {
                  "defaultConfiguration": {
                    "level": "warning"
                  },
                  "fullDescription": {
                    "text": "Given for a statement with `\"Effect\": \"Allow\"` whose `Action` names `iam:PassRole` without a wildcard and whose `Resource` is `*`, or a role ARN whose name is nothing but a wildcard. The finding points at the action and at the resource."
                  },
                  "help": "(page)",
                  "helpUri": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-pass-role-with-star-in-resource",
                  "id": "PASS_ROLE_WITH_STAR_IN_RESOURCE",
                  "properties": {
                    "security-severity": "7.0",
                    "tags": [
                      "security"
                    ]
                  },
                  "shortDescription": {
                    "text": "`iam:PassRole` is allowed on every role."
                  }
                },
                {
                  "defaultConfiguration": {
                    "level": "warning"
                  },
                  "fullDescription": {
                    "text": "Given for a value of a date operator (`DateEquals`, `DateNotEquals`, `DateLessThan`, `DateLessThanEquals`, `DateGreaterThan`, `DateGreaterThanEquals`, each also with `...IfExists`) that is a whole number, as string or as JSON number: Unix epoch time."
                  },
                  "help": "(page)",
                  "helpUri": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-invalid-date-value",
                  "id": "INVALID_DATE_VALUE",
                  "shortDescription": {
                    "text": "The date is written as seconds since 1970 instead of a calendar date."
                  }
                },
                {
                  "defaultConfiguration": {
                    "level": "note"
                  },
                  "fullDescription": {
                    "text": "Given within one statement for entries of `Action` (or `NotAction`) of which one covers another completely: everything the second matches, the first matches too. Entries are compared in any case of letters, by their patterns, not by the actions that exist today. The finding points at both, the entry that covers and those it covers."
                  },
                  "help": "(page)",
                  "helpUri": "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-action",
                  "id": "REDUNDANT_ACTION",
                  "shortDescription": {
                    "text": "An action is covered by another action of the same statement."
                  }
                },
                {
                  "defaultConfiguration": {
                    "level": "error"
                  },
                  "fullDescription": {
                    "text": "Given for a file that does not exist, may not be read, is larger than the limit, or is not a file at all, such as a named pipe or a device. The finding says which. The other files are checked nevertheless."
                  },
                  "help": "(page)",
                  "id": "UNREADABLE_INPUT",
                  "properties": {
                    "security-severity": "8.0",
                    "tags": [
                      "security"
                    ]
                  },
                  "shortDescription": {
                    "text": "A file could not be read, so its policies were not checked."
                  }
                }
              ],
              "semanticVersion": "(version)",
              "version": "(version)"
            }
          }
        }
      ],
      "version": "2.1.0"
    }
    "#);
}

#[test]
fn nothing_found_is_a_valid_log() {
    let log = log(&Report::default());
    assert_valid(&log);
    assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
}

#[test]
fn every_check_makes_a_valid_rule() {
    let mut report = sample::report();
    let finding = report.findings[0].clone();
    report.findings = Code::ALL
        .iter()
        .map(|&code| {
            let mut reported = finding.clone();
            reported.finding.code = code;
            reported
        })
        .collect();
    let log = log(&report);
    assert_valid(&log);
    let rules = log["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap();
    assert_eq!(rules.len(), Code::ALL.len());
    for rule in rules {
        for part in ["shortDescription", "fullDescription"] {
            let text = rule[part]["text"].as_str().unwrap();
            assert!(
                !text.is_empty() && !text.starts_with('#'),
                "{}: {text}",
                rule["id"]
            );
        }
    }
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
}

#[test]
fn many_places_are_not_all_linked() {
    let mut report = sample::report();
    let reported = &mut report.findings[0];
    let (place, location) = (reported.places[0], reported.finding.locations[0].clone());
    reported.places = vec![place; 7];
    reported.finding.locations = vec![location; 7];
    let log = log(&report);
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["relatedLocations"].as_array().unwrap().len(), 6);
    let text = result["message"]["text"].as_str().unwrap();
    assert!(text.ends_with("[Statement/0](4) and 2 more."), "{text}");
}

#[test]
fn absolute_paths_are_files() {
    assert_eq!(uri("/a b/ü.json"), "file:///a%20b/%C3%BC.json");
    assert_eq!(uri("a:b/c#d"), "a%3Ab/c%23d");
    assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
}
