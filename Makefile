# Two commands for a newcomer: `make demo` and `make test`. Needs Python 3.11 or newer and nothing else.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: setup demo test lint bench accuracy lock screenshots clean

setup: $(STAMP)

# The lock file pins every package, the language model among them, by version and by hash.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "sayso needs Python 3.11 or newer; set PYTHON=/path/to/it"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	$(BIN)/sayso gazetteer build --if-missing
	@touch $(STAMP)

demo: setup
	$(BIN)/sayso demo

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: setup lint
	$(BIN)/python -m pytest

bench: setup
	$(BIN)/python -m bench

accuracy: setup
	$(BIN)/sayso evaluate accounts ../shared/gold --write docs/accuracy.md
	rm -rf build/annotated && $(BIN)/python -m training.annotate --expand build/annotated
	$(BIN)/sayso evaluate accounts build/annotated --write docs/accuracy.md
	$(BIN)/sayso evaluate timeml ../shared/data/timeml --write docs/accuracy.md
	$(BIN)/sayso evaluate places ../shared/data/geoparsing/lgl.xml --write docs/accuracy.md
	$(BIN)/sayso evaluate event-location ../shared/data/event_location --write docs/accuracy.md
	$(BIN)/sayso evaluate actors ../shared/data --write docs/accuracy.md
	$(BIN)/sayso evaluate polnear ../shared/data/polnear --write docs/accuracy.md
	$(BIN)/sayso evaluate muc4 ../shared/data/muc4 --write docs/accuracy.md
	$(BIN)/sayso evaluate factuality ../shared/data/factuality --write docs/accuracy.md
	$(BIN)/sayso evaluate ecbplus ../shared/data/ecbplus --write docs/accuracy.md
	$(BIN)/sayso evaluate relevance ../shared/data --write docs/accuracy.md
	$(BIN)/sayso evaluate linking ../shared/data/longtail --write docs/accuracy.md
	$(BIN)/sayso evaluate linking ../shared/data/fakes --write docs/accuracy.md
	$(BIN)/sayso evaluate confidence ../shared/gold --write docs/confidence.md

screenshots: setup
	$(BIN)/python scripts/screenshots.py

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate -q pyproject.toml --group dev -o requirements.lock

clean:
	rm -rf .venv demo build dist
