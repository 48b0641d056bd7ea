#!/usr/bin/env bash
# Run a command with a PostgreSQL and a Redis: those of DATABASE_URL and REDIS_URL, else the local ones,
# else temporary ones of our own, with their data under /tmp, ended with the command.
#   scripts/services.sh .venv/bin/python -m pytest
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
python=$root/.venv/bin/python
scratch=
started=()

say() { printf 'services: %s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

cleanup() {
  local pid
  for pid in "${started[@]}"; do
    kill -INT "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  if [[ -n $scratch ]]; then rm -rf "$scratch"; fi
}
trap cleanup EXIT
trap 'exit 130' INT TERM

make_scratch() {
  if [[ -n $scratch ]]; then return; fi
  # Not under var/: PostgreSQL's user may not be let through to it, and a socket's path is short.
  scratch=$(mktemp -d /tmp/basun-services.XXXXXX)
  chmod 755 "$scratch"
}

free_port() { "$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

postgres_answers() {
  "$python" - "$1" 2>/dev/null <<'PY'
import sys, psycopg2
psycopg2.connect(sys.argv[1], connect_timeout=3).close()
PY
}

redis_answers() {
  "$python" -c 'import sys, redis; redis.Redis.from_url(sys.argv[1], socket_connect_timeout=3).ping()' "$1" 2>/dev/null
}

wait_for() {
  local attempt
  for attempt in {1..100}; do
    if "$@"; then return; fi
    sleep 0.1
  done
  stop "$1 gave no answer after ${attempt} attempts"
}

install() {
  local sudo=()
  command -v apt-get >/dev/null || stop "please install $* by hand"
  if [[ $(id -u) != 0 ]]; then sudo=(sudo); fi
  say "apt-get install $*"
  "${sudo[@]}" apt-get update -qq || true
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null || stop "apt-get could not install: $*"
}

# PostgreSQL refuses to run as root: use the package's own user then.
as_postgres() {
  if [[ $(id -u) == 0 ]]; then runuser -u postgres -- "$@"; else "$@"; fi
}

find_postgres() { compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -1; }

start_postgres() {
  local bin port data
  if [[ -z $(find_postgres) ]]; then install postgresql; fi
  bin=$(find_postgres)
  port=$(free_port)
  make_scratch
  data=$scratch/postgres
  mkdir "$data"
  if [[ $(id -u) == 0 ]]; then chown postgres "$data"; fi
  say "starting a temporary PostgreSQL on port $port"
  (cd / && as_postgres "$bin/initdb" --pgdata "$data" --username postgres --auth trust --encoding UTF8 \
    --locale C.UTF-8 >/dev/null)
  (cd / && exec_as_postgres "$bin/postgres" -D "$data" -p "$port" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories="$data" -c fsync=off) >"$scratch/postgres.log" 2>&1 &
  started+=($!)
  export DATABASE_URL=postgres://postgres@127.0.0.1:$port/postgres
  wait_for postgres_answers "$DATABASE_URL"
}

exec_as_postgres() {
  if [[ $(id -u) == 0 ]]; then exec setpriv --reuid postgres --regid postgres --clear-groups "$@"; else exec "$@"; fi
}

start_redis() {
  local port
  if ! command -v redis-server >/dev/null; then install redis-server; fi
  port=$(free_port)
  make_scratch
  say "starting a temporary Redis on port $port"
  redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$scratch" >"$scratch/redis.log" 2>&1 &
  started+=($!)
  export REDIS_URL=redis://127.0.0.1:$port/0
  wait_for redis_answers "$REDIS_URL"
}

choose() {
  local name=$1 local_url=$2 answers=$3 start=$4
  if [[ -n ${!name:-} ]]; then
    "$answers" "${!name}" || stop "$name is set, but nothing answers there"
  elif "$answers" "$local_url"; then
    export "$name=$local_url"
  else
    "$start"
  fi
}

choose DATABASE_URL postgres://postgres@127.0.0.1:5432/postgres postgres_answers start_postgres
choose REDIS_URL redis://127.0.0.1:6379/0 redis_answers start_redis
export BASUN_SERVICES=1
"$@"
