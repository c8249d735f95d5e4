# Everything a newcomer needs is here: Python 3.11 or newer, pip and make.

PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
WORKERS ?= 2
PY := .venv/bin/python
export PORT HOST

.PHONY: help run test check bench storm browser format messages lock clean

help:  ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/.run  ## open the shop: database, demo data, web, worker, beat
	@exec $(PY) -m config.launch

test: .venv/.dev  ## run the whole suite on a database of its own
	@$(PY) -m pytest -n $(WORKERS) --ignore=tests/browser $(ARGS)
	@$(PY) -m pytest tests/browser

check: .venv/.dev  ## style, imports, templates, migrations, deployment settings, translations
	@$(PY) -m config.check

bench: .venv/.dev  ## measure pages against a bare page of the same machine
	@$(PY) -m tests.bench

storm: .venv/.dev  ## the whole crowd at once: stock, coupons, notices (minutes)
	@STORM=whole $(PY) -m pytest -q -s tests/orders/test_storm.py

browser:  ## get a Chromium and Chinese fonts for the browser tests (Debian, Ubuntu; as root)
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	|| (apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk)

format: .venv/.dev  ## write code and templates in the house style
	@.venv/bin/ruff check --fix -q . ; .venv/bin/ruff format -q . && $(PY) manage.py bundle_css

messages: .venv/.dev  ## collect texts for translation and compile the catalogues (needs GNU gettext)
	@$(PY) manage.py makemessages -l zh_Hans --no-obsolete --no-wrap --add-location=file -i .venv -i .data -i tests
	@$(PY) manage.py compilemessages -v 0 -i .venv

lock:  ## pin the dependencies of pyproject.toml again (needs uv)
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 pyproject.toml -o requirements.txt
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean:  ## forget the demo shop: its database, pictures and logs
	@$(PY) -m config.embedded remove
	rm -rf .data media staticfiles

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Zhanggui needs Python 3.11 or newer.") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv

.venv/.run: requirements.txt | .venv/bin/python
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt requirements.txt | .venv/bin/python
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/.run
