"""Checks every policy of a folder with parliament, as its command line does, in one process."""

import json
import pathlib
import sys

import parliament
from parliament.cli import is_finding_filtered

policies = flagged = failed = 0
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
    policies += 1
    try:
        analyzed = parliament.analyze_policy_string(path.read_text(), str(path))
        findings = [parliament.enhance_finding(finding) for finding in analyzed.findings]
    except Exception:
        failed += 1
        continue
    flagged += any(not is_finding_filtered(finding, "LOW") for finding in findings)
print(json.dumps({"policies": policies, "flagged": flagged, "failed": failed}))
