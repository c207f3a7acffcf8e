"""manage.py setup_code: the code that the set-up page asks for, as long as there is no
account."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.setup import is_set_up, setup_code


class Command(BaseCommand):
    help = "Prints the code that the set-up page asks for. Exit status 1 if an account already exists."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if is_set_up():
            raise CommandError("An account already exists, so there is nothing to set up.")
        self.stdout.write(setup_code())
