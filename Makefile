# make extract     make .venv, install, extract corpus/ into outputs/
# make test        make .venv, install with what the tests need, run them
# make regression  say what changes in outputs/, and by gold whether it is right; fails if anything does
# make datasets    open data sets with the heavy libraries they are for, and many records in flat memory
# make cluster     the tests that start Ray, and a server of S3 on this machine
# make docs        build the documentation's site in build/site, and test it and its examples
# make renew-docs  write what the commands print into the documentation
# make label-studio  the round trip through a real Label Studio, installed in an environment of its own
# make lint        format, lint and types
# make browser     the tests of the HTML page, which need Chromium
# make benchmark   measure speed beside other tools, on texts made of the corpus or with TEXTS=folder on yours;
#                  make benchmark-profile tells where the pipeline's time goes
# A Python of your choice: make test PYTHON=/path/to/python3.12

GOOD := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
	"$$python" -c '$(GOOD)' >/dev/null 2>&1 && { echo "$$python"; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: extract test browser cluster datasets docs label-studio regression lint renew-docs benchmark benchmark-profile clean

extract: .venv/installed
	$(BIN)/communique extract corpus -o outputs

test: .venv/installed-test
	$(BIN)/python -m pytest

browser: .venv/installed-browser
	$(BIN)/python -m pytest -m browser

docs: .venv/installed-docs
	$(BIN)/mkdocs build --strict
	$(BIN)/python -m pytest -m docs

regression: .venv/installed
	$(BIN)/communique extract corpus -o - --quiet | $(BIN)/communique diff outputs/records.jsonl - --gold corpus/gold.jsonl

cluster: .venv/installed-cluster
	CLUSTER=1 $(BIN)/python -m pytest -m slow tests/test_ray.py tests/test_docs.py

datasets: .venv/installed-datasets
	DATASETS=1 $(BIN)/python -m pytest -m slow tests/test_export_libraries.py

renew-docs: .venv/installed-docs
	PYTHONPATH=tests $(BIN)/python tests/renew_docs.py

label-studio: .venv/installed-test .venv-label-studio/installed
	LABEL_STUDIO=.venv-label-studio/bin/label-studio $(BIN)/python -m pytest -m slow tests/test_label_studio.py

lint: .venv/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

benchmark: .venv/installed-bench
	$(BIN)/python -m benchmarks $(TEXTS) $(if $(JSON),--json $(JSON))

benchmark-profile: .venv/installed-bench
	$(BIN)/python -m benchmarks.profile $(TEXTS)

clean:
	rm -rf .venv .venv-label-studio build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/installed: pyproject.toml | $(BIN)/python
	$(PIP) --editable .
	touch $@

.venv/installed-test: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[test]'
	touch $@ .venv/installed

.venv/installed-browser: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[test,browser]'
	touch $@ .venv/installed .venv/installed-test

.venv/installed-docs: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[test,browser,docs]'
	touch $@ .venv/installed .venv/installed-test .venv/installed-browser

.venv/installed-cluster: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[test,test-cluster]'
	touch $@ .venv/installed .venv/installed-test

.venv/installed-datasets: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[test,test-datasets]'
	touch $@ .venv/installed .venv/installed-test

.venv-label-studio/installed: | $(BIN)/python
	$(BIN)/python -m venv .venv-label-studio
	.venv-label-studio/bin/python -m pip --disable-pip-version-check install --quiet label-studio==1.23.2
	touch $@

.venv/installed-bench: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[bench]'
	touch $@ .venv/installed

.venv/installed-dev: pyproject.toml | $(BIN)/python
	$(PIP) --editable '.[test,browser,docs,dev]'
	touch $@ .venv/installed .venv/installed-test .venv/installed-browser .venv/installed-docs

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or later with venv was found; give one: make PYTHON=..."; exit 1; }
	$(PYTHON) -m venv .venv
