from django.db import migrations

FOLLOW = """
    UPDATE candidates_application a SET decided = d.outcome FROM debriefs_decision d
     WHERE d.application_id = a.id
       AND NOT EXISTS (SELECT 1 FROM debriefs_reopening r WHERE r.decision_id = d.id)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0002_states_of_applications"),
        ("debriefs", "0001_initial"),
    ]

    operations = [migrations.RunSQL(FOLLOW, migrations.RunSQL.noop)]
