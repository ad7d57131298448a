# make extract     make .venv, install, extract corpus/ into outputs/
# make test        make .venv, install with what the tests need, run them
# make regression  say what changes in outputs/, and by gold whether it is right; fails if anything does
# make lint        format, lint and types
<<<<<<< HEAD
# make benchmark   measure speed beside other tools, on the corpus' texts or with TEXTS=folder on yours
# make browser     the tests of the HTML page, which need Chromium
=======
# make benchmark   measure speed beside other tools, on texts made of the corpus or with TEXTS=folder on yours;
#                  make benchmark-profile tells where the pipeline's time goes
>>>>>>> speed
# A Python of your choice: make test PYTHON=/path/to/python3.12

GOOD := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
	"$$python" -c '$(GOOD)' >/dev/null 2>&1 && { echo "$$python"; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

<<<<<<< HEAD
.PHONY: extract test browser regression lint benchmark clean
=======
.PHONY: extract test regression lint benchmark benchmark-profile clean
>>>>>>> speed

extract: .venv/installed
	$(BIN)/communique extract corpus -o outputs

test: .venv/installed-test
	$(BIN)/python -m pytest

browser: .venv/installed-browser
	$(BIN)/python -m pytest -m browser

regression: .venv/installed
	$(BIN)/communique extract corpus -o - --quiet | $(BIN)/communique diff outputs/records.jsonl - --gold corpus/gold.jsonl

lint: .venv/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

benchmark: .venv/installed-bench
	$(BIN)/python -m benchmarks $(TEXTS) $(if $(JSON),--json $(JSON))

benchmark-profile: .venv/installed-bench
	$(BIN)/python -m benchmarks.profile $(TEXTS)

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/installed: pyproject.toml | $(BIN)/python
	$(PIP) --editable .
	touch $@

.venv/installed-test: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[test]'
	touch $@ .venv/installed

.venv/installed-browser: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[test,browser]'
	touch $@ .venv/installed .venv/installed-test

.venv/installed-bench: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[bench]'
	touch $@ .venv/installed

.venv/installed-dev: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[test,browser,dev]'
	touch $@ .venv/installed .venv/installed-test .venv/installed-browser

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or later with venv was found; give one: make PYTHON=..."; exit 1; }
	$(PYTHON) -m venv .venv
