#!/usr/bin/env bash
# Throw the local database away and fill it with demo data again. Refuses anything but local SQLite.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ ${DATABASE_URL:-sqlite:} != sqlite:* ]] || grep -qsE '^DATABASE_URL=postgres' .env; then
  echo "demo-reset: DATABASE_URL points at a server; this command only removes a local SQLite file." >&2
  exit 1
fi
export BASUN_DEMO=1
database=$(.venv/bin/python -c '
import os; os.environ.setdefault("DJANGO_SETTINGS_MODULE", "basun.settings.local")
from django.conf import settings; print(settings.DATABASES["default"]["NAME"])')
rm -f "$database" "$database-wal" "$database-shm"
.venv/bin/python manage.py migrate --verbosity 0
.venv/bin/python manage.py load_demo
