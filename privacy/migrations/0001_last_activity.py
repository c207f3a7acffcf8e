"""What keeps an application's `active_at` and `kept_until`: triggers on each table in which something happens to it.

A row that is added or gets a later time raises `active_at`. One that goes, or gets an earlier time, sets it to null,
which stands for working it out anew. `kept_until` follows in the application's own trigger.
"""

from django.db import migrations

BESIDE_THE_VERSION_BEFORE = """
The triggers set two columns of applications that the version before neither reads nor writes, and refuse nothing.
Its rows are followed as well as those of the version after it.
"""

# From a row's foreign key to its application, and from the application to the keys of such rows.
BELOW = {
    "application_id": ("{key}", "{application}"),
    "panelist_id": (
        "(SELECT i.application_id FROM candidates_panelist p"
        " JOIN candidates_interview i ON i.id = p.interview_id WHERE p.id = {key})",
        "(SELECT p.id FROM candidates_panelist p"
        " JOIN candidates_interview i ON i.id = p.interview_id WHERE i.application_id = {application})",
    ),
    "scorecard_id": (
        "(SELECT i.application_id FROM scorecards_scorecard s JOIN candidates_panelist p ON p.id = s.panelist_id"
        " JOIN candidates_interview i ON i.id = p.interview_id WHERE s.id = {key})",
        "(SELECT s.id FROM scorecards_scorecard s JOIN candidates_panelist p ON p.id = s.panelist_id"
        " JOIN candidates_interview i ON i.id = p.interview_id WHERE i.application_id = {application})",
    ),
    "meeting_id": (
        "(SELECT m.application_id FROM debriefs_meeting m WHERE m.id = {key})",
        "(SELECT m.id FROM debriefs_meeting m WHERE m.application_id = {application})",
    ),
    "decision_id": (
        "(SELECT d.application_id FROM debriefs_decision d WHERE d.id = {key})",
        "(SELECT d.id FROM debriefs_decision d WHERE d.application_id = {application})",
    ),
}
# Each table, how its rows lead to an application, and when they happened.
SOURCES = [
    ("candidates_statechange", "application_id", "{row}.at"),
    ("candidates_interview", "application_id", "{row}.due_at"),
    ("scorecards_scorecard", "panelist_id", "GREATEST({row}.saved_at, {row}.submitted_at)"),
    ("files_material", "application_id", "{row}.added_at"),
    ("files_candidatenote", "application_id", "{row}.at"),
    ("scorecards_handoffnote", "panelist_id", "{row}.at"),
    ("scorecards_amendment", "scorecard_id", "{row}.at"),
    ("scorecards_seatrelease", "panelist_id", "{row}.at"),
    ("scorecards_withdrawal", "scorecard_id", "{row}.at"),
    ("debriefs_meeting", "application_id", "{row}.opened_at"),
    ("debriefs_meetingnote", "meeting_id", "{row}.at"),
    ("debriefs_rerating", "meeting_id", "{row}.at"),
    ("debriefs_decision", "application_id", "{row}.decided_at"),
    ("debriefs_reopening", "decision_id", "{row}.at"),
]
# With these another decision stands, whatever was the last that happened.
DECIDING = ("debriefs_decision", "debriefs_reopening")

FUNCTIONS = """
CREATE FUNCTION {table}_raises_activity() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    UPDATE candidates_application a
       SET active_at = CASE WHEN a.active_at < n.at THEN n.at ELSE a.active_at END
      FROM (SELECT {whose_added} AS whose, max({at_added}) AS at FROM added GROUP BY 1) n
     WHERE a.id = n.whose AND ({always} OR a.active_at < n.at);
    RETURN NULL;
END $body$;

CREATE FUNCTION {table}_changes_activity() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE whose BIGINT;
BEGIN
    whose := {whose_old};
    IF TG_OP = 'UPDATE' AND OLD.{key} = NEW.{key} AND COALESCE({at_new} > {at_old}, {at_old} IS NULL) THEN
        UPDATE candidates_application a
           SET active_at = CASE WHEN a.active_at < {at_new} THEN {at_new} ELSE a.active_at END
         WHERE a.id = whose AND ({always} OR a.active_at < {at_new});
        RETURN NULL;
    END IF;
    UPDATE candidates_application a SET active_at = NULL WHERE a.id = whose;
    IF TG_OP = 'UPDATE' AND OLD.{key} <> NEW.{key} THEN
        UPDATE candidates_application a SET active_at = NULL WHERE a.id = {whose_new};
    END IF;
    RETURN NULL;
END $body$;

CREATE TRIGGER raises_activity AFTER INSERT ON {table} REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION {table}_raises_activity();

CREATE TRIGGER changes_activity AFTER UPDATE ON {table} FOR EACH ROW
WHEN (OLD.{key} IS DISTINCT FROM NEW.{key} OR {at_old} IS DISTINCT FROM {at_new})
EXECUTE FUNCTION {table}_changes_activity();

CREATE TRIGGER takes_activity AFTER DELETE ON {table} FOR EACH ROW
EXECUTE FUNCTION {table}_changes_activity();
"""
# A new application's opening is held fast, so that its policy does not change meanwhile.
OWN = """
CREATE FUNCTION candidates_application_kept() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE days INTEGER;
        decided TIMESTAMPTZ;
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.active_at := NEW.created_at;
        PERFORM 1 FROM candidates_opening o WHERE o.id = NEW.opening_id FOR SHARE;
    ELSIF NEW.active_at IS NULL OR NEW.created_at <> OLD.created_at THEN
        NEW.active_at := GREATEST(NEW.created_at, {every});
    ELSE
        NEW.active_at := GREATEST(NEW.active_at, OLD.active_at);
    END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT max(d.decided_at) INTO decided FROM debriefs_decision d
         WHERE d.application_id = NEW.id AND d.outcome IN ('hire', 'no_hire')
           AND NOT EXISTS (SELECT 1 FROM debriefs_reopening r WHERE r.decision_id = d.id);
    END IF;
    SELECT o.retention_days INTO days FROM candidates_opening o WHERE o.id = NEW.opening_id;
    NEW.kept_until := COALESCE(decided, NEW.active_at) + days * INTERVAL '24 hours';
    RETURN NEW;
END $body$;

CREATE TRIGGER kept BEFORE INSERT OR UPDATE OF active_at, kept_until, created_at, opening_id
ON candidates_application FOR EACH ROW EXECUTE FUNCTION candidates_application_kept();

CREATE FUNCTION candidates_opening_keeps() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    UPDATE candidates_application SET kept_until = kept_until WHERE opening_id = NEW.id;
    RETURN NULL;
END $body$;

CREATE TRIGGER keeps AFTER UPDATE ON candidates_opening FOR EACH ROW
WHEN (OLD.retention_days <> NEW.retention_days) EXECUTE FUNCTION candidates_opening_keeps();
"""
BACK = """
DROP TRIGGER raises_activity ON {table};
DROP TRIGGER changes_activity ON {table};
DROP TRIGGER takes_activity ON {table};
DROP FUNCTION {table}_raises_activity();
DROP FUNCTION {table}_changes_activity();
"""
OWN_BACK = """
DROP TRIGGER kept ON candidates_application;
DROP TRIGGER keeps ON candidates_opening;
DROP FUNCTION candidates_application_kept();
DROP FUNCTION candidates_opening_keeps();
"""


def forwards() -> str:
    written, every = [], []
    for table, key, at in SOURCES:
        whose, keys = BELOW[key]
        every.append(
            f"(SELECT max({at.format(row='r')}) FROM {table} r"
            f" WHERE r.{key} IN {_in_brackets(keys.format(application='NEW.id'))})"
        )
        written.append(
            FUNCTIONS.format(
                table=table,
                key=key,
                always="TRUE" if table in DECIDING else "FALSE",
                whose_added=whose.format(key=f"added.{key}"),
                whose_old=whose.format(key=f"OLD.{key}"),
                whose_new=whose.format(key=f"NEW.{key}"),
                at_added=at.format(row="added"),
                at_old=at.format(row="OLD"),
                at_new=at.format(row="NEW"),
            )
        )
    own = OWN.format(every=",\n            ".join(every))
    return "".join([*written, own])


def _in_brackets(keys: str) -> str:
    return keys if keys.startswith("(") else f"({keys})"


def backwards() -> str:
    taken = [BACK.format(table=table) for table, _, _ in SOURCES]
    return "".join([*taken, OWN_BACK])


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0015_kept_until"),
        ("scorecards", "0005_history_of_new_rows"),
        ("files", "0001_initial"),
        ("debriefs", "0001_squashed_0002_applications_know_what_was_decided"),
    ]
    operations = [migrations.RunSQL(forwards(), backwards())]
