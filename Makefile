# Everything a person or a machine runs here. `make` alone lists the targets.
#
# What a target needs, it installs first: Debian packages (scripts/system-packages), then
# locked Python packages in .venv, then locked npm packages in node_modules. With nothing
# missing this takes a moment: stamp files remember which lock was installed.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# Debian's Python where there is one: it sets a PDF in an eighth less time than pyenv's.
PYTHON ?= $(firstword $(wildcard /usr/bin/python3.1[1-9]) python3)
JOBS ?= 2
PYTEST_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.installed-runtime
PROJECT := $(VENV)/.installed-project
DEV := $(VENV)/.installed-dev
DOCS := $(VENV)/.installed-docs
NODE := node_modules/.installed
VERAPDF := .verapdf/.installed
INTEROP := .interop/.installed

# Wheels only, each checked against its hash: no package's own code runs during the install.
PIP_LOCKED := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet \
	--no-deps --require-hashes --only-binary :all:
PYTEST := $(BIN)/python -m pytest -n $(JOBS) --dist worksteal

.PHONY: help
help: ## list the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 20

# --- what people run -----------------------------------------------------------------------

.PHONY: leaflets
leaflets: $(PROJECT) | system-leaflets ## every leaflet in every language, then the coverage
	$(BIN)/ankl-i18n build
	$(BIN)/ankl-i18n coverage

.PHONY: preflight
preflight: $(PROJECT) | system-leaflets ## judge the finished leaflets before anyone prints them
	$(BIN)/ankl-i18n preflight

.PHONY: test
test: $(DEV) $(NODE) $(VERAPDF) | system-test ## the tests, without the slow ones
	$(PYTEST) -m "not slow and not interop" $(PYTEST_ARGS)

.PHONY: test-slow
test-slow: $(DEV) $(NODE) $(VERAPDF) | system-test ## every test, the slow ones too (as root)
	$(PYTEST) -m "not interop" --hypothesis-profile search -o faulthandler_timeout=3600 $(PYTEST_ARGS)

.PHONY: test-versions
test-versions: $(DEV) | system-test ## the core of the tests with the oldest and newest dependencies
	JOBS=$(JOBS) scripts/test-versions

.PHONY: test-interop
test-interop: $(DEV) $(INTEROP) | system-interop ## our files in Okapi, OmegaT, translate-toolkit and LibreOffice
	$(BIN)/python -m pytest tests/interop $(PYTEST_ARGS)

.PHONY: test-install
test-install: $(DEV) | system-test ## the wheel, the container and the build jobs in an empty Debian (as root)
	$(BIN)/python -m pytest -o faulthandler_timeout=3600 tests/install $(PYTEST_ARGS)

.PHONY: fuzz
fuzz: $(DEV) | system-test ## 10,000 broken and odd files beside GNU gettext
	FUZZ_FILES=10000 $(PYTEST) --hypothesis-profile search -o faulthandler_timeout=3600 \
		tests/catalogs/test_fuzz.py $(PYTEST_ARGS)

.PHONY: lint
lint: $(DEV) ## style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: check
check: lint ## lint, then the tests
	@$(MAKE) --no-print-directory test

.PHONY: bench
bench: $(DEV) | system-bench ## every task beside its peers; writes docs/performance.md's tables
	scripts/bench-peers
	$(BIN)/python -m benchmarks

.PHONY: wheel
wheel: $(PROJECT) ## the package that pip installs, in dist/
	$(BIN)/python -m pip --disable-pip-version-check wheel --quiet --no-deps --no-build-isolation \
		--wheel-dir dist .
	@ls dist/*.whl

.PHONY: desk-words
desk-words: $(PROJECT) ## the words of the workbench into locale/workbench.pot and its catalogs
	$(BIN)/python scripts/desk_words.py

.PHONY: docs
docs: $(DOCS) ## the documentation as a site with search, in dist/docs/
	scripts/docs

.PHONY: man
man: $(PROJECT) ## a manual page for each command, in dist/man/man1/
	$(BIN)/python scripts/man_pages.py dist/man/man1

.PHONY: doctor
doctor: ## say what is installed and what is missing; install nothing
	@scripts/doctor

.PHONY: lock
lock: $(DEV) | system-test ## newest versions into the lock files (needs the network)
	scripts/lock

.PHONY: clean
clean: ## remove caches
	rm -rf .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis dist
	find . -name __pycache__ -not -path './$(VENV)/*' -not -path './node_modules/*' \
		-prune -exec rm -rf {} +

.PHONY: distclean
distclean: clean ## remove caches and everything installed in this folder
	rm -rf $(VENV) node_modules .verapdf .interop .bench .versions

# --- what gets installed -------------------------------------------------------------------

.PHONY: system-leaflets system-test system-bench system-interop
system-leaflets:
	@scripts/system-packages leaflets
system-test: system-leaflets
	@scripts/system-packages test
system-bench: system-leaflets
	@scripts/system-packages bench
system-interop: system-test
	@scripts/system-packages interop

# A virtual environment whose pip does not run is left over from an interrupted install or
# from an older Python: start it anew.
$(RUNTIME): requirements.txt | system-leaflets
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
		"Python 3.11 or newer is needed; name one: make PYTHON=/path/to/python3")'
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(PIP_LOCKED) -r requirements.txt
	@touch $@

$(PROJECT): pyproject.toml $(RUNTIME)
	$(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet \
		--no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.txt $(RUNTIME) | $(PROJECT)
	$(PIP_LOCKED) -r requirements-dev.txt
	@touch $@

$(DOCS): requirements-docs.txt $(RUNTIME) | $(PROJECT)
	$(PIP_LOCKED) -r requirements-docs.txt
	@touch $@

$(NODE): package.json package-lock.json | system-test
	npm ci --ignore-scripts
	@touch $@

$(VERAPDF): tests/verapdf/pom.xml tests/verapdf/jars.sha256 tests/verapdf/Verdict.java scripts/verapdf scripts/jars | system-test
	scripts/verapdf

$(INTEROP): $(wildcard tests/interop/*/pom.xml tests/interop/*/jars.sha256) tests/interop/okapi/Edit.java \
		tests/interop/toolkit/requirements.txt scripts/interop scripts/jars | system-interop
	scripts/interop $(PYTHON)
