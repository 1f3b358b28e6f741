"""Checks every policy of a folder with cloudsplaining, as scan-policy-file does, in one process."""

import json
import pathlib
import sys

from cloudsplaining.command.scan_policy_file import scan_policy

policies = flagged = failed = 0
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
    policies += 1
    try:
        results = scan_policy(json.loads(path.read_text()))
    except Exception:
        failed += 1
        continue
    kinds = (result for result in results.values() if isinstance(result, dict))
    flagged += any(kind["findings"] for kind in kinds)
print(json.dumps({"policies": policies, "flagged": flagged, "failed": failed}))
