# Everything a developer or an administrator runs. Needs only make and Python 3.11 to 3.13; the rest installs itself
# into .venv, from hashes (requirements.lock).
.DEFAULT_GOAL := help
.PHONY: help run test check bench deploy layers routes lock fix

UV_VERSION := 0.13.9
SYSTEM_PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(if $(shell $(name) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo yes),$(name))))
BIN := .venv/bin
READY := .venv/ready
JOBS ?= auto
VENDOR := shared/palier/web/static/vendor/accessible-autocomplete.min.js
AXE := infra/assets/node_modules/axe-core/axe.min.js
LOCAL_ENVIRONMENT := UV_PYTHON_DOWNLOADS=never PYTHONPATH=shared

help: ## Say what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(READY) $(VENDOR) ## Start everything on this machine: http://127.0.0.1:8080/ (PORT, SMTP_PORT, DATA_DIR change it)
	@exec env $(LOCAL_ENVIRONMENT) $(BIN)/python -m infra.local

test: $(READY) $(AXE) ## Run all tests (browser tests need a Chromium: CHROMIUM=path)
	@$(BIN)/python -m infra.tools.chromium
	@$(LOCAL_ENVIRONMENT) $(BIN)/python -m pytest -n $(JOBS) --dist loadfile $(ARGS)

check: $(READY) ## Format, lint, types, imports, template, security: everything but the tests
	@$(LOCAL_ENVIRONMENT) $(BIN)/python -m infra.tools.check $(ARGS)

fix: $(READY) ## Format, and repair what ruff can repair
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

bench: $(READY) $(VENDOR) ## Measure cold and warm starts, requests, costs (ARGS=--help)
	@$(LOCAL_ENVIRONMENT) $(BIN)/python -m infra.bench $(ARGS)

routes: $(READY) ## Write the routes of functions/*/app.py into template.yaml
	@$(LOCAL_ENVIRONMENT) $(BIN)/python -m infra.routes --write

layers: $(READY) $(VENDOR) ## Build the Lambda layers into layers/*/build (for AWS: ARGS=--aws PYTHON=python3.13)
	@$(LOCAL_ENVIRONMENT) $(BIN)/python -m layers.build $(if $(PYTHON),--python $(PYTHON)) $(ARGS)

deploy: $(READY) $(VENDOR) ## Deploy to AWS: make deploy ENV=staging PYTHON=python3.13 (see infra/runbook.md)
	@$(LOCAL_ENVIRONMENT) ENV="$(ENV)" PYTHON="$(PYTHON)" $(BIN)/python -m infra.tools.deploy

lock: $(READY) ## Resolve the dependencies again (UPGRADE=name for one, UPGRADE=all for all)
	@$(BIN)/python -m infra.tools.lock $(UPGRADE)

$(VENDOR): infra/assets/package-lock.json | $(READY)
	@echo "Fetching what the pages use from npm…"
	@$(BIN)/python infra/assets/build.py >/dev/null && touch $@

$(AXE): infra/assets/package-lock.json | $(READY)
	@echo "Fetching what the browser tests use from npm…"
	@$(BIN)/python infra/assets/build.py --tests >/dev/null && touch $@

$(READY): requirements.lock pyproject.toml
	@$(if $(SYSTEM_PYTHON),,echo "Palier needs Python 3.11, 3.12 or 3.13 on the PATH (or SYSTEM_PYTHON=path)." >&2; exit 1)
	@test -x $(BIN)/python || { echo "Making .venv with $(SYSTEM_PYTHON)…"; $(SYSTEM_PYTHON) -m venv .venv; }
	@test "$$($(BIN)/uv --version 2>/dev/null | cut -d' ' -f2)" = "$(UV_VERSION)" || { echo "Installing uv $(UV_VERSION)…"; $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION); }
	@echo "Installing the locked packages…"
	@VIRTUAL_ENV=.venv UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip sync --quiet --require-hashes requirements.lock
	@touch $@
