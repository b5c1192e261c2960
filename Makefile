# Everything a person or a machine asks of this project. Only Python 3.11 or newer and make are needed.
PYTHON := $(shell sh scripts/find_python.sh)
BIN := .venv/bin

.PHONY: help setup setup-dev demo test check format docs bench soak audit clean

help: ## what can be asked for
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

setup: ## the environment alone; .venv/bin/bihuan then works
	@$(PYTHON) scripts/environment.py run

setup-dev:
	@$(PYTHON) scripts/environment.py dev

demo: setup ## the demo group at http://127.0.0.1:8000, loaded on first use; Ctrl-C ends it
	@$(PYTHON) scripts/system.py fonts pango
	@$(BIN)/bihuan demo

test: setup-dev ## everything that proves the product, on SQLite and PostgreSQL, browser included
	@$(PYTHON) scripts/system.py fonts pango chromium postgresql
	@$(BIN)/python scripts/prove.py

check: setup-dev ## lint, format, types, import contracts, guards
	@$(BIN)/python scripts/prove.py check

format: setup-dev ## put the code into its form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: setup-dev ## write docs/generated again
	@$(BIN)/bihuan docs

bench: setup-dev ## figures beside target and baseline; ONLY=name, PROBLEMS=100000, DB=sqlite, PROFILE=1, WRITE=1, FRESH=1
	@PROBLEMS="$(PROBLEMS)" DB="$(DB)" $(BIN)/python -m bench $(ONLY) $(if $(PROFILE),--profile) $(if $(WRITE),--write) $(if $(FRESH),--fresh)

soak: setup-dev ## the long series, resumable; MINUTES=30, ONLY=name
	@$(PYTHON) scripts/system.py postgresql iproute2
	@$(PYTHON) scripts/store.py
	@$(BIN)/python -m soak --minutes $(or $(MINUTES),30) $(ONLY)

audit: setup-dev ## known weaknesses of the locked packages; needs the network
	@$(BIN)/pip-audit --requirement requirements/run.lock --require-hashes --disable-pip

clean: ## take away what was built; data/ stays
	@rm -rf .venv node_modules .pytest_cache .ruff_cache .mypy_cache .hypothesis build test-results
