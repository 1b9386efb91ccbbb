#!/usr/bin/env bash
# Every check runs, also when an earlier one has failed; then the whole fails.
set -uo pipefail
cd "$(dirname "$0")/.."
export BM_LOCAL=1
bin=.venv/bin
failed=()
run() { local name=$1; shift; echo "— $name"; "$@" || failed+=("$name"); }

if [ -z "${DATABASE_URL:-}" ]; then urls=$($bin/python -m bydelsmoedre.localdb env) && eval "$urls"; fi

deploy() {
  env -u BM_LOCAL -u DEBUG -u DEMO SECRET_KEY="$($bin/python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
    ALLOWED_HOSTS=example.org $bin/python manage.py check --deploy --fail-level WARNING
}
run "ruff" $bin/ruff check .
run "ruff format" $bin/ruff format --check --quiet .
run "djlint" $bin/djlint --quiet --lint templates
run "djlint, Django templates" $bin/djlint --quiet --lint --profile=django django_templates
run "mypy" $bin/mypy
run "import-linter" $bin/lint-imports
run "migrations" $bin/python manage.py makemigrations --check --dry-run
run "check --deploy" deploy
run "translations" $bin/python manage.py check_translations

if [ ${#failed[@]} -gt 0 ]; then echo "Failed: ${failed[*]}" >&2; exit 1; fi
echo "All checks passed."
