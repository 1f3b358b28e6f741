#!/usr/bin/env bash
# The synthetic check: writes a marked note, reads it back and removes it, as a caller would.
#
# Run it from outside, on a schedule, with an objective of its own. Notes that carry the mark are
# left out of lists and reports.
#
# usage: synthetic.sh http://service.example
set -euo pipefail

base=${1:?usage: synthetic.sh URL}
text="synthetic $(date -u +%FT%TZ) $RANDOM"

ask() {
    curl --silent --show-error --fail --max-time 10 --header 'content-type: application/json' "$@"
}

note=$(ask --data "{\"text\":\"$text\",\"synthetic\":true}" "$base/v1/notes")
id=$(sed -E 's/.*"id":([0-9]+).*/\1/' <<<"$note")
trap 'ask --request DELETE "$base/v1/notes/$id"' EXIT

found=$(ask "$base/v1/notes/$id")
if [[ $found != "$note" ]]; then
    echo "wrote $note and read $found" >&2
    exit 1
fi
echo "written and read back: note $id"
