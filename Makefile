# Bydelsmødre. The two commands: make demo, make test.

PORT ?= 8000
export PORT
SHELL := /bin/bash

.PHONY: help demo install test test-browser check bench fresh stop requirements translations

help:
	@echo "make demo           the demonstration on http://127.0.0.1:8000/ (another port: make demo PORT=8123)"
	@echo "make test           every test but the browser's"
	@echo "make test-browser   the tests that drive a real browser"
	@echo "make check          style, types, layers, migrations, deployment, translations"
	@echo "make bench          what each page costs, beside a bare Django page"
	@echo "make install        a ready .venv; make stop stops the local database, make fresh empties it"

demo:
	@exec tools/demo.sh

install:
	@tools/install.sh

test: install
	@BM_LOCAL=1 .venv/bin/python -m pytest -q -n 2 --dist worksteal -m "not browser"

test-browser: install
	@CHROMIUM="$$(tools/chromium.sh)" && export CHROMIUM && BM_LOCAL=1 .venv/bin/python -m pytest -q -m browser

check: install
	@tools/check.sh

bench: install
	@BM_LOCAL=1 .venv/bin/python manage.py bench

# Begin anew: everything in the local database is thrown away.
fresh: install
	@DEBUG=1 .venv/bin/python manage.py empty_local_database

stop:
	@if [ -x .venv/bin/python ]; then .venv/bin/python -m bydelsmoedre.localdb stop; else echo "Nothing is installed, so nothing runs."; fi

# A developer's tools: new pins for the packages, new strings for the translators.
requirements: install
	@.venv/bin/python -m pip install --quiet uv
	@cd requirements && for list in base dev; do ../.venv/bin/uv pip compile --quiet --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header "$$list.in" -o "$$list.txt"; done

translations: install
	@BM_LOCAL=1 .venv/bin/python manage.py update_translations
