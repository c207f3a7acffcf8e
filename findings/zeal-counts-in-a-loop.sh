#!/usr/bin/env bash
# One would guess: with django-zeal switched on, a query for each row of a list raises
# NPlusOneError, whatever the query.
# What happens: reading the related rows in a loop raises, with all(), filter(), values_list() or
# first(). Asking about them does not: count(), exists() and aggregate() in the same loop run one
# query for each row, silently, and so does refresh_from_db().
# Versions: django-zeal 2.3.0, Django 5.2.19, SQLite.
# Why it matters here: pages of lists show counts ("3 of 5 submitted"); a suite that passes under
# zeal still needs a test with the number of queries for each list.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --no-compile --disable-pip-version-check \
  django==5.2.19 django-zeal==2.3.0 \
  >install.log 2>&1 || { cat install.log; exit 2; }

mkdir openings
touch openings/__init__.py
cat >openings/models.py <<'PY'
from django.db import models


class Opening(models.Model):
    pass


class Card(models.Model):
    opening = models.ForeignKey(Opening, models.CASCADE, related_name="cards")
    score = models.IntegerField()
PY
cat >look.py <<'PY'
import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=["django.contrib.contenttypes", "zeal", "openings"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    ZEAL_RAISE=True,
)
django.setup()

from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from openings.models import Card, Opening
from zeal import NPlusOneError, zeal_context

ASKED = {
    "all()": lambda opening: list(opening.cards.all()),
    "filter()": lambda opening: list(opening.cards.filter(score=1)),
    "values_list()": lambda opening: list(opening.cards.values_list("score")),
    "first()": lambda opening: opening.cards.first(),
    "count()": lambda opening: opening.cards.count(),
    "exists()": lambda opening: opening.cards.exists(),
    "aggregate()": lambda opening: opening.cards.aggregate(models.Sum("score")),
    "refresh_from_db()": lambda opening: opening.refresh_from_db(),
}


def ask_each(ask):
    with zeal_context():
        for opening in Opening.objects.all():
            ask(opening)


with connection.schema_editor() as editor:
    editor.create_model(Opening)
    editor.create_model(Card)
for _ in range(10):
    opening = Opening.objects.create()
    Card.objects.bulk_create([Card(opening=opening, score=score) for score in (1, 2, 3)])
for name, ask in ASKED.items():
    with CaptureQueriesContext(connection) as queries:
        try:
            ask_each(ask)
            end = f"silent, {len(queries)} queries for 10 rows"
        except NPlusOneError:
            end = "NPlusOneError"
    print(f"{name:18}{end}")
PY

seen=$(env/bin/python -W ignore look.py) || exit 2
expected="all()             NPlusOneError
filter()          NPlusOneError
values_list()     NPlusOneError
first()           NPlusOneError
count()           silent, 11 queries for 10 rows
exists()          silent, 11 queries for 10 rows
aggregate()       silent, 11 queries for 10 rows
refresh_from_db() silent, 11 queries for 10 rows"
echo "$seen"
if [ "$seen" != "$expected" ]; then
  printf 'changed: expected\n%s\n' "$expected"
  exit 1
fi
echo "same: counting in a loop is not noticed"
