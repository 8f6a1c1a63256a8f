# winset: `make brief` answers the bundled case, `make test` checks everything.
# Needs Python 3.11 or newer (on Debian and Ubuntu also the package python3-venv) and make.

PYTHON ?= python3
VENV   ?= .venv
CASE   ?= trilateral-2022
OUT    ?= out/brief
WORLDS ?= 2000

BIN     := $(VENV)/bin
RUN     := $(VENV)/.winset-run
DEV     := $(VENV)/.winset-dev
PIP     := $(BIN)/python -m pip --disable-pip-version-check --quiet
WORKERS ?= 2

export PYTHONDONTWRITEBYTECODE := 1

.DEFAULT_GOAL := help
.PHONY: help brief test bench mutate lint format docs lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

brief: $(RUN) ## set up, compile and write out/brief/index.html and summary.html
	@$(BIN)/winset warm
	@$(BIN)/winset brief $(CASE) --worlds $(WORLDS) --out $(OUT) --force

test: $(DEV) ## set up and run every test
	@$(BIN)/winset warm
	@$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

bench: $(DEV) ## speeds and memory, one table, ratios in one run
	@$(BIN)/winset warm
	@$(BIN)/python -m benchmarks

mutate: $(DEV) ## change each comparison of the engine: every change must fail a test
	@$(BIN)/python -m benchmarks.mutate

lint: $(DEV) ## style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(DEV) ## let the formatter rewrite the sources
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: $(DEV) ## write the generated pages of docs/reference again
	@$(BIN)/python docs/build.py

lock: ## pin every package again, with hashes (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet \
		--custom-compile-command 'make lock' --group build --output-file requirements.lock pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet \
		--custom-compile-command 'make lock' --group dev --constraint requirements.lock \
		--output-file requirements-dev.lock pyproject.toml

clean: ## remove what make has made
	rm -rf $(VENV) out build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "winset needs Python 3.11 or newer; " \
		"this is " + sys.version.split()[0] + ". Say which with: make PYTHON=python3.12")'
	@echo "setting up $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "could not make a virtual environment; on Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }

# The engine's own packages come first, so that it compiles beside the installation of the others.
$(RUN): requirements.lock pyproject.toml | $(BIN)/python
	@echo "installing the packages of requirements.lock ..."
	@awk '/^[a-z]/ {on = /^(llvmlite|numba|numpy|platformdirs)==/} on' $< > $(VENV)/engine.lock
	@$(PIP) install --no-compile --require-hashes --requirement $(VENV)/engine.lock
	@PYTHONPATH=src $(BIN)/python -c 'from winset.engine import warm; warm()' > $(VENV)/warm.log 2>&1 & \
		$(PIP) install --no-compile --require-hashes --requirement $< && \
		$(PIP) install --no-deps --no-build-isolation --editable . ; \
		done=$$?; $(BIN)/python -m compileall -q -j 2 -x /tests/ $(VENV)/lib src > $(VENV)/compile.log; \
		wait; exit $$done
	@touch $@

$(DEV): requirements-dev.lock $(RUN)
	@echo "installing the packages of requirements-dev.lock ..."
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@
