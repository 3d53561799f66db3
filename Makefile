# The commands live in dev.py, which needs nothing but Python 3.11 or newer.
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)

.PHONY: help run test check check-charts lock messages format
.DEFAULT_GOAL := help

# ARGS go to the command behind: make test ARGS="-k growth"
help run test check check-charts lock messages format:
	@test -n "$(PYTHON)" || { echo "Tradewatch needs Python 3.11 or newer; none was found."; exit 1; }
	@$(PYTHON) dev.py $@ $(ARGS)
