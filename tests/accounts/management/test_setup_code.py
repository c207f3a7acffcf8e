"""The code of the set-up page, printed again on the server."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.setup import setup_code


@pytest.mark.django_db
def test_the_command_prints_the_code_again(capsys):
    call_command("setup_code")

    assert capsys.readouterr().out == f"{setup_code()}\n"


@pytest.mark.django_db
def test_the_command_prints_nothing_once_there_is_an_account(capsys):
    User.objects.create_user("first@example.com")

    with pytest.raises(CommandError, match="An account already exists"):
        call_command("setup_code")

    assert capsys.readouterr().out == ""
