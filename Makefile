# Everything a fresh machine needs: Python 3.11 or newer, and make.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: run test check bench docs vendor screenshots clean
.DEFAULT_GOAL := run

run: .venv/installed
	@exec $(BIN)/chatd serve

# Branch coverage is measured without tests/page: in those the browser waits for a server that nobody slows down.
test: .venv/test-installed
	@.ci/browser
	rm -f .coverage .coverage.*
	$(BIN)/python -m coverage run -m pytest -n 2 --dist worksteal --ignore=tests/page
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report --fail-under=90
	$(BIN)/python -m pytest -n 2 --dist worksteal tests/page

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
