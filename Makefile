# What people do with this repository; `make help` lists it.
PORT ?= 8000
DATA_DIR ?= $(CURDIR)/data
VENV = $(CURDIR)/.venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
NEXT = $(VENV)/next
# The first Python that is new enough; PYTHON=… chooses another.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

.PHONY: help run test test-next lint types floors migrations fix bench
.DEFAULT_GOAL := help

help: ## list what there is
	@grep -E '^[a-z-]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z-]+):.*## /\1|/' | \
		while IFS='|' read -r name what; do printf '  make %-10s %s\n' "$$name" "$$what"; done

run: export SECRET_KEY_FILE = $(DATA_DIR)/secret_key
run: export ALLOWED_HOSTS = 127.0.0.1,localhost
run: export SITE_URL = http://127.0.0.1:$(PORT)
run: export DATA_DIR := $(DATA_DIR)
run: export PORT := $(PORT)
run: export DEBUG = 0
run: $(VENV)/run.stamp ## start the site with its demo at http://127.0.0.1:$PORT (8000)
	@mkdir -p '$(DATA_DIR)'
	@test -s '$(DATA_DIR)/secret_key' || $(BIN)/python -c \
		'import sys; from pathlib import Path; from newsroom.env import local_secret; local_secret(Path(sys.argv[1]))' '$(DATA_DIR)'
	@$(BIN)/python manage.py serve --only-check-port
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py demo --if-empty
	@exec $(BIN)/python manage.py serve

test: lint types floors migrations ## every check and test; says which tests were left out
	@test -n "$$DATABASE_URL" || echo 'DATABASE_URL is not set: the tests run on SQLite alone (.ci/run takes PostgreSQL as well).'
	$(BIN)/pytest -q -n 2

lint: $(VENV)/tests.stamp ## what tools can check by looking
	$(BIN)/ruff check --quiet .
	$(BIN)/djade --check $$(find templates -name '*.html')
	$(BIN)/djlint --lint --quiet templates

types: $(VENV)/tests.stamp
	$(BIN)/mypy --no-error-summary .

floors: $(VENV)/tests.stamp
	$(BIN)/lint-imports > $(VENV)/floors.txt || { cat $(VENV)/floors.txt; exit 1; }

migrations: $(VENV)/tests.stamp
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python manage.py makemigrations --check --dry-run --verbosity 0

fix: $(VENV)/tests.stamp ## let the tools mend what they can
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/djade $$(find templates -name '*.html')

bench: $(VENV)/run.stamp ## measure speed, memory and steadiness; needs nginx, wrk and redis-server (BENCH='--only hot')
	$(BIN)/python -m bench $(BENCH)

test-next: ## the tests with the newest Django (needs Python 3.12 or newer)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 12))' || \
		{ echo 'The newest Django needs Python 3.12 or newer: make test-next PYTHON=python3.13' >&2; exit 1; }
	$(PYTHON) -m venv $(NEXT)
	$(NEXT)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r tests/requirements.txt
	$(NEXT)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade django
	$(NEXT)/bin/pytest -q -m 'not browser' -W default

$(BIN)/python:
	@test -n '$(PYTHON)' || { echo 'This needs Python 3.11 or newer: install python3, or name yours with «make PYTHON=/path/to/python3».' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo 'Python lacks its «venv» part: on Debian, apt install python3-venv.' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt | $(BIN)/python
	@echo 'Installing what the site needs …'
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/tests.stamp: tests/requirements.txt deploy/requirements.txt $(VENV)/run.stamp
	@echo 'Installing what the tests need …'
	@$(PIP) -r tests/requirements.txt
	@touch $@
