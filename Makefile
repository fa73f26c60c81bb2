# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

# The two commands to know: make demo, make test. `make help` lists the rest.

PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
UV := $(shell command -v uv 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help demo run test test-all lint fmt bench docs lock clean

help: ## say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(INSTALLED) ## play a story in a simulated GitHub organization (ARGS=--once: play and exit)
	@$(BIN)/steward demo $(ARGS)

run: $(INSTALLED) ## run Steward: web server and workers (steward serve)
	@$(BIN)/steward serve

test: lint ## lint, types, layer rules and the tests
	$(BIN)/pytest -m "not long" -n 2 --cov --cov-report=
	$(BIN)/python -m tests.coverage_floors

test-all: lint ## the same and the long tests: kills, PostgreSQL under load, browser
	$(BIN)/pytest -n 2 --cov --cov-report=
	$(BIN)/python -m tests.coverage_floors

lint: $(INSTALLED) ## style, types and layers only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fmt: $(INSTALLED) ## format the code and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(INSTALLED) ## measure the budgets of docs/performance.md
	$(BIN)/python -m benchmarks $(ARGS)

docs: $(INSTALLED) ## write the generated pages and pictures under docs/ anew
	$(BIN)/python -m docs.generate
	$(BIN)/python -m docs.pictures

lock: ## resolve the versions in pyproject.toml anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --quiet --upgrade --extra dev pyproject.toml -o requirements-dev.lock
	grep -E '^[a-z0-9-]+==' requirements-dev.lock | sed -E 's/ *[;\\].*//' > $(VENV)/constraints
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate --quiet --extra demo -c $(VENV)/constraints pyproject.toml -o requirements.lock

clean: ## remove what make made
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage*

# One environment for everything, from locked versions and checked hashes; made anew when they change.
$(INSTALLED): pyproject.toml requirements-dev.lock
ifdef UV
	uv venv --quiet --allow-existing --python $(PYTHON) $(VENV)
	uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
else
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endif
	@touch $@
