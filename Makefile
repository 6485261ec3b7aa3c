# Every command a person needs. `make help` prints itself.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TESTS ?=

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench format clean

help: ## say what can be done here
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv with the pinned dependencies

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Down the Hall needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the pinned dependencies ..." >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]' >&2
	@touch $(READY)

demo: $(READY) ## the whole product on its own local Workspace, with a sample school
	@$(BIN)/downthehall demo $(ARGS)

test: $(READY) ## every test there is (finds or installs Chromium and PostgreSQL)
	@.ci/system-parts
	@$(BIN)/pytest -n 2 --dist loadgroup $(TESTS)

check: $(READY) ## format, lint, types, import contracts, tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --verbose --no-cache
	@$(MAKE) --no-print-directory test

format: $(READY) ## put the code into its usual shape
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(READY) ## figures, measured side by side on this machine (never a test)
	@$(BIN)/python -m tests.bench

clean: ## take away what the commands above made
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
