#!/usr/bin/env bash
# Make .venv and install what is missing, nothing else. A second run takes well under a second.
#   scripts/setup.sh run     what `make run` needs
#   scripts/setup.sh test    that, and what `make test` and `make check` need
# PYTHON=python3.12 chooses the interpreter; CHROMIUM=/path the browser for tests.
set -euo pipefail
cd "$(dirname "$0")/.."

purpose=${1:-run}
locks=(requirements.txt)
[[ $purpose == test ]] && locks+=(requirements-dev.txt)
stamp=.venv/.installed-$purpose
fingerprint=$(cat "${locks[@]}" scripts/setup.sh | sha256sum)
export DEBIAN_FRONTEND=noninteractive

if [[ -x .venv/bin/python && -f $stamp && $(<"$stamp") == "$fingerprint" ]]; then
  exit 0
fi

say() { printf 'setup: %s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

root=()
apt_updated=
apt_ready() {
  if [[ $apt_updated ]]; then return; fi
  command -v apt-get >/dev/null || stop "please install by hand (there is no apt-get here): $*"
  if [[ $(id -u) != 0 ]]; then
    command -v sudo >/dev/null || stop "please run as root: apt-get install $*"
    root=(sudo --preserve-env=DEBIAN_FRONTEND)
  fi
  "${root[@]}" apt-get update -qq || say "apt-get update failed; trying with what is known"
  apt_updated=yes
}

apt_install() {
  apt_ready "$@"
  say "apt-get install $*"
  "${root[@]}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null \
    || stop "apt-get could not install: $*"
}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  local candidate
  for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11 python3.14; do
    if new_enough "$candidate"; then echo "$candidate"; return; fi
  done
  return 1
}

make_venv() {
  if [[ -x .venv/bin/python ]] && new_enough .venv/bin/python; then return; fi
  local python version
  python=$(find_python) || stop "Python 3.11 or newer is needed (apt-get install python3.11, or set PYTHON=...)"
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    apt_install "python$version-venv"
  fi
  say "making .venv with $("$python" --version)"
  rm -rf .venv
  "$python" -m venv .venv
}

install_python_packages() {
  local arguments=() lock
  for lock in "${locks[@]}"; do arguments+=(-r "$lock"); done
  say "installing Python packages from ${locks[*]}"
  .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input \
    --only-binary :all: --require-hashes "${arguments[@]}" \
    || stop "pip could not install the packages; the lines above say why (network, proxy, certificates?)"
}

loads() { .venv/bin/python -c "import ctypes; ctypes.CDLL('$1')" 2>/dev/null; }

install_pdf_libraries() {
  local missing=()
  loads libpango-1.0.so.0 || missing+=(libpango-1.0-0)
  loads libpangoft2-1.0.so.0 || missing+=(libpangoft2-1.0-0)
  loads libharfbuzz-subset.so.0 || missing+=(libharfbuzz-subset0)
  compgen -G '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf' >/dev/null || missing+=(fonts-dejavu-core)
  # A certificate quotes what was signed, word for word, also in Tigrinya.
  compgen -G '/usr/share/fonts/truetype/abyssinica/*.ttf' >/dev/null || missing+=(fonts-sil-abyssinica)
  if ((${#missing[@]})); then apt_install "${missing[@]}"; fi
}

# Ubuntu's chromium only starts a snap, which cannot be driven.
usable_browser() {
  local path
  [[ -n ${CHROMIUM:-} ]] && return 0
  for path in chromium-headless-shell chromium; do
    path=$(command -v "$path") || continue
    grep -q /snap/ "$path" || return 0
  done
  return 1
}

offered() { [[ $(apt-cache policy "$1" 2>/dev/null) == *'Candidate: '[0-9]* ]]; }

# What Playwright's own Node.js needs; a minimal Debian does not have it.
install_driver_libraries() {
  local missing=()
  loads libatomic.so.1 || missing+=(libatomic1)
  loads libstdc++.so.6 || missing+=(libstdc++6)
  if ((${#missing[@]})); then apt_install "${missing[@]}"; fi
}

install_browser() {
  usable_browser && return
  # shellcheck source=/dev/null
  if [[ $(. /etc/os-release && echo "$ID") == debian ]]; then
    apt_ready chromium
    if offered chromium-headless-shell; then apt_install chromium-headless-shell; else apt_install chromium; fi
    return
  fi
  say "installing Playwright's own Chromium (this system's package cannot be driven)"
  .venv/bin/python -m playwright install --with-deps --only-shell chromium \
    || stop "no browser for the tests: set CHROMIUM=/path/to/a/chromium"
}

make_venv
install_python_packages
install_pdf_libraries
if [[ $purpose == test ]]; then
  install_driver_libraries
  install_browser
fi
printf '%s' "$fingerprint" >"$stamp"
say "ready"
