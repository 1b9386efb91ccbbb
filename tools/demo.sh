#!/usr/bin/env bash
# The demonstration: in the foreground on loopback, until Ctrl-C. Everything that it needs is made on the way.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${PORT:-8000}

if ! [[ $port =~ ^[1-9][0-9]{0,4}$ ]] || [ "$port" -gt 65535 ]; then
  echo "PORT must be a number from 1 to 65535, such as 8123." >&2
  exit 2
fi
if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
  echo "Port $port is in use. Choose another: make demo PORT=$((port + 1))" >&2
  exit 1
fi

tools/install.sh
# Today is a day in the middle of the story: the whole year is loaded, and pages open at that day.
export DEMO=1 DEMO_TODAY=2011-11-15 PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=bydelsmoedre.settings
# Ctrl-C waits for the step that is under way, so that none is cut in the middle.
manage() { (trap '' INT; exec .venv/bin/python manage.py "$@"); }
trap 'echo; echo "Stopped."; exit 0' INT TERM HUP

if [ -z "${DATABASE_URL:-}" ]; then
  echo "Starting the local database …"
  urls=$(.venv/bin/python -m bydelsmoedre.localdb env)
  eval "$urls"
fi
echo "Preparing the data …"
manage migrate --verbosity 0
manage load_plan --verbosity 0
manage load_story --verbosity 0 || {
  echo "The local database holds something else than the story of 2011. To begin anew: make fresh && make demo" >&2
  exit 1
}
logins=$(manage load_demo_users)
manage collectstatic --noinput --verbosity 0

# The web process holds the web login only.
unset DATABASE_OWNER_URL
SECRET_KEY=$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))')
export SECRET_KEY

server=
# A closed terminal (HUP) ends it too: gunicorn would else take that for “read your settings again” and keep the port.
stop() { trap - INT TERM HUP; [ -n "$server" ] && kill -TERM "$server" 2>/dev/null && wait "$server" 2>/dev/null; echo; echo "The demonstration has ended. (make stop stops the local database.)"; exit 0; }
trap stop INT TERM HUP

.venv/bin/python -m gunicorn --bind "127.0.0.1:$port" --workers 1 --threads 8 --log-level error \
  --no-control-socket bydelsmoedre.wsgi:application &
server=$!
until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
  kill -0 "$server" 2>/dev/null || { echo "The server did not start." >&2; exit 1; }
  sleep 0.1
done
cat <<TEXT

  Bydelsmødre is ready: http://127.0.0.1:$port/

$logins

  End with Ctrl-C.
TEXT
wait "$server" || { echo "The server has stopped by itself." >&2; exit 1; }
