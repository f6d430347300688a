# `make demo` needs Python 3.11 and make, `make test` also git; each installs the rest into .venv.
.PHONY: demo test coverage torture check audit bench lock texts
MAKEFLAGS += --no-print-directory
BIN := .venv/bin
ARGS ?=

demo: ## starts the sandbox and the bot, and prints the chat page's address
	@scripts/bootstrap run
	@exec $(BIN)/sinau demo $(ARGS)

test: ## runs every test; ARGS narrows it: make test ARGS=tests/storage
	@scripts/bootstrap dev
	@$(BIN)/python -m pytest -q -n 2 $(ARGS)

coverage: ## what the tests of content reach of it, branch by branch; fails unless that is everything
	@scripts/bootstrap dev
	@$(BIN)/python -m coverage run -m pytest -q -m "not hypothesis" tests/content
	@$(BIN)/python -m coverage report

torture: ## the tests of faults with large doses, for hours; ARGS narrows it: make torture ARGS=tests/torture/test_soak.py
	@scripts/bootstrap dev
	@SINAU_TORTURE=1 $(BIN)/python -m pytest -q -o log_cli=true -o log_cli_level=INFO $(or $(ARGS),tests/torture)

check: ## checks what else has to hold: style, types, layers, content, schema, locks, vulnerabilities
	@scripts/bootstrap dev
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m mypy
	@$(BIN)/lint-imports
	@$(BIN)/sinau check
	@$(BIN)/python -m bot.content.schema var/schema
	@diff -ru content/schema var/schema || { echo "Run: $(BIN)/python -m bot.content.schema content/schema"; exit 1; }
	@$(BIN)/python scripts/check_locks.py
	@$(BIN)/python scripts/audit.py

audit: ## looks the locked packages up among the known vulnerabilities; says so where that can't be done
	@scripts/bootstrap dev
	@$(BIN)/python scripts/audit.py

bench: ## measures, prints a table and writes bench/results.json
	@scripts/bootstrap dev
	@$(BIN)/python bench/run.py

lock: ## pins what pyproject.toml asks for; ARGS=--upgrade moves every pin to the newest
	@scripts/bootstrap dev
	@scripts/lock $(ARGS)

texts: ## brings the sentences of the code into the translations, and says what is left to translate
	@scripts/bootstrap dev
	@$(BIN)/python scripts/texts.py
