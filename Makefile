# Every target works on a fresh machine with python3 and make; the first one makes .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint bench docs notebooks clean

# Reads the ten example articles, builds and validates the graph, and answers the first question.
demo: $(READY)
	$(BIN)/kg build
	$(BIN)/kg export -o build/missile-defence.ttl
	$(BIN)/kg validate build/missile-defence.ttl
	$(BIN)/kg query positions --actor Russia --topic "missile defence"

test: $(READY)
	$(BIN)/python -m pytest -n auto -q

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/mypy

# Figures of docs/benchmarks.md, measured side by side on this machine.
bench: $(READY)
	$(BIN)/python -m benchmarks.run
	$(BIN)/python -m benchmarks.search

# Pages of docs/ that are made from --help, the ontology and the queries.
docs: $(READY)
	$(BIN)/python docs/make.py

# Executes the notebooks of examples/ and keeps their outputs.
notebooks: $(READY)
	$(BIN)/python docs/make_notebooks.py

$(READY): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --upgrade pip
	$(BIN)/python -m pip install -q -e '.[dev]'
	touch $(READY)

clean:
	rm -rf build dist $(VENV)
