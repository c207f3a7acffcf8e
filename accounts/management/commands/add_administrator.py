"""manage.py add_administrator EMAIL [--name NAME] [--password-stdin]: the first person
of a new installation."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.forms import PersonForm
from accounts.services import add_person


def _piped(prompt: str) -> str:
    """The first line of standard input, where nobody reads a prompt."""
    return sys.stdin.readline().rstrip("\n")


def _typed(prompt: str) -> str:
    """What is typed without being shown. Raises CommandError where nobody can type."""
    try:
        return getpass(prompt)
    except EOFError as error:
        raise CommandError("There is no terminal to ask for a password: give one with --password-stdin.") from error


class Command(BaseCommand):
    help = "Adds an administrator. Asks for a password; leave it empty to set one later through an e-mailed link."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        ask = _piped if options["password_stdin"] else _typed
        password = ask("Password (or empty): ")
        sent = {
            "email": options["email"],
            "name": options["name"],
            "password": password,
            "is_administrator": True,
        }
        form = PersonForm(sent)
        if not form.is_valid():
            refusals = [str(text) for texts in form.errors.values() for text in texts]
            raise CommandError(" ".join(refusals))
        user = add_person(by=None, **form.cleaned_data)
        self.stdout.write(f"{user.email} is an administrator.")
