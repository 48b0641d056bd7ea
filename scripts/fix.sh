#!/usr/bin/env bash
# Format code and templates, and mend what ruff can mend safely.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/ruff check --fix-only --quiet .
.venv/bin/ruff format --quiet .
# djade exits with 1 when it has changed something, which is what it is here for.
git ls-files -z 'templates/*.html' '*/templates/*.html' \
  | { xargs -0 .venv/bin/djade --target-version 5.2 || true; }
