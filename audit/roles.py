"""What the database lets the role of web and worker do: all that the product does, and
nothing by which a trigger could be left out.

That role owns nothing. Who owns the tables, and a superuser, can switch triggers off;
what they change then is for `verify_audit` to find.
"""

from django.db import connection, transaction

# pgtrigger leaves triggers out for whoever sets `pgtrigger.ignore`; here only for who
# could as well switch them off.
ONLY_OWNERS_IGNORE = """
    CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN AS $$
    DECLARE
        asked TEXT := current_setting('pgtrigger.ignore', true);
        owner OID;
    BEGIN
        IF asked IS NULL OR asked = '' OR NOT trigger_name = ANY(asked::text[]) THEN
            RETURN FALSE;
        END IF;
        SELECT relowner INTO owner FROM pg_catalog.pg_class WHERE oid = 'public.audit_event'::regclass;
        RETURN pg_catalog.pg_has_role(current_user, owner, 'MEMBER');
    END;
    $$ LANGUAGE plpgsql
"""
# Temporary tables are taken from it because one could stand before a table that a
# trigger asks. Tables that come later get the rights by default, and lose with the next
# run what is too much. No percent sign may stand here: pghistory would take it for a
# parameter.
GRANTS = """
    DO $$
    DECLARE
        own TEXT := current_setting('evenhand.role');
        secret TEXT := current_setting('evenhand.role_password');
        who TEXT := quote_ident(own);
        added_to TEXT;
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = own) THEN
            EXECUTE 'CREATE ROLE ' || who || ' LOGIN'
                || CASE WHEN secret = '' THEN '' ELSE ' PASSWORD ' || quote_literal(secret) END;
        END IF;
        IF (SELECT rolsuper OR rolcreaterole OR rolreplication FROM pg_roles WHERE rolname = own)
           OR pg_has_role(own, current_user, 'MEMBER')
           OR EXISTS (SELECT 1 FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
                       WHERE r.rolname = own AND c.relnamespace = 'public'::regnamespace) THEN
            RAISE EXCEPTION 'the role of DATABASE_URL could switch triggers off; give web and worker another';
        END IF;
        EXECUTE 'REVOKE TEMPORARY ON DATABASE ' || quote_ident(current_database()) || ' FROM PUBLIC';
        REVOKE CREATE ON SCHEMA public FROM PUBLIC;
        EXECUTE 'GRANT USAGE ON SCHEMA public TO ' || who;
        EXECUTE 'REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ' || who;
        EXECUTE 'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ' || who;
        EXECUTE 'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ' || who;
        EXECUTE 'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ' || who;
        EXECUTE 'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ' || who;
        FOR added_to IN SELECT tgrelid::regclass::text FROM pg_trigger
                         WHERE starts_with(tgname::text, 'pgtrigger_never_truncated') LOOP
            EXECUTE 'REVOKE UPDATE ON ' || added_to || ' FROM ' || who;
        END LOOP;
        EXECUTE 'REVOKE DELETE ON audit_event, audit_link FROM ' || who;
        EXECUTE 'REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM ' || who;
    END;
    $$
"""


def guard_triggers() -> None:
    """Let nobody but an owner leave triggers out."""
    with connection.cursor() as cursor:
        cursor.execute(ONLY_OWNERS_IGNORE)


@transaction.atomic
def grant_runtime(role: str, password: str = "") -> None:
    """Give this role what web and worker need and nothing more, as the tables' owner.

    A role that is not there is made, with the password where there is one. Raises
    InternalError for a role that is a superuser, or owns a table or whoever does.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('evenhand.role', %s, true), set_config('evenhand.role_password', %s, true)",
            [role, password],
        )
        cursor.execute(GRANTS)
