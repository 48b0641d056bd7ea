#!/usr/bin/env bash
# Choose versions anew: requirements*.in -> requirements*.txt with hashes, for Python 3.11 and newer on
# every platform. UPGRADE=1 takes the newest of everything; without it only what has to move moves.
set -euo pipefail
cd "$(dirname "$0")/.."

uv=$(command -v uv || true)
if [[ -z $uv ]]; then
  mkdir -p var
  [[ -x var/uv/bin/uv ]] || { python3 -m venv var/uv && var/uv/bin/pip install --quiet uv; }
  uv=var/uv/bin/uv
fi
options=(--quiet --universal --python-version 3.11 --generate-hashes --no-header --system-certs)
[[ ${UPGRADE:-} ]] && options+=(--upgrade)
"$uv" pip compile "${options[@]}" requirements.in --output-file requirements.txt
"$uv" pip compile "${options[@]}" requirements-dev.in --output-file requirements-dev.txt
