from django.db import migrations


class Migration(migrations.Migration):
    """Rows from before `accounts.services.vouch_for_address` kept their people from setting up a second factor."""

    dependencies = [
        ("accounts", "0004_external_people"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.RunSQL(
            """INSERT INTO account_emailaddress (user_id, email, verified, "primary")
               SELECT id, email, true, false FROM accounts_user WHERE NOT is_external
               ON CONFLICT (user_id, email) DO UPDATE SET verified = true""",
            migrations.RunSQL.noop,
        )
    ]
