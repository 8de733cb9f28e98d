# What can be done here. `make` alone lists it.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help venv demo demo-reset test bench lint style layout templates types imports security format css lock clean

PORT ?= 8000
# More for pytest, bench or the demonstration, for example: make test ARGS='-k due_date'
ARGS ?=
# Pythons to try, best first; `make demo PYTHON=/path/to/python` names another.
PYTHON ?= python3.11 python3 python3.12 python3.13
# Only `make lock` needs uv.
UV ?= uv
# Only `make css` needs these, from npm.
GOVUK_FRONTEND := 6.6.0
HTMX := 2.0.11
SASS := 1.108.2

BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
COMPILE := $(UV) pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

help:
	@echo 'make demo        installs what is needed and serves the demonstration on 127.0.0.1 (PORT=8000)'
	@echo 'make demo-reset  puts the demonstration back to how it began'
	@echo 'make test        runs the tests: on SQLite, or on the PostgreSQL that DATABASE_URL names'
	@echo 'make bench       measures pages, intake and reports at the size of a large council'
	@echo 'make lint        style, templates, types, import order and security'
	@echo 'make format      lays the Python out'
	@echo 'make css         compiles static/scss into static/css (needs Node)'
	@echo 'make lock        renews requirements*.txt from pyproject.toml (needs uv)'
	@echo 'make venv        only installs what development needs, into .venv'
	@echo 'make clean       removes what tools leave behind; keeps .venv and the data in var/'

$(BIN)/python:
	@without_venv=; for python in $(PYTHON); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
		"$$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || { without_venv=$$python; continue; }; \
		exec "$$python" -m venv .venv; \
	done; \
	if [ -n "$$without_venv" ]; then \
		echo "$$without_venv cannot make a virtual environment. On Debian or Ubuntu: apt-get install python3-venv" >&2; \
	else \
		echo 'Waymark needs Python 3.11 or later, and none of these is one: $(PYTHON).' >&2; \
		echo 'Install one, or name it: make $(or $(MAKECMDGOALS),venv) PYTHON=/path/to/python' >&2; \
	fi; \
	exit 1

# What running needs. The stamps are named for the lock that they stand for.
.venv/requirements.stamp: requirements.txt | $(BIN)/python
	@echo 'Installing what Waymark needs into .venv ...'
	@$(PIP) install --require-hashes -r requirements.txt
	@$(BIN)/python -c 'import weasyprint' >/dev/null 2>&1 || { \
		echo 'PDF needs Pango, which is missing. Everything else works. On Debian or Ubuntu:'; \
		echo '  apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0'; }
	@touch $@

# What development needs, running included.
.venv/requirements-dev.stamp: requirements-dev.txt | $(BIN)/python
	@echo 'Installing what development of Waymark needs into .venv ...'
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch .venv/requirements.stamp $@

venv: .venv/requirements-dev.stamp

# exec: Ctrl-C goes to the demonstration itself, which ends its server and its worker and then ends without an error.
demo: .venv/requirements.stamp
	@exec $(BIN)/python manage.py demo --port $(PORT) $(ARGS)

demo-reset: .venv/requirements.stamp
	@exec $(BIN)/python manage.py demo --reset --port $(PORT) $(ARGS)

test: .venv/requirements-dev.stamp
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

bench: .venv/requirements-dev.stamp
	@$(BIN)/python -m tests.bench $(ARGS)

lint: style layout templates types imports security
style layout templates types imports security: .venv/requirements-dev.stamp

style:
	$(BIN)/ruff check --quiet .
layout:
	$(BIN)/ruff format --check --output-format concise .
templates:
	$(BIN)/djlint --lint --quiet templates
types:
	$(BIN)/mypy
imports:
	$(BIN)/lint-imports --no-logo
security:
	$(BIN)/bandit --quiet --severity-level medium --configfile pyproject.toml --recursive \
		improvement recommendations boards reports manage.py

format: .venv/requirements-dev.stamp
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

# The stylesheet and the scripts are committed, so only a change of them needs Node; its packages stay in var/node.
css:
	@npm install --prefix var/node --no-save --no-audit --no-fund --ignore-scripts --loglevel error \
		govuk-frontend@$(GOVUK_FRONTEND) htmx.org@$(HTMX) sass@$(SASS)
	@var/node/node_modules/.bin/sass --style=compressed --no-source-map --no-error-css --no-charset --quiet-deps \
		--load-path=var/node/node_modules static/scss/waymark.scss static/css/waymark.css
	@cp var/node/node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js \
		var/node/node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js.map \
		var/node/node_modules/htmx.org/dist/htmx.min.js static/js/

lock:
	@$(COMPILE) --output-file requirements.txt
	@$(COMPILE) --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean:
	@rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache test-results var/node
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
