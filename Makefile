# make run     read the texts and open the dashboard      (TEXTS=folder reads another folder)
# make test    everything that must pass: lint, types, unit, property and browser tests
# make bench   measure, and write docs/benchmarks.md

TEXTS ?= seeds
PORT ?= 8501
PYTHON ?= python3
# A folder has a map of its own, so that looking at another one never mixes with the first.
FOLDER := $(shell realpath "$(TEXTS)" 2>/dev/null)
STORE ?= workspace/$(shell basename "$(FOLDER)")-$(shell printf %s "$(FOLDER)" | cksum | cut -d' ' -f1).gpkg
BIN = .venv/bin

.PHONY: run setup setup-test test lint bench lock clean

run: setup
	@test -e "$(TEXTS)" || { echo "TEXTS=$(TEXTS): there is no such folder of texts." >&2; exit 1; }
	@mkdir -p "$$(dirname "$(STORE)")"
	@$(BIN)/dateline ingest --store "$(STORE)" "$(TEXTS)" || [ $$? -eq 1 ]
	@$(BIN)/dateline serve --store "$(STORE)" --port "$(PORT)"

setup:
	@$(PYTHON) .ci/bootstrap.py

setup-test:
	@$(PYTHON) .ci/bootstrap.py --dev --browser

lint: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: lint
	$(BIN)/python -m pytest -n 2 --dist loadgroup

bench: setup-test
	$(BIN)/python -m bench

# Pins what pyproject.toml asks for. No index URL may enter the locks.
lock: setup
	.uv/bin/uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-emit-index-url \
	  --no-annotate --custom-compile-command "make lock" pyproject.toml --group setup -o requirements.lock
	.uv/bin/uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-emit-index-url \
	  --no-annotate --custom-compile-command "make lock" pyproject.toml --group setup --group dev -o requirements-dev.lock

clean:
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
