#!/usr/bin/env bash
# Prints the path of a Chromium, installing Debian's where it may. An absent browser fails; nothing is skipped.
set -euo pipefail
find_it() { for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do [ -n "$name" ] && command -v "$name" && return; done; return 1; }
if ! find_it >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium …" >&2
  { apt-get update && apt-get install -y --no-install-recommends chromium; } >/dev/null 2>&1 || true
fi
find_it || { echo "A Chromium is needed (Debian: apt-get install chromium), or CHROMIUM=/path/to/it." >&2; exit 1; }
