# Wegweiser: the front door. `make` alone lists everything.
SHELL := bash
.DEFAULT_GOAL := help
UV := .tools/bin/uv
RUN := $(UV) run --locked --quiet
PYTHON := $(RUN) python

.PHONY: help install run ask demo check lint fix test bench calibrate nlu-report pictures key knowledge-check migration clean

help: ## list all targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

$(UV): ## the package manager, in an environment of its own
	@python3 -m venv .tools 2>/dev/null || python3 -m venv --without-pip .tools
	@.tools/bin/python -m pip --version >/dev/null 2>&1 || { echo "python3 lacks venv with pip: install your system's python3-venv package."; exit 2; }
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.9,<1"

.venv/.made: $(UV) pyproject.toml uv.lock
	@echo "Installing the bot's environment"
	@$(UV) sync --locked --quiet && touch $@

nlu_data/.venv/.made: $(UV) nlu_data/pyproject.toml nlu_data/uv.lock
	@echo "Installing the NLU environment (1.5 GB; this takes some minutes the first time)"
	@cd nlu_data && ../$(UV) sync --locked --quiet && touch .venv/.made

install: .venv/.made nlu_data/.venv/.made ## install both environments

run: install ## start everything: http://127.0.0.1:8080/
	@exec $(PYTHON) -m bot run

ask: install ## answer one question in the terminal: make ask q="Wo melde ich Diskriminierung in Halle?"
	@test -n "$(q)" || { echo 'Say what you want to ask: make ask q="Wo melde ich Diskriminierung in Halle?"'; exit 2; }
	@$(PYTHON) -m bot ask "$(q)"

demo: .venv/.made ## open a training desk with 300 invented cases: http://127.0.0.1:8081/console
	@exec $(PYTHON) -m bot demo

check: lint ## the quick inner loop: lint, types, import rules, pure tests
	@$(RUN) pytest -q tests/domain tests/services tests/house bot/domain

lint: .venv/.made ## what needs no running: format, types, import rules, spelling, the knowledge
	@$(RUN) ruff format --check --quiet .
	@$(RUN) ruff check --quiet .
	@$(RUN) mypy
	@$(RUN) lint-imports --no-logo
	@$(RUN) codespell bot docs README.md CHANGELOG.md GLOSSARY.md Makefile
	@$(PYTHON) -m bot knowledge check

fix: .venv/.made ## format, and mend what can be mended
	@$(RUN) ruff format --quiet .
	@$(RUN) ruff check --fix --quiet . || true

test: install ## all tests, with real Rasa, SQLite, PostgreSQL and a browser
	@tests/install_browser
	@$(MAKE) --no-print-directory lint
	@tests/run_side_by_side $(RUN) pytest -q

bench: install ## measure understanding, turns per second and both desks; writes docs/benchmarks.md
	@$(PYTHON) -m tests.bench.turns
	@$(PYTHON) -m tests.bench.desk
	@$(PYTHON) -m tests.bench.knowledge
	@$(PYTHON) -m tests.bench.publishing
	@$(PYTHON) -m tests.bench.publishing --most 12
	@$(PYTHON) -m tests.bench.publishing --pause 1
	@$(PYTHON) -m tests.bench.understanding

calibrate: install ## choose the thresholds anew from cross-validation; writes nlu_data/thresholds.yml
	@mkdir -p data
	@$(PYTHON) -m bot knowledge phrasings > data/phrasings.jsonl
	@$(PYTHON) -m tests.quality.development > data/development.jsonl
	@cd nlu_data && .venv/bin/python calibrate.py ../data/phrasings.jsonl ../data/development.jsonl

nlu-report: install ## measure how well each language is understood; writes docs/quality.md
	@$(PYTHON) -m tests.quality.report

pictures: install ## make the pictures of the README and of the guide to the desk anew
	@tests/install_browser
	@$(PYTHON) -m tests.journeys.browser.make_pictures
	@$(PYTHON) -m tests.journeys.browser.make_desk_pictures

key: .venv/.made ## print a new encryption key
	@$(PYTHON) -m bot make-key

knowledge-check: .venv/.made ## report every fault in knowledge/ with file and line
	@$(PYTHON) -m bot knowledge check

migration: .venv/.made ## write a new database migration: make migration name="what it does"
	@test -n "$(name)" || { echo 'Say what it does: make migration name="add office hours"'; exit 2; }
	@$(PYTHON) -m bot.adapters.database.migrate sqlite+aiosqlite:///$$(mktemp -u).db "$(name)"

clean: ## delete environments and caches (never data/)
	@rm -rf .venv .tools nlu_data/.venv .mypy_cache .ruff_cache .pytest_cache
