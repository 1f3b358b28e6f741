#!/bin/sh
# Runs a command of the image build with the certificates of the build secret `extra_ca`, if it is
# given, trusted in addition to those of the system. Nothing of them stays in the image.
set -eu

extra=/run/secrets/extra_ca
system=/etc/ssl/certs/ca-certificates.crt

if [ -s "$extra" ]; then
    bundle=$(mktemp)
    trap 'rm -f "$bundle"' EXIT
    cat "$system" "$extra" >"$bundle"
    export SSL_CERT_FILE="$bundle" PIP_CERT="$bundle" REQUESTS_CA_BUNDLE="$bundle"
fi

"$@"
