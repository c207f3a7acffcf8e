import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

BESIDE_THE_VERSION_BEFORE = """
Only names of the code change: the table stays `scorecards_seatrelease`, and the triggers do what they did under their
former names.
"""


class Migration(migrations.Migration):

    dependencies = [
        ('scorecards', '0005_history_of_new_rows'),
    ]

    operations = [
        migrations.AlterModelTable(
            name='seatrelease',
            table='scorecards_seatrelease',
        ),
        migrations.RenameModel(
            old_name='SeatRelease',
            new_name='PanelistRelease',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='panelistrelease',
            name='never_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='scorecard',
            name='seat_follows_finished',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='scorecard',
            name='seat_follows',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='scorecard',
            name='seat_follows_removed',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='panelistrelease',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - ARRAY['reason'] = to_jsonb(OLD) - ARRAY['reason'] AND evenhand_erasing((SELECT i.application_id FROM candidates_panelist p JOIN candidates_interview i ON i.id = p.interview_id WHERE p.id = OLD.panelist_id)) THEN RETURN NEW; END IF;\n            RAISE EXCEPTION 'rows of % are not changed or deleted', TG_TABLE_NAME;\n        ", hash='7ae5464c10bb6598f934d7d6bd0da19becb3c51a', operation='UPDATE', pgid='pgtrigger_never_changed_c088e', table='scorecards_seatrelease', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scorecard',
            trigger=pgtrigger.compiler.Trigger(name='panelist_follows_finished', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'draft\') OR NEW."erased")', func="\n    UPDATE candidates_panelist SET owes_by = owes_by\n     WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.panelist_id ELSE NEW.panelist_id END;\n    RETURN NULL;\n", hash='3bd06e353cde212da12d80ca59eaa56d43c3e5a9', operation='INSERT', pgid='pgtrigger_panelist_follows_finished_10abf', table='scorecards_scorecard', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scorecard',
            trigger=pgtrigger.compiler.Trigger(name='panelist_follows', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."erased" IS DISTINCT FROM (NEW."erased"))', func="\n    UPDATE candidates_panelist SET owes_by = owes_by\n     WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.panelist_id ELSE NEW.panelist_id END;\n    RETURN NULL;\n", hash='fd390ebe8994f9feac346993e7f3c184fa85360f', operation='UPDATE', pgid='pgtrigger_panelist_follows_bdfa8', table='scorecards_scorecard', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scorecard',
            trigger=pgtrigger.compiler.Trigger(name='panelist_follows_removed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."state" = \'draft\') OR OLD."erased")', func="\n    UPDATE candidates_panelist SET owes_by = owes_by\n     WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.panelist_id ELSE NEW.panelist_id END;\n    RETURN NULL;\n", hash='91c6b0254c1178185b9de5d1093b672c8f25eeb6', operation='DELETE', pgid='pgtrigger_panelist_follows_removed_e9c91', table='scorecards_scorecard', when='AFTER')),
        ),
    ]
