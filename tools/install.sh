#!/usr/bin/env bash
# Leaves a ready .venv: installs hash-checked packages when the lists or the Python have changed, else nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { printf '%s\n' "$*" >&2; exit 1; }

# Pins are checked by hash; a package that had to be built would fetch its build tools unchecked, so none is.
pip_install() {
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --require-hashes \
    --only-binary :all: -r requirements/dev.txt 2> >(grep -v 'is ignored: it is neither' >&2)
}

usable() { "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

# An own Python may be named: make install PYTHON=python3.12
find_python() {
  local name
  if [ -n "${PYTHON:-}" ]; then set -- "$PYTHON"; else set -- python3.13 python3.12 python3.11 python3; fi
  for name in "$@"; do
    if command -v "$name" >/dev/null && usable "$name"; then printf '%s' "$name"; return; fi
  done
}

install_python_venv() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 0
  echo "Installing python3-venv …"
  { apt-get update && apt-get install -y --no-install-recommends python3 python3-venv; } >/dev/null 2>&1 || true
}

# WhiteNoise warns where its folder is missing, and a warning fails a test: in a clean checkout it is missing.
mkdir -p build/static
exec 9>build/install.lock
flock 9 2>/dev/null || true

stamp=.venv/installed
# With the folder's own path: an environment that was copied with the project would run the original's programs.
current_key() { { cat requirements/dev.txt; .venv/bin/python -VV; pwd -P; } 2>/dev/null | cksum; }

if ! { [ -x .venv/bin/python ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(current_key)" ] \
       && .venv/bin/python -c 'import django' 2>/dev/null; } \
   || { [ -n "${PYTHON:-}" ] && usable "$PYTHON" \
        && [ "$("$PYTHON" -c 'import sys; print(sys.version_info[:2])')" != "$(.venv/bin/python -c 'import sys; print(sys.version_info[:2])')" ]; }; then
  python=$(find_python)
  if [ -z "$python" ]; then install_python_venv; python=$(find_python); fi
  [ -n "$python" ] || fail "Python 3.11, 3.12 or 3.13 with venv is needed (Debian: apt-get install python3-venv)."
  echo "Installing packages with $("$python" -V) (once) …"
  rm -rf .venv
  "$python" -m venv .venv
  pip_install || fail "The packages could not be installed. Is the network there? Then run the same command again."
  current_key > "$stamp"
fi
.venv/bin/python -m bydelsmoedre.assets
