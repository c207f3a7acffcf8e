"""Django's own, once it is sure that the database can be carried over."""

from typing import Any

from django.core.management.commands import migrate

from accounts.earlier import refuse_earlier_database


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        refuse_earlier_database(using=options["database"])
        super().handle(*args, **options)
