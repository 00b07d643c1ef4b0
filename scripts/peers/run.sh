#!/usr/bin/env bash
# Runs one case of scripts/real-peers: run.sh CASE CAPTURE. Started by it in namespaces of its own.
set -euo pipefail
capture=$2
# shellcheck source=scripts/peers/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
trap 'tail -n 30 "$work/server.log" >&2 2>/dev/null || true' ERR
begin
# shellcheck source=/dev/null
. "$peers/$1.sh"
end
