# Everything a fresh machine needs: Python 3.11 or newer, and make.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: run quick watch test test-one test-core test-page mutations chaos check bench docs vendor screenshots clean
.DEFAULT_GOAL := run
RUN := $(BIN)/python -m pytest -n auto --dist worksteal
COST := $(BIN)/python .ci/cost.py
export CHATD_SEED = $(SEED)
# Databases of tests stand in memory where there is enough of it: they are written to the disk after every message.
SHM_KB = $(shell df -Pk /dev/shm 2>/dev/null | awk 'END {print $$4}')
TESTS_IN = $(if $(filter 1,$(shell test "0$(SHM_KB)" -gt 4000000 -a -w /dev/shm && echo 1)),TMPDIR=/dev/shm)

run: .venv/installed
	@exec $(BIN)/chatd serve

# A minute: style, types, layers, the pure layers and the page's models, and the tests of what was touched since main.
quick: .venv/test-installed
	@$(TESTS_IN) $(BIN)/python .ci/quick.py

watch: .venv/test-installed
	$(BIN)/watchfiles "$(MAKE) quick" chatd static tests

# Everything. COVERAGE=1, as .ci/run has it, also measures branch coverage: not of tests/page, in which the browser waits
# for a server that nobody slows down. SEED=7 draws other things by chance; RECORD=1 writes down how long each file took.
test: .venv/test-installed
	@.ci/browser
ifdef COVERAGE
	rm -f .coverage .coverage.*
	$(TESTS_IN) $(COST) "tests of the server, with coverage" $(BIN)/python -m coverage run -m pytest -n auto --dist worksteal --ignore=tests/page
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report --fail-under=90
	$(TESTS_IN) $(COST) "tests of the page" $(RUN) tests/page
else
	$(TESTS_IN) $(COST) "make test" $(RUN) $(if $(RECORD),--record-times)
endif

# A part of it: `make test-core K=tokens`, `make test-page K=composer`, `make test-one T=tests/domain/test_text.py`.
test-core: .venv/test-installed
	$(TESTS_IN) $(RUN) --ignore=tests/page $(if $(K),-k "$(K)")

test-page: .venv/test-installed
	@.ci/browser
	$(TESTS_IN) $(RUN) tests/page $(if $(K),-k "$(K)")

test-one: .venv/test-installed
	$(TESTS_IN) $(BIN)/python -m pytest $(T)

# Thirty faults put into a copy of the project, one after the other: each must make a test fail.
mutations: .venv/test-installed
	$(TESTS_IN) $(BIN)/python -m tests.mutations

# A thousand times kill -9 under load, then every drill there is: a paused node, a held or full or replaced database,
# silent workers, Redis that comes and goes. SEED=7 draws other moments; KILLS=50 or MINUTES=5 make it shorter.
chaos: .venv/test-installed
	@echo "seed $(or $(SEED),0)"
	$(BIN)/python -m pytest -q -s --timeout=0 tests/chaos/kills.py
	$(TESTS_IN) $(BIN)/python -m pytest -q tests/test_paused.py tests/test_faults.py tests/test_drain.py \
		tests/test_durability.py tests/test_nothing_missed.py tests/cli/test_supervisor.py tests/store/test_migrate.py

check: .venv/test-installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The pictures of the README, made by the walk through all views that the tests do anyway.
screenshots: .venv/test-installed
	CHATD_SCREENSHOTS=docs/screenshots $(BIN)/python -m pytest tests/page/test_views.py

# Side by side with other servers; writes docs/performance.md. Builds wsload with cc and installs the peers.
bench: .venv/test-installed
	$(BIN)/python tests/bench/report.py

# The reference, and the names of frames for the page, made from the code; the list of features, made from the tests.
docs: .venv/installed
	$(BIN)/python -c 'import chatd.handlers, pathlib; from chatd.dispatch import reference; reference.write(pathlib.Path())'
	$(BIN)/python -m tests.features

# The page's libraries in the versions of static/package.json, from npm into static/vendor/. Only when a version changes.
vendor:
	@$(PYTHON) .ci/vendor.py

clean:
	rm -rf .venv .coverage .coverage.* .mypy_cache .ruff_cache

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "chatd needs Python 3.11 or newer; install it, then run make again."; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "Python's venv module is missing; on Debian: apt install python3-venv"; exit 1; }

.venv/installed: pyproject.toml | .venv/bin/python
	@echo "Installing chatd into .venv ..."
	@$(PIP) --editable .
	@touch $@

.venv/test-installed: pyproject.toml | .venv/bin/python
	@echo "Installing chatd and what its tests need into .venv ..."
	@$(PIP) --editable '.[test]'
	@touch $@ .venv/installed
