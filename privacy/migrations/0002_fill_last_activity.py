"""Applications that are there already get their `active_at` and `kept_until`, some at a time."""

from django.db import migrations
from django.db.models import Max

BESIDE_THE_VERSION_BEFORE = """
It sets two columns that the version before neither reads nor writes, of few applications at a time, each for a moment.
"""
AT_A_TIME = 1_000


def fill(apps, schema_editor):
    """An application's trigger works out what is null; whichever has its times already stays as it is."""
    rows = apps.get_model("candidates", "Application").objects.order_by()
    last = rows.aggregate(last=Max("pk"))["last"] or 0
    for first in range(0, last + 1, AT_A_TIME):
        rows.filter(pk__gt=first, pk__lte=first + AT_A_TIME, active_at=None).update(active_at=None)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("privacy", "0001_last_activity")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
