# The commands of this project. `make` alone lists them; each is a few lines here and a tool in scripts/.

PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py

.DEFAULT_GOAL := help
.PHONY: help setup setup-test run test test-services check fix lock demo-reset screenshots backup restore

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Make .venv and install what is missing to run (Python packages; Pango and fonts by apt)
	@scripts/setup.sh run

setup-test:
	@scripts/setup.sh test

run: setup ## Start everything with demo data: web, worker and beat; Ctrl-C ends it all (PORT=8000)
	@$(PYTHON) scripts/run.py

test: setup-test ## Run the whole suite on SQLite, in parallel, with journeys in headless Chromium
	@$(PYTHON) -m pytest -n auto -m "not services" $(ARGS)

test-services: setup-test ## Run the suite on PostgreSQL with Redis and a real worker (own temporary ones if none answer)
	@scripts/services.sh $(PYTHON) -m pytest -n auto $(ARGS)

check: setup-test ## Everything that needs no test run: lint, format, templates, imports, migrations, deploy check
	@scripts/check.sh

fix: setup-test ## Format code and templates, and mend what ruff can mend
	@scripts/fix.sh

lock: ## Choose versions anew: requirements*.in -> requirements*.txt, with hashes
	@scripts/lock.sh

demo-reset: setup ## Throw the local database away and fill it with demo data again
	@scripts/demo_reset.sh

screenshots: setup-test ## Take the pictures in docs/ anew, from demo data
	@$(PYTHON) scripts/screenshots.py

backup: setup ## Save the database in one file (FILE=var/backup/...)
	@$(PYTHON) scripts/backup.py save $(FILE)

restore: setup ## Put a saved file back and verify it: rows and access log (FILE=... needed)
	@$(PYTHON) scripts/backup.py restore $(FILE)
