import django.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

BESIDE_THE_VERSION_BEFORE = """
Only names of the code change: the column stays `seats`, and the trigger does what it did under its former name. The
index is renamed, and nothing of the version before asks for it by name.
"""
INDEX = "ALTER INDEX {0} RENAME TO {1}"
FORMER, NAME = "one_seat_per_interview", "one_panelist_per_interview"


class Migration(migrations.Migration):

    dependencies = [
        ('candidates', '0017_applications_moved_away'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='interview',
            name='told_to_seats',
        ),
        migrations.AlterField(
            model_name='round',
            name='seats',
            field=models.PositiveSmallIntegerField(db_column='seats', default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)], verbose_name='interviewers at a time'),
        ),
        migrations.RenameField(
            model_name='round',
            old_name='seats',
            new_name='panel_size',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='interview',
            trigger=pgtrigger.compiler.Trigger(name='told_to_panelists', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."due_at" IS DISTINCT FROM (NEW."due_at"))', func='\n                    UPDATE candidates_panelist SET owes_by = NEW.due_at\n                     WHERE interview_id = NEW.id AND owes_by IS NOT NULL;\n                    RETURN NULL;\n                ', hash='afebdd1fc827db29ed114f29cf5c490e1c81488b', operation='UPDATE', pgid='pgtrigger_told_to_panelists_f8e5b', table='candidates_interview', when='AFTER')),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(INDEX.format(FORMER, NAME), INDEX.format(NAME, FORMER))],
            state_operations=[
                migrations.RemoveConstraint(model_name="panelist", name=FORMER),
                migrations.AddConstraint(
                    model_name="panelist",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("interview", "user"), name=NAME
                    ),
                ),
            ],
        ),
    ]
