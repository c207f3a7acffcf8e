# Two commands do everything on a fresh machine: make demo, make test.
.PHONY: demo setup test bench lint audit lock screenshots
PY = .venv/bin/python

demo:
	@bin/setup
	@exec $(PY) -m config.demo

setup:
	@bin/setup

test:
	@bin/setup test
	@exec $(PY) -m pytest -n 2

bench:
	@bin/setup test
	@exec $(PY) -m tests.bench

lint:
	@bin/setup
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	DEBUG=1 DATABASE_URL=postgresql://nowhere/none $(PY) -m mypy
	$(PY) manage.py makemigrations --check --dry-run

audit:
	@bin/setup
	@bin/audit

screenshots:
	@bin/setup test
	@exec $(PY) -m tests.screenshots

lock:
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --group pyproject.toml:dev pyproject.toml -o requirements.lock
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --extra s3 -c requirements.lock pyproject.toml -o requirements-s3.lock
