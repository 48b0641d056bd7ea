#!/usr/bin/env bash
# Everything that can be said without running the suite. Runs all of it and fails if any part did.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
bin=.venv/bin
failed=()

part() {
  local name=$1 output
  shift
  if output=$("$@" 2>&1); then
    printf 'ok      %s\n' "$name"
  else
    printf 'FAILED  %s\n%s\n\n' "$name" "$output"
    failed+=("$name")
  fi
}

templates() { git ls-files -z 'templates/*.html' '*/templates/*.html' | xargs -0 "$bin/djade" --target-version 5.2 --check; }

manage_without_environment() {
  env -u DATABASE_URL -u REDIS_URL BASUN_VAR="$scratch" DJANGO_SETTINGS_MODULE=basun.settings.local \
    "$bin/python" manage.py "$@"
}

# Made-up secrets: the check reads settings, it connects to nothing.
deploy_check() {
  env SECRET_KEY=not-a-secret-but-as-long-as-one-0123456789-abcdefghij DATABASE_URL=postgres://u:p@localhost/basun \
    REDIS_URL=redis://localhost:6379/0 ALLOWED_HOSTS=basun.example CSRF_TRUSTED_ORIGINS=https://basun.example \
    PUBLIC_URL=https://basun.example SMS_GATEWAY=46elks SMS_USER=u SMS_PASSWORD=p \
    EMAIL_BACKEND=django.core.mail.backends.smtp.EmailBackend \
    BASUN_DEMO=0 BASUN_VAR="$scratch" DJANGO_SETTINGS_MODULE=basun.settings.production \
    "$bin/python" -W error::DeprecationWarning manage.py check --deploy --fail-level WARNING
}

shell_scripts() {
  local script
  for script in scripts/*.sh .ci/run; do bash -n "$script" || return 1; done
  if command -v shellcheck >/dev/null; then shellcheck scripts/*.sh .ci/run; fi
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

part "lint (ruff)" "$bin/ruff" check .
part "format (ruff)" "$bin/ruff" format --check .
part "templates (djade)" templates
part "import direction (import-linter)" "$bin/lint-imports" --no-cache
part "settings and routes (manage.py check)" manage_without_environment check --fail-level WARNING
part "no missing migration" manage_without_environment makemigrations --check --dry-run
part "production settings (check --deploy)" deploy_check
part "security slips (bandit)" "$bin/bandit" -q -r -c pyproject.toml --severity-level medium .
part "translations and words on screen" "$bin/python" scripts/check_words.py
part "nothing of this machine, no registry hosts" "$bin/python" scripts/check_tree.py
part "compose and YAML (yamllint)" "$bin/yamllint" --strict docker-compose.yml
part "shell scripts" shell_scripts

if ((${#failed[@]})); then
  printf '\n%d of the checks failed: ' "${#failed[@]}"
  printf '%s; ' "${failed[@]}"
  printf '\n'
  exit 1
fi
printf '\nAll checks passed.\n'
