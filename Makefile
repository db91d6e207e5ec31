# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
#
# Every task of a developer. `make run` and `make test` need nothing made before; all of them may be
# repeated. Another Python with everything in it: `make test PY=python`.
#
#   make run       open the window on a made-up team
#   make test      all tests, without a screen
#   make check     everything that must hold before a change is kept
#   make build     the frozen program, in dist/tandem
#   make bench     how fast, as a table and in build/bench.json
#   make soak      what the vault promises, tried in earnest: a table and build/soak.json
#   make pictures  every screen, in build/pictures
#   make strings   the catalogue of all visible words
#   make schema    storage/schema.sql, the whole schema as the migrations leave it
#   make format    put the code into shape
#   make lock      newest releases that pyproject.toml allows
#   make clean     remove all that these made, the made-up team as well

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test check static shape lint types imports tests build bench soak pictures strings \
        schema format lock clean ready-run ready-work

PY := .venv/bin/python
TEAM := made-up-team
PYTEST = QT_QPA_PLATFORM=offscreen PYTHONPATH=.ci $(PY) -m pytest --numprocesses=auto --dist=worksteal $(ARGS)
SCREEN := $(if $(filter-out Linux,$(shell uname -s)),yes,$(DISPLAY)$(WAYLAND_DISPLAY))

help:
	@sed -n 's/^#   make/  make/p' Makefile

run: ready-run
	@test -f $(TEAM)/made-up.toml || { rm -rf $(TEAM); $(PY) -m desktop_app demo $(TEAM); }
ifneq ($(SCREEN),)
	@$(PY) -m desktop_app --home $(TEAM) --as key_worker
else
	@echo "All is ready, but there is no screen here to open the window on. To look all the same: make pictures, or: xvfb-run -a make run"
endif

test: ready-work
	@$(PYTEST)

check: static tests

# Apart, so that `make --keep-going` tells all that is wrong at once.
static: shape lint types imports
shape: ready-work
	$(PY) -m ruff format --check .
lint: ready-work
	$(PY) -m ruff check .
types: ready-work
	$(PY) -m mypy
imports: ready-work
	$(PY) -c "from importlinter.cli import lint_imports_command as lint; lint()"

# The catalogue of strings and the schema are held against their sources by tests.
tests: ready-work
	$(PYTEST) --cov --cov-report= -p floors

# From a venv that holds what is shipped and nothing else: PyInstaller takes all that it can reach.
build:
	@bash .ci/system check build
	@bash .ci/venv build/venv run build
	build/venv/bin/python -m PyInstaller --noconfirm --log-level=ERROR --workpath=build/pyinstaller build.spec
	@du -sh dist/tandem

bench: ready-work
	@$(PY) tests/bench/run.py $(ARGS)

# In parts of 20 minutes or less; what was run for this code is kept: make soak ARGS="power kills"
soak: ready-work
	@QT_QPA_PLATFORM=offscreen $(PY) tests/soak/run.py $(ARGS)

pictures: ready-work
	@QT_QPA_PLATFORM=offscreen $(PY) tests/pictures/run.py $(ARGS)

strings: ready-work
	@$(PY) .ci/strings.py

schema: ready-work
	@$(PY) -m storage.schema

format: ready-work
	@$(PY) -m ruff check --fix --quiet . || true
	@$(PY) -m ruff format .

lock: ready-work
	@test -x build/lock/bin/uv || { $(PY) -m venv build/lock; build/lock/bin/pip install -qq --no-input uv; }
	@build/lock/bin/python .ci/lock.py

clean:
	rm -rf .venv build dist $(TEAM) .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Only where the Python is our own; another one is its owner's to furnish.
ifeq ($(PY),.venv/bin/python)
ready-run:
	@bash .ci/system check $(if $(SCREEN),window)
	@bash .ci/venv .venv run
ready-work:
	@bash .ci/system check test
	@bash .ci/venv .venv run build dev
endif
