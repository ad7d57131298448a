# make extract     make .venv, install, extract corpus/ into outputs/
# make test        make .venv, install with what the tests need, run them
# make regression  say what changes in outputs/, and by gold whether it is right; fails if anything does
# make datasets    open data sets with the heavy libraries they are for, and many records in flat memory
# make lint        format, lint and types
# A Python of your choice: make test PYTHON=/path/to/python3.12

GOOD := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
	"$$python" -c '$(GOOD)' >/dev/null 2>&1 && { echo "$$python"; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: extract test regression datasets lint clean

extract: .venv/installed
	$(BIN)/communique extract corpus -o outputs

test: .venv/installed-test
	$(BIN)/python -m pytest

regression: .venv/installed
	$(BIN)/communique extract corpus -o - --quiet | $(BIN)/communique diff outputs/records.jsonl - --gold corpus/gold.jsonl

datasets: .venv/installed-datasets
	DATASETS=1 $(BIN)/python -m pytest tests/test_export_libraries.py

lint: .venv/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/installed: pyproject.toml | $(BIN)/python
	$(PIP) --editable .
	touch $@

.venv/installed-test: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[test]'
	touch $@ .venv/installed

.venv/installed-datasets: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[test,test-datasets]'
	touch $@ .venv/installed .venv/installed-test

.venv/installed-dev: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[test,dev]'
	touch $@ .venv/installed .venv/installed-test

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or later with venv was found; give one: make PYTHON=..."; exit 1; }
	$(PYTHON) -m venv .venv
