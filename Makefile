# Two commands do everything on a fresh machine: make demo, make test.
.PHONY: demo dev setup test drill bench lint audit sbom lock screenshots
PY = .venv/bin/python

demo:
	@bin/setup demo
	@exec $(PY) -m config.demo

# Django's development server on loopback: plain HTTP, the sample, code reloaded as it changes.
dev: export DEBUG = 1
dev:
	@bin/setup
	@$(PY) manage.py migrate -v 0
	@$(PY) manage.py load_sample
	@exec $(PY) manage.py runserver $(or $(PORT),8000)

setup:
	@bin/setup

# Seven processes keep two cores busy: those that drive browsers or kill workers mostly wait.
test:
	@bin/setup test
	@exec $(PY) -m pytest -n 7

drill:
	@bin/setup test
	@exec $(PY) -m tests.drill

bench:
	@bin/setup test
	@exec $(PY) -m tests.bench

lint:
	@bin/setup
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	DEBUG=1 DATABASE_URL=postgresql://nowhere/none $(PY) -m mypy
	$(PY) -m djlint --lint --quiet templates
	$(PY) manage.py makemigrations --check --dry-run

audit:
	@bin/setup
	@bin/audit

sbom:
	@bin/setup
	@bin/sbom

screenshots:
	@bin/setup test
	@exec $(PY) -m tests.screenshots

# For whoever develops, for a server, for a server whose files are in a bucket: the same versions in all three.
lock: COMPILE = .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url
lock:
	$(COMPILE) --group pyproject.toml:dev pyproject.toml -o requirements.lock
	$(COMPILE) -c requirements.lock pyproject.toml -o requirements-server.lock
	$(COMPILE) --extra s3 -c requirements.lock pyproject.toml -o requirements-s3.lock
