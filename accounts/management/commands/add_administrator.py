"""manage.py add_administrator EMAIL [--name NAME] [--password-stdin]: the first person of a new installation."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.forms import PersonForm
from accounts.services import add_person


class Command(BaseCommand):
    help = "Adds an administrator; asks for the password, and without one it is set through a mailed link."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        password = sys.stdin.readline().rstrip("\n") if options["password_stdin"] else getpass("Password (or empty): ")
        sent = {"email": options["email"], "name": options["name"], "password": password, "is_administrator": True}
        form = PersonForm(sent)
        if not form.is_valid():
            raise CommandError(" ".join(str(text) for texts in form.errors.values() for text in texts))
        user = add_person(by=None, **form.cleaned_data)
        self.stdout.write(f"{user.email} is an administrator.")
