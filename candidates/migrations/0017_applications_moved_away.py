from django.db import migrations, models

BESIDE_THE_VERSION_BEFORE = """
Less is refused than before: a candidate may have an application that was moved away beside the one for the same opening.
Only a merge by the version after it makes such a pair. Where the version before adds or moves that candidate to that
opening once more, it answers with an error and stores nothing.
"""


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0016_lists_of_openings"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="application",
            name="one_application",
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "moved"), _negated=True),
                fields=("candidate", "opening"),
                name="one_application_that_stayed",
            ),
        ),
    ]
