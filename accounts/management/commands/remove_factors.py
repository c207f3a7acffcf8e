"""manage.py remove_factors EMAIL: for the administrator who lost the second factor and
has nobody to ask."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User, has_address
from accounts.services import remove_factors


class Command(BaseCommand):
    help = "Removes every second factor from an account, so that the password alone signs in. Audited."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(has_address(options["email"])).first()
        if user is None:
            raise CommandError("No account has this e-mail address.")
        remove_factors(user, by=None)
        self.stdout.write(f"{user.email} now signs in with the password only, until a second factor is set up again.")
